"""The content checks in the editor; what they find is in tests/browser/test_content_checks.py."""

import json
import re

import pytest
from django.urls import reverse

from demo.builders import build_news, build_news_index

pytestmark = pytest.mark.django_db


def test_the_preview_can_be_checked_and_the_page_is_left_alone(client, house, editor) -> None:
    page = build_news(build_news_index(house), editor)
    client.force_login(editor)
    preview = client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    assert b"wagtail-userbar" in preview.content
    assert b"wagtail-userbar" not in client.get("/").content


def test_every_rule_has_words_of_ours(client, house, editor) -> None:
    page = build_news(build_news_index(house), editor)
    client.force_login(editor)
    text = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    (stored,) = re.findall(r'id="checker-axe-configuration"[^>]*>(.*?)</script>', text, re.DOTALL)
    configuration = json.loads(stored)
    named = configuration["messages"]
    assert set(configuration["options"]["runOnly"]) == set(named)
    words = [word for message in named.values() for word in message.values()]
    assert not any(re.search(r"\b(the|a|says|Avoid|Use)\b", word) for word in words)
