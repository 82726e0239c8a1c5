"""The catalogue of components as those who write for the whole site look at it."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]


@pytest.mark.parametrize("width", [360, 1280])
def test_the_list_fits(tab, national_editor, width):
    page = tab(national_editor, width=width)
    page.goto(reverse("catalogue"))
    ends = page.locator("table td:visible").evaluate_all(
        "cells => Math.max(...cells.map(cell => cell.getBoundingClientRect().right))"
    )
    assert ends <= width


def test_each_frame_is_as_high_as_its_sample(tab, national_editor):
    page = tab(national_editor)
    # All frames ask at once, which the one connection of the tests' database does not bear.
    sample = "<!doctype html><main style='height: 700px'>Muster</main>"
    page.route("**/*/0/hell/", lambda route: route.fulfill(body=sample, content_type="text/html"))
    page.route("**/*/dunkel/", lambda route: route.abort())
    page.route("**/*/1/hell/", lambda route: route.abort())
    page.goto(reverse("catalogue_component", args=["teaser"]))
    frame = page.locator(".sample__frame").first
    expect(frame.content_frame.get_by_text("Muster")).to_be_visible()
    assert frame.evaluate("frame => frame.clientHeight") >= 700
