import polib
import pytest

from scripts.check_messages import (
    problems_against_source,
    problems_of_catalogue,
    problems_of_shared_words,
    update,
)


def catalogue(*entries: polib.POEntry) -> polib.POFile:
    result = polib.POFile()
    result.extend(entries)
    return result


def message(text: str, translation: str = "", **more: object) -> polib.POEntry:
    return polib.POEntry(msgid=text, msgstr=translation, **more)


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        (message("Save"), "empty: 'Save'"),
        (message("Save", "Sichern", flags=["fuzzy"]), "fuzzy: 'Save'"),
        (message("Save", "Sichern", obsolete=True), "obsolete: 'Save'"),
        (message("%(n)s pages", "Seiten"), "placeholders differ: '%(n)s pages'"),
    ],
)
def test_a_flaw_in_the_catalogue_is_named(entry: polib.POEntry, problem: str) -> None:
    assert problems_of_catalogue(catalogue(entry)) == [problem]


def test_a_complete_catalogue_has_no_problems() -> None:
    good = catalogue(message("%(n)s pages", "%(n)s Seiten"))
    assert problems_of_catalogue(good) == []


def test_messages_only_in_the_source_are_missing() -> None:
    source = catalogue(message("Save", occurrences=[("news/models.py", "")]))
    assert problems_against_source(catalogue(), source) == ["missing: 'Save' (news/models.py)"]


def test_messages_only_in_the_catalogue_are_unused() -> None:
    translated = catalogue(message("Save", "Sichern"))
    assert problems_against_source(translated, catalogue()) == ["no longer used: 'Save'"]


def test_the_same_text_in_another_context_is_another_message() -> None:
    source = catalogue(message("Form", msgctxt="of cooperation"))
    problems = problems_against_source(catalogue(message("Form", "Formular")), source)
    assert problems == ["missing: 'Form' ()", "no longer used: 'Form'"]


def test_update_keeps_translations_and_drops_what_nobody_uses() -> None:
    known = catalogue(message("Save", "Sichern"), message("Gone", "Weg"))
    update(known, catalogue(message("New"), message("Save")))
    assert [(entry.msgid, entry.msgstr) for entry in known] == [("New", ""), ("Save", "Sichern")]


def used_in(text: str, *paths: str, **more: object) -> polib.POEntry:
    return message(text, occurrences=[(path, "") for path in paths], **more)


def test_a_short_message_of_two_rooms_is_ambiguous() -> None:
    source = catalogue(used_in("Foundation", "cms/apps.py", "funding/models.py"))
    (problem,) = problems_of_shared_words(source, set())
    assert problem.startswith("ambiguous: 'Foundation' stands in cms, funding:")


@pytest.mark.parametrize(
    "entry",
    [
        used_in("Foundation", "cms/apps.py", "cms/models.py"),
        used_in("Foundation", "cms/apps.py", "news/apps.py", msgctxt="organisation"),
        used_in("Give the page a title", "cms/forms.py", "news/forms.py"),
    ],
    ids=["one-room", "context", "sentence"],
)
def test_a_message_that_can_mean_one_thing_only_is_not_ambiguous(entry: polib.POEntry) -> None:
    assert problems_of_shared_words(catalogue(entry), set()) == []


def test_a_message_that_means_the_same_everywhere_is_shared() -> None:
    source = catalogue(used_in("Name", "cms/models.py", "news/models.py"))
    assert problems_of_shared_words(source, {"Name"}) == []


def test_a_message_that_is_no_longer_shared_leaves_the_list() -> None:
    source = catalogue(used_in("Name", "cms/models.py"))
    assert problems_of_shared_words(source, {"Name"}) == ["no longer shared: 'Name'"]
