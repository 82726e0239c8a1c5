"""Links of rich text in the editor, in previews and on public pages."""

import pytest
from django.core.files.base import ContentFile
from django.test import RequestFactory
from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.rich_text import expand_db_html, features

from demo.builders import build_news, build_standard, text_body
from demo.review import publish
from regions.isolation import current_request
from tests.isolation.world import canary, picture

pytestmark = pytest.mark.django_db

#: How the database writes what Wagtail and its packages can put into a text.
FORMS = {
    "link": '<p><a linktype="{kind}" id="{id}">hier</a></p>',
    "embed": '<p>x</p><embed embedtype="{kind}" id="{id}" format="fullwidth" url="x" alt="x"/>',
}


@pytest.fixture
def secrets(news, editor, region):
    """A draft, a document and a picture of the house, each with a canary in its name."""
    title = canary("a", "drafttitle")
    file = ContentFile(b"geheim", f"{canary('a', 'docfile')}.pdf")
    image_file = picture(f"{canary('a', 'picturefile')}.png", "red")
    common = {"collection": region.collection, "uploaded_by_user": editor}
    return [
        build_news(news.get_parent(), editor, title=title),
        get_document_model().objects.create(title="Akte", file=file, **common),
        get_image_model().objects.create(title="Bild", file=image_file, **common),
    ]


@pytest.fixture
def answering():
    """Make a person the one whose request to the admin is answered."""
    tokens = []

    def answer(user):
        request = RequestFactory().get("/admin/")
        request.user = user
        tokens.append(current_request.set_current_request(request))

    yield answer
    for token in reversed(tokens):
        current_request.reset_current_request(token)


def kinds():
    """Every kind of link and embedded thing, those of packages among them."""
    return [("link", kind) for kind in features.get_link_types()] + [
        ("embed", kind) for kind in features.get_embed_types()
    ]


def in_editor(items):
    """What the editor is told of every kind of link to each of the items."""
    widget = DraftailRichTextArea(features=features.get_converter_features("contentstate"))
    return "".join(
        widget.format_value(FORMS[form].format(kind=kind, id=item.pk))
        for form, kind in kinds()
        for item in items
    )


def test_editor_resolves_what_is_within_reach(secrets, editor, answering):
    answering(editor)
    told = in_editor(secrets)
    for name in ("drafttitle", "docfile", "picturefile"):
        assert canary("a", name) in told


def test_editor_resolves_nothing_of_another_house(secrets, other_lead, answering):
    answering(other_lead)
    assert "xqzvkjw" not in in_editor(secrets)


def test_number_out_of_reach_stays_in_the_text(secrets, other_lead, answering):
    """Saving without a change keeps what somebody else has put there."""
    answering(other_lead)
    widget = DraftailRichTextArea(features=["link", "document-link"])
    text = (
        f'<p data-block-key="abcde"><a id="{secrets[0].pk}" linktype="page">a</a>'
        f'<a id="{secrets[1].pk}" linktype="document">b</a></p>'
    )
    posted = widget.value_from_datadict({"text": widget.format_value(text)}, {}, "text")
    assert all(f'id="{item.pk}"' in posted for item in secrets[:2])


def test_preview_links_to_the_own_draft(secrets, editor, answering):
    answering(editor)
    assert secrets[0].slug in expand_db_html(FORMS["link"].format(kind="page", id=secrets[0].pk))


def test_preview_links_to_no_draft_of_another_house(secrets, other_lead, answering):
    answering(other_lead)
    shown = expand_db_html(FORMS["link"].format(kind="page", id=secrets[0].pk))
    assert shown == "<p><a>hier</a></p>"


@pytest.mark.parametrize("block", ["paragraph", "fields"])
def test_public_page_does_not_tell_the_address_of_a_draft(
    client, secrets, lead, national_editor, second_national_editor, block
):
    draft = secrets[0]
    values = {
        "paragraph": FORMS["link"].format(kind="page", id=draft.pk),
        "fields": {
            "title": "Felder",
            "fields": [{"title": "Eins", "zo": "a", "kmu": "b", "text": "c", "page": draft}],
        },
    }
    body = [*text_body("<p>Text</p>"), (block, values[block])]
    page = build_standard(user=national_editor, title="Öffentlich", body=body)
    page = publish(page, national_editor)
    assert draft.slug not in client.get(page.url).content.decode()
    publish(draft, lead)
    assert draft.slug in client.get(page.url).content.decode()
