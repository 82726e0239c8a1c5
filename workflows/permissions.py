"""Wagtail's page permissions with the review in place of the stock publish right."""

from functools import cached_property

from wagtail.models import PagePermissionTester

from regions.access import is_administrator, is_national_editor, leads_page


class ReviewedPagePermissionTester(PagePermissionTester):
    """Nobody publishes directly; those who may decide may take off the net."""

    @cached_property
    def _may_take_down(self) -> bool:
        return is_national_editor(self.user) or leads_page(self.user, self.page)

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """As Wagtail's, but a page without pages below answers without asking the database.

        Lists ask for every row. Who may not publish may delete only what is not public.
        """
        if self.user.is_active and not self.user.is_superuser and not self.page_is_root:
            if self.page.live:
                return False
            if self.page.is_leaf():
                own = self.page.owner_id == self.user.pk
                return "change" in self.permissions or ("add" in self.permissions and own)
        return super().can_delete(ignore_bulk)

    def can_publish(self) -> bool:
        """Nobody: publishing is the outcome of a review."""
        return False

    def can_publish_subpage(self) -> bool:
        """Copy-and-keep-live and aliases, which pass no review, are for administrators."""
        return is_administrator(self.user) and super().can_publish_subpage()

    def can_reorder_children(self) -> bool:
        """Sorting changes no text: for those who may decide."""
        return self.user.is_active and self._may_take_down

    def can_unpublish(self) -> bool:
        """Taking a page down must be possible at once for those who may decide."""
        if not self.user.is_active or not self.page.live or self.page_is_root:
            return False
        return self._may_take_down and not self.page_locked()

    def can_unschedule(self) -> bool:
        """Stopping a scheduled publication: like unpublishing."""
        return self.user.is_active and self._may_take_down

    def can_set_view_restrictions(self) -> bool:
        """Nobody: pages are public or drafts, page-level privacy is not used."""
        return False
