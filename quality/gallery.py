"""``make gallery``: every template × 360/1280 px × light/dark, and a contact sheet.

Look at all of them before saying that a change of the design is done.
"""

import html
import shutil
from typing import Final

from quality.browser import chromium
from quality.site import served
from quality.template import Template
from scripts.bootstrap import ROOT

FOLDER = ROOT / "var" / "gallery"
WIDTHS = (360, 1280)
SCHEMES: Final = ("light", "dark")
SHEET = """<!doctype html><html lang="de"><meta charset="utf-8"><title>Galerie</title>
<style>
body {{ font: 16px/1.4 sans-serif; margin: 1rem; background: #777; color: #fff; }}
section {{ display: flex; gap: 1rem; align-items: start; margin-block: 1rem 3rem; }}
img {{ max-height: 60rem; height: auto; object-fit: cover; object-position: top; }}
img[src*="-360-"] {{ width: 180px; }} img[src*="-1280-"] {{ width: 560px; }}
a {{ color: #fff; }}
</style><h1>{number} Vorlagen</h1>{sections}</html>"""


def file_name(template: Template, width: int, scheme: str) -> str:
    """File name of the screenshot of a template."""
    return f"{template.name}-{width}-{scheme}.png"


def section(template: Template) -> str:
    """A template on the contact sheet."""
    names = [file_name(template, width, scheme) for width in WIDTHS for scheme in SCHEMES]
    pictures = "".join(
        f'<a href="{name}"><img src="{name}" alt="" loading="lazy"></a>' for name in names
    )
    title = html.escape(f"{template.name}: {template.address}")
    return f'<h2 id="{template.name}">{title}</h2><section>{pictures}</section>'


def main(only: str = "") -> int:
    """Take all pictures; gives the exit code.

    Args:
        only: take those whose name contains it.
    """
    if not only:
        shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True, exist_ok=True)
    with served() as site, chromium() as browser:
        chosen = [template for template in site.templates if only in template.name]
        for width in WIDTHS:
            # Without movement: otherwise buttons are caught on their way to another colour.
            tab = browser.new_page(
                viewport={"width": width, "height": 800},
                base_url=site.url,
                locale="de-DE",
                reduced_motion="reduce",
            )
            for template in chosen:
                tab.goto(template.address)
                # A part that lies over the window shows so only in a picture of the window.
                whole = "#" not in template.address
                for scheme in SCHEMES:
                    tab.emulate_media(color_scheme=scheme)
                    name = file_name(template, width, scheme)
                    tab.screenshot(path=FOLDER / name, full_page=whole)
            tab.close()
    sections = "".join(map(section, chosen))
    sheet = FOLDER / "index.html"
    sheet.write_text(SHEET.format(number=len(chosen), sections=sections), encoding="utf-8")
    print(f"{len(chosen)} templates: {sheet}")
    return 0
