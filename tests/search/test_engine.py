"""The contract of every engine: the same on SQLite, PostgreSQL and Elasticsearch."""

import datetime

import pytest

from cms.text import fold
from search.engines.base import Origin, Phrase, Preference, Term, Word
from tests.search.factories import NOW, TODAY, ask_engine, found, make_entry, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("engine")]

DAY = datetime.timedelta(days=1)


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("Fördermittel", "Fördermittel"),
        ("Fördermittel", "foerdermittel"),
        ("Foerdermittel", "Fördermittel"),
        ("FÖRDERMITTEL", "fördermittel"),
        ("Straße", "Strasse"),
        ("Strasse", "Straße"),
        ("Vereine", "Verein"),
        ("Verein", "Vereinen"),
        ("Betriebes", "Betriebe"),
        ("Vereinsförderung", "Förderung"),
        ("Förderung von Vereinen", "Vereinsförderung"),
        ("Unternehmer:innen", "Unternehmer"),
        ("O'Neill & Söhne", "O'Neill"),
        ("100% gemeinnützig", "100%"),
        ("C++ und C#", "C++"),
        ("Start-up", "Startup"),
    ],
)
def test_word_is_found(written: str, asked: str) -> None:
    make_entry(1, title="Etwas", text=f"Hier steht {written} im Text.")

    assert found(asked) == [1]


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("Forderung", "Förderung"),
        ("Vereinigung", "Verein"),
        ("Messer", "Messe"),
        ("Verein", "Vereinsförderung"),
        ("Kooperation", "Operation"),
    ],
)
def test_other_word_is_not_found(written: str, asked: str) -> None:
    make_entry(1, title="Etwas", text=f"Hier steht {written} im Text.")

    assert found(asked) == []


def test_pages_with_all_words_come_first() -> None:
    make_entry(1, title="Mentoring, Mentoring, Mentoring", text="Im Betrieb")
    make_entry(2, text="Mentoring im Verein")
    make_entry(3, text="Eine Imkerei")

    answer = ask_engine("Mentoring Verein")

    assert answer.page_ids == [2, 1]
    assert (answer.total, answer.complete) == (2, 1)


def test_a_word_that_no_page_has_voids_nothing() -> None:
    make_entry(1, text="Mentoring im Betrieb")

    answer = ask_engine("Quark Mentoring Betrieb")

    assert (answer.page_ids, answer.unmatched) == ([1], (0,))


def test_rare_words_count_more_than_common_ones() -> None:
    for page_id in range(1, 9):
        make_entry(page_id, text="Ein Verein am Ort")
    make_entry(9, text="Eine Imkerei am Wald")

    assert found("Verein Imkerei")[0] == 9


def test_without_relevance_only_pages_with_all_words_are_listed() -> None:
    make_entry(1, text="Mentoring im Verein", date=TODAY - DAY)
    make_entry(2, text="Mentoring im Betrieb", date=TODAY)

    assert found("Mentoring Verein", sort="datum") == [1]
    assert found("Mentoring Quark", sort="datum") == [2, 1]


def test_every_word_may_be_demanded() -> None:
    make_entry(1, text="Mentoring im Betrieb")
    make_entry(2, text="Mentoring im Verein")

    assert found("Mentoring Verein", every_word=True) == [2]
    assert found("Mentoring Quark", every_word=True) == []


def test_neighbours_beat_words_far_apart() -> None:
    filling = "und dann war noch etwas anderes zu sagen " * 3
    make_entry(1, text=f"Die Feuerwehr {filling} ein Betrieb", date=TODAY)
    make_entry(2, text=f"Die Feuerwehr Betrieb {filling}")

    assert found("Feuerwehr Betrieb") == [2, 1]


def test_excluded_word_and_its_compounds_are_not_found() -> None:
    make_entry(1, text="Praktikum in der Imkerei")
    make_entry(2, text="Praktikum in der Schulimkerei")
    make_entry(3, text="Praktikum im Büro")

    assert found("Praktikum", excluded=(Term("imkerei"),)) == [3]


