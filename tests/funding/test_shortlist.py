"""A shortlist in the address: kept by every link, compared, printed, shared, one calendar."""

import datetime
import html
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from demo.builders.funding import build_funding, build_funding_index
from demo.review import publish
from funding.shortlist import MOST, Shortlist


@pytest.fixture
def programmes(db, national_editor, second_national_editor):
    """Two public programmes of the nation."""

    def build(title, **fields):
        page = build_funding(build_funding_index(), national_editor, title=title, **fields)
        return publish(page, national_editor)

    last, source = datetime.date(2099, 3, 31), "https://funder.example.org/werkstatt"
    return [
        build("Werkstattgeld", deadline_kind="termin", rounds=[(None, last)], source_url=source),
        build("Rampenfonds", roles={"schule": "allein"}),
    ]


@pytest.mark.parametrize(
    "values, ids",
    [
        ([], ()),
        (["3.1.2"], (3, 1, 2)),
        (["3.3", "3"], (3,)),
        (["3", "1"], (3, 1)),
        (["x.-1.0.²..7"], (7,)),
        (["99999999999999999999.5"], (5,)),
        ([".".join(map(str, range(1, 40)))], tuple(range(1, MOST + 1))),
    ],
)
def test_whatever_the_address_says_is_a_shortlist(values, ids):
    assert Shortlist.read(values).ids == ids


def test_a_full_shortlist_takes_nothing_more():
    full = Shortlist(tuple(range(1, MOST + 1)))
    assert full.toggled(99) == full
    assert full.toggled(1).ids == tuple(range(2, MOST + 1))


def hit_named(client, address, title):
    shown = client.get(address).context["shown_hits"]
    return next(item for item in shown if item.hit.page.title == title)


def test_a_programme_is_put_on_the_shortlist_and_taken_off(client, programmes):
    hit = hit_named(client, "/foerderung/?wer=verein", "Werkstattgeld")
    assert not hit.is_kept
    kept = hit_named(client, hit.toggle_url, "Werkstattgeld")
    assert kept.is_kept
    assert kept.toggle_url == "/foerderung/?wer=verein"


def test_every_link_of_the_list_keeps_the_shortlist(client, programmes):
    first = programmes[0]
    response = client.get(f"/foerderung/?merk={first.pk}")
    context = response.context
    urls = [option.url for option in context["results"].sort_options]
    urls += [item.hit.url for item in context["shown_hits"]]
    urls += [feed.url for feed in context["feeds"]] + [context["shortlist_url"]]
    assert [url for url in urls if f"merk={first.pk}" not in url] == []
    assert f'name="merk" value="{first.pk}"' in response.content.decode()


def test_the_shortlist_compares_in_the_order_of_choice(client, programmes):
    first, second = programmes
    address = f"/foerderung/?wer=verein&merk={second.pk}.{first.pk}&ansicht=merkliste"
    response = client.get(address)
    compared = response.context["programmes"]
    assert [item.page.title for item in compared] == ["Rampenfonds", "Werkstattgeld"]
    assert [item.fit.verdict.name for item in compared] == ["DOES_NOT_FIT", "FITS"]
    assert f'value="http://testserver{address.replace("&", "&amp;")}"' in response.content.decode()
    assert response.context["noindex"]


def test_paper_names_the_page_of_the_funder(client, programmes):
    page, _other = programmes
    for address in (page.url, f"/foerderung/?merk={page.pk}&ansicht=merkliste"):
        line = client.get(address).content.decode().partition("print-only")[2][:200]
        assert "Seite des Fördergebers" in line
        assert "https://funder.example.org/werkstatt" in line


@pytest.mark.parametrize("view", ["merkliste", "fristen"])
def test_what_is_shown_is_passed_on_not_the_list_behind_it(client, programmes, view):
    address = f"/foerderung/?wer=verein&merk={programmes[0].pk}&ansicht={view}"
    content = client.get(address).content.decode()
    passed_on = re.search(r'pass-on__address"[^>]*>([^<]*)<', content)
    assert html.unescape(passed_on[1]) == f"http://testserver{address}"


