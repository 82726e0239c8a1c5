"""The noun table: found, small, and never half built."""

import subprocess
import sys
from importlib.metadata import PackageNotFoundError

import pytest

from search.analysis import nouns

COLD = """
import resource, sys
from search.analysis import analyse
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
analyse("Fördermittel")
after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print((after - before) / 1024, "german_nouns.lookup" in sys.modules)
"""


def test_cold_start_is_small_and_leaves_the_lookup_module_alone():
    run = subprocess.run([sys.executable, "-c", COLD], capture_output=True, text=True, check=True)
    megabytes, imported = run.stdout.split()
    assert float(megabytes) < 80
    assert imported == "False"


def test_missing_noun_data_says_what_to_install(monkeypatch):
    def missing(_name):
        raise PackageNotFoundError

    monkeypatch.setattr(nouns, "distribution", missing)
    with pytest.raises(RuntimeError, match="pip install --no-deps german-nouns"):
        nouns._csv_path()


def test_table_is_built_once():
    assert nouns.noun_table() is nouns.noun_table()


@pytest.mark.parametrize("name", ["berlin", "julia", "unternehmen"])
def test_names_have_lemmas_but_only_common_nouns_are_parts(name):
    table = nouns.noun_table()
    assert table.lemma_of[name] == name
    assert (name in table.genus) == (name == "unternehmen")