def test_phrase_must_stand_as_it_is() -> None:
    make_entry(1, text="Essen auf Rädern für Ältere")
    make_entry(2, text="Wir essen, und auf drei Rädern fährt man")
    phrase = Phrase(fold("Essen auf Rädern"), ("essen", "auf", "rad"))

    assert found("Essen Rädern", phrases=(phrase,)) == [1]


def test_family_of_a_word_is_found_after_the_word() -> None:
    make_entry(1, text="Das Land hat es gefördert", date=TODAY)
    make_entry(2, text="Eine Förderung vom Land")
    make_entry(3, text="Eine Forderung an das Land")

    assert found("Förderung") == [2, 1]


def test_other_origins_weigh_less_and_a_concept_never_stands_for_the_word() -> None:
    make_entry(1, title="Vermarktung", text="Am Tisch")
    make_entry(2, title="Titel", text="Vom Marketing am Tisch")
    word = Word((Term("marketing"), Term("vermarktung", weight=0.35, origin=Origin.CONCEPT)))

    answer = ask_engine("Marketing", words=(word,))

    assert (answer.page_ids, answer.complete) == ([2, 1], 1)


@pytest.mark.parametrize("preferences", [(), (Preference("thema", ("arbeit",)),)])
def test_a_page_with_only_a_synonym_never_stands_above_one_with_the_word(
    preferences: tuple[Preference, ...],
) -> None:
    about = {"thema": ["arbeit"]}
    make_entry(1, title="Marketing", text="Marketing " * 20, date=TODAY, facets=about)
    make_entry(2, text="Ein langer Text über vieles, zuletzt auch über Werbung " * 3, facets=about)
    word = Word((Term("werbung"), Term("marketing", weight=0.8, origin=Origin.SYNONYM)))

    answer = ask_engine("Werbung", words=(word,), preferences=preferences)

    assert (answer.page_ids, answer.complete) == ([2, 1], 2)


@pytest.mark.parametrize(
    "written", ["Gefördert, wie andere gefördert haben", "Wirtschaftsförderung"]
)
def test_a_page_with_only_a_near_word_never_stands_above_one_with_the_word(written: str) -> None:
    make_entry(1, title=written, text=f"{written} " * 20, date=TODAY)
    make_entry(2, text="Ein langer Text über vieles, zuletzt auch über die Förderung " * 3)

    assert found("Förderung") == [2, 1]


def test_a_page_that_says_a_matter_in_two_ways_comes_first() -> None:
    make_entry(1, text="Vom Sport im Betrieb und vom Sport am Ort", date=TODAY)
    make_entry(2, text="Vom Fußball im Betrieb und vom Turnen am Ort")
    near = tuple(
        Term(w, weight=0.45, origin=Origin.CONCEPT) for w in ("sport", "fussball", "turnen")
    )
    make_entry(3, text="Bewegung")

    assert found("Bewegung", words=(Word((Term("bewegung"), *near)),)) == [3, 2, 1]


def test_words_of_labels_are_found() -> None:
    make_entry(1, text="Am Tisch", facets={"thema": ["mentoring"]})
    make_entry(2, text="Am Tisch")
    word = Word((Term("mentoring", labels=(("thema", ("mentoring",)),)),))

    assert ask_engine("Mentoring", words=(word,)).page_ids == [1]


@pytest.mark.parametrize(
    ("text", "topic"),
    [("Am Tisch", "sport"), ("Turnen und danach ein großes schönes Fest", "kunst")],
)
def test_label_and_words_far_apart_count_more_than_a_part(text: str, topic: str) -> None:
    make_entry(1, text=text, facets={"thema": [topic]})
    make_entry(2, text="Im Sportverein")
    make_entry(3, text="Bewegung")
    labels = (("thema", ("sport",)),)
    near = (
        Term("turnen fest", weight=0.45, origin=Origin.CONCEPT, labels=labels),
        Term("sport", weight=0.45, origin=Origin.CONCEPT),
    )

    assert found("Bewegung", words=(Word((Term("bewegung"), *near)),)) == [3, 1, 2]


def test_a_query_may_have_hundreds_of_terms() -> None:
    make_entry(1, text="Mentoring")
    terms = tuple(Term(f"wort{number}", weight=0.3) for number in range(300))

    assert ask_engine("Mentoring", words=(Word((Term("mentoring"), *terms)),)).page_ids == [1]


