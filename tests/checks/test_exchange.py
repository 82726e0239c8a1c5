"""Checks as files: what goes out comes in again, and every mistake is named by its line."""

import pytest
from django.urls import reverse

from checks.exchange import InvalidFile, read
from checks.export import as_yaml
from checks.importing import replace_questions
from checks.models import SelfCheckPage
from demo import content
from demo.builders.checks import FILES, build_check, question, section
from demo.review import publish

GOOD = """titel: Check
fuer: zo
quelle: Leitfaden
abschnitte:
  - id: s1
    titel: Menschen
    fragen:
      - id: f1
        frage: Läuft es?
        rat: Rufen Sie an.
      - id: f2
        art: auswahl
        frage: Wie oft?
        antworten: [oft, {antwort: nie, rat: Fangen Sie an}]
"""


def problems(text: str) -> list[str]:
    with pytest.raises(InvalidFile) as caught:
        read(text)
    return [str(problem) for problem in caught.value.problems]


def test_a_good_file_is_read():
    file = read(GOOD)
    assert [row["field_type"] for row in file.rows] == ["section", "need", "radio"]
    assert file.rows[2]["choices"] == "oft\nnie | Fangen Sie an"


def test_a_file_is_a_draft_unless_it_says_no():
    assert read(GOOD).is_draft
    assert read(f"entwurf: Ja\n{GOOD}").is_draft
    assert not read(f"entwurf: nein\n{GOOD}").is_draft
    assert not read(f"entwurf: Nein\n{GOOD}").is_draft


@pytest.mark.parametrize(
    "wrong, line, reason",
    [
        (GOOD.replace("    titel: Menschen", "\ttitel: Menschen"), 6, "Tabulator"),
        (GOOD.replace("id: f2", "id: f1"), 11, "steht schon in Zeile 8"),
        (GOOD.replace("        rat: Rufen Sie an.\n", ""), 8, "kein Handlungsbedarf ohne Rat"),
        (GOOD.replace("frage: Läuft es?", "frag: Läuft es?"), 9, "„frag“ ist hier nicht bekannt"),
        (GOOD.replace("art: auswahl", "art: quiz"), 12, "„art“ ist eines von"),
        (GOOD.replace("fuer: zo", "fuer: alle"), 2, "zo oder kmu"),
        (GOOD.replace("id: f1", "id: Frage Eins"), 8, "kleine Buchstaben"),
        (GOOD.replace("frage: Läuft es?", f"frage: {'x' * 300}"), 9, "300 Zeichen"),
        (GOOD.replace("[oft, {antwort: nie, rat: Fangen Sie an}]", "[oft]"), 14, "zwei Antworten"),
        (GOOD.replace("[oft, {antwort: nie, rat: Fangen Sie an}]", "[ja, ja]"), 14, "zweimal"),
        (GOOD.replace("[oft,", '["",'), 14, "„antwort“ fehlt"),
        (f"entwurf: vielleicht\n{GOOD}", 1, "ja oder nein"),
        (GOOD.replace("quelle: Leitfaden", 'quelle: "Leitfaden'), 3, "kein gültiges YAML"),
        (GOOD.replace("quelle: Leitfaden", "quelle: !!python/object:os.system x"), 3, "Anker"),
        (GOOD + "        fassung: keine\n", 15, "ganze Zahl"),
        (GOOD + "titel: Noch einer\n", 15, "zweimal"),
        ("", 1, "leer"),
        ("- nur\n- eine Liste\n", 1, "kein Check"),
    ],
)
def test_a_mistake_is_named_by_its_line(wrong, line, reason):
    assert any(text.startswith(f"Zeile {line}:") and reason in text for text in problems(wrong))


def test_all_mistakes_are_named_at_once():
    wrong = GOOD.replace("fuer: zo", "fuer: alle").replace("art: auswahl", "art: quiz")
    assert len(problems(wrong)) == 2


def test_a_billion_laughs_is_refused_at_once():
    bomb = "a: &a [lol, lol]\nb: &b [*a, *a]\nc: &c [*b, *b]\n"
    assert problems(bomb)[0].startswith("Zeile 1:")


def test_a_file_that_is_too_deep_is_refused():
    (problem,) = problems("titel: A\nquelle: " + "[" * 400_000)
    assert problem == "Zeile 2: Die Datei ist zu tief verschachtelt."


