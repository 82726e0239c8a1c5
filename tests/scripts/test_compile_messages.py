import gettext
import os
from pathlib import Path

import pytest

from scripts.compile_messages import compile_all

CATALOGUE = """
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "Save"
msgstr "Übernehmen"

#, fuzzy
msgid "Send"
msgstr "Geraten"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "django.po").write_text(CATALOGUE, encoding="utf-8")
    return tmp_path


def translate(folder: Path, text: str) -> str:
    with (folder / "django.mo").open("rb") as file:
        return gettext.GNUTranslations(file).gettext(text)


def test_translations_can_be_read(folder: Path) -> None:
    compile_all(folder)
    assert translate(folder, "Save") == "Übernehmen"


def test_guesses_are_left_out(folder: Path) -> None:
    compile_all(folder)
    assert translate(folder, "Send") == "Send"


def test_what_is_up_to_date_is_left_alone(folder: Path) -> None:
    compile_all(folder)
    assert compile_all(folder) == []


def test_an_edited_catalogue_is_compiled_again(folder: Path) -> None:
    compile_all(folder)
    later = (folder / "django.mo").stat().st_mtime + 1
    os.utime(folder / "django.po", (later, later))
    assert compile_all(folder) == [folder / "django.mo"]
