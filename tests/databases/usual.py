"""What the fixtures of ``tests/conftest.py`` give, and the templates that hold it already.

To build an editor, a lead and a draft for each test took a quarter of the time of its set-up.
"""

from collections.abc import Callable, Collection
from typing import Any

from cms.models import User
from demo import builders, people
from examples.models import ExamplePage
from news.models import NewsPage
from tests.databases import regions
from tests.databases.templates import REGION, REGIONS, Template


def _known(email: str) -> User | None:
    return User.objects.filter(email=email).first()


def editor() -> User:
    """Writes for the region's house."""
    email, name = "editor@example.org", {"first_name": "Selma", "last_name": "Schreiber"}
    return _known(email) or people.build_editor(regions.region(), email, **name)


def lead() -> User:
    """Leads the region's house."""
    email, name = "lead@example.org", {"first_name": "Annette", "last_name": "Leitung"}
    return _known(email) or people.build_lead(regions.region(), email, **name)


def national_editor() -> User:
    """Approves for the national desk."""
    email, name = "desk@example.org", {"first_name": "Johanna", "last_name": "Bund"}
    return _known(email) or people.build_national_editor(email, **name)


def second_national_editor() -> User:
    """A colleague at the national desk."""
    email, name = "desk2@example.org", {"first_name": "Markus", "last_name": "Bund"}
    return _known(email) or people.build_national_editor(email, **name)


def usual_news() -> NewsPage:
    """A draft of a news item in the region's house."""
    house = builders.house_of_region(regions.region())
    return builders.build_news(builders.build_news_index(house), editor())


def usual_example() -> ExamplePage:
    """A draft of an example in the region's house."""
    house = builders.house_of_region(regions.region())
    return builders.build_example(builders.build_example_index(house), editor())


def _holding(name: str, parent: Template, *builds: Callable[[], Any]) -> Template:
    def build() -> None:
        for part in builds:
            part()

    return Template(name, build, parent, files=("tests/databases/regions.py",))


DESK = (national_editor, second_national_editor)
#: Templates by the regions they hold, with the fixtures they hold beside these.
USUAL: dict[Template, list[tuple[frozenset[str], Template]]] = {
    parent: [
        (frozenset(build.__name__ for build in builds), _holding(name, parent, *builds))
        for name, builds in named.items()
    ]
    for parent, named in {
        REGION: {
            "usuale": (editor,),
            "usuall": (lead,),
            "usualel": (editor, lead),
            "usualen": (editor, usual_news),
            "usualeln": (editor, lead, usual_news),
            "usualeld": (editor, lead, *DESK),
            "usualelnd": (editor, lead, *DESK, usual_news),
            "usualelx": (editor, lead, national_editor, usual_example),
        },
        REGIONS: {
            "usualoel": (editor, lead),
            "usualoeln": (editor, lead, usual_news),
        },
    }.items()
}


def usual_template(parent: Template, fixtures: Collection[str]) -> Template:
    """The template that has most of what these fixtures give, and nobody beside.

    Args:
        parent: the template that has the regions only; the result when nothing fits.
        fixtures: of a test.
    """
    fitting = [entry for entry in USUAL.get(parent, []) if entry[0] <= {*fixtures}]
    return max(fitting, key=lambda entry: len(entry[0]))[1] if fitting else parent


def holds(template: Template, fixture: str) -> bool:
    """Whether a database has what a fixture gives, so that nothing needs to be built."""
    entries = [entry for entries in USUAL.values() for entry in entries]
    return any(template == usual and fixture in names for names, usual in entries)
