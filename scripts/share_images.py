"""Draw what must be a PNG: pictures beside links to us on other sites, and the site's icons.

Writes ``static/share/<key>.png`` and ``static/img/icon-<size>.png``. Run after a drawing in
``static/illustrations`` or the logo has changed: ``python scripts/share_images.py``. Needs
Chromium (``CHROMIUM``, by default /usr/bin/chromium). Sites that show links accept no SVG.
"""

import base64
import io
import os
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, ViewportSize, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from cms.assets.illustrations import ILLUSTRATIONS, share_key  # noqa: E402

STATIC = ROOT / "static"
TARGET = STATIC / "share"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
#: What Open Graph readers ask for.
SIZE: ViewportSize = {"width": 1200, "height": 630}
COLOURS = 64
MAX_BYTES = 40_000
#: Tabs of old browsers, and the home screen of a phone (which cuts its own corners).
ICON_SIZES = (32, 180)

PAGE = """
<style>
  @font-face {{ font-family: Titel; src: url(data:font/woff2;base64,{font}); font-weight: 700; }}
  body {{ display: flex; margin: 0; background: #651c44; color: #fff8f0; }}
  header {{ width: 320px; height: 630px; box-sizing: border-box; padding: 56px 36px; }}
  header svg {{ width: 120px; height: 120px; background: #fff8f0; border-radius: 24px;
    padding: 16px; box-sizing: border-box; }}
  p {{ font: 700 46px/1.16 Titel; margin: 220px 0 0; }}
  main svg {{ margin-left: -64px; width: 1008px; height: 630px; display: block; }}
  main {{ width: 880px; overflow: hidden; }}
</style>
<body><header>{logo}<p>Häuser der Kooperation</p></header><main>{drawing}</main></body>
"""
ICON = """
<style>body {{ margin: 0; background: {ground}; }}
svg {{ display: block; width: {inner}px; height: {inner}px; margin: {margin}px; }}</style>{logo}
"""


def draw(tab: Page, key: str) -> bytes:
    """The picture of one drawing as PNG with few colours."""
    logo = (STATIC / "img" / "logo.svg").read_text(encoding="utf-8")
    drawing = (STATIC / "illustrations" / f"{key}.svg").read_text(encoding="utf-8")
    font = base64.b64encode((STATIC / "fonts" / "haus-titel.woff2").read_bytes()).decode()
    tab.set_content(PAGE.format(logo=logo, drawing=drawing, font=font))
    tab.evaluate("document.fonts.ready")
    picture = Image.open(io.BytesIO(tab.screenshot())).convert("RGB")
    small = picture.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    content = io.BytesIO()
    small.save(content, "PNG", optimize=True)
    return content.getvalue()


def draw_icon(tab: Page, size: int) -> bytes:
    """The logo as PNG: small ones without ground, the large one on paper with a margin."""
    logo = (STATIC / "img" / "logo.svg").read_text(encoding="utf-8")
    small = size < 100
    margin = 0 if small else size // 8
    ground = "transparent" if small else "#fdf8f1"
    tab.set_viewport_size({"width": size, "height": size})
    tab.set_content(ICON.format(logo=logo, ground=ground, margin=margin, inner=size - 2 * margin))
    return tab.screenshot(omit_background=small)


def main() -> None:
    """Draw all that pages can have."""
    TARGET.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        tab = browser.new_page(viewport=SIZE)
        for key in sorted({share_key(key) for key, _label in ILLUSTRATIONS}):
            content = draw(tab, key)
            if len(content) > MAX_BYTES:
                sys.exit(f"{key}: {len(content)} bytes are more than {MAX_BYTES}")
            (TARGET / f"{key}.png").write_bytes(content)
            print(f"{key}: {len(content)} bytes")
        for size in ICON_SIZES:
            (STATIC / "img" / f"icon-{size}.png").write_bytes(draw_icon(tab, size))
        browser.close()


if __name__ == "__main__":
    main()
