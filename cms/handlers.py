"""Signal handlers of the foundation: what Wagtail tells us about pages, passed on."""

from django.db.models.signals import post_delete, pre_delete
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page
from wagtail.signals import page_published, post_page_move

from cms.consents.records import settle
from cms.models.gone import GonePath
from cms.signals import page_changed


def _path_of(page: Page) -> str | None:
    parts = page.get_url_parts()
    return parts[2] if parts else None


def remember_gone_path(sender: type[Page], instance: Page, **kwargs: object) -> None:
    """Keep the addresses of a page that was public, so that they answer 410 (RFC 9110).

    Its former addresses too: their redirects are deleted with the page.
    """
    if not (instance.live or instance.first_published_at):
        return
    former = Redirect.objects.filter(redirect_page_id=instance.pk).values_list("old_path")
    paths = [f"{path.rstrip('/')}/" for (path,) in former if "?" not in path]
    for path in filter(None, [_path_of(instance), *paths]):
        GonePath.objects.get_or_create(path=path)


def forget_gone_path(sender: type[Page], instance: Page, **kwargs: object) -> None:
    """An address that is used again is no longer gone."""
    if path := _path_of(instance):
        GonePath.objects.filter(path=path).delete()


def announce_deletion(sender: type[Page], instance: Page, **kwargs: object) -> None:
    """Tell the rooms above that a page is no more."""
    page_changed.send(sender=type(instance), page_ids=[instance.pk])


def announce_move(sender: type[Page], instance: Page, **kwargs: object) -> None:
    """Wagtail signals only the root of what moved; its subtree changes region with it."""
    ids = list(instance.get_descendants(inclusive=True).values_list("pk", flat=True))
    page_changed.send(sender=type(instance), page_ids=ids)


def settle_withdrawals(sender: type[Page], instance: Page, **kwargs: object) -> None:
    """Whoever withdrew a consent is done with once no public version names them."""
    settle(instance)


def connect() -> None:
    """Connect all handlers; called once when the app is ready."""
    pre_delete.connect(remember_gone_path, sender=Page)
    post_delete.connect(announce_deletion, sender=Page)
    post_page_move.connect(announce_move)
    page_published.connect(forget_gone_path)
    page_published.connect(settle_withdrawals)
