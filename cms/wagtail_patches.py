"""Every attribute of Wagtail and wagtail-localize that is replaced (monkey patches), as data.

Patched is only what offers no hook, setting or subclass for it. Each replacement stands in the room
whose idea it is, as a function that takes the original and returns what stands in its place; rooms
above are named as strings because this one does not import them.

To add one: an entry here, its digest (the message of check ``cms.E011`` says it) and a probe in
``tests/isolation/test_wagtail_patches.py`` that sees the fault return without it.
"""

import inspect
from dataclasses import dataclass
from functools import update_wrapper
from hashlib import sha256
from pkgutil import resolve_name
from typing import Any

WAGTAIL = "wagtail 8.0.1"
LOCALIZE = "wagtail-localize 1.14.5"
NONE_FILED = "none filed"


@dataclass(frozen=True)
class Patch:
    """One replaced attribute: ``replacement(original)`` stands in the place of ``target``."""

    target: str
    replacement: str
    reason: str
    #: Of the upstream source that the replacement relies on, see :func:`source_digest`.
    digest: str
    ticket: str = NONE_FILED
    checked_with: str = WAGTAIL
    #: Whose source is watched, where the target is no code.
    watched: str = ""

    def owner(self) -> tuple[object, str]:
        """The class or module that is patched, and the name of its attribute."""
        path, _dot, name = self.target.rpartition(".")
        return resolve_name(path), name


_CHOOSE = "wagtail/wagtail#9714"
_FILTERS = "wagtail.admin.views.pages.listing"
_EXPORT = "wagtail.admin.views.mixins.SpreadsheetExportMixin"
_OFFERED = "Filters by site (there is one) and by everybody who ever wrote are not offered."
_FORMULA = "People's text must not start a formula in a spreadsheet program (CWE-1236)."
_TAGS = "Popular tags are those of media within reach, not of every house."

