"""What every page shows alike is rendered once, and never shown to whom it does not fit."""

import pytest

from demo.builders import build_standard, national_home
from demo.review import publish
from tests.built import run_on_commit_callbacks

pytestmark = pytest.mark.django_db


@pytest.fixture
def imprint(national_editor, second_national_editor):
    """A page in the footer."""
    return publish(
        build_standard(user=national_editor, title="Impressum", show_in_menus=True), national_editor
    )


def shown(client, address: str = "/") -> str:
    """The footer and the form of the search, as a visitor gets them."""
    run_on_commit_callbacks()
    page = client.get(address).text
    form = page.partition('<form class="search-form"')[2].partition("</form>")[0]
    return form + page.partition('class="site-foot"')[2]


def test_footer_is_rendered_once(client, imprint):
    run_on_commit_callbacks()
    templates = [{part.name for part in client.get("/").templates} for _ in range(2)]
    assert ["base/footer.html" in names for names in templates] == [True, False]
    assert "Impressum" in shown(client)


def test_map_is_rendered_once_and_follows_the_houses(client, house):
    run_on_commit_callbacks()
    templates = [{part.name for part in client.get("/").templates} for _ in range(2)]
    assert ["components/map.html" in names for names in templates] == [True, False]
    link = f'class="map__link" href="{house.url}"'
    assert link in client.get("/").text
    assert (
        f'{link[:-1]}?haus={house.region_record.slug}"'
        in client.get(f"/?haus={house.region_record.slug}").text
    )
    house.unpublish()
    run_on_commit_callbacks()
    assert link not in client.get("/").text


def test_footer_follows_its_menu(client, imprint):
    assert "Impressum" in shown(client)
    imprint.unpublish()
    assert "Impressum" not in shown(client)


def test_each_language_has_its_own(client, imprint):
    national_home()
    assert "Suchbegriff" in shown(client)
    assert "Search term" in shown(client, "/en/suche/")


def test_chosen_house_is_carried_on_and_kept_from_others(client, imprint, house):
    slug = house.region_record.slug
    assert f"?haus={slug}" not in shown(client)
    chosen = shown(client, f"/?haus={slug}")
    assert f'href="{imprint.url}?haus={slug}"' in chosen
    assert f'name="haus" value="{slug}"' in chosen
    assert slug not in shown(client)
