"""All that is published at once reveals no cell below k: regions, nation, quarters, checks, files.

The attacker knows what every house and the desk can read. What it is held against is counted here,
in a way of our own, from what the organisations answered.
"""

import csv
import datetime
import io
import random
from collections.abc import Iterator, Mapping

import pytest

from checks.definition import GREEN, NOT_APPLICABLE, RED, YELLOW, Definition, Item, Section
from checks.models import CheckRun, QuarterTables, SelfCheckPage, freeze
from checks.models.statistics import quarter_name
from checks.statistics.quarters import compute
from checks.statistics.suppression import K, Published, Row, Scope, Totals
from checks.statistics.tables import FilledIn, columns_of, tabulate
from cms.working_days import midnight
from demo.builders.checks import build_check, question, section
from regions.models import Region
from tests.checks.attacker import Attacker, Counts

WORLDS = 60
ANSWERS = (GREEN, GREEN, YELLOW, RED, NOT_APPLICABLE, "")
SIZES = ("bis 20", "mehr als 20")
NEEDS = [f"g{number}" for number in range(10)]

Shown = dict[Scope, tuple[int, dict[str, Row]]]
"""What can be read of a check in a quarter: who took part, and the cells by question."""


def definition(meaning: int = 1) -> Definition:
    """A section of three questions, one of which means something else in another version."""
    items = (
        Item("groesse", "radio", "Wie groß?", choices="\n".join(SIZES)),
        Item("a", "need", "Läuft A?"),
        Item("b", "need", "Läuft B?", meaning=meaning),
    )
    return Definition((Section("s", "Menschen", "", items),))


def world(seed: int) -> list[FilledIn]:
    """What regions of very different size, and places without one, have filled in."""
    chance = random.Random(seed)
    versions = [
        {item.clean_name: item for item in definition(meaning).items()} for meaning in (1, 1, 1, 2)
    ]
    return [
        FilledIn(scope, "de", chance.choice(versions), answers(chance, ("a", "b")))
        for scope in (None, *range(1, chance.randint(2, 6)))
        for _run in range(chance.choice((0, 1, 4, 5, 6, 12, 40)))
    ]


def answers(chance: random.Random, needs: tuple[str, ...] | list[str]) -> dict[str, str]:
    given = {name: chance.choice(ANSWERS) for name in needs}
    given["groesse"] = chance.choice((*SIZES, SIZES[0], ""))
    return {name: answer for name, answer in given.items() if answer}


def counted(item: Item, runs: list[FilledIn]) -> Counts:
    """The true cells of a question."""
    columns = columns_of(item)
    cells: Counts = {None: [0] * len(columns)}
    for run in runs:
        row = cells.setdefault(run.scope, [0] * len(columns))
        answer = run.answers.get(item.clean_name, "")
        is_same = run.questions[item.clean_name].meaning == item.meaning
        row[columns.index(answer) if is_same and answer in columns else -1] += 1
    return cells


def tables(runs: list[FilledIn]) -> Shown:
    """What every house and the desk can read of one check."""
    of = definition()
    made = tabulate(of, "de", runs)
    found = {scope: made.of(scope, of) for scope in {None, *(run.scope for run in runs)}}
    return {
        scope: (
            one["total"],
            {
                table["question"]: table["cells"]
                for part in one["sections"]
                for table in part["questions"]
            },
        )
        for scope, one in found.items()
        if one
    }


def revealed(shown: Shown, label: str, cells: Counts) -> Iterator[tuple[Scope, int]]:
    """Cells below k that are shown, or follow from what is shown."""
    rows: Mapping[Scope, Row] = {s: row[label] for s, (_n, row) in shown.items() if label in row}
    for scope, row in rows.items():
        yield from ((scope, n) for n, cell in enumerate(row) if cell is not None and cell < K)
    totals = {scope: total for scope, (total, _rows) in shown.items()}
    nation = totals.pop(None, None), rows.get(None)
    by_scope = {scope: row for scope, row in rows.items() if scope is not None}
    yield from Attacker(cells, Totals(totals, nation[0]), Published(by_scope, nation[1])).reveals()


