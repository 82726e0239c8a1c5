"""One builder per page type, shared by the demo and the tests.

Each makes a complete draft with one revision; :mod:`demo.review` takes it
through the review. Whatever a caller does not say gets a sensible value.

The builders of a room stand in a module of its name, which is found by itself.
"""

from importlib import import_module
from pkgutil import iter_modules

from demo.builders.base import (
    BUILDERS,
    DEMO_CONTENT,
    adds_to_demo,
    builds,
    ensure_term,
    national_home,
    text_body,
)
from demo.builders.examples import (
    build_example,
    build_example_index,
    build_form,
    build_form_index,
)
from demo.builders.home import build_home, build_standard
from demo.builders.news import build_news, build_news_index
from demo.builders.regions import (
    build_enquiry,
    build_house,
    build_house_index,
    build_invitation,
    build_region,
    house_of_region,
)

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")

__all__ = [
    "BUILDERS",
    "DEMO_CONTENT",
    "adds_to_demo",
    "build_enquiry",
    "build_example",
    "build_example_index",
    "build_form",
    "build_form_index",
    "build_home",
    "build_house",
    "build_house_index",
    "build_invitation",
    "build_news",
    "build_news_index",
    "build_region",
    "build_standard",
    "builds",
    "ensure_term",
    "house_of_region",
    "national_home",
    "text_body",
]
