"""The map of Germany: one projection for the drawing and for what is put on it."""

import gzip

import pytest
from django.test import Client

from demo.builders import build_region, house_of_region
from regions.finder.map import HEIGHT, WIDTH, marker, project
from scripts.map_of_germany import DRAWING, around, cell_of, count_places, draw, middle_of
from scripts.map_of_germany import read_places as places

# The ends of the country: Sylt, Oberstdorf, Selfkant, Görlitz.
ENDS = [(55.06, 8.42), (47.27, 10.18), (51.05, 5.87), (51.27, 15.04)]


@pytest.mark.parametrize("lat, lon", ENDS)
def test_germany_fits_the_drawing(lat, lon):
    x, y = project(lat, lon)
    assert 0 < x < WIDTH
    assert 0 < y < HEIGHT


def test_north_is_up_and_east_is_right():
    hamburg, munich, dresden = project(53.55, 10.0), project(48.14, 11.58), project(51.05, 13.74)
    assert hamburg[1] < dresden[1] < munich[1]
    assert hamburg[0] < munich[0] < dresden[0]


def test_lengths_are_true():
    """Berlin–Cologne and Hamburg–Munich are 477 and 612 kilometres."""

    def length(one, other):
        (x, y), (to_x, to_y) = project(*one), project(*other)
        return ((x - to_x) ** 2 + (y - to_y) ** 2) ** 0.5

    ratio = length((52.52, 13.4), (50.94, 6.96)) / length((53.55, 10.0), (48.14, 11.58))
    assert ratio == pytest.approx(477 / 612, rel=0.02)


@pytest.mark.parametrize("cell", [(0, 0), (3, 7), (4, 7), (20, 11)])
def test_a_dot_lies_in_its_own_cell(cell):
    assert cell_of(*middle_of(cell)) == cell


def test_neighbours_are_equally_far():
    x, y = middle_of((5, 5))
    middles = [middle_of(cell) for cell in around((5, 5))]
    distances = {round((to_x - x) ** 2 + (to_y - y) ** 2, 6) for to_x, to_y in middles}
    assert len(distances) == 1


def test_drawing_is_that_of_todays_places():
    assert DRAWING.read_text(encoding="utf-8") == draw(count_places(places()))


def test_drawing_is_light():
    assert len(gzip.compress(DRAWING.read_bytes())) < 14_000


@pytest.mark.parametrize("lon, anchor", [(6.0, "start"), (15.0, "end")])
def test_name_stands_where_there_is_room(lon, anchor):
    assert marker("Haus", 51.0, lon).anchor == anchor


@pytest.mark.parametrize(
    "name, label",
    [
        ("Landkreis Nordwestmecklenburg", "Nordwestmecklenburg"),
        ("Werra-Meißner-Kreis", "Werra-Meißner-Kreis"),
    ],
)
def test_name_beside_a_point_is_short(name, label):
    """The kind of Kreis before it would reach beyond the edge of a phone."""
    assert marker(name, 53.9, 11.46).label == label


@pytest.mark.django_db
def test_houses_are_links_on_the_map(client: Client):
    house = house_of_region(build_region("Kreis Steinfurt", lat=52.28, lon=7.43))
    house.live = True
    house.save()
    html = client.get("/haeuser/").content.decode()
    start = html.index('<a class="map__link"')
    link = html[start : html.index("</a>", start)]
    point = marker("Kreis Steinfurt", 52.28, 7.43)
    assert 'href="/haeuser/kreis-steinfurt/"' in link
    assert f'cx="{point.x}" cy="{point.y}"' in link
    assert 'aria-label="Kreis Steinfurt"' in link
    assert ">Steinfurt</text>" in link
