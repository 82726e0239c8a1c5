"""Words of the other world are explained on the page that uses them."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from demo.builders import (
    build_example,
    build_example_index,
    build_form,
    build_home,
    build_news,
    build_news_index,
    build_standard,
)
from demo.review import publish
from home.glossary.annotation import findings
from home.glossary.matching import Entry, Lexicon, Word, variants
from search.analysis.tokens import scan
from tests.built import run_on_commit_callbacks

pytestmark = pytest.mark.django_db

SPENDE = {"zo": "Spende", "kmu": "Sponsoring", "explanation": "Mit oder ohne <b>Gegenleistung</b>."}
CSR = {"zo": "", "kmu": "Corporate Social Responsibility (CSR)", "explanation": "Verantwortung."}


def known(*pairs: tuple[str, str], language: str = "de") -> Lexicon:
    """A lexicon of single entries: side and word."""
    words: dict[str, list[Word]] = {}
    for number, (side, text) in enumerate(pairs):
        entry = Entry(**{"zo": "", "kmu": "", side: text}, explanation="…", anchor=f"e{number}")
        forms = tuple(form for _start, _end, form, _parts in scan(text, language))
        words.setdefault(forms[0], []).append(Word(text, forms, side, entry))
    return Lexicon(language, {form: tuple(found) for form, found in words.items()})


def found(html: str, *words: str, language: str = "de") -> list[str]:
    """What is explained of a text."""
    lexicon = known(*(("zo", word) for word in words), language=language)
    written = findings(html, lexicon).put_into(html)
    return re.findall(r'<a class="word"[^>]*>(.*?)</a>', written)


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("Spende", "Viele Spenden halfen."),
        ("Vorstand", "Beide Vorstände kamen."),
        ("Vorstand", "Der Vereinsvorstand kam."),
        ("Liquidität", "Auf die LIQUIDITÄT achten."),
        ("Schriftliche Vereinbarung", "Ohne schriftliche Vereinbarungen geht es nicht."),
        ("Corporate Volunteering", "Das heißt Corporate Volunteering."),
        ("CSR", "Das heißt CSR."),
        ("Innung", "Die Innung&nbsp;hilft &amp; rät."),
    ],
)
def test_word_is_found_as_it_is_written(word, text):
    assert len(found(f"<p>{text}</p>", word)) == 1


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("Vorstand", "Die Vorstandssitzung war lang."),
        ("Förderung", "Das war eine Forderung."),
        ("Freiwillige", "Sie hilft freiwillig."),
        ("CSR", "Das heißt csr."),
        ("Corporate Volunteering", "Corporate. Volunteering"),
        ("Schriftliche Vereinbarung", "Die Vereinbarung gilt."),
    ],
)
def test_other_words_are_not(word, text):
    assert found(f"<p>{text}</p>", word) == []


@pytest.mark.parametrize(
    "html",
    [
        "<h2>Spende</h2>",
        '<p><a href="/">Die <b>Spende</b></a></p>',
        "<blockquote><p>Spende</p></blockquote>",
        "<p><strong>Spende</strong></p>",
        "<p><q>Spende</q></p>",
        "<dl><dd><p>Spende</p></dd></dl>",
        '<ul><li><span class="x" translate="no">Spende</span></li></ul>',
        '<p title="Spende" class="a > b Spende"><img alt="Spende"></p>',
        "<p><!-- Spende --></p>",
        "<div>Spende</div>",
    ],
)
def test_only_running_text_is_explained(html):
    assert found(html, "Spende") == []


def test_text_after_a_link_or_a_picture_is_running_text_again():
    html = '<p><a href="/">Spende</a><br><img alt=""> Eine Spende</p>'
    assert found(html, "Spende") == ["Spende"]


def test_only_the_first_use_is_explained():
    assert found("<p>Eine Spende</p><p>Zwei Spenden, Geldspenden.</p>", "Spende") == ["Spende"]


def test_words_of_one_entry_lead_to_one_explanation():
    entry = Entry("Spende", "Sponsoring", "…", "e")
    words = {"spende": (Word("Spende", ("spende",), "zo", entry),)}
    words["sponsoring"] = (Word("Sponsoring", ("sponsoring",), "kmu", entry),)
    explained = findings("<p>Spende, Sponsoring</p>", Lexicon("de", words)).explained
    assert [[place for place, _anchor in one.places] for one in explained] == [
        ["Spende", "Sponsoring"]
    ]


def test_text_stays_as_it_was():
    html = "<p>1 &lt; 2 &amp; „Spende“ &#x27;Spende&#x27; <b>ä</b></p>"
    written = findings(html, known(("zo", "Spende"))).put_into(html)
    assert re.sub(r'<a class="word".*?>(.*?)</a>', r"\1", written) == html


def test_word_of_the_glossary_is_written_as_text():
    entry = Entry("Spende", '"><script>alert(1)</script>', "…", "e")
    lexicon = Lexicon("de", {"spende": (Word("Spende", ("spende",), "zo", entry),)})
    written = findings("<p>Spende</p>", lexicon).put_into("<p>Spende</p>")
    assert "<script" not in written
    assert "&quot;&gt;" in written


def test_english_words_are_found_in_english():
    assert found("<p>Many donations</p>", "donation", language="en") == ["donations"]


def test_several_words_of_a_side_are_each_looked_for():
    assert variants("Personal, Recruiting") == ["Personal", "Recruiting"]
    assert variants("KMU (kleine Unternehmen)") == ["KMU", "kleine Unternehmen"]


@pytest.fixture
def desk(national_editor, second_national_editor):
    """Writes nationally; a colleague approves."""
    return national_editor


def build_glossary(user, *entries, parent=None, **fields):
    body = [("glossary", {"entries": list(entries)})]
    page = build_standard(parent, user, **{"title": "Wörterbuch", "body": body, **fields})
    return publish(page, user)


@pytest.fixture
def glossary(desk):
    return build_glossary(desk, SPENDE, CSR)


TEXT = "<p>Eine Spende ist schön.</p>"


def write(user, **fields):
    body = [("paragraph", TEXT)]
    return publish(build_standard(user=user, **{"body": body, **fields}), user)


def is_explained(client, page) -> bool:
    run_on_commit_callbacks()
    html = client.get(page.url).text
    references = re.findall(r'<a class="word"[^>]* href="#([^"]*)"', html)
    assert all(f'id="{anchor}"' in html for anchor in references)
    return bool(references)


def test_standard_page_explains_its_words(client, desk, glossary):
    assert is_explained(client, write(desk))


def test_form_of_cooperation_explains_its_words(client, desk, glossary):
    assert is_explained(client, publish(build_form(user=desk, how_it_works=TEXT), desk))


def test_example_and_news_explain_their_words(client, desk, glossary, house, editor, lead):
    publish(build_form(user=desk), desk)
    example = build_example(build_example_index(house), editor, outcome="Eine Spende kam.")
    news = build_news(build_news_index(house), editor, body=[("paragraph", TEXT)])
    assert is_explained(client, publish(example, editor))
    assert is_explained(client, publish(news, editor))


def test_each_reference_leads_there_and_back(client, desk, glossary):
    html = client.get(write(desk).url).text
    anchor, target = re.search(r'<a class="word" id="([^"]*)" href="#([^"]*)"', html).groups()
    assert f'id="{target}" tabindex="-1"' in html
    assert f'href="#{anchor}"' in html


def test_explanation_is_written_as_text(client, desk, glossary):
    html = client.get(write(desk).url).text
    assert "Mit oder ohne &lt;b&gt;Gegenleistung&lt;/b&gt;." in html


def test_glossary_does_not_explain_itself(client, desk):
    body = [("paragraph", TEXT), ("glossary", {"entries": [SPENDE]})]
    assert not is_explained(client, write(desk, body=body))


def test_page_without_such_words_has_no_list(client, desk, glossary):
    page = write(desk, body=[("paragraph", "<p>Guten Tag.</p>")])
    assert "Wörter auf dieser Seite" not in client.get(page.url).text


def test_words_of_an_unpublished_glossary_vanish(client, desk, glossary):
    page = write(desk)
    assert is_explained(client, page)
    glossary.unpublish()
    assert not is_explained(client, page)


def test_words_of_a_draft_are_not_known(client, desk):
    build_standard(user=desk, title="Entwurf", body=[("glossary", {"entries": [SPENDE]})])
    assert not is_explained(client, write(desk))


@pytest.mark.parametrize(("inline", "word"), [("kmu", "Sponsoring"), ("zo", "Spende")])
def test_editors_choose_the_words(client, desk, inline, word):
    build_glossary(desk, SPENDE | {"inline": inline})
    page = write(desk, body=[("paragraph", "<p>Spende und Sponsoring</p>")])
    assert re.findall(r'<a class="word"[^>]*>(.*?)</a>', client.get(page.url).text) == [word]


def test_no_word_is_explained_where_editors_say_so(client, desk):
    build_glossary(desk, SPENDE | {"inline": "none"})
    assert not is_explained(client, write(desk))


def test_glossary_of_a_house_speaks_for_nobody_else(client, desk, house, editor, lead):
    build_glossary(editor, SPENDE, parent=house)
    assert not is_explained(client, write(desk))


def test_german_words_are_not_explained_in_english(client, desk, glossary):
    english = publish(build_home("en", desk), desk)
    assert not is_explained(client, write(desk, parent=english, title="English"))


def test_english_pages_have_their_own_words(client, desk, glossary):
    english = publish(build_home("en", desk), desk)
    entry = {"zo": "donation", "kmu": "sponsoring", "explanation": "With or without return."}
    build_glossary(desk, entry, parent=english, title="Dictionary")
    page = write(desk, parent=english, title="Money", body=[("paragraph", "<p>Donations</p>")])
    html = client.get(page.url).text
    assert "Companies say: sponsoring." in html
    assert ">Words on this page<" in html


def test_link_to_all_words_carries_the_chosen_house(client, desk, glossary, house, lead, editor):
    publish(house, editor)
    html = client.get(f"{write(desk).url}?haus=kreis-steinfurt").text
    assert f'href="{glossary.url}?haus=kreis-steinfurt"' in html


def test_a_warm_page_asks_nothing_for_its_words(client, desk, glossary):
    page = write(desk)
    client.get(page.url)
    # Settings are made by the first page that shows them.
    run_on_commit_callbacks()
    client.get(page.url)
    with CaptureQueriesContext(connection) as captured:
        client.get(page.url)
    assert not [q for q in captured.captured_queries if "glossary" in q["sql"]]


EHRENAMT = {
    "zo": "Ehrenamt",
    "kmu": "Freistellung, Corporate Volunteering",
    "explanation": "…",
    "inline": "none",
}


def looked_up(client, query: str) -> list[str]:
    """Where a search leads in the glossary."""
    html = client.get("/suche/", {"q": query}).content.decode()
    return re.findall(r'href="([^"]*#wort-[^"]*)"', html)


@pytest.mark.parametrize(
    ("query", "anchor"),
    [
        ("Was bedeutet Freistellung?", "wort-freistellung-corporate-volunteering"),
        ("corporate volunteering", "wort-freistellung-corporate-volunteering"),
        ("Ehrenamt", "wort-ehrenamt"),
    ],
)
def test_search_leads_to_the_very_word(client, desk, query, anchor):
    glossary = build_glossary(desk, EHRENAMT, SPENDE)
    assert looked_up(client, query) == [f"{glossary.url}#{anchor}"]
    assert f'id="{anchor}"' in client.get(glossary.url).content.decode()


@pytest.mark.parametrize("query", ["Corporate", "Brandschutz", ""])
def test_search_without_such_a_word_leads_nowhere(client, desk, query):
    build_glossary(desk, EHRENAMT)
    assert looked_up(client, query) == []


def test_way_to_a_word_carries_the_chosen_house(client, desk, house):
    glossary = build_glossary(desk, EHRENAMT)
    html = client.get("/suche/?q=Ehrenamt&haus=kreis-steinfurt").content.decode()
    assert f'href="{glossary.url}?haus=kreis-steinfurt#wort-ehrenamt"' in html
