"""What editors are asked to look at again."""

import json
import re
from collections.abc import Iterator

import pytest
from django.urls import reverse
from django.utils import translation
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from cms.editing.content_checks import issues_of
from cms.models import SiteSettings
from demo.builders import build_news, build_news_index
from home.models import StandardPage
from news.models import NewsPage

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def desk() -> Iterator[None]:
    """A national desk with everything a visitor needs."""
    settings = SiteSettings.load()
    settings.contact_name, settings.contact_email = "Johanna Bund", "bund@example.org"
    settings.contact_phone = "030 23125-0"
    settings.save()
    with translation.override("de"):
        yield


def found(*blocks) -> list[tuple[str, str]]:
    page = StandardPage(title="Seite", body=list(blocks))
    page._region = None
    return [(str(issue.what), issue.where) for issue in issues_of(page)]


def paragraph(html: str) -> tuple[str, str]:
    return ("paragraph", html)


def heading(text: str, level: str = "2") -> tuple[str, dict[str, str]]:
    return ("heading", {"text": text, "level": level})


def test_a_good_text_has_no_issues() -> None:
    text = '<p><b>Wichtig:</b> Alles zum <a href="/x/">Tag der offenen Tür</a>.</p>'
    assert found(heading("Eins"), heading("Zwei", "3"), paragraph(text)) == []


def test_a_link_that_writes_a_mail_may_show_its_address() -> None:
    assert found(paragraph('<p><a href="mailto:haus@example.org">haus@example.org</a></p>')) == []


@pytest.mark.parametrize("text", ["hier", "Mehr …", " klicken  Sie hier", "<b>Weiterlesen</b>"])
def test_links_that_say_nothing(text: str) -> None:
    ((what, where),) = found(paragraph(f'<p>Mehr <a href="/x/">{text}</a></p>'))
    assert "sagt nicht, wohin" in what
    assert where == re.sub(r"<.*?>", "", " ".join(text.split()))


@pytest.mark.parametrize("text", ["https://example.org/a?b=c", "www.example.org", "example.org/a"])
def test_links_that_show_their_address(text: str) -> None:
    ((what, _where),) = found(paragraph(f'<p><a href="https://example.org/">{text}</a></p>'))
    assert "Adresse" in what


def test_links_without_text() -> None:
    ((what, _where),) = found(paragraph('<p>Da <a href="/x/"> </a></p>'))
    assert "keinen Text" in what


def test_links_deep_inside_blocks() -> None:
    callout = ("callout", {"title": "Achtung", "text": '<p><a href="/x/">hier</a></p>'})
    links = ("links", {"links": [{"title": "Mehr", "url": "https://example.org/"}]})
    assert [where for _what, where in found(callout, links)] == ["hier", "Mehr"]


def test_a_subsection_without_a_section() -> None:
    assert [where for _what, where in found(heading("Zuerst", "3"), heading("Dann"))] == ["Zuerst"]


def test_a_bold_line_instead_of_a_heading() -> None:
    ((what, where),) = found(paragraph("<p><b>So geht es</b></p><p>Text.</p>"))
    assert "Überschrift" in what
    assert where == "So geht es"


@pytest.mark.parametrize(
    "alt, decorative, number",
    [
        ("", False, 1),
        ("IMG_2044.jpg", False, 1),
        ("Foto 12", False, 1),
        ("Zwei Menschen an einer Werkbank", False, 0),
        ("", True, 0),
    ],
)
def test_pictures_without_a_description(alt: str, decorative: bool, number: int) -> None:
    page = StandardPage(title="Seite")
    page._region = None
    value = {"image": {"image": 1, "alt_text": alt, "decorative": decorative}, "caption": ""}
    stream = StandardPage._meta.get_field("body").stream_block
    page.body = stream.to_python([{"type": "image", "value": value, "id": "1"}])
    assert len(issues_of(page)) == number


def test_a_contact_nobody_can_reach() -> None:
    settings = SiteSettings.load()
    settings.contact_phone = ""
    settings.save()
    assert [where for _what, where in found()] == ["Johanna Bund"]
    settings.contact_name = ""
    settings.save()
    assert len(found()) == 1


@pytest.fixture
def edit(client, house, editor):
    """The edit view of a news item with this body."""

    def edit(html: str) -> str:
        page = build_news(build_news_index(house), editor, body=[("paragraph", html)])
        client.force_login(editor)
        return client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()

    return edit


def test_editors_see_it_above_the_form(edit) -> None:
    text = edit('<p><a href="/x/">hier</a></p>')
    assert "Bitte sehen Sie sich das noch einmal an" in text
    assert "<q>hier</q>" in text


def test_a_new_page_is_not_blamed(client, house, editor) -> None:
    SiteSettings.objects.update(contact_phone="")
    client.force_login(editor)
    index = build_news_index(house)
    address = reverse("wagtailadmin_pages:add", args=["news", "newspage", index.pk])
    assert 'class="content-checks"' not in client.get(address).content.decode()


@pytest.mark.parametrize("html, blamed", [('<a href="/x/">hier</a>', True), ("Gut.", False)])
def test_the_box_is_renewed_when_the_page_saves_itself(edit, client, html, blamed) -> None:
    edit("<p>Anders</p>")
    page = NewsPage.objects.get()
    form = {
        "title": page.title,
        "slug": page.slug,
        "summary": page.summary,
        "date": "2026-11-22",
        "body": streamfield([("paragraph", rich_text(f"<p>{html}</p>"))]),
        "lead_image": streamfield([]),
        "comments": inline_formset([]),
    }
    response = client.post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        nested_form_data(form),
        headers={"accept": "application/json"},
    )
    partials = response.json()["html"]
    assert 'id="content-checks"' in partials
    assert ("<q>hier</q>" in partials) is blamed


def test_the_preview_can_be_checked_and_the_page_is_left_alone(
    client, house, editor, national_editor
) -> None:
    page = build_news(build_news_index(house), editor)
    client.force_login(editor)
    preview = client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    assert b"wagtail-userbar" in preview.content
    assert b"wagtail-userbar" not in client.get("/").content


def test_the_checks_beside_the_preview_use_our_words(edit) -> None:
    text = edit("<p>Text</p>")
    (stored,) = re.findall(r'id="checker-axe-configuration"[^>]*>(.*?)</script>', text, re.DOTALL)
    configuration = json.loads(stored)
    named = configuration["messages"]
    assert set(configuration["options"]["runOnly"]) == set(named)
    words = [word for message in named.values() for word in message.values()]
    assert not any(re.search(r"\b(the|a|says|Avoid|Use)\b", word) for word in words)


def test_a_house_that_names_nobody_is_told_so(house) -> None:
    house.contact_name = house.contact_email = ""
    whats = [str(issue.what) for issue in issues_of(house)]
    assert any("Das Haus nennt niemanden" in what for what in whats)
