"""Finished pages: what belongs together stays on one line, and links that lead away say so."""

import json

import pytest
from django.http import HttpResponse, JsonResponse
from django.utils import translation

from cms.delivery.external_links import mark_external_links
from cms.delivery.postprocessing import PostprocessingMiddleware
from cms.delivery.typesetting import NO_BREAK, typeset
from demo.builders import build_standard
from demo.review import publish


@pytest.mark.parametrize(
    "text",
    [
        "am 3.~Dezember 2026 um 10~Uhr",
        "9.30–12~Uhr",
        "5~kg, 12,50~€, 40~%, 3~km, 6~m², 20~°C, 2~Mio. Euro",
        "nach §~10b und §§~51 bis 68",
        "(§~3 Nr.~26a, Abs.~2)",
        "z.~B. und d.~h., i.~d.~R.",
        "Elf Wege~– jetzt",
        "on 3~December at 10~a.m.",
        "<b>10~km</b> &amp; 5~€",
    ],
)
def test_spaces_that_must_not_break(text):
    assert typeset(text.replace("~", " ")) == text.replace("~", NO_BREAK)


@pytest.mark.parametrize(
    "html",
    [
        '<a title="10 Uhr – § 5" href="/?q=5 km">x</a>',
        "<script>let a = 5 % 3; // 10 Uhr</script>",
        "<pre>5 km</pre><code>§ 5</code><textarea>10 Uhr – x</textarea><title>A – b</title>",
        "<!-- 10 Uhr -->",
        "im Jahr 2026 kamen 5 Menschen, 3 mal 4 Gruppen. Am 3. Dienstag",
    ],
)
def test_all_else_stays_as_it_was(html):
    assert typeset(html) == html


def marked(html: str) -> str:
    with translation.override("de"):
        return mark_external_links(html, "haeuser.example.org")


def test_a_link_that_leads_away_says_so():
    html = marked('<a class="x" href="https://www.b-b-e.de/">Seite des <b>BBE</b></a>')
    assert html.startswith('<a class="x" href="https://www.b-b-e.de/" rel="external">')
    assert '<span class="visually-hidden"> (andere Website)</span>' in html
    assert 'aria-hidden="true">' in html


def test_a_relation_that_is_named_already_is_kept():
    assert 'rel="license external"' in marked('<a href="http://x.org/" rel="license">CC BY</a>')


@pytest.mark.parametrize(
    "link",
    [
        '<a href="/haeuser/">Häuser</a>',
        '<a href="mailto:a@example.org">a</a>',
        '<a href="https://haeuser.example.org/wissen/">Wissen</a>',
        '<abbr title="https://x.org">x</abbr>',
    ],
)
def test_links_of_this_site_are_not_marked(link):
    assert marked(link) == link


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("/admin/pages/", HttpResponse("<p>10 Uhr</p>")),
        ("/api/v1/", JsonResponse({"text": "10 Uhr"})),
        ("/aktuelles/?format=rss", HttpResponse("<p>10 Uhr</p>", "application/rss+xml")),
    ],
)
def test_what_is_no_public_page_stays_as_it_is(rf, path, answer):
    before = answer.content
    assert PostprocessingMiddleware(lambda request: answer)(rf.get(path)).content == before


@pytest.mark.django_db
def test_a_page_is_finished_whatever_its_text_comes_from(
    client, national_editor, second_national_editor
):
    page = build_standard(
        user=national_editor,
        title="Elf Wege – jetzt",
        summary="Am 3. Dezember um 10 Uhr",
        body=[("paragraph", '<p>5 kg, <a href="https://www.b-b-e.de/">BBE</a></p>')],
    )
    html = client.get(publish(page, national_editor).url).text

    assert f"<h1>Elf Wege{NO_BREAK}– jetzt</h1>" in html
    assert f'<p class="lead">Am 3.{NO_BREAK}Dezember um 10{NO_BREAK}Uhr</p>' in html
    assert f"<p>5{NO_BREAK}kg, <a" in html
    assert 'rel="external"' in html
    (data,) = json.loads(html.partition('ld+json">')[2].partition("</script>")[0])["@graph"][:1]
    assert data["description"] == "Am 3. Dezember um 10 Uhr"
