"""How single words are read: spelling, inflection, gender endings, hyphens."""

import pytest

from search.analysis import analyse
from search.analysis.lemmas import FAMILY_MARK


def form(word: str, language: str = "de") -> str:
    (token,) = analyse(word, language)
    return token.form


def parts(word: str, language: str = "de") -> tuple[str, ...]:
    """Parts without the family."""
    (token,) = analyse(word, language)
    return tuple(part for part in token.parts if not part.startswith(FAMILY_MARK))


def family(word: str) -> set[str]:
    (token,) = analyse(word, "de")
    return {part for part in token.parts if part.startswith(FAMILY_MARK)}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Förderung", "fördern"),
        ("Förderung", "gefördert"),
        ("Förderer", "fördern"),
        ("Sanierung", "sanieren"),
        ("saniert", "Sanierung"),
        ("Gründung", "gründen"),
        ("gegründet", "Gründerin"),
        ("Organisation", "organisieren"),
        ("Spende", "spenden"),
        ("Beratung", "berät"),
    ],
)
def test_words_of_one_family_share_it(one, other):
    assert family(one) & family(other) or form(one) == form(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Förderung", "Forderung"),
        ("Verein", "Vereinigung"),
        ("Verein", "vereinen"),
        ("Messe", "Messer"),
        ("Schule", "Schulung"),
        ("Wetter", "wetten"),
    ],
)
def test_words_that_only_look_alike_share_no_family(one, other):
    assert not family(one) & family(other)
    assert form(one) != form(other)


@pytest.mark.parametrize(
    ("inflected", "lemma"),
    [
        ("gefördert", "foerdern"),
        ("geförderte", "foerdern"),
        ("könnten", "koennen"),
        ("sicher", "sicher"),
        ("geholfen", "helfen"),
        ("ältere", "alt"),
        ("vereinbart", "vereinbaren"),
        ("foerderte", "foerdern"),
    ],
)
def test_verbs_and_adjectives_have_their_lemma(inflected, lemma):
    assert form(inflected) == lemma


@pytest.mark.parametrize(
    "one, other",
    [
        ("Förderung", "Foerderung"),
        ("Förderung", "FÖRDERUNG"),
        ("Förderung", "Fo\u0308rderung"),
        ("Förderung", "För\u00adderung"),
        ("Straße", "Strasse"),
        ("GRÖSSE", "Größe"),
        ("Café", "Cafe"),
        ("Fördermittel", "Fordermittel"),
        ("Fachkräfte", "Fachkrafte"),
        ("fördern", "foerdern"),
        ("gefördert", "gefoerdert"),
    ],
)
def test_ways_of_typing_a_word_meet(one, other):
    assert form(one) == form(other)


@pytest.mark.parametrize("word", ["neue", "Steuer", "aktuell", "Abenteuer", "Poet", "Israel"])
def test_true_vowel_pairs_are_left_alone(word):
    assert form(word)[:3] == word.lower()[:3]
    assert not set(form(word)) & set("äöü")


@pytest.mark.parametrize(
    "inflected, basic",
    [
        ("Vereine", "Verein"),
        ("Vereinen", "Verein"),
        ("Häuser", "Haus"),
        ("Ehrenämtern", "Ehrenamt"),
        ("Krankenkassen", "Krankenkasse"),
        ("Themen", "Thema"),
        ("Unternehmens", "Unternehmen"),
        ("Ehrenamtskoordinationen", "Ehrenamtskoordination"),
        ("Freiwilligenagenturen", "Freiwilligenagentur"),
        ("Freiwilligen", "freiwillig"),
        ("ehrenamtlichen", "Ehrenamtliche"),
        ("Beamten", "Beamter"),
        ("neuen", "neue"),
        ("großes", "große"),
        ("nachhaltigen", "nachhaltig"),
        ("Spenden", "Spende"),
        ("Berlins", "Berlin"),
    ],
)
def test_inflected_forms_meet_the_basic_form(inflected, basic):
    assert form(inflected) == form(basic)


