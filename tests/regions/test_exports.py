"""Exporting a region, and deleting what an export holds: nothing more, nothing less."""

import hashlib
import io
import json
import zipfile
from datetime import timedelta
from io import StringIO
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from wagtail.models import Collection, ModelLogEntry, Page

from cms.models import Consent, CustomDocument, CustomImage, User
from demo.builders import (
    build_enquiry,
    build_invitation,
    build_news,
    build_news_index,
    house_of_region,
)
from demo.review import publish
from regions.enquiries.actions import add_note, hand_over
from regions.exports.archive import RegionArchive
from regions.exports.deletion import NotExported, delete_region, loss_of
from regions.models import Enquiry, EnquiryEvent, HousePage, Region, RegionExport
from regions.trash.storing import prepare
from search.models import Entry
from tests.databases import regions, usual
from tests.databases.templates import REGIONS, Template, template_for

pytestmark = pytest.mark.django_db


def picture(name: str = "haus.png", collection: Collection | None = None) -> CustomImage:
    file = io.BytesIO()
    Image.new("RGB", (8, 8), "purple").save(file, "PNG")
    upload = SimpleUploadedFile(name, file.getvalue(), "image/png")
    return CustomImage.objects.create(
        title="Unser Haus", file=upload, credit="Foto: Imke", collection=collection
    )


def build_full() -> dict[str, Page | Enquiry]:
    """Pages and an enquiry of a region, beside another region with the same."""
    region, other_region = regions.region(), regions.other_region()
    editor, lead = usual.editor(), usual.lead()
    index = build_news_index(house_of_region(region))
    live = publish(build_news(index, editor, title="Öffentlich"), editor)
    live.title = "Öffentlich, neu gefasst"
    live.save_revision(user=editor)
    draft = build_news(index, editor, title="Nur ein Entwurf")
    foreign = build_news(build_news_index(house_of_region(other_region)), title="Fremder Text")
    enquiry = build_enquiry(region, owner=lead, note="Notiz im Haus")
    build_enquiry(other_region, name="Fremde Anfrage")
    build_invitation(region, lead)
    return {"live": live, "draft": draft, "foreign": foreign, "enquiry": enquiry}


FULL = Template("fullregion", build_full, REGIONS)


@pytest.fixture
def database_template(request: pytest.FixtureRequest) -> Template:
    names = request.fixturenames
    return FULL if "full" in names else template_for(names)


@pytest.fixture
def full(region, other_region, editor, lead, settings, tmp_path, database) -> SimpleNamespace:
    """A region with one of everything, beside another region."""
    settings.MEDIA_ROOT = tmp_path
    image = picture(collection=region.collection)
    document = CustomDocument.objects.create(
        title="Satzung", file=ContentFile(b"Satzung", "satzung.txt"), collection=region.collection
    )
    picture("fremd.png", other_region.collection)
    return SimpleNamespace(image=image, document=document, **database.content)


def export(region: Region, user: User | None = None) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(b"".join(RegionArchive(region, user))))


def read(file: zipfile.ZipFile, name: str):
    return json.loads(file.read(name))


# What an export holds


def test_consents_for_its_pages_are_exported_and_deleted_with_it(region, full, administrator):
    pages = {"Erika Muster": full.draft, "Im Papierkorb": full.live, "Fremder": full.foreign}
    for name, page in pages.items():
        Consent.objects.create(page_key=page.translation_key, name=name, basis="paper")
    prepare(full.live, administrator).save()
    full.live.delete()
    file = export(region, administrator)
    names = [row["name"] for row in read(file, "consents.json")]
    assert names == ["Erika Muster", "Im Papierkorb"]
    delete_region(region, administrator)
    assert [consent.name for consent in Consent.objects.all()] == ["Fremder"]


def test_manifest_names_every_file_with_its_checksum(region, full):
    file = export(region)
    manifest = read(file, "manifest.json")
    named = {row["name"]: row["sha256"] for row in manifest["files"]}
    assert set(named) | {"manifest.json"} == set(file.namelist())
    assert all(hashlib.sha256(file.read(name)).hexdigest() == named[name] for name in named)
    assert (manifest["format"], manifest["version"]) == ("haus-der-kooperation-region", 1)


def test_page_has_what_is_public_and_what_is_not_yet(region, full):
    record = read(export(region), f"pages/{full.live.pk}.json")
    assert record["published"]["title"] == "Öffentlich"
    assert record["draft"]["title"] == "Öffentlich, neu gefasst"
    assert record["published_version"]["by"] == "Selma Schreiber"


def test_draft_is_only_a_draft(region, full):
    record = read(export(region), f"pages/{full.draft.pk}.json")
    assert (record["live"], record["published"]) == (False, None)
    assert record["draft"]["title"] == "Nur ein Entwurf"


def test_every_page_of_the_house_is_there(region, full, house):
    names = [name for name in export(region).namelist() if name.startswith("pages/")]
    ids = house.get_descendants(inclusive=True).values_list("pk", flat=True)
    assert names == [f"pages/{pk}.json" for pk in ids.order_by("path")]


