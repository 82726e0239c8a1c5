"""The page every page type is built on."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.validators import MaxLengthValidator
from django.db import models, transaction
from django.http import HttpRequest
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, Panel, TabbedInterface
from wagtail.models import (
    Page,
    PagePermissionTester,
    PageViewRestriction,
    Revision,
    Workflow,
)
from wagtail.search import index

from cms.assets.illustrations import illustration_choices, share_key
from cms.contact import Contact
from cms.models.revision_content import complete, without_known
from cms.signals import page_changed
from cms.structured_data import web_page
from cms.text import slugify

if TYPE_CHECKING:
    from wagtail.admin.forms import WagtailAdminPageForm

    from cms.models.user import User

# Saving a draft writes only these; nothing a visitor sees depends on them.
DRAFT_ONLY_FIELDS = frozenset(
    {
        "wagtail_admin_comments",
        "latest_revision_created_at",
        "draft_title",
        "latest_revision",
        "live_revision",
        "has_unpublished_changes",
        "locked",
        "locked_at",
        "locked_by",
    }
)


class BasePage(Page):
    """Base of all page types: teaser, contact, region, review and the publish gate.

    What belongs to rooms above (who may approve, which region, whose contact)
    is reached by the names in the settings ``PUBLISH_GATE``, ``WORKFLOW_RULE``,
    ``PAGE_PERMISSION_TESTER``, ``REGION_RULE`` and ``CONTACT_RULE``.
    """

    changes_public_pages = True

    summary = models.TextField(
        _("summary"),
        validators=[MaxLengthValidator(300)],
        help_text=_(
            "Two or three plain sentences, 300 characters at most. Shown in lists and search."
        ),
    )
    illustration = models.CharField(
        _("illustration"),
        max_length=40,
        choices=illustration_choices,
        blank=True,
        help_text=_("A drawing for pages that have no photo of their own."),
    )

    #: The picture of the type on other sites, for pages without an illustration.
    share_image: ClassVar[str] = "haus"
    #: ``og:type`` of the type.
    open_graph_type: ClassVar[str] = "website"

    #: The menu that pages of the type stand in, if editors show them in menus.
    menu: ClassVar[Literal["main", "footer"]] = "main"

    #: Whether pages of the type name, quote or show people or partners, who have to agree.
    names_people: ClassVar[bool] = False

    #: Foreign keys that every visit to a page of the type needs; read together with it.
    shown_with: ClassVar[tuple[str, ...]] = ()

    # Pages are public or drafts; page-level privacy is not used, since search and page cache
    # know nothing of who reads.
    private_page_options: list[str] = []
    show_in_menus_default = False

    #: The form itself, put here by :mod:`cms.editing.page_editor`.
    base_form_class: "ClassVar[type[WagtailAdminPageForm]]"
    content_panels = [*Page.content_panels, FieldPanel("summary")]
    promote_panels = [
        MultiFieldPanel(
            [FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("search_description")],
            heading=_("Address and search engines"),
        ),
        FieldPanel("illustration"),
    ]
    search_fields = [*Page.search_fields, index.SearchField("summary")]

    class Meta:
        abstract = True

    @classmethod
    def get_edit_handler(cls) -> Panel:
        """Tabs *Content*, *Details* (where a type has them), *Address* and *Settings*."""
        tabs = [ObjectList(cls.content_panels, heading=_("Content"))]
        details = getattr(cls, "details_panels", None)
        if details:
            tabs.append(ObjectList(details, heading=_("Details")))
        tabs.append(ObjectList(cls.promote_panels, heading=_("Address")))
        if cls.settings_panels:
            tabs.append(ObjectList(cls.settings_panels, heading=_("Settings")))
        return TabbedInterface(tabs, base_form_class=cls.base_form_class).bind_to_model(cls)

    @property
    def region(self) -> Any:
        """The region the page belongs to, or ``None`` for national pages."""
        if not hasattr(self, "_region"):
            self._region = import_string(settings.REGION_RULE)(self)
        return self._region

    @property
    def contact(self) -> Contact:
        """Who a visitor can turn to: the house, else the national desk (F2: a human contact)."""
        if not hasattr(self, "_contact"):
            self._contact = import_string(settings.CONTACT_RULE)(self)
        return self._contact

    def people_named(self) -> list[str]:
        """Who is named in a field of the type's own; quotations and pictures are found anyway."""
        return []

    def people_portrayed(self) -> list[str]:
        """Whose portrait stands in a field of the type's own."""
        return []

    @property
    def head_kind(self) -> StrOrPromise:
        """What tells the page from others of the same title, in titles of search results."""
        return ""

    @property
    def head_title(self) -> str:
        """The title in search results and where the page is shared, without the site's name."""
        return self.seo_title or " – ".join(filter(None, (self.title, str(self.head_kind))))

    @property
    def head_description(self) -> str:
        """The description below the title in results of search engines."""
        return self.search_description or self.summary

    @property
    def share_image_key(self) -> str:
        """Which of the pictures in ``static/share`` stands for the page."""
        return share_key(self.illustration) or self.share_image

    def structured_data(self, request: HttpRequest) -> dict[str, object]:
        """The page in the words of schema.org; types that are more than a page override it."""
        return web_page(self, request)

    def get_context(
        self, request: HttpRequest, *args: object, **kwargs: object
    ) -> dict[str, object]:
        """Remember the request: what is loaded once per request is kept on it."""
        self.shown_for = request
        return super().get_context(request, *args, **kwargs)

    def get_view_restrictions(self) -> models.QuerySet[PageViewRestriction]:
        """None, without asking: pages are public or drafts, see :attr:`private_page_options`."""
        return PageViewRestriction.objects.none()

    @property
    def has_workflow(self) -> bool:
        """Always true: every page is reviewed."""
        return self.get_workflow() is not None

    def get_workflow(self) -> Workflow | None:
        """The review this page type goes through, from the rule table; remembered on the page."""
        if "_workflow" not in vars(self):
            vars(self)["_workflow"] = import_string(settings.WORKFLOW_RULE)(self)
        found: Workflow | None = vars(self)["_workflow"]
        return found

    def with_content_json(self, content: dict[str, object]) -> "BasePage":
        """As Wagtail's; what it takes from the page anyway is not looked up in the database."""
        version: BasePage = super().with_content_json(without_known(type(self), content))
        complete(version, content)
        version._cached_parent_obj = self.get_parent()
        return version

    def permissions_for_user(self, user: "User") -> PagePermissionTester:
        """Wagtail's page permissions, less the stock publish right."""
        return import_string(settings.PAGE_PERMISSION_TESTER)(user, self)

    def publish(
        self,
        revision: Revision,
        user: "User | None" = None,
        changed: bool = True,
        log_action: bool | str = True,
        previous_revision: Revision | None = None,
        skip_permission_checks: bool = False,
    ) -> None:
        """Publish ``revision`` if the gate lets it through.

        Every way of publishing comes through here: editor, workflow, bulk
        action, schedule, translation (F27: quality assurance, F51: approval before publication).

        Raises:
            workflows.gate.PublishRefused: without an approval by somebody other
                than the revision's author.
        """
        with transaction.atomic():
            import_string(settings.PUBLISH_GATE)(self, revision, user)
            super().publish(
                revision,
                user=user,
                changed=changed,
                log_action=log_action,
                previous_revision=previous_revision,
                skip_permission_checks=skip_permission_checks,
            )

    def save_revision(
        self, *args: object, overwrite_revision: Revision | None = None, **kwargs: object
    ) -> Revision:
        """Save a draft; what has been submitted for review is never overwritten.

        Otherwise an approval would hold for a text nobody has approved.
        """
        if overwrite_revision and (
            overwrite_revision.approved_go_live_at or overwrite_revision.task_states.exists()
        ):
            overwrite_revision = None
        kwargs["overwrite_revision"] = overwrite_revision
        return super().save_revision(*args, **kwargs)

    def _get_autogenerated_slug(self, base_slug: str) -> str:
        """The address of a page that was given none; Wagtail's own would write ä as a."""
        return super()._get_autogenerated_slug(slugify(self.title) or base_slug)

    def save(
        self,
        clean: bool = True,
        user: "User | None" = None,
        log_action: bool = False,
        update_fields: Iterable[str] | None = None,
        **kwargs: object,
    ) -> None:
        """Save, and tell the rooms above when what visitors see may have changed."""
        with transaction.atomic():
            super().save(
                clean=clean,
                user=user,
                log_action=log_action,
                update_fields=update_fields,
                **kwargs,
            )
            if update_fields is None or not DRAFT_ONLY_FIELDS.issuperset(update_fields):
                page_changed.send(sender=type(self), page_ids=[self.pk])

    def values_of_a_copy(self) -> dict[str, object]:
        """What a new page does not take over from the one it is begun as a copy of.

        Types add what belongs to the day, as the date of a piece of news.
        """
        return {"seo_title": "", "search_description": "", "go_live_at": None, "expire_at": None}

    def copy(self, *args: Any, **kwargs: Any) -> Page:
        """Copy the page; many-to-many values arrive after each copy was saved.

        Raises:
            PermissionDenied: if somebody who may not publish past the review
                wants a live page copied as live.
        """
        user = kwargs.get("user")
        if user and kwargs.get("keep_live", True):
            parent = kwargs.get("to") or self.get_parent()
            if not parent.permissions_for_user(user).can_publish_subpage():
                raise PermissionDenied
        with transaction.atomic():
            copied = super().copy(*args, **kwargs)
            ids = list(copied.get_descendants(inclusive=True).values_list("pk", flat=True))
            page_changed.send(sender=type(self), page_ids=ids)
        return copied
