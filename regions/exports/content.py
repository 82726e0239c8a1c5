"""What an export of a region holds, as plain records (docs/reference/region-export.md)."""

import json
import uuid
from collections.abc import Iterator

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import QuerySet
from wagtail.documents import get_document_model
from wagtail.documents.models import AbstractDocument
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage
from wagtail.models import Collection, Page, Revision

from cms.models import Consent, Term, User
from regions.access import pages_of
from regions.models import EnquiryEvent, NetworkProposal, Region
from regions.people.access import leads_among, members

FORMAT = "haus-der-kooperation-region"
VERSION = 1
BATCH = 50


def as_json(value: object) -> bytes:
    """The same bytes for the same records, readable without a program."""
    text = json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1, sort_keys=True)
    return text.encode()


def parts(region: Region) -> Iterator[tuple[str, bytes]]:
    """Everything of ``region`` but the uploaded files: path in the ZIP file and JSON."""
    yield "region.json", as_json(region_record(region))
    for page in pages_in_order(region):
        yield f"pages/{page.pk}.json", as_json(page_record(page))
    yield "images.json", as_json([image_record(image) for image in images_of(region)])
    yield "documents.json", as_json([file_record(row) for row in documents_of(region)])
    yield "enquiries.json", as_json(list(enquiry_records(region)))
    yield "consents.json", as_json(list(consent_records(region)))
    yield "people.json", as_json(list(person_records(region)))
    yield "invitations.json", as_json(list(invitation_records(region)))
    yield "terms.json", as_json(term_records())


def region_record(region: Region) -> dict[str, object]:
    """The region itself and the districts it serves."""
    names = ("name", "slug", "land", "lat", "lon", "notification_email", "archived_on")
    districts = region.kreise.order_by("pk").values("pk", "name")
    return {
        **{name: getattr(region, name) for name in names},
        "districts": [{"code": row["pk"], "name": row["name"]} for row in districts],
    }


def pages_in_order(region: Region) -> Iterator[Page]:
    """The house and everything below it, parents first, in every language."""
    ids = list(pages_of([region]).order_by("path").values_list("pk", flat=True))
    for start in range(0, len(ids), BATCH):
        batch = Page.objects.filter(pk__in=ids[start : start + BATCH]).order_by("path")
        yield from batch.select_related("owner", "locale", "live_revision__user").specific()


def page_record(page: Page) -> dict[str, object]:
    """A page: where it stands, what is public, and what is not yet."""
    latest = page.get_latest_revision()
    draft = latest if latest and latest.pk != page.live_revision_id else None
    parent = page.get_parent()
    return {
        "id": page.pk,
        "translation_key": page.translation_key,
        "type": page._meta.label_lower,
        "language": page.locale.language_code,
        "parent": parent.pk if parent else None,
        "address": page.get_url(),
        "live": page.live,
        "owner": str(page.owner) if page.owner else None,
        "published": page.serializable_data() if page.live else None,
        "published_version": _version(page.live_revision),
        "draft": draft.content if draft else None,
        "draft_version": _version(draft),
    }


def _version(revision: Revision | None) -> dict[str, object] | None:
    if revision is None:
        return None
    user = str(revision.user) if revision.user else None
    return {"id": revision.pk, "saved": revision.created_at, "by": user}


def _collections(region: Region) -> QuerySet[Collection]:
    if region.collection is None:
        return Collection.objects.none()
    return region.collection.get_descendants(inclusive=True)


def images_of(region: Region) -> QuerySet[AbstractImage]:
    """The images in the region's collection."""
    images = get_image_model().objects.filter(collection__in=_collections(region))
    return images.order_by("pk").prefetch_related("tags")


def documents_of(region: Region) -> QuerySet[AbstractDocument]:
    """The documents in the region's collection."""
    documents = get_document_model().objects.filter(collection__in=_collections(region))
    return documents.order_by("pk").prefetch_related("tags")