@pytest.mark.parametrize(
    "gendered, base",
    [
        ("Verein*innen", "verein"),
        ("Bürger:innen", "buerger"),
        ("BürgerInnen", "buerger"),
        ("Bürger*in", "buerger"),
        ("LehrerIn", "lehrer"),
        ("Unternehmer/-innen", "unternehmer"),
        ("Unternehmer/innen", "unternehmer"),
        ("Berater_innen", "berater"),
        ("Berater/in", "berater"),
        ("Berater(innen)", "berater"),
        ("Kolleg(inn)en", "kollege"),
        ("Kolleg*innen", "kollege"),
        ("Expert:in", "experte"),
        ("Ärzt*innen", "arzt"),
        ("Freiwillige:r", "freiwillig"),
        ("Jugendliche*r", "jugendlich"),
        ("Beamt*innen", "beamt"),
        ("Bürger*innenbeteiligung", "buergerbeteiligung"),
        ("BürgerInnenbeteiligung", "buergerbeteiligung"),
    ],
)
def test_gender_endings_are_stripped(gendered, base):
    assert form(gendered) == base


def test_a_capital_inside_a_name_is_no_gender_ending():
    assert form("LinkedIn") == "linkedin"


def test_gendered_noun_is_found_by_the_feminine_too():
    assert "beraterin" in parts("Berater*innen")


@pytest.mark.parametrize(
    "feminine, own, masculine",
    [
        ("Beraterinnen", "beraterin", "berater"),
        ("Ärztinnen", "aerztin", "arzt"),
        ("Kollegin", "kollegin", "kollege"),
    ],
)
def test_feminine_keeps_its_own_form_and_offers_the_masculine(feminine, own, masculine):
    assert (form(feminine), parts(feminine)) == (own, (masculine,))


def test_feminine_compound_offers_the_masculine_compound():
    assert "schriftfuehrer" in parts("Schriftführerinnen")


@pytest.mark.parametrize(
    "word", ["Stein", "sein", "kleine", "Termin", "Latein", "Medizin", "Disziplin"]
)
def test_words_that_only_end_like_a_feminine_offer_no_masculine(word):
    assert parts(word) == ()


@pytest.mark.parametrize(
    "one, other",
    [
        ("Kurz-Check", "Kurzcheck"),
        ("Kurz-Checks", "Kurzcheck"),
        ("Kurz\u2011Check", "Kurzcheck"),
        ("Ehrenamts-Koordination", "Ehrenamtskoordination"),
        ("E-Mail", "Email"),
        ("IHK-Beratungen", "IHK-Beratung"),
    ],
)
def test_hyphens_do_not_matter(one, other):
    assert form(one) == form(other)


def test_pieces_around_a_hyphen_are_parts():
    assert parts("IHK-Beratungen") == ("ihk", "beratung")


def test_parts_never_repeat_the_form():
    for word in ("Verein", "Fördermittel", "Kurz-Check", "Bürger*innen", "a-a"):
        assert form(word) not in parts(word)


@pytest.mark.parametrize(
    "compound, whole_part",
    [("Jahresmitgliederversammlung", "mitgliederversammlung"), ("Feuerwehrhaus", "feuerwehr")],
)
def test_long_parts_stay_findable_as_one_word(compound, whole_part):
    assert whole_part in parts(compound)


@pytest.mark.parametrize(
    "word, wrong",
    [
        ("Wassersport", "port"),
        ("Aktionstag", "stag"),
        ("Unternehmenscheck", "scheck"),
        ("Backstube", "tube"),
    ],
)
def test_linking_s_stays_with_the_word_it_links(word, wrong):
    assert wrong not in parts(word)


@pytest.mark.parametrize("plural, stem", [("houses", "hous"), ("companies", "compani")])
def test_english_words_are_stemmed(plural, stem):
    assert form(plural, "en") == stem


def test_english_has_no_compounds_but_hyphens():
    assert parts("fundraising", "en") == ()
    assert form("self-checks", "en") == form("selfcheck", "en")


@pytest.mark.parametrize(
    "word", ["vereinbart", "festgehalten", "bundesweite", "erfolgreich", "Folgende", "profitieren"]
)
def test_verbs_and_adjectives_are_not_cut(word):
    assert parts(word) == ()


@pytest.mark.parametrize(
    "form_of, lemma", [("Straßen", "strasse"), ("Kassen", "kasse"), ("Katzen", "katze")]
)
def test_a_form_of_two_nouns_goes_to_the_commoner(form_of, lemma):
    assert form(form_of) == lemma
