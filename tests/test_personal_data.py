"""Every model of ours is listed with what it keeps of people, or that it keeps nothing."""

import re

from django.apps import apps
from wagtail.models import Page

from scripts.check_messages import ROOT
from tests.rooms import LOCAL_APPS

LISTED = re.findall(
    r"`(\w+\.[A-Z]\w+)`", (ROOT / "docs/reference/personal-data.md").read_text(encoding="utf-8")
)


def own_models() -> set[str]:
    """Labels of all models of ours but pages."""
    return {
        model._meta.label
        for app in LOCAL_APPS
        for model in apps.get_app_config(app).get_models()
        if not issubclass(model, Page)
    }


def test_every_model_is_listed_once():
    assert sorted(own_models() - set(LISTED)) == []
    assert sorted(name for name in set(LISTED) if LISTED.count(name) > 1) == []


def test_no_model_is_listed_that_does_not_exist():
    assert sorted(set(LISTED) - own_models()) == []