def test_own_region_comes_first_among_equals() -> None:
    make_entry(1, text="Mentoring", facets={"region": ["7"]})
    make_entry(2, text="Mentoring", facets={"region": ["8"]})

    assert found("Mentoring", own_region="7") == [1, 2]
    assert found("Mentoring", own_region="8") == [2, 1]


def test_words_may_be_in_different_fields() -> None:
    make_entry(1, title="Mentoring", text="im Verein")

    assert found("Mentoring Verein") == [1]


def test_title_beats_summary_beats_text_beats_parts() -> None:
    make_entry(1, title="Am Tisch", summary="Für alle", text="Der Rollator steht am Haus")
    make_entry(2, title="Am Tisch", summary="Für alle", text="Eine Patenschaft für das Haus")
    make_entry(3, title="Am Tisch", summary="Eine Patenschaft", text="Der Rollator steht am Haus")
    make_entry(4, title="Eine Patenschaft", summary="Für alle", text="Der Rollator am Haus")
    make_entry(5, title="Am Tisch", summary="Für alle", text="Eine Lesepatenschaft für das Haus")

    assert found("Patenschaft") == [4, 3, 2, 5]


def test_part_in_the_title_beats_part_in_the_text() -> None:
    make_entry(1, title="Am Tisch", text="Eine Lesepatenschaft für das Haus", date=TODAY)
    make_entry(2, title="Lesepatenschaft", text="Am Tisch für das ganze Haus")

    assert found("Patenschaft") == [2, 1]


def test_equally_good_hits_are_sorted_by_date() -> None:
    for page_id, age in ((1, 3), (2, 1), (3, 2)):
        make_entry(page_id, text="Mentoring", date=TODAY - age * DAY)

    assert found("Mentoring") == [2, 3, 1]


def test_other_language_is_not_found() -> None:
    make_entry(1, title="Mentoring", locale="en")

    assert found("Mentoring") == []


@pytest.mark.parametrize(
    "text",
    [
        '"', '""', "'", "\\", "''", "' OR 1=1 --", "a:b", "a:*", "* * *", "NEAR(a b)", "(", ")))",
        "title_forms : x", "x AND", "OR", "NOT x", "x & | ! y", "<->", "-x", "+x", "^x", "{a b}: c",
        "%", "_", "😀", "Mentoring 😀", "\x00", "a\x00b", "\ufffd", "é́", "ﷺ", "０１",
        "x" * 2000, "wort " * 400, "|", "a|b", "~x", "'~x'",
    ],
)  # fmt: skip
def test_any_input_is_answered(text: str) -> None:
    make_entry(1, title="Mentoring")

    assert found(text) in ([], [1])


def test_syntax_of_the_database_is_not_obeyed() -> None:
    make_entry(1, title="Mentoring")

    assert found("Mentoring NOT Mentoring") == [1]
    assert found("Mento*") == []
    assert found("title_forms:Mentorin") == []


def test_text_without_words_finds_nothing() -> None:
    make_entry(1)

    assert found("😀 !") == []


def test_writing_again_replaces() -> None:
    entry = make_entry(1, title="Mentoring")
    entry.delete()
    make_entry(1, title="Sponsoring")

    assert found("Mentoring") == []
    assert found("Sponsoring") == [1]


def _library() -> None:
    make_entry(1, facets={"thema": ["sport", "jugend"], "region": ["1"]})
    make_entry(2, facets={"thema": ["sport"], "region": ["2"]})
    make_entry(3, facets={"thema": ["jugend"], "region": ["1"]})
    make_entry(4, facets={"region": ["3"]}, type_key="beispiel")


def test_values_of_a_facet_are_ored_and_facets_anded() -> None:
    _library()

    assert ask_engine(selected={"thema": ("sport", "jugend")}).total == 3
    answer = ask_engine(selected={"thema": ("sport", "jugend"), "region": ("1",)})
    assert sorted(answer.page_ids) == [1, 3]


