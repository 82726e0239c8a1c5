"""App configuration of the search."""

from datetime import timedelta

from django.apps import AppConfig
from django.db.models import Model
from django.db.models.signals import post_save
from django.utils.translation import gettext_lazy as _


def _on_page_changed(sender: object, page_ids: list[int], **kwargs: object) -> None:
    """Sync within the transaction of the change.

    An error here fails the change: page and entry agree or neither is written.
    """
    from search.sync import sync

    sync(page_ids)


def _on_plain_page_saved(sender: object, instance: Model, **kwargs: object) -> None:
    """Sync after a save that did not go through the specific class.

    Wagtail's bulk unpublishing saves plain ``Page`` instances, which ``BasePage`` does not see.
    """
    _on_page_changed(sender, [instance.pk])


def _run_sweep() -> str:
    from search.sweep import sweep

    return str(sweep())


def _delete_old_counts() -> str:
    from search.statistics.retention import delete_old

    return delete_old()


def _find_related() -> str:
    from search.results.related_job import find_related

    return find_related()


def _keep_up() -> str:
    from search.engines.elasticsearch.upkeep import keep_up

    return keep_up()


def _repair() -> str:
    from search.engines.elasticsearch.upkeep import repair

    return repair()


class SearchConfig(AppConfig):
    """The search room: read model, query, facets, lists."""

    name = "search"
    verbose_name = _("Search")
    root_urls = "search.root_urls"
    public_urls = "search.urls"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Follow changes of pages, and have the sweep run."""
        from wagtail.models import Page

        from cms.jobs.registry import register
        from cms.signals import page_changed
        from search import metrics
        from search.engines.elasticsearch import is_configured

        page_changed.connect(_on_page_changed, dispatch_uid="search.sync")
        post_save.connect(_on_plain_page_saved, sender=Page, dispatch_uid="search.sync")
        metrics.register_metrics()
        register("search.sweep", timedelta(hours=1), _run_sweep, _("Checking the search"))
        label = _("Deleting old counts of searches")
        register("search.statistics", timedelta(hours=12), _delete_old_counts, label)
        register("search.related", timedelta(minutes=10), _find_related, _("Finding related pages"))
        if is_configured():
            seconds = timedelta(seconds=10)
            register("search.outbox", seconds, _keep_up, _("Filling the search index"))
            register("search.index", timedelta(hours=1), _repair, _("Checking the search index"))
