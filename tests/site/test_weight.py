"""What a page weighs, with everything it brings along: an old phone has to carry it.

Without a browser, so that every change is weighed; Lighthouse measures the same in one.
"""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from demo.builders import BUILDERS
from tests.site.test_pages import Document

pytestmark = pytest.mark.django_db

KIB = 1024
MAX_PAGE, MAX_REQUESTS, MAX_STYLES, MAX_SCRIPTS = 120 * KIB, 12, 30_000, 20_000
#: Files that do not get smaller by compression.
PACKED = {".woff2", ".png", ".jpg", ".webp", ".avif"}
LISTS = ["/suche/?q=Nummer", "/aktuelles/", "/beispiele/", "/haeuser/", "/anfrage/", "/fehlt/"]


def static_file(address: str) -> Path:
    found = finders.find(address.removeprefix(settings.STATIC_URL))
    assert found, address
    return Path(found)


def weight(path: Path) -> int:
    content = path.read_bytes()
    return len(content) if path.suffix in PACKED else len(gzip.compress(content))


def fonts(styles: Path) -> set[str]:
    names = re.findall(r'url\("?\.\./(fonts/[^")]+)"?\)', styles.read_text(encoding="utf-8"))
    return {f"{settings.STATIC_URL}{name}" for name in names}


def brought(page: Document) -> set[str]:
    """Addresses of everything a browser fetches for a page; of several icons, one."""
    found: set[str] = set()
    for tag, attributes in page.elements:
        link, rel = attributes.get("href") or "", attributes.get("rel")
        if tag in ("img", "script", "source") and (source := attributes.get("src")):
            found.add(source)
        if tag == "use" and not link.startswith("#"):
            found.add(link.partition("#")[0])
        chosen_icon = rel == "icon" and link.endswith(".svg")
        if tag == "link" and (rel in ("stylesheet", "preload") or chosen_icon):
            found.add(link)
    styles = [address for address in found if address.endswith(".css")]
    return found.union(*(fonts(static_file(address)) for address in styles))


def check(client, address: str) -> None:
    content = client.get(address).content
    files = brought(Document(content.decode()))
    sizes = {name: weight(static_file(name)) for name in files if "/media/" not in name}
    total = len(gzip.compress(content)) + sum(sizes.values())
    assert (len(files) + 1 <= MAX_REQUESTS, total <= MAX_PAGE) == (True, True), (total, sizes)


@pytest.mark.parametrize("model", BUILDERS, ids=lambda model: model.__name__)
def test_a_page_is_light(client, site, model) -> None:
    check(client, site.pages[model].url)


@pytest.mark.parametrize("address", ["/", *LISTS])
def test_a_list_and_a_form_are_light(client, site, address: str) -> None:
    check(client, address)


def test_a_page_has_one_style_sheet_and_both_fonts(client, site) -> None:
    files = brought(Document(client.get("/").content.decode()))
    kinds = [name.rpartition(".")[2] for name in files]
    assert (kinds.count("css"), kinds.count("woff2")) == (1, 2)


def test_all_styles_together_are_small() -> None:
    assert weight(static_file(f"{settings.STATIC_URL}css/site.css")) <= MAX_STYLES


def test_all_scripts_together_are_small_and_block_nothing(client, site) -> None:
    scripts = (settings.BASE_DIR / "static" / "js").glob("**/*.js")
    assert sum(weight(path) for path in scripts if not path.name.startswith("admin")) <= MAX_SCRIPTS
    elements = Document(client.get("/").content.decode()).elements
    loaded = [attributes for tag, attributes in elements if tag == "script" and "src" in attributes]
    assert all("defer" in one or one.get("type") == "module" for one in loaded)


def test_a_page_without_fonts_would_be_noticed(monkeypatch, client, site) -> None:
    monkeypatch.setattr("tests.site.test_weight.MAX_PAGE", 40 * KIB)
    with pytest.raises(AssertionError):
        check(client, "/")
