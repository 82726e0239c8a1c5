"""What is within a person's reach: pages, images, documents.

Everything for the national desk and for administrators; for everybody else
what their groups have rights on. Being public is another question: what is
public may be read and linked by all, see :func:`is_public`.
"""

from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, ReferenceIndex
from wagtail.permissions import policy_registry

from cms.models import User
from regions.access import is_administrator, is_national_editor

Record = TypeVar("Record", bound=Model)

PAGE_ACTIONS = frozenset({"add", "change", "lock", "unlock", "bulk_delete"})
MEDIA_ACTIONS = frozenset({"change", "delete", "choose"})


def media_models() -> tuple[type[Model], type[Model]]:
    """Images and documents, as this site has them."""
    return get_image_model(), get_document_model()


def guarded_models() -> tuple[type[Model], ...]:
    """What may belong to a house."""
    return (Page, *media_models())


def is_key(model: type[Model], value: object) -> bool:
    """Whether what somebody has typed can be a primary key of ``model`` at all."""
    try:
        model._meta.pk.clean(value, None)
    except ValidationError:
        return False
    return True


def find(model: type[Record], value: object) -> Record | None:
    """The object whose primary key somebody has typed, or ``None``."""
    if not is_key(model, value):
        return None
    return model._default_manager.filter(pk=value).first()


def has_national_scope(user: User) -> bool:
    """Whether ``user`` looks after all regions."""
    return is_administrator(user) or is_national_editor(user)


def can_view_draft(user: User, page: Page) -> bool:
    """Whether ``user`` may see drafts of ``page``: has rights on it or above it."""
    if has_national_scope(user):
        return True
    policy = policy_registry.get_by_type(Page)
    return policy.user_has_any_permission_for_instance(user, PAGE_ACTIONS, page)


def can_traverse(user: User, page: Page) -> bool:
    """Whether ``user`` may walk through ``page`` to what is within reach below it."""
    if has_national_scope(user):
        return True
    policy = policy_registry.get_by_type(Page)
    rights = policy.get_cached_permissions_for_user(user)
    return any(right.page.path.startswith(page.path) for right in rights)


def pages_within_reach(user: User) -> QuerySet[Page]:
    """All pages whose drafts ``user`` may see, by the rule of :func:`can_view_draft`."""
    if has_national_scope(user):
        return Page.objects.all()
    policy = policy_registry.get_by_type(Page)
    return policy.instances_user_has_any_permission_for(user, PAGE_ACTIONS)


def media_within_reach(user: User, model: type[Model]) -> QuerySet[Model]:
    """Images or documents in collections that ``user`` has rights on."""
    policy = policy_registry.get_by_type(model)
    return policy.instances_user_has_any_permission_for(user, MEDIA_ACTIONS)


def reaches_media(user: User, item: Model) -> bool:
    """Whether an image or document is in such a collection."""
    policy = policy_registry.get_by_type(type(item))
    return policy.user_has_any_permission_for_instance(user, MEDIA_ACTIONS, item)


def colleagues(user: User) -> QuerySet[User]:
    """The people of the own house, and oneself."""
    same_group = Q(groups__in=user.groups.values("pk"))
    both = Q(groups__editors_of__leads_group__in=user.groups.values("pk")) | Q(
        groups__leads_of__editors_group__in=user.groups.values("pk")
    )
    return User.objects.filter(same_group | both | Q(pk=user.pk)).distinct()


def is_public(item: Model) -> bool:
    """Whether an image or document is used on a public page."""
    sources = ReferenceIndex.get_references_to(item).filter(
        base_content_type=ReferenceIndex._get_base_content_type(Page)
    )
    ids = [int(pk) for pk in sources.values_list("object_id", flat=True)]
    return Page.objects.filter(pk__in=ids, live=True).exists()
