"""A published check, and what a browser does with it."""

import re

import pytest
from django.core.cache import cache

from checks.filling.forms import FirstSectionForm
from checks.models import CheckRun, SelfCheckPage
from cms.models import Kreis, Place
from cms.spam_protection.honeypot import new_stamp
from demo.builders.checks import build_check
from demo.review import publish
from regions.models import RegionKreis
from tests.databases import usual
from tests.databases.templates import EMPTY, REGION, Template, template_for

ORIGIN = "http://testserver"


@pytest.fixture(autouse=True)
def quiet_cache():
    """Counts of other tests are none of ours."""
    cache.clear()
    yield
    cache.clear()


def build_public_check() -> dict[str, SelfCheckPage]:
    """A public check of two sections, and the desk that let it through."""
    desk = usual.national_editor()
    usual.second_national_editor()
    return {"check": publish(build_check(user=desk), desk)}


CHECK = Template("check", build_public_check, EMPTY)
CHECK_IN_REGION = Template("checkinregion", build_public_check, REGION)


@pytest.fixture
def database_template(request: pytest.FixtureRequest) -> Template:
    if "check" not in request.fixturenames:
        return template_for(request.fixturenames)
    return CHECK_IN_REGION if "region" in request.fixturenames else CHECK


@pytest.fixture
def check(db, database) -> SelfCheckPage:
    """A public check of two sections."""
    return database.content["check"]


@pytest.fixture
def place(house):
    """A place that the house serves."""
    kreis = Kreis.objects.create(code="05566", name="Steinfurt", land="NRW", lat=52.1, lon=7.5)
    Place.objects.create(plz="48431", name="Rheine", kreis=kreis, lat=52.3, lon=7.4)
    RegionKreis.objects.create(region=house.region_record, kreis=kreis)
    return "48431"


@pytest.fixture
def first_url(check):
    """The first section of the check, before anything is stored."""
    return f"/selbstcheck/{check.pk}/abschnitt/1/"


@pytest.fixture
def send(client):
    """Send a section the way a browser does: what the page hides goes along."""

    def send(address: str, data=None, origin: str | None = ORIGIN, page: str | None = None):
        shown = page if page is not None else client.get(address).content.decode()
        hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', shown))
        if "stamp" in hidden:
            hidden["stamp"] = new_stamp(FirstSectionForm.form_key, 60)
        sent = hidden | {"weiter_zu": "weiter"} | (data or {})
        return client.post(address, sent, headers={"origin": origin} if origin else {})

    return send


@pytest.fixture
def begun(send, first_url):
    """The address of a run whose first section was sent."""
    answer = send(first_url, {"frage-g1": "gruen", "frage-g2": "rot"})
    return answer["Location"].partition("abschnitt/")[0]


@pytest.fixture
def run(begun):
    """The run itself, as it is stored."""
    return CheckRun.objects.get()