def test_what_is_no_longer_public_is_said(client, programmes):
    first, second = programmes
    first.unpublish()
    response = client.get(f"/foerderung/?merk={first.pk}.{second.pk}&ansicht=merkliste")
    assert response.context["gone"] == 1
    assert "nicht mehr öffentlich" in response.content.decode()


def test_what_lists_no_longer_show_is_said(client, national_editor, programmes):
    says = "In Listen steht dieses Programm nicht mehr."
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    page = build_funding(build_funding_index(), national_editor, title="Alt", expires_on=yesterday)
    publish(page, national_editor)
    for pk, times in ((programmes[0].pk, 0), (page.pk, 1)):
        response = client.get(f"/foerderung/?wer=verein&merk={pk}&ansicht=merkliste")
        assert response.content.decode().count(says) == times


def test_the_page_of_a_programme_says_that_the_shortlist_is_full(client, programmes):
    page = programmes[0]
    others = ".".join(str(10**6 + number) for number in range(MOST))
    content = client.get(f"{page.url}?merk={others}").content.decode()
    assert "die Merkliste ist voll" in content
    assert f'href="/foerderung/?merk={others}&amp;ansicht=merkliste"' in content
    assert "Auf die Merkliste" not in content


def test_the_chosen_house_is_kept_on_all_ways(client, house, programmes):
    first, second = programmes
    chosen = f"haus={house.region_record.slug}"
    for address in (
        f"{first.url}?wer=verein&merk={second.pk}",
        f"{first.url}?wer=verein&merk={first.pk}",
        f"/foerderung/?merk={first.pk}.{second.pk}&ansicht=merkliste",
    ):
        content = client.get(f"{address}&{chosen}").content.decode()
        main = content[content.index("<main") : content.index("</main>")]
        links = [link for link in re.findall(r'href="([^"]*)"', main) if "foerderung/" in link]
        assert links
        assert [link for link in links if chosen not in link] == []


def test_a_draft_is_on_nobodys_shortlist(client, house, editor):
    draft = build_funding(build_funding_index(house), editor, title="Geheimer Entwurf")
    response = client.get(f"/foerderung/?merk={draft.pk}&ansicht=merkliste")
    assert response.context["programmes"] == []
    assert "Geheimer Entwurf" not in response.content.decode()


def test_one_calendar_has_the_deadlines_of_the_shortlist(client, programmes):
    first, second = programmes
    address = f"/foerderung/?merk={first.pk}.{second.pk}&ansicht=merkliste"
    assert f"{address}&format=ics" == client.get(address).context["calendar_url"]
    text = client.get(f"{address}&format=ics").content.decode()
    assert text.count("BEGIN:VEVENT") == 1
    assert "Werkstattgeld" in text


def test_no_calendar_has_deadlines_of_what_is_closed(client, national_editor, programmes):
    last = datetime.date(2099, 6, 30)
    fields = {"deadline_kind": "geschlossen", "rounds": [(None, last)]}
    page = build_funding(build_funding_index(), national_editor, title="Zu", **fields)
    publish(page, national_editor)
    shortlist = f"/foerderung/?merk={programmes[0].pk}.{page.pk}&ansicht=merkliste&format=ics"
    assert client.get(shortlist).content.decode().count("BEGIN:VEVENT") == 1
    assert "BEGIN:VEVENT" not in client.get(f"{page.url}?format=ics").content.decode()


def test_the_page_of_a_programme_says_whether_it_fits_and_leads_back(client, programmes):
    first, second = programmes
    hit = hit_named(client, f"/foerderung/?wer=verein&merk={second.pk}", "Werkstattgeld")
    response = client.get(hit.hit.url)
    assert response.context["fit"].verdict.name == "FITS"
    assert response.context["finder_url"] == f"/foerderung/?wer=verein&merk={second.pk}"
    assert f"merk={second.pk}.{first.pk}" in response.context["keep_url"]


def test_the_number_of_queries_does_not_grow_with_the_shortlist(client, programmes):
    ids = [str(page.pk) for page in programmes]

    def queries(kept):
        address = f"/foerderung/?merk={'.'.join(kept)}&ansicht=merkliste"
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        return len(captured.captured_queries)

    few = queries(ids[:1])
    assert queries(ids) <= few <= 12
