"""Programmes: written, reviewed, found where and while they apply, refused when contradictory."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone, translation

from cms.models import Kreis, Place
from demo.builders import build_example, build_example_index
from demo.builders.funding import build_funding, build_funding_index
from demo.review import approve, publish, submit
from funding.models import FundingIndexPage
from regions.models import RegionKreis

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
DAY = datetime.timedelta(days=1)


@pytest.fixture
def draft(house, editor):
    """A programme that its editor is still writing."""
    return build_funding(build_funding_index(house), editor, title="Draft", slug="entwurf")


@pytest.fixture
def public(house, editor, lead, national_editor, second_national_editor):
    """Publishes a programme, of the house or of the nation."""

    def build(national=False, **fields):
        parent = build_funding_index() if national else build_funding_index(house)
        author = national_editor if national else editor
        return publish(build_funding(parent, author, **fields), author)

    return build


@pytest.fixture
def places(db):
    """Rheine in Steinfurt, and a postal code in two districts."""
    rows = [
        ("05566", "Steinfurt", "Nordrhein-Westfalen", "48431", "Rheine"),
        ("14626", "Landkreis Görlitz", "Sachsen", "02999", "Boxberg"),
        ("14625", "Landkreis Bautzen", "Sachsen", "02999", "Lohsa"),
    ]
    for code, name, land, plz, place in rows:
        kreis, _ = Kreis.objects.get_or_create(
            code=code, defaults={"name": name, "land": land, "lat": 51, "lon": 10}
        )
        Place.objects.get_or_create(
            plz=plz, name=place, kreis=kreis, defaults={"lat": 51, "lon": 10}
        )


def listed(client, address: str) -> list[str]:
    return [hit.page.title for hit in client.get(address).context["results"].hits]


def test_a_programme_of_a_house_is_public_after_the_national_desk_has_approved(
    client, draft, editor, lead, national_editor
):
    submit(draft, editor)
    approve(draft, lead)
    assert client.get(draft.url).status_code == 404
    approve(draft, national_editor)
    assert client.get(draft.url).status_code == 200


def test_a_draft_is_not_shown_to_another_house(sign_in, other_lead, draft):
    client = sign_in(other_lead)
    assert client.get(reverse("wagtailadmin_pages:edit", args=[draft.pk])).status_code != 200
    assert client.get(draft.url).status_code == 404


def test_it_is_listed_nationwide_in_its_house_in_search_and_sitemap(client, public, house):
    page = public(title="Werkstattgeld")
    for address in ("/foerderung/", f"{house.url}foerderung/", "/suche/?q=Werkstattgeld"):
        assert listed(client, address) == ["Werkstattgeld"]
    assert page.url in client.get("/sitemap-foerderung-de.xml").content.decode()
    assert "Werkstattgeld" in client.get(house.url).content.decode()


def test_it_is_found_by_who_asks(client, public):
    public(title="Für beide", roles={"verein": "allein", "betrieb-klein": "partner"})
    public(title="Nur Schulen", roles={"schule": "allein"})
    assert listed(client, "/foerderung/?wer=zusammen") == ["Für beide"]
    assert listed(client, "/foerderung/?wer=schule") == ["Nur Schulen"]
    assert "beantragt" in client.get("/foerderung/?wer=zusammen").content.decode()


@pytest.mark.parametrize(
    "query, expected",
    [
        ("ort=48431", {"Bund", "NRW", "Steinfurt"}),
        ("ort=Rheine", {"Bund", "NRW", "Steinfurt"}),
        ("ags=05566", {"Bund", "NRW", "Steinfurt"}),
        ("ags=05", {"Bund", "NRW", "Steinfurt"}),
        ("ags=09", {"Bund"}),
        ("ort=02999&ags=14626", {"Bund", "Sachsen"}),
        ("ort=02999&ags=14625", {"Bund"}),
    ],
)
def test_a_place_finds_what_contains_it_and_never_anothers(client, public, places, query, expected):
    public(title="Bund", area="Bund")
    public(title="NRW", area="Nordrhein-Westfalen")
    public(title="Steinfurt", area="AGS 05566")
    public(title="Sachsen", area="Sachsen ohne AGS 14625")
    assert set(listed(client, f"/foerderung/?{query}")) == expected


@pytest.mark.parametrize(
    "address", ["ort=99999&format=rss", "ort=02999&format=ics", "ags=99&format=csv"]
)
def test_data_of_a_place_that_is_none_is_not_that_of_all_places(client, public, places, address):
    public(area="Bund")
    assert client.get(f"/foerderung/?{address}").status_code == 404


def test_what_fits_for_sure_and_what_is_local_comes_first(client, public, places):
    both = {"verein": "allein", "betrieb-klein": "partner"}
    public(title="Sicher", roles=both, checked_on=TODAY - 3 * DAY)
    public(title="Sicher und hier", roles=both, area="AGS 05566", checked_on=TODAY - 4 * DAY)
    public(title="Hier", area="AGS 05566", checked_on=TODAY - 2 * DAY)
    public(title="Neu", checked_on=TODAY)
    assert listed(client, "/foerderung/?wer=zusammen") == [
        *("Sicher", "Sicher und hier", "Neu", "Hier")
    ]
    found = listed(client, "/foerderung/?wer=zusammen&ort=48431")
    assert (found[0], found[-1]) == ("Sicher und hier", "Neu")


@pytest.mark.parametrize(
    "query, name",
    [
        ("q=Rampe+in+Rheine", "Rheine"),
        ("q=Wir+sind+ein+Verein+in+Rheine+und+bauen+eine+Rampe", "Rheine"),
        ("q=Rampe", ""),
        ("q=Rampe+in+Rheine&ort=", ""),
    ],
)
def test_a_place_in_a_sentence_is_understood(client, public, places, query, name):
    public(title="Rampe", area="Bund")
    public(title="Rampe in Sachsen", area="Sachsen")
    response = client.get(f"/foerderung/?{query}")
    assert name in response.context["where"].name
    assert "Rheine" not in response.context["results"].notes.unmatched or not name
    assert ("Rampe in Sachsen" in listed(client, f"/foerderung/?{query}")) == (not name)


def test_a_place_that_was_left_out_is_left_out_by_every_link(client, public, places):
    public(title="Rampe", area="Bund")
    public(title="Rampe in Sachsen", area="Sachsen")

    def links_with_empty_place(query):
        options = client.get(f"/foerderung/?{query}").context["results"].sort_options
        return {"ort=&" in f"{option.url}&" for option in options}

    assert links_with_empty_place("q=Rampe+in+Rheine&ort=") == {True}
    # Of words that name no place there is nothing to leave out.
    assert links_with_empty_place("q=Rampe&ort=") == {False}
    assert links_with_empty_place("ort=") == {False}


@pytest.mark.parametrize(
    "address, name",
    [
        ("ags=09", "Bayern"),
        ("ags=09&ort=Bayern", "Bayern"),
        ("ags=09162&ort=Kreisfreie+Stadt+München", "Kreisfreie Stadt München"),
        ("ags=09162&ort=Rheine", "48431 Rheine"),
        ("ags=09162&ort=", ""),
        ("ags=09162&ort=+", ""),
    ],
)
def test_an_official_key_counts_until_another_place_is_typed(client, public, places, address, name):
    public(title="Bund")
    assert client.get(f"/foerderung/?{address}").context["where"].name == name


def test_the_three_questions_keep_an_official_key(client, public, places):
    public(title="Bund")
    content = client.get("/foerderung/?ags=09").content.decode()
    assert '<input type="hidden" name="ags" value="09">' in content
    assert 'name="ort" value="Bayern"' in content


def test_a_postal_code_in_several_districts_asks(client, public, places):
    public(title="Bund")
    response = client.get("/foerderung/?ort=02999")
    assert [choice.place.kreis.code for choice in response.context["place_choices"]] == [
        "14625",
        "14626",
    ]
    assert "ort=02999&amp;ags=14626" in response.content.decode()


def test_an_unknown_place_is_said_and_stays_typed(client, public):
    response = client.get("/foerderung/?ort=Gibtesnicht")
    assert "Diesen Ort kennen wir nicht" in response.content.decode()
    assert 'value="Gibtesnicht"' in response.content.decode()


@pytest.mark.parametrize(
    "query",
    ["ort=48431", "q=Sachsen&ort=48431", "q=Sachsen+in+Rheine", "q=Sachsen+Rheine&ort=48431"],
)
def test_where_nothing_fits_the_place_can_be_left_out(client, public, places, query):
    public(title="Sachsen", area="Sachsen")
    response = client.get(f"/foerderung/?{query}")
    assert response.context["elsewhere"][1] == 1
    assert listed(client, response.context["elsewhere"][0]) == ["Sachsen"]


def test_links_of_the_list_keep_the_place(client, public, places):
    public(title="Bund")
    response = client.get("/foerderung/?ort=48431")
    urls = [option.url for option in response.context["results"].sort_options]
    assert urls
    assert [url for url in urls if "ort=48431" not in url] == []
    assert [feed.url for feed in response.context["feeds"] if "ort=48431" not in feed.url] == []


def test_what_is_over_leaves_every_list_and_keeps_its_address(client, public, house):
    successor = public(title="Nachfolge", slug="nachfolge")
    page = public(
        title="Vorbei",
        deadline_kind="termin",
        rounds=[(None, TODAY - DAY)],
        successor=successor,
    )
    for address in ("/foerderung/", "/suche/?q=Vorbei", f"{house.url}foerderung/"):
        assert "Vorbei" not in listed(client, address)
    for address in (house.url, "/sitemap-foerderung-de.xml", "/foerderung/?format=rss"):
        assert page.url not in client.get(address).content.decode()
    answer = client.get(page.url).content.decode()
    assert "nicht mehr möglich" in answer
    assert successor.url in answer


def test_the_last_day_counts(client, public):
    public(title="Heute noch", deadline_kind="termin", rounds=[(None, TODAY)])
    assert listed(client, "/foerderung/") == ["Heute noch"]
    assert "letzter Tag" in client.get("/foerderung/").content.decode()


def test_at_a_stated_hour_it_leaves_lists_feeds_sitemap_teasers_and_suggestions(
    client, public, house, monkeypatch
):
    page = public(
        title="Mittagsfrist",
        deadline_kind="termin",
        rounds=[(None, TODAY)],
        last_hour=datetime.time(12),
    )
    places_in_the_site = (
        *("/foerderung/", "/foerderung/?wer=verein", f"{house.url}foerderung/", house.url),
        *("/suche/?q=Mittagsfrist&format=json", "/foerderung/?format=rss"),
        *("/foerderung/?format=ics", "/sitemap-foerderung-de.xml", "/suche/vorschlaege/?q=Mittag"),
    )
    noon = datetime.datetime.combine(TODAY, datetime.time(12), timezone.get_default_timezone())

    def showing(seconds: int) -> list[str]:
        moment = noon + datetime.timedelta(seconds=seconds)
        monkeypatch.setattr(timezone, "now", lambda: moment)
        answers = {address: client.get(address).content.decode() for address in places_in_the_site}
        return [address for address, text in answers.items() if page.url in text]

    assert showing(-1) == list(places_in_the_site)
    assert showing(0) == []
    assert client.get(page.url).status_code == 200


def test_deadlines_sort_and_filter_the_list(client, public):
    public(title="Bald", deadline_kind="termin", rounds=[(None, TODAY + 20 * DAY)])
    rounds = [(None, TODAY - DAY), (None, TODAY + 80 * DAY)]
    public(title="Später", deadline_kind="runden", rounds=rounds)
    public(title="Immer")
    assert listed(client, "/foerderung/?sortierung=termin") == ["Bald", "Später", "Immer"]
    assert listed(client, "/foerderung/?frist=30") == ["Bald"]
    assert set(listed(client, "/foerderung/?frist=90")) == {"Bald", "Später"}


def test_what_is_overdue_says_so_and_comes_last(client, public):
    for title, days in (("Überfällig", 400), ("Frisch", 1)):
        checked = TODAY - days * DAY
        public(title=title, checked_on=checked, check_again_on=checked + 365 * DAY)
    assert listed(client, "/foerderung/?wer=verein") == ["Frisch", "Überfällig"]
    content = client.get("/foerderung/").content.decode()
    assert content.count("länger nicht bestätigt") == 1


def test_what_nobody_has_checked_for_too_long_leaves_the_lists(client, public):
    page = public(title="Ungeprüft", check_again_on=TODAY - 181 * DAY)
    assert listed(client, "/foerderung/") == []
    assert client.get(page.url).status_code == 200


def test_deadlines_go_into_a_calendar(client, public):
    page = public(
        title="Runde; zwei", deadline_kind="termin", rounds=[(None, datetime.date(2099, 3, 31))]
    )
    public(title="Immer offen", slug="immer-offen")
    for address in (f"{page.url}?format=ics", "/foerderung/?format=ics"):
        response = client.get(address)
        text = response.content.decode()
        assert response["Content-Type"].startswith("text/calendar")
        assert text.count("BEGIN:VEVENT") == 1
        assert "DTSTART;VALUE=DATE:20990331\r\n" in text
        assert "Runde\\; zwei" in text
        assert max(len(line.encode()) for line in text.split("\r\n")) <= 75


@pytest.mark.parametrize(
    "field, fields",
    [
        ("area", {"area": "Byern"}),
        ("area", {"area": "Sachsen ohne Sachsen"}),
        ("amount_to", {"amount_from": 500, "amount_to": 100}),
        ("share", {"share": 120}),
        ("own_share", {"share": 80, "own_share": 30}),
        ("source_url", {"source_url": "http://192.168.0.1/antrag"}),
        ("source_url", {"source_url": "https://intranet/antrag"}),
        ("rounds", {"deadline_kind": "termin", "rounds": []}),
        ("rounds", {"deadline_kind": "dauerhaft", "rounds": [(None, TODAY)]}),
        ("rounds", {"deadline_kind": "termin", "rounds": [(TODAY, TODAY - DAY)]}),
    ],
)
def test_what_contradicts_itself_is_refused_in_german(house, editor, field, fields):
    with translation.override("de"), pytest.raises(ValidationError) as refused:
        build_funding(build_funding_index(house), editor, **fields)
    assert list(refused.value.message_dict) == [field]


def test_a_new_programme_of_a_house_is_suggested_its_districts(sign_in, editor, house, places):
    house.region_record.region_kreise.get_or_create(kreis_id="05566")
    index = build_funding_index(house)
    address = reverse("wagtailadmin_pages:add", args=["funding", "fundingpage", index.pk])
    assert "Steinfurt (AGS 05566)" in sign_in(editor).get(address).content.decode()


def test_nation_and_house_have_the_list(house):
    assert FundingIndexPage.objects.live().count() >= 2


def test_an_example_names_what_paid_for_it_and_is_named_there(client, public, house, editor):
    page = public(title="Geldgeber")
    example = publish(build_example(build_example_index(house), editor, paid_by=[page]), editor)
    assert page.url in client.get(example.url).content.decode()
    assert [hit.page.pk for hit in client.get(page.url).context["cases"]] == [example.pk]


@pytest.mark.parametrize("view", ["", "&ansicht=fristen", "&ansicht=merkliste"])
def test_the_house_of_the_place_helps_with_its_programmes(client, house, region, places, view):
    RegionKreis.objects.create(region=region, kreis_id="05566")
    house.contact_name, house.contact_email = "Annette Brinkhoff", "haus@example.org"
    house.live = True
    house.save()
    page = client.get(f"/foerderung/?ort=48431{view}").text
    below = page[page.index('id="contact-title"') :]
    assert "Annette Brinkhoff" in below
    assert f"/haeuser/{region.slug}/anfrage/" in below
