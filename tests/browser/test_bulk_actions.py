"""“Select all in listing” in a real browser: under a filter that is applied without a new page."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def pictures(region, settings) -> None:
    """Three with a tag, one without; two on a page."""
    settings.WAGTAILIMAGES_INDEX_PAGE_SIZE = 2
    for number in range(3):
        image = get_image_model().objects.create(
            title=f"Alt {number}", file=get_test_image_file(), collection=region.collection
        )
        image.tags.add("alt")
    get_image_model().objects.create(
        title="Neu", file=get_test_image_file(), collection=region.collection
    )


def test_what_is_filtered_out_is_not_deleted(tab, administrator, pictures):
    page = tab(administrator)
    page.goto(reverse("wagtailimages:index"))
    page.get_by_role("button", name="Filter anzeigen").click()
    page.get_by_role("button", name="Schlagwort").click()
    page.get_by_label("alt", exact=True).check()
    expect(page.get_by_text("Neu", exact=True)).to_have_count(0)
    page.locator("[data-bulk-action-checkbox]").first.check()
    page.locator("[data-bulk-action-select-all-checkbox]").last.check()
    page.get_by_role("button", name="Alle Bilder in der Aufzählung auswählen").click()
    page.get_by_role("link", name="Ausgewählte Bilder löschen").click()
    page.get_by_role("button", name="Ja, löschen").click()
    expect(page.get_by_text("3 Bilder wurden gelöscht")).to_be_visible()
    assert [image.title for image in get_image_model().objects.all()] == ["Neu"]
