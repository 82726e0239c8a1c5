"""Blocks stay out of migrations, and can still be renamed in what is stored."""

import json
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from wagtail import blocks
from wagtail.blocks.migrations.migrate_operation import MigrateStreamData
from wagtail.blocks.migrations.operations import (
    RenameStreamChildrenOperation,
    RenameStructChildrenOperation,
)

from cms.blocks import StreamField
from news.models import NewsPage


class OneBlock(blocks.StreamBlock):
    text = blocks.CharBlock()


class OtherBlock(blocks.StreamBlock):
    number = blocks.IntegerBlock(min_value=1)
    text = blocks.RichTextBlock(label="Anders")


def test_changed_blocks_change_nothing_in_migrations():
    fields = [StreamField(definition(), blank=True) for definition in (OneBlock, OtherBlock)]
    assert fields[0].deconstruct()[1:] == fields[1].deconstruct()[1:]


def test_other_options_are_still_recorded():
    optional, required = StreamField(OneBlock(), blank=True), StreamField(OneBlock())
    assert optional.deconstruct()[3] != required.deconstruct()[3]


def test_field_knows_its_blocks_outside_migrations():
    field = NewsPage._meta.get_field("body")
    assert "quote" in field.stream_block.child_blocks


@pytest.mark.django_db
def test_models_and_migrations_agree(capsys):
    call_command("makemigrations", check=True, dry_run=True, verbosity=1)
    assert "No changes detected" in capsys.readouterr().out


def store(page: NewsPage, body: list[dict[str, Any]]) -> None:
    """Put a body as an older version of the site has left it, live and in the revision."""
    revision = page.get_latest_revision()
    revision.content["body"] = json.dumps(body)
    revision.save()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE news_newspage SET body = %s WHERE page_ptr_id = %s",
            [json.dumps(body), page.pk],
        )


def migrate(*operations: Any) -> None:
    """Run a data step as a migration does, on historical models."""
    state = MigrationExecutor(connection).loader.project_state()
    step = MigrateStreamData("news", "NewsPage", "body", list(operations))
    step.code(state.apps, None)


def bodies(page: NewsPage) -> list[list[dict[str, Any]]]:
    """The stored bodies: that of the live page and that of its revision."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM news_newspage WHERE page_ptr_id = %s", [page.pk])
        live = json.loads(cursor.fetchone()[0])
    revision = NewsPage.objects.get(pk=page.pk).get_latest_revision()
    return [live, json.loads(revision.content["body"])]


def test_historical_model_knows_todays_blocks(db):
    historical = MigrationExecutor(connection).loader.project_state().apps
    field = historical.get_model("news", "NewsPage")._meta.get_field("body")
    assert list(field.stream_block.child_blocks) == list(
        NewsPage._meta.get_field("body").stream_block.child_blocks
    )


def test_a_block_can_be_renamed(news):
    quote = {"text": "Es geht.", "who": "Jemand"}
    store(news, [{"type": "zitat", "value": quote, "id": "1"}])
    migrate((RenameStreamChildrenOperation("zitat", "quote"), ""))
    assert [[block["type"] for block in body] for body in bodies(news)] == [["quote"], ["quote"]]


def test_a_renamed_block_keeps_its_content(news):
    quote = {"text": "Es geht.", "who": "Jemand"}
    store(news, [{"type": "zitat", "value": quote, "id": "1"}])
    migrate((RenameStreamChildrenOperation("zitat", "quote"), ""))
    stored = NewsPage.objects.get(pk=news.pk)
    assert (
        stored.body[0].value["text"]
        == stored.get_latest_revision_as_object().body[0].value["text"]
        == "Es geht."
    )


def test_a_part_of_a_nested_block_can_be_renamed(news):
    step = {"type": "item", "value": {"titel": "Anrufen", "text": "Morgen."}, "id": "2"}
    store(news, [{"type": "steps", "value": {"steps": [step]}, "id": "1"}])
    migrate((RenameStructChildrenOperation("titel", "title"), "steps.steps.item"))
    stored = NewsPage.objects.get(pk=news.pk)
    for page in (stored, stored.get_latest_revision_as_object()):
        assert page.body[0].value["steps"][0]["title"] == "Anrufen"