@pytest.mark.parametrize("kind", ["image", "document"])
def test_uploaded_file_is_there_as_it_is(region, full, kind):
    row, file = getattr(full, kind), export(region)
    (record,) = read(file, f"{kind}s.json")
    with row.file.open("rb") as upload:
        assert file.read(record["file"]) == upload.read()


def test_image_says_whose_it_is(region, full):
    (record,) = read(export(region), "images.json")
    assert (record["title"], record["credit"]) == ("Unser Haus", "Foto: Imke")


def test_missing_upload_is_named(region, full):
    full.document.file.storage.delete(full.document.file.name)
    manifest = read(export(region), "manifest.json")
    missing = [row["name"] for row in manifest["files"] if row.get("missing")]
    assert missing == [f"documents/{full.document.pk}-{full.document.filename}"]


def test_enquiry_has_its_history(region, full):
    (record,) = read(export(region), "enquiries.json")
    assert record["message"] == full.enquiry.message
    assert "Notiz im Haus" in [step["note"] for step in record["history"]]


def test_people_have_names_and_roles_and_no_password(region, full, lead):
    file = export(region)
    people = {row["email"]: row["role"] for row in read(file, "people.json")}
    assert people == {"editor@example.org": "editor", "lead@example.org": "lead"}
    assert b"md5$" not in file.read("people.json")


def test_invitation_gives_no_link(region, full):
    text = export(region).read("invitations.json").decode()
    assert "neu@example.org" in text
    assert str(region.invitations.get().uuid) not in text


def test_nothing_of_another_region_is_there(region, full):
    file = export(region)
    everything = b"".join(file.read(name) for name in file.namelist()).decode(errors="ignore")
    assert "Öffentlich" in everything
    for foreign in ("Fremder Text", "Fremde Anfrage", "fremd.png", "other-lead@example.org"):
        assert foreign not in everything


def test_export_is_remembered_and_logged(region, full, administrator):
    export(region, administrator)
    row = RegionExport.objects.get()
    assert (row.region, row.user) == (region, administrator)
    assert ModelLogEntry.objects.filter(action="regions.export", user=administrator).exists()


def test_download_that_broke_off_does_not_count(region, full):
    pieces = iter(RegionArchive(region))
    for _number in range(5):
        next(pieces)
    pieces.close()
    assert not RegionExport.objects.exists()


def test_large_file_is_never_whole_in_memory(region, full):
    full.document.file.save("gross.txt", ContentFile(b"x" * 3_000_000))
    full.document.save()
    assert max(len(piece) for piece in RegionArchive(region)) < 1_000_000


def test_command_writes_the_file(region, full, tmp_path):
    target = tmp_path / "export.zip"
    call_command("export_region", region.slug, str(target), stdout=StringIO())
    assert "region.json" in zipfile.ZipFile(target).namelist()
    assert target.stat().st_mode & 0o077 == 0
    with pytest.raises(CommandError, match="exists"):
        call_command("export_region", region.slug, str(target))


# Who may


@pytest.mark.parametrize("view", ["regionen:export", "regionen:delete"])
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("role", ["editor", "lead", "other_lead", "national_editor"])
def test_export_and_deletion_are_for_administrators(
    region, house, role, view, method, request, sign_in
):
    client = sign_in(request.getfixturevalue(role))
    response = getattr(client, method)(reverse(view, args=[region.pk]), {"slug": region.slug})
    assert response.status_code in (302, 403)
    assert Region.objects.filter(pk=region.pk).exists()
    assert not RegionExport.objects.exists()


def test_administrator_downloads(region, full, administrator, sign_in):
    client = sign_in(administrator)
    address = reverse("regionen:export", args=[region.pk])
    assert "1 Bild" in client.get(address).content.decode()
    response = client.post(address)
    assert response.streaming
    assert "no-store" in response["Cache-Control"]
    file = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))
    assert file.testzip() is None


def test_list_of_regions_leads_to_the_export(region, administrator, sign_in):
    shown = sign_in(administrator).get(reverse("regionen:index")).content.decode()
    assert reverse("regionen:export", args=[region.pk]) in shown


# Deleting


def test_export_of_yesterday_does_not_allow_deleting(region, full, administrator, sign_in):
    export(region)
    region.exports.update(created_at=timezone.now() - timedelta(days=1))
    with pytest.raises(NotExported):
        delete_region(region, administrator)
    address = reverse("regionen:delete", args=[region.pk])
    assert "von einem früheren Tag" in sign_in(administrator).get(address).content.decode()
    assert Region.objects.filter(pk=region.pk).exists()


def test_without_an_export_nothing_is_deleted(region, full, administrator, sign_in):
    client = sign_in(administrator)
    address = reverse("regionen:delete", args=[region.pk])
    assert "noch nicht exportiert" in client.get(address).content.decode()
    assert client.post(address, {"slug": region.slug}).status_code == 422
    assert Region.objects.filter(pk=region.pk).exists()


