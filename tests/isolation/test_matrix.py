"""Every address of the site × role × whose object × method: who gets in, and nothing leaks.

The expectations stand in ``expectations.txt``; how to add one is told in
``docs/how-to/add-an-admin-address.md``.
"""

import pytest

from tests.isolation.addresses import all_addresses
from tests.isolation.cases import targets
from tests.isolation.expectations import COLUMNS, cell_for, read_table
from tests.isolation.matrix import ask
from tests.isolation.world import ROLES, canaries_in

pytestmark = pytest.mark.django_db

ADDRESSES = {address.key: address for address in all_addresses()}
EXPECTED = read_table()


def test_every_address_has_an_expectation():
    missing = sorted(set(ADDRESSES) - set(EXPECTED))
    advice = "add a line for each to tests/isolation/expectations.txt"
    assert not missing, f"{advice}: {', '.join(missing)}"


def test_every_expectation_has_an_address():
    assert sorted(set(EXPECTED) - set(ADDRESSES)) == []


@pytest.mark.parametrize("key", [key for key in ADDRESSES if key in EXPECTED])
def test_address(world, key, log_lines):
    problems = list(world.problems(ADDRESSES[key]))
    assert not problems, "\n".join([*problems, f"what happens now: {observed(world, key)}"])
    # What somebody asks for by its path is theirs, and stands in the log of every web server.
    asked = {
        found for case in world.cases(ADDRESSES[key]) for found in canaries_in(case.path.encode())
    }
    assert canaries_in(log_lines.getvalue().encode()) - asked == set()
    assert list(world.broken_searches(key)) == []
    assert world.wrong_words(key) == []


def observed(world, key):
    """The line that describes what happens, to be judged before it is entered."""
    address, allowed = ADDRESSES[key], {role: set() for role in ROLES}
    for case in world.cases(address):
        if ask(world.clients[case.role], case).outcome != "refused":
            allowed[case.role].add((case.target, case.method))
    cells = [cell_for(allowed[role], targets(address)) for role in COLUMNS]
    return " | ".join([key, *cells])


def test_number_of_cases(world, capsys):
    number = sum(len(world.cases(address)) for address in ADDRESSES.values())
    with capsys.disabled():
        print(f"\nmatrix: {len(ADDRESSES)} addresses, {number} cases")  # noqa: T201
    assert number > 8000
