"""Figures of a quarter: which checks count, once, and who reads what."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from checks.definition import Definition, Item, Section
from checks.models import CheckRun, EarlierRound, QuarterTables, freeze
from checks.statistics.quarters import compute, compute_due
from checks.statistics.suppression import K
from checks.statistics.tables import OTHER, FilledIn, need_share, tabulate
from demo.builders.checks import build_check, build_run, question, section

QUARTER = datetime.date(2026, 7, 1)
END = datetime.datetime(2026, 10, 2, 12, tzinfo=datetime.UTC)
NAMES = [f"g{number}" for number in range(10)]
SIZES = ("bis 20", "mehr als 20")

pytestmark = pytest.mark.django_db


@pytest.fixture
def large_check(db):
    """A check of ten questions on needs and one on the size; figures ask for no review."""
    rows = [
        section("grundlagen", "Grundlagen"),
        question("groesse", "radio", label="Wie groß sind Sie?", choices="\n".join(SIZES)),
        *(question(name) for name in NAMES),
    ]
    page = build_check(rows=rows)
    freeze(page)
    page.versions.update(created_at=datetime.datetime(2026, 7, 3, tzinfo=datetime.UTC))
    return page


def fill_in(page, number: int, answer: str = "gruen", **fields) -> list[CheckRun]:
    """So many checks that are finished in the quarter."""
    ended = fields.pop("finished_at", datetime.datetime(2026, 8, 5, tzinfo=datetime.UTC))
    defaults = {
        "answers": dict.fromkeys(NAMES, answer) | {"groesse": SIZES[0]},
        "started_at": ended - datetime.timedelta(minutes=15),
        "finished_at": ended,
    }
    return [build_run(page, **{**defaults, **fields}) for _number in range(number)]


def stored(region=None) -> list[dict]:
    return QuarterTables.objects.get(quarter=QUARTER, region=region).tables


def test_what_a_house_and_the_nation_read(large_check, house):
    fill_in(large_check, 6, "gruen", region=house.region_record)
    fill_in(large_check, 7, "rot", region=house.region_record)
    fill_in(large_check, 6, "rot")
    fill_in(large_check, 5, "gruen")
    compute(QUARTER)
    (check,) = stored(house.region_record)
    first = check["sections"][0]["questions"][0]
    assert check["total"] == 13
    assert first["columns"] == ["gruen", "gelb", "rot", OTHER]
    # Nobody is yellow or open: one more is hidden, so that the total reveals neither.
    assert first["cells"] == [None, None, 7, None]
    assert stored()[0]["total"] == 24
    assert stored()[0]["sections"][0]["questions"][0]["cells"] == [None, None, 13, None]


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"answers": dict.fromkeys(NAMES[:9], "rot")}, id="nine answers"),
        pytest.param(
            {"started_at": datetime.datetime(2026, 8, 4, 23, 59, 1, tzinfo=datetime.UTC)},
            id="59 seconds",
        ),
        pytest.param({"finished_at": None}, id="not finished"),
        pytest.param(
            {"finished_at": datetime.datetime(2026, 9, 30, 22, tzinfo=datetime.UTC)},
            id="midnight in Berlin, when the next quarter begins",
        ),
    ],
)
def test_what_is_not_counted(large_check, fields):
    started = fields.get("started_at", datetime.datetime(2026, 8, 4, tzinfo=datetime.UTC))
    ended = fields.get("finished_at", datetime.datetime(2026, 8, 5, tzinfo=datetime.UTC))
    build_run(
        large_check,
        **{
            "answers": dict.fromkeys(NAMES, "rot"),
            **fields,
            "started_at": started,
            "finished_at": ended,
        },
    )
    fill_in(large_check, 4)
    compute(QUARTER)
    assert stored() == []


def test_an_organisation_counts_once_however_often_it_fills_the_check_in(large_check):
    (run,) = fill_in(large_check, 1)
    for _number in range(K):
        EarlierRound.objects.create(
            run=run,
            version=run.version,
            answers=run.answers,
            started_at=run.started_at,
            finished_at=run.finished_at,
        )
    compute(QUARTER)
    assert stored() == []


def test_a_quarter_is_computed_once(large_check, house):
    fill_in(large_check, K, region=house.region_record)
    assert compute_due(END) == "Zahlen für 3/2026 gespeichert"
    fill_in(large_check, 2, region=house.region_record)
    assert compute_due(END) == "nichts zu berechnen"
    assert stored(house.region_record)[0]["total"] == K
    with pytest.raises(IntegrityError), transaction.atomic():
        compute(QUARTER)


def test_a_quarter_that_has_not_ended_is_not_computed(large_check):
    assert compute_due(datetime.datetime(2026, 9, 30, tzinfo=datetime.UTC)) == "nichts zu berechnen"


def test_computing_takes_the_same_queries_for_any_number_of_checks(
    large_check, house, django_assert_num_queries
):
    fill_in(large_check, 20, region=house.region_record)
    with django_assert_num_queries(6):
        compute(QUARTER)


@pytest.mark.parametrize("file", ["csv", "xlsx"])
def test_a_lead_downloads_what_is_shown(client, lead, large_check, house, file):
    for number, answer in ((6, "gruen"), (8, "gelb"), (3, "rot")):
        fill_in(large_check, number, answer, region=house.region_record)
    compute(QUARTER)
    client.force_login(lead)
    answer = client.get(f"/admin/berichte/selbstchecks/?export={file}")
    assert f"selbstchecks-{house.region_record.slug}-" in answer["Content-Disposition"]
    content = b"".join(answer.streaming_content)
    if file == "csv":
        lines = content.decode("utf-8-sig").splitlines()
        assert any(line.endswith("teilgenommen;17") for line in lines)
        assert any(line.endswith("Handlungsbedarf;8") for line in lines)
        assert not any(line.endswith(f";{number}") for line in lines for number in range(K))


def test_a_house_without_figures_is_told_why(client, editor, house):
    client.force_login(editor)
    assert (
        "Noch zu wenige Antworten" in client.get("/admin/berichte/selbstchecks/").content.decode()
    )


def test_the_page_takes_few_queries(
    client, lead, large_check, house, django_assert_max_num_queries
):
    fill_in(large_check, 12, "rot", region=house.region_record)
    compute(QUARTER)
    client.force_login(lead)
    client.get("/admin/berichte/selbstchecks/")
    with django_assert_max_num_queries(30):
        assert (
            "12 haben teilgenommen" in client.get("/admin/berichte/selbstchecks/").content.decode()
        )


# Counting


def counted(question_: Item, *runs: FilledIn) -> list[int | None] | None:
    questions = Definition((Section("s", "Menschen", "", (question_,)),))
    return tabulate(questions, "de", runs).by_question[question_.clean_name].by_scope.get(1)


def filled_in(item: Item, answer: str, language: str = "de") -> FilledIn:
    return FilledIn(1, language, {item.clean_name: item}, {item.clean_name: answer})


def test_answers_of_a_translation_count_by_their_place():
    german = Item("g", "radio", "Wie groß?", choices="klein\ngroß")
    english = Item("g", "radio", "How large?", choices="small\nlarge")
    runs = [filled_in(german, "klein")] * 5 + [filled_in(english, "large", "en")] * 6
    assert counted(german, *runs, *[filled_in(german, "")] * 5) == [5, 6, 5]


def test_answers_to_a_question_that_meant_something_else_count_as_open():
    now, then = Item("g", "need", "Läuft es?", meaning=2), Item("g", "need", "Läuft es?")
    assert counted(now, *[filled_in(then, "rot")] * 6, *[filled_in(now, "gelb")] * 7) == [
        None,
        7,
        None,
        None,
    ]


def test_a_section_is_told_by_what_is_shown():
    questions = [
        {"columns": ["gruen", "gelb", "rot", ""], "cells": [None, 20, 10, None]},
        {"columns": ["gruen", "gelb", "rot", ""], "cells": [40, None, None, 10]},
        {"columns": ["klein", ""], "cells": [50, 10]},
    ]
    share = need_share(questions, 60)
    assert (share.least, share.most) == (25, 34)
