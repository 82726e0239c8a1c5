"""A check in a frame of another website: only its introduction, only where the desk allows it."""

import pytest
from django.core.exceptions import ValidationError

from cms.models import SiteSettings
from cms.models.settings import validate_origins

pytestmark = pytest.mark.django_db

CHAMBER = "https://www.hwk.example.org"


@pytest.fixture
def framed(client, check):
    SiteSettings.load()
    SiteSettings.objects.update(frame_sites=f"{CHAMBER}\n")
    return client.get(f"/selbstcheck/{check.pk}/einbetten/")


def test_only_listed_websites_show_the_frame(framed):
    policy = framed["Content-Security-Policy"]
    assert f"frame-ancestors 'self' {CHAMBER};" in f"{policy};"
    assert "X-Frame-Options" not in framed


def test_its_links_open_the_whole_window(framed, first_url):
    page = framed.content.decode()
    assert '<base target="_top">' in page
    assert f'href="{first_url}"' in page
    assert "<form" not in page


def test_what_is_filled_in_stands_in_no_frame(client, framed, first_url):
    answer = client.get(first_url)
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("line", ["http://a.example.org", "https://*", "https://a.de/x", "a.de"])
def test_what_is_no_address_of_a_website_is_refused(line):
    with pytest.raises(ValidationError, match="keine Adresse einer Website"):
        validate_origins(f"{CHAMBER}\n{line}")