def test_no_world_of_checks_reveals_a_cell_below_k():
    shown_cells = 0
    for seed in range(WORLDS):
        runs = world(seed)
        shown = tables(runs)
        for item in definition().items():
            assert not list(revealed(shown, item.label, counted(item, runs))), seed
            rows = [questions.get(item.label, []) for _total, questions in shown.values()]
            shown_cells += sum(cell is not None for row in rows for cell in row)
    assert shown_cells > 5 * WORLDS  # hiding everything would be safe, too


def test_the_attack_finds_what_a_nation_without_regard_reveals():
    """Else it would prove nothing."""
    found = 0
    for seed in range(WORLDS):
        runs = world(seed)
        shown = tables(runs)
        if None not in shown:
            continue
        for item in definition().items():
            cells = counted(item, runs)
            sums = [sum(column) for column in zip(*cells.values(), strict=True)]
            shown[None][1][item.label] = [total if total >= K else None for total in sums]
            found += len(list(revealed(shown, item.label, cells)))
    assert found > WORLDS / 10


# From the database to the files


def a_check(title: str) -> SelfCheckPage:
    """A check of ten questions on needs and one on the size, frozen without a review."""
    rows = [
        section("grundlagen", title),
        question("groesse", "radio", label="Wie groß sind Sie?", choices="\n".join(SIZES)),
        *(question(name) for name in NEEDS),
    ]
    page = build_check(title=title, rows=rows)
    freeze(page)
    return page


def fill_in(
    page: SelfCheckPage, quarter: datetime.date, scope: Scope, chance: random.Random
) -> Iterator[FilledIn]:
    """Checks that a few organisations finished in a quarter, in the database."""
    version = page.versions.get()
    questions = {item.clean_name: item for item in version.definition.items()}
    ended = midnight(quarter) + datetime.timedelta(days=40)
    for _run in range(chance.choice((2, 6, 9, 15))):
        # At least ten answers: fewer do not count.
        given = dict.fromkeys(NEEDS, NOT_APPLICABLE) | answers(chance, NEEDS)
        CheckRun.objects.create(
            version=version,
            region_id=scope,
            answers=given,
            started_at=ended - datetime.timedelta(minutes=9),
            finished_at=ended,
        )
        yield FilledIn(scope, "de", questions, given)


def files(client) -> dict[tuple[str, str], Shown]:
    """All that can be downloaded, by quarter and check."""
    names = {region.name: region.pk for region in Region.objects.all()}
    found: dict[tuple[str, str], Shown] = {}
    for stored in QuarterTables.objects.all():
        address = f"/admin/berichte/selbstchecks/?tabelle={stored.pk}&export=csv"
        text = b"".join(client.get(address).streaming_content).decode("utf-8-sig")
        for line in list(csv.reader(io.StringIO(text), delimiter=";"))[1:]:
            quarter, region, check, _section, label, _answer, number = line
            shown = found.setdefault((quarter, check), {})
            cell = int(number) if number.isdecimal() else None
            scope = names.get(region)
            if label:
                shown[scope][1].setdefault(label, []).append(cell)
            else:
                shown[scope] = (cell or 0, {})
    return found


@pytest.mark.django_db
def test_no_file_of_any_region_quarter_and_check_reveals_a_cell_below_k(
    client, administrator, region, other_region
):
    chance = random.Random(16)
    pages = {title: a_check(title) for title in ("Für Vereine", "Für Betriebe")}
    quarters = [datetime.date(2026, month, 1) for month in (4, 7)]
    filled_in = {
        (quarter_name(quarter), title): [
            run
            for scope in (None, region.pk, other_region.pk)
            for run in fill_in(page, quarter, scope, chance)
        ]
        for quarter in quarters
        for title, page in pages.items()
    }
    for quarter in quarters:
        compute(quarter)
    client.force_login(administrator)
    found = files(client)
    assert len(found) == len(filled_in)
    for key, shown in found.items():
        runs = filled_in[key]
        for item in runs[0].questions.values():
            assert not list(revealed(shown, item.label, counted(item, runs))), key
