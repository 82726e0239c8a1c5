"""The drawings that lists show, in one file."""

import pytest

from cms.assets import illustrations
from cms.assets.illustrations import ILLUSTRATIONS, sprite
from tests.site.test_pages import Document


def test_every_drawing_an_editor_can_choose_is_there():
    found = Document(sprite())
    assert [symbol["id"] for symbol in found.all("symbol")] == [key for key, _ in ILLUSTRATIONS]
    assert len(found.all("path")) > 3 * len(ILLUSTRATIONS)


def test_every_drawing_keeps_its_proportions():
    assert {symbol["viewbox"] for symbol in Document(sprite()).all("symbol")} == {"0 0 320 200"}


def test_a_drawing_that_refers_to_itself_is_refused(tmp_path, settings, monkeypatch):
    folder = tmp_path / "static" / "illustrations"
    folder.mkdir(parents=True)
    (folder / "neu.svg").write_text('<svg viewBox="0 0 1 1"><clipPath id="a"/></svg>')
    settings.BASE_DIR = tmp_path
    monkeypatch.setattr(illustrations, "ILLUSTRATIONS", [("neu", "Neu")])
    with pytest.raises(ValueError, match=r"neu\.svg"):
        sprite()