#: In the order in which they are put in effect.
PATCHES = (
    # --- Publishing
    Patch(
        target="wagtail.actions.publish_revision.PublishRevisionAction._publish_revision",
        replacement="workflows.gate.publish_revision",
        reason="The editor and the admin API publish without calling Page.publish().",
        digest="4507e6866409",
        ticket="wagtail/wagtail#4590",
    ),
    Patch(
        target="wagtail_localize.models.Translation.save_target",
        replacement="workflows.translation.replacements.save_target",
        reason="A translation goes to review instead of being published.",
        digest="f1f7d58a1ff3",
        ticket="wagtail/wagtail-localize#655",
        checked_with=LOCALIZE,
    ),
    Patch(
        target="wagtail_localize.views.submit_translations.SubmitTranslationForm",
        replacement="workflows.translation.replacements.submit_form",
        reason="A subtree may hold drafts and translations under way: one page is submitted.",
        digest="3f4b512345cc",
        checked_with=LOCALIZE,
    ),
    Patch(
        target="wagtail_localize.views.update_translations.UpdateTranslationsForm",
        replacement="workflows.translation.replacements.update_form",
        reason="Updating a translation must not publish it past the review.",
        digest="70b9ac6fff3c",
        ticket="wagtail/wagtail-localize#655",
        checked_with=LOCALIZE,
    ),
    Patch(
        target="wagtail_localize.locales.components.LOCALE_COMPONENTS",
        replacement="workflows.translation.replacements.locale_components",
        reason="Synchronised locales fill the site with live aliases that nobody reviewed.",
        digest="2a51df02ed92",
        ticket="wagtail/wagtail-localize#743",
        checked_with=LOCALIZE,
        watched="wagtail_localize.locales.components",
    ),
    # --- Isolation of the regions
    Patch(
        target="wagtail.models.Page.get_admin_display_title",
        replacement="regions.isolation.replacements.get_admin_display_title",
        reason="Titles of drafts are shown within reach only.",
        digest="1b5e4a3a3cb6",
        ticket=_CHOOSE,
    ),
    Patch(
        target="wagtail.models.Page.__str__",
        replacement="regions.isolation.replacements.page_name",
        reason="Comparisons, messages and usage reports name pages by str().",
        digest="377e81851e5a",
        ticket=_CHOOSE,
    ),
    Patch(
        target="wagtail.admin.widgets.BaseChooser.get_value_data",
        replacement="regions.isolation.replacements.get_value_data",
        reason="A chosen item out of reach stays chosen without its name.",
        digest="ec14515fb017",
        ticket=_CHOOSE,
    ),
    Patch(
        target="wagtail.admin.views.chooser.ExternalLinkView.render_chosen_response",
        replacement="regions.isolation.replacements.render_chosen_response",
        reason="A link typed as an address must not become the title of a draft.",
        digest="cffe659ef7f0",
        ticket=_CHOOSE,
    ),
    Patch(
        target="wagtail.admin.filters.WagtailFilterSet.get_form_class",
        replacement="regions.isolation.replacements.get_form_class",
        reason="Filters of reports offer the people of one's own houses.",
        digest="4f318cbc026e",
        ticket="wagtail/wagtail#9116",
    ),
    Patch(
        target="wagtail.admin.filters.popular_tags_for_model",
        replacement="regions.isolation.replacements.popular_tags_for_model",
        reason=_TAGS,
        digest="fac2031a846d",
        ticket="wagtail/wagtail#7959",
    ),
    Patch(
        target="wagtail.images.views.chooser.popular_tags_for_model",
        replacement="regions.isolation.replacements.popular_tags_for_model",
        reason=_TAGS,
        digest="fac2031a846d",
        ticket="wagtail/wagtail#7161",
    ),
    Patch(
        target="wagtail.admin.views.bulk_action.BulkAction.get_actionable_objects",
        replacement="regions.isolation.replacements.get_actionable_objects",
        reason="Bulk actions name the items they refuse, those of other houses among them.",
        digest="624ceebf9271",
        ticket="wagtail/wagtail#12970",
    ),
    Patch(
        target="wagtail.models.pages.PageLogEntryManager.viewable_by_user",
        replacement="regions.isolation.replacements.viewable_by_user",
        reason="The site history shows what happened to pages within reach.",
        digest="7f72f347c655",
        ticket="wagtail/wagtail#9181",
    ),
    # --- Bulk actions
    *(
        Patch(
            target=f"wagtail.{path}BulkAction.get_all_objects_in_listing_query",
            replacement="cms.editing.bulk_actions.get_all_objects_in_listing_query",
            reason="“Select all in listing” drops most of the filters of the listing.",
            digest=digest,
            ticket="wagtail/wagtail#12853",
        )
        for path, digest in (
            ("admin.views.bulk_action.", "ebfa7f9c5783"),
            ("admin.views.pages.bulk_actions.page_bulk_action.Page", "cf3458b9ad8a"),
            ("images.views.bulk_actions.image_bulk_action.Image", "aa76698e88b2"),
            (
                "documents.views.bulk_actions.document_bulk_action.Document",
                "aa76698e88b2",
            ),
            ("users.views.bulk_actions.user_bulk_action.User", "6cb562d23967"),
        )
    ),
    Patch(
        target="wagtail.admin.views.pages.bulk_actions.DeleteBulkAction.execute_action",
        replacement="cms.editing.bulk_actions.delete_pages",
        reason="Deleting a page and pages below it fails: those are gone when their turn comes.",
        digest="8179840afbac",
    ),
    # --- Tables
    Patch(
        target=f"{_EXPORT}.stream_csv",
        replacement="cms.spreadsheets.stream_csv",
        reason=f"{_FORMULA} German programs need semicolons and a byte order mark.",
        digest="92e545581bd9",
        ticket="wagtail/wagtail#3466",
    ),
    Patch(
        target=f"{_EXPORT}.generate_xlsx_row",
        replacement="cms.spreadsheets.generate_xlsx_row",
        reason=_FORMULA,
        digest="a9dbbca48b0f",
        ticket="wagtail/wagtail#3466",
    ),
    Patch(
        target=f"{_EXPORT}.get_heading",
        replacement="cms.spreadsheets.get_heading",
        reason=_FORMULA,
        digest="b8aa05fcd664",
        ticket="wagtail/wagtail#3466",
    ),
    # --- Redirects
    Patch(
        target="wagtail.contrib.redirects.forms.RedirectForm",
        replacement="cms.editing.redirect_form.redirect_form",
        reason="Redirects that lead in a circle are saved, and a path is no target.",
        digest="b9418d4dc5aa",
    ),
    # --- Lists of the admin
    Patch(
        target="wagtail.admin.views.pages.search.SearchView.verbose_name_plural",
        replacement="cms.editing.admin_search.name_of_results",
        reason="The search among all pages knows no name for what it counts: “1-20 of 244 None”.",
        digest="3ff33ceb6ead",
        watched="wagtail.admin.views.pages.search.SearchView",
    ),
    Patch(
        target="wagtail.admin.views.generic.base.BaseListingView.filter_queryset",
        replacement="cms.editing.filters.filter_queryset",
        reason="A filter that cannot be read lists everything, as if it had not been typed.",
        digest="315118503227",
    ),
    Patch(
        target="wagtail.admin.views.chooser.PageChooserTable",
        replacement="cms.editing.prefetch.page_chooser_table",
        reason="The page chooser asks the database three times for each of its rows.",
        digest="c73fbbc8321b",
    ),
    Patch(
        target="wagtail.admin.views.reports.workflows.WorkflowView.decorate_paginated_queryset",
        replacement="workflows.report_prefetch.decorate_paginated_queryset",
        reason="The workflow report asks the database twice for each of its rows.",
        digest="d964dec61731",
    ),
    Patch(
        target="wagtail.hooks._hooks",
        replacement="workflows.translation.replacements.hooks_without_list_buttons",
        reason="wagtail-localize's button in lists asks the database twice for each row.",
        digest="2707ee192875",
        checked_with=LOCALIZE,
        watched="wagtail_localize.wagtail_hooks.page_listing_more_buttons",
    ),
    *(
        Patch(
            target=f"{_FILTERS}.{filter_set}.{attribute}",
            replacement="cms.editing.prefetch.offered_filters",
            reason=_OFFERED,
            digest="dc526ab796cc",
            watched=f"{_FILTERS}.PageFilterSet",
        )
        for filter_set in ("PageFilterSet", "GenericPageFilterSet")
        for attribute in ("declared_filters", "base_filters")
    ),
)

_originals: dict[str, Any] = {}


def apply() -> None:
    """Put every patch in effect; called once, when all models are loaded.

    Raises:
        AttributeError: if Wagtail no longer has what is patched. The site does not start without
            its publish gate or its isolation.
    """
    for patch in PATCHES:
        owner, name = patch.owner()
        original = _originals.setdefault(patch.target, getattr(owner, name))
        replacement = resolve_name(patch.replacement)(original)
        if inspect.isfunction(replacement):
            update_wrapper(replacement, original)
        setattr(owner, name, replacement)


def original(patch: Patch) -> Any:
    """What Wagtail itself has in the place of ``patch``."""
    owner, name = patch.owner()
    return _originals.get(patch.target, getattr(owner, name))


def source_digest(patch: Patch) -> str:
    """A short SHA-256 of the upstream source (signature and body) that ``patch`` relies on."""
    watched = resolve_name(patch.watched) if patch.watched else original(patch)
    return sha256(inspect.getsource(watched).rstrip().encode()).hexdigest()[:12]