@pytest.mark.parametrize("typed", ["", "landkreis-goerlitz", "ja"])
def test_wrong_confirmation_deletes_nothing(region, full, administrator, sign_in, typed):
    export(region)
    address = reverse("regionen:delete", args=[region.pk])
    assert sign_in(administrator).post(address, {"slug": typed}).status_code == 422
    assert Region.objects.filter(pk=region.pk).exists()


def test_screen_says_what_goes(region, full, administrator, sign_in):
    export(region)
    shown = sign_in(administrator).get(reverse("regionen:delete", args=[region.pk]))
    text = shown.content.decode()
    for words in ("1 Bild", "1 Dokument", "1 Anfrage mit", "2 Konten arbeiten nur"):
        assert words in text


def test_everything_of_the_region_goes(
    region, full, house, administrator, sign_in, django_capture_on_commit_callbacks
):
    export(region)
    ids = list(house.get_descendants(inclusive=True).values_list("pk", flat=True))
    groups = [region.editors_group_id, region.leads_group_id]
    stored = [(row.file.storage, row.file.name) for row in (full.image, full.document)]
    address = reverse("regionen:delete", args=[region.pk])
    with django_capture_on_commit_callbacks(execute=True):
        assert sign_in(administrator).post(address, {"slug": region.slug}).status_code == 302
    assert not Region.objects.filter(pk=region.pk).exists()
    assert not Page.objects.filter(pk__in=ids).exists()
    assert not Entry.objects.filter(page_id__in=ids, removed=False).exists()
    assert not Group.objects.filter(pk__in=groups).exists()
    assert not Collection.objects.filter(pk=region.collection_id).exists()
    assert not Enquiry.objects.filter(pk=full.enquiry.pk).exists()
    assert not EnquiryEvent.objects.filter(note="Notiz im Haus").exists()
    assert [storage.exists(name) for storage, name in stored] == [False, False]


def test_addresses_are_gone(region, full, house, administrator, client):
    export(region)
    addresses = [house.url, full.live.url]
    delete_region(region, administrator)
    assert [client.get(address).status_code for address in addresses] == [410, 410]


def test_accounts_are_deactivated_and_shared_ones_go_on(
    region, other_region, full, editor, lead, administrator
):
    editor.groups.add(other_region.editors_group)
    export(region)
    delete_region(region, administrator)
    editor.refresh_from_db()
    lead.refresh_from_db()
    assert (editor.is_active, lead.is_active) == (True, False)
    assert list(editor.groups.all()) == [other_region.editors_group]
    assert lead.deactivated_at is not None


def test_other_region_stays_whole(region, other_region, full, administrator):
    from regions.provisioning.drift import drift

    export(region)
    delete_region(region, administrator)
    assert drift(Region.objects.get(pk=other_region.pk)) == []
    assert Page.objects.filter(pk=full.foreign.pk).exists()
    assert Enquiry.objects.filter(name="Fremde Anfrage").exists()


def shows(page, image) -> None:
    """Have a page show an image."""
    image.contextual_alt_text, image.decorative = "Haus", False
    page.lead_image = [("image", {"image": image, "caption": ""})]
    page.save()


def test_image_that_others_show_stays(
    region, full, administrator, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        shows(full.foreign, full.image)
    export(region)
    delete_region(region, administrator)
    assert CustomImage.objects.get(pk=full.image.pk).collection.is_root()


def test_image_that_only_the_house_shows_goes(
    region, full, administrator, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        shows(full.live, full.image)
    export(region)
    delete_region(region, administrator)
    assert not CustomImage.objects.filter(pk=full.image.pk).exists()


def test_links_from_others_are_counted(region, full, house, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        for page in (full.foreign, full.draft):
            page.body = [("paragraph", f'<p><a linktype="page" id="{full.live.pk}">dort</a></p>')]
            page.save()
    assert loss_of(region).links == 1


def test_deletion_is_logged_with_its_numbers(region, full, administrator):
    export(region)
    delete_region(region, administrator)
    entry = ModelLogEntry.objects.get(action="regions.delete")
    assert entry.user == administrator
    assert "1 Anfragen" in entry.message


def test_handed_over_enquiry_stays_with_its_new_house(region, other_region, full, administrator):
    hand_over(full.enquiry, administrator, other_region, "am Telefon")
    export(region)
    delete_region(region, administrator)
    assert Enquiry.objects.get(pk=full.enquiry.pk).region == other_region
    assert not HousePage.objects.filter(region_record_id=region.pk).exists()


def test_export_of_the_new_house_tells_no_notes_of_the_former_one(
    region, other_region, full, administrator
):
    hand_over(full.enquiry, administrator, other_region, "am Telefon")
    text = export(other_region).read("enquiries.json").decode()
    assert full.enquiry.message in text
    assert "Notiz im Haus" not in text


def test_notes_of_the_new_house_stay_when_the_former_one_goes(
    region, other_region, full, administrator
):
    hand_over(full.enquiry, administrator, other_region, "am Telefon")
    add_note(full.enquiry, administrator, "Notiz drüben")
    export(region)
    delete_region(region, administrator)
    assert full.enquiry.events.filter(note="Notiz drüben").exists()