def test_count_of_a_value_is_what_adding_it_would_give() -> None:
    _library()

    answer = ask_engine(
        selected={"thema": ("sport",), "region": ("1",)}, facets=("typ", "thema", "region")
    )

    assert answer.page_ids == [1]
    # In its own facet a value is counted as if nothing of it were selected.
    assert answer.counts["thema"] == {"sport": 1, "jugend": 2}
    assert answer.counts["region"] == {"1": 1, "2": 1}
    assert answer.counts["typ"] == {"aktuelles": 1}


def test_counts_respect_the_text() -> None:
    make_entry(1, title="Mentoring", facets={"thema": ["sport"]})
    make_entry(2, title="Sponsoring", facets={"thema": ["sport"]})

    assert ask_engine("Mentoring", facets=("thema",)).counts == {"thema": {"sport": 1}}


def test_preset_limits_hits_and_counts() -> None:
    _library()

    answer = ask_engine(types=("aktuelles",), fixed={"region": ("1",)}, facets=("thema",))

    assert sorted(answer.page_ids) == [1, 3]
    assert answer.counts["thema"] == {"sport": 1, "jugend": 2}


def test_without_counts_hits_when_a_facet_is_dropped() -> None:
    _library()

    answer = ask_engine("Titel", selected={"thema": ("sport",), "region": ("3",)})

    assert (answer.total, answer.without, answer.without_text) == (0, {"thema": 1, "region": 2}, 0)


@pytest.mark.parametrize(("seconds", "hits"), [(-1, []), (0, []), (1, [1])])
def test_expiry_is_decided_to_the_second_when_asked(seconds: int, hits: list[int]) -> None:
    make_entry(1, expires_at=NOW + datetime.timedelta(seconds=seconds))

    assert ask_engine().page_ids == hits


def test_sorting_by_title_is_german() -> None:
    for page_id, title in enumerate(["Zebra", "Äpfel", "apfel", "Birne", "„Ähre“"], start=1):
        make_entry(page_id, title=title)

    assert ask_engine(sort="titel").page_ids == [5, 3, 2, 4, 1]


def test_sorting_by_date_puts_undated_last() -> None:
    make_entry(1)
    make_entry(2, date=TODAY)
    make_entry(3, date=TODAY - DAY)

    assert ask_engine().page_ids == [2, 3, 1]


@pytest.mark.parametrize(
    ("page", "number", "ids"), [(1, 1, [5, 4]), (3, 3, [1]), (4, 3, [1]), (10**6, 3, [1])]
)
def test_page_beyond_the_end_is_the_last(page: int, number: int, ids: list[int]) -> None:
    for page_id in range(1, 6):
        make_entry(page_id)

    answer = ask_engine(page=page, page_size=2)

    assert (answer.page_number, answer.page_count, answer.page_ids) == (number, 3, ids)


def test_no_entries_is_one_empty_page() -> None:
    answer = ask_engine(facets=("thema",))

    assert (answer.total, answer.page_number, answer.page_count) == (0, 1, 1)


def test_a_supporting_word_counts_for_less() -> None:
    make_entry(1, title="Zelt", text="Ein Zelt steht bereit.")
    make_entry(2, title="Leihen", text="Wir leihen.")
    for page_id in range(3, 9):
        make_entry(page_id, title="Zelt im Garten und noch viel mehr davon")
    (tent, borrow) = words_of("Zelt leihen")

    rare_first = ask_engine(words=(tent, borrow), sort="relevanz").page_ids
    supporting = ask_engine(words=(tent, Word(borrow.terms, is_supporting=True)), sort="relevanz")

    assert rare_first[0] == 2
    assert supporting.page_ids[-1] == 2


def test_hits_by_page_id_are_read_on_from_where_one_stopped() -> None:
    for page_id in (3, 1, 2, 5):
        make_entry(page_id, text="Mentoring im Betrieb")
    make_entry(4, text="Eine Imkerei")

    first = ask_engine("Mentoring", sort="id", page_size=2, page=7)
    second = ask_engine("Mentoring", sort="id", page_size=2, after=first.page_ids[-1])

    assert [first.page_ids, second.page_ids] == [[1, 2], [3, 5]]
    assert first.total == second.total == 4
    assert ask_engine(sort="id", after=2).page_ids == [3, 4, 5]