def test_a_huge_file_is_refused():
    assert "zu groß" in problems("x" * 600_000)[0]


@pytest.mark.parametrize("name", ["zo", "kmu"])
def test_the_checks_that_ship_have_five_sections_and_up_to_25_questions_with_advice(name):
    file = read((FILES / f"{name}.yaml").read_text(encoding="utf-8"))
    rows = [row for row in file.rows if row["field_type"] != "section"]
    assert len(file.rows) - len(rows) == 5
    assert 20 <= len(rows) <= 25
    assert file.is_draft
    rated = [row for row in rows if row["field_type"] == "need"]
    assert [row["clean_name"] for row in rated if not (row["source"] and row["tags"])] == []


@pytest.mark.parametrize("name", ["zo", "kmu"])
def test_the_english_check_asks_the_same_questions(name):
    german, english = (
        read((FILES / f"{file}.yaml").read_text(encoding="utf-8")).rows
        for file in (name, f"{name}-en")
    )
    assert f"{name}-en" in [record["file"] for record in content.load("english")["checks"]]
    ids = [[(row["clean_name"], row["field_type"]) for row in rows] for rows in (german, english)]
    assert ids[0] == ids[1]


@pytest.mark.django_db
def test_what_goes_out_comes_in_again(national_editor):
    page = build_check(user=national_editor)
    rows = read(as_yaml(page)).rows
    assert [row["clean_name"] for row in rows] == [row.clean_name for row in page.form_fields.all()]


@pytest.mark.django_db
def test_a_question_that_keeps_its_id_keeps_its_row(national_editor):
    page = build_check(user=national_editor, rows=[section("s1", "Alt"), question("f1")])
    kept = page.form_fields.get(clean_name="f1").translation_key
    draft = replace_questions(page, read(GOOD), national_editor)
    rows = {row.clean_name: row for row in draft.form_fields.all()}
    assert rows["f1"].translation_key == kept
    assert rows["f1"].label == "Läuft es?"
    assert list(rows) == ["s1", "f1", "f2"]


@pytest.mark.django_db
def test_an_import_keeps_what_a_colleague_has_just_saved(national_editor):
    page = build_check(user=national_editor)
    page.get_latest_revision_as_object()
    colleagues = SelfCheckPage.objects.get(pk=page.pk)
    colleagues.seo_title = "Vom Kollegen"
    colleagues.save_revision(user=national_editor)
    assert replace_questions(page, read(GOOD), national_editor).seo_title == "Vom Kollegen"


@pytest.mark.django_db
def test_an_import_publishes_nothing(national_editor, second_national_editor):
    page = publish(build_check(user=national_editor), national_editor)
    replace_questions(page, read(GOOD), national_editor)
    page = SelfCheckPage.objects.get(pk=page.pk)
    assert page.form_fields.count() == 6
    assert page.has_unpublished_changes


@pytest.mark.django_db
def test_a_file_is_imported_in_the_admin(sign_in, national_editor):
    page = build_check(user=national_editor)
    address = reverse("check_questions", args=[page.pk])
    answer = sign_in(national_editor).post(address, {"text": GOOD})
    assert answer["Location"] == reverse("wagtailadmin_pages:edit", args=[page.pk])
    page = SelfCheckPage.objects.get(pk=page.pk)
    assert page.get_latest_revision_as_object().title == "Check"


@pytest.mark.django_db
def test_a_wrong_file_stays_in_the_admin_with_its_mistakes(sign_in, national_editor):
    page = build_check(user=national_editor)
    address = reverse("check_questions", args=[page.pk])
    wrong = GOOD.replace("fuer: zo", "fuer: alle")
    shown = sign_in(national_editor).post(address, {"text": wrong}).content.decode()
    assert "Zeile 2: „fuer“ ist zo oder kmu." in shown
    assert "Läuft es?" in shown


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["check_questions", "check_questions_export"])
def test_houses_reach_no_file_of_the_nation(sign_in, editor, check, name):
    assert sign_in(editor).get(reverse(name, args=[check.pk])).status_code != 200


@pytest.mark.django_db
def test_the_file_is_downloaded(sign_in, national_editor, check):
    answer = sign_in(national_editor).get(reverse("check_questions_export", args=[check.pk]))
    assert read(answer.content.decode()).title == check.title
    assert answer["Content-Disposition"] == f'attachment; filename="{check.slug}.yaml"'