def file_record(row: AbstractImage | AbstractDocument) -> dict[str, object]:
    """What images and documents have in common; ``file`` is their path in the export."""
    return {
        "id": row.pk,
        "title": row.title,
        "file": path_of(row),
        "sha1": row.get_file_hash() if row.file.storage.exists(str(row.file.name)) else None,
        "uploaded": row.created_at,
        "tags": sorted(tag.name for tag in row.tags.all()),
    }


def image_record(image: AbstractImage) -> dict[str, object]:
    """An image with whom it is owed to."""
    names = ("credit", "licence", "description", "width", "height")
    return {**file_record(image), **{name: getattr(image, name) for name in names}}


def path_of(row: AbstractImage | AbstractDocument) -> str:
    """Where the uploaded file lies in the export; the id keeps equal names apart."""
    folder = "images" if hasattr(row, "credit") else "documents"
    return f"{folder}/{row.pk}-{row.filename}"


def enquiry_records(region: Region) -> Iterator[dict[str, object]]:
    """Enquiries the house has, with the steps it may read."""
    names: tuple[str, ...] = (
        "uuid",
        "name",
        "organisation",
        "side",
        "email",
        "phone",
        "message",
        "language",
    )
    names += ("consent_at", "status", "created_at", "closed_at", "subject_title")
    rows = region.enquiries.select_related("owner", "network").order_by("pk")
    steps: dict[int, list[dict[str, object]]] = {}
    events = EnquiryEvent.objects.filter(region=region).select_related("user").order_by("pk")
    for event in events:
        steps.setdefault(event.enquiry_id, []).append(
            {
                "at": event.created_at,
                "kind": event.kind,
                "status": event.status,
                "note": event.note,
                "by": str(event.user) if event.user else None,
            }
        )
    for row in rows:
        record = {name: getattr(row, name) for name in names}
        owner = str(row.owner) if row.owner else None
        yield {
            **record,
            "owner": owner,
            "network": _network_record(getattr(row, "network", None)),
            "history": steps.get(row.pk, []),
        }


def _network_record(proposal: NetworkProposal | None) -> dict[str, object] | None:
    """What an enquiry proposes as a network, if it does."""
    names = ("name", "meets", "url", "shows_contact")
    return {name: getattr(proposal, name) for name in names} if proposal else None


def consents_of(region: Region) -> QuerySet[Consent]:
    """Consents for the pages of the house, also for those in the trash, which may come back."""
    keys = set(pages_of([region]).values_list("translation_key", flat=True))
    for pages in region.deleted_pages.values_list("pages", flat=True):
        keys |= {uuid.UUID(page["content"]["translation_key"]) for page in pages}
    return Consent.objects.filter(page_key__in=keys)


def consent_records(region: Region) -> Iterator[dict[str, object]]:
    """Who agrees to stand on which page of the house."""
    names = (
        *("name", "for_name", "for_picture", "for_quote"),
        *("basis", "given_on", "kept_by", "withdrawn_on"),
    )
    for row in consents_of(region):
        yield {"translation_key": row.page_key, **{name: getattr(row, name) for name in names}}


def person_records(region: Region) -> Iterator[dict[str, object]]:
    """Who works or worked here; no password, no sign-in."""
    people: list[User] = list(members(region).order_by("pk"))
    leads = leads_among(region, people)
    for user in people:
        yield {
            "email": user.email,
            "first_name": user.first_name,
            "last_name": user.last_name,
            "role": "lead" if user.pk in leads else "editor",
            "active": user.is_active,
            "inactive_since": user.deactivated_at,
        }


def invitation_records(region: Region) -> Iterator[dict[str, object]]:
    """Invitations; no link can be made of them."""
    names = ("email", "first_name", "last_name", "role", "sent_at", "accepted_at", "withdrawn_at")
    for row in region.invitations.order_by("pk"):
        yield {name: getattr(row, name) for name in names}


def term_records() -> list[dict[str, object]]:
    """What the numbers of terms in pages mean; common to all regions."""
    terms = Term.objects.prefetch_related("labels").order_by("pk")
    return [
        {
            "id": term.pk,
            "vocabulary": term.vocabulary,
            "key": term.key,
            "names": {label.language: label.name for label in term.labels.all()},
        }
        for term in terms
    ]
