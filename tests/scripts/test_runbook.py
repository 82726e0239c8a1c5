"""What ``make runbook`` runs is what stands in the documents, and nothing of this machine's."""

import subprocess

import pytest

from scripts import runbook

VALUES = {"folder": "/nowhere", "server": "127.0.0.1:1", "secret": "geheim"}


@pytest.mark.parametrize("document", runbook.DOCUMENTS)
def test_every_block_is_run_or_left_out_for_a_reason(document: str) -> None:
    found = runbook.blocks(document)
    left_out = [block for block in found if block.splitlines()[0] in runbook.SKIPPED]
    fences = (runbook.ROOT / document).read_text(encoding="utf-8").count("```sh")
    fences += (runbook.ROOT / document).read_text(encoding="utf-8").count("```ini")
    assert len(found) == fences
    assert len(runbook.steps(document, **VALUES)) == fences - len(left_out)


def test_what_is_left_out_or_replaced_stands_in_a_document() -> None:
    text = "\n".join(block for name in runbook.DOCUMENTS for block in runbook.blocks(name))
    told = [*runbook.SKIPPED, *runbook.REPLACED, runbook.SETTINGS]
    assert [one for one in told if one not in text] == []


@pytest.mark.parametrize("document", runbook.DOCUMENTS)
def test_what_is_run_is_complete_and_a_script(document: str) -> None:
    script = "\n".join(runbook.steps(document, **VALUES))
    assert [mark for mark in ("…", "/srv/", "-o haeuser", "5432") if mark in script] == []
    subprocess.run(["bash", "-n", "-c", script], check=True)


def test_restoring_is_run_after_a_backup() -> None:
    script = "\n".join(runbook.steps(runbook.DOCUMENTS[1], **VALUES))
    words = ("pg_dump", "pg_restore", "manage.py migrate", "search_new_epoch")
    assert sorted(words, key=script.index) == list(words)
