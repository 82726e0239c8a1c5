"""What a section of the start page is made of, and the board that shows them all."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from django.core.paginator import Paginator
from django.utils.functional import cached_property
from django_stubs_ext import StrOrPromise
from wagtail.admin.ui.components import Component

from cms.accounts.requests import SignedInRequest
from cms.models import User
from cms.text import since_when

if TYPE_CHECKING:
    from laces.typing import RenderContext

#: In the address: the section of which all rows are shown, and which page of them.
ALL, PAGE = "alle", "seite"
ROWS_OF_A_PAGE = 50
#: How many rows of a section a phone shows (static/css/admin-dashboard.css).
ROWS_ON_A_PHONE = 2
#: From this order on, panels that are no section stand below all of them and what is said of none.
BELOW = 500


@dataclass(frozen=True)
class Button:
    """One click that does something: a form that is posted.

    Args:
        label: what it does.
        url: where the form is sent.
    """

    label: StrOrPromise
    url: str


@dataclass(frozen=True)
class Row:
    """One thing that waits.

    Args:
        title: what it is; leads to ``url``, where the next action is taken.
        url: that address.
        about: a few words more, such as house and author.
        since: when it began to wait.
        is_late: whether it waits for longer than it should.
        note: a sentence somebody left, such as the reason of a rejection.
        button: what can be done without opening it.
        progress: how far it is, from 0 to 1.
    """

    title: str
    url: str
    about: str = ""
    since: datetime.datetime | datetime.date | None = None
    is_late: bool = False
    note: str = ""
    button: Button | None = None
    progress: float | None = None

    @property
    def waiting(self) -> str:
        """*for 4 days*; empty where no time counts."""
        return since_when(self.since) if self.since else ""


@dataclass(frozen=True)
class Listing:
    """Some of the rows of a section.

    Args:
        rows: the first ones, or those of a page; :class:`Row` or what the section's own template
            for rows takes.
        total: how many there are in all.
    """

    rows: Sequence[object] = ()
    total: int = 0


class Section(Component):
    """One kind of thing that waits for somebody; rooms subclass it.

    A section asks the database a number of queries that does not grow with what waits.
    """

    template_name = "admin/dashboard/section.html"
    row_template: ClassVar[str] = "admin/dashboard/row.html"
    name: ClassVar[str]
    #: The most urgent first.
    order: ClassVar[int] = 100
    heading: ClassVar[StrOrPromise]
    #: Said in the last line of the board if nothing waits; empty where that goes without saying.
    quiet: ClassVar[StrOrPromise] = ""
    #: How many rows the board shows.
    limit: ClassVar[int] = 5

    def __init__(self, user: User) -> None:
        self.user = user
        self.start, self.stop = 0, self.limit

    def is_for_user(self) -> bool:
        """Whether the person can have such things at all; asks nothing a request has not asked."""
        return True

    def load(self) -> Listing:
        """The rows from ``self.start`` to before ``self.stop``, and how many there are."""
        raise NotImplementedError

    @cached_property
    def listing(self) -> Listing:
        """What :meth:`load` found."""
        return self.load()

    def show_page(self, number: int) -> None:
        """Show a page of all rows instead of the first few; the first page if there is no such."""
        self.start = max(number - 1, 0) * ROWS_OF_A_PAGE
        self.stop = self.start + ROWS_OF_A_PAGE
        self.listing = self.load()
        if self.start and not self.listing.rows:
            self.show_page(1)

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.listing.total - len(self.listing.rows)

    def get_context_data(self, parent_context: "RenderContext | None" = None) -> dict[str, object]:
        """The rows, and the form token for their buttons."""
        is_whole = self.stop != self.limit
        has_rest = not is_whole and (self.more > 0 or len(self.listing.rows) > ROWS_ON_A_PHONE)
        return {
            "section": self,
            "rows": self.listing.rows,
            "total": self.listing.total,
            "is_whole": is_whole,
            "has_more": self.more > 0,
            "all_url": f"?{ALL}={self.name}" if has_rest else "",
            **_kept(parent_context),
        }


class Board(Component):
    """Sections with rows and tools by urgency, the empty ones in a line; or one section whole."""

    name = "board"
    order = 0
    template_name = "admin/dashboard/board.html"

    def __init__(self, request: SignedInRequest, panels: Iterable[Component]) -> None:
        self.request = request
        shown = sorted(panels, key=_order)
        sections = [panel for panel in shown if isinstance(panel, Section)]
        self.sections = [section for section in sections if section.is_for_user()]
        self.tools = [panel for panel in shown if not isinstance(panel, Section)]

    def get_context_data(self, parent_context: "RenderContext | None" = None) -> dict[str, object]:
        """One section with all its rows if the address names one, otherwise the board."""
        chosen = self.request.GET.get(ALL)
        whole = next((section for section in self.sections if section.name == chosen), None)
        context = self._whole(whole) if whole else self._board()
        return {**context, **_kept(parent_context)}

    def _board(self) -> dict[str, object]:
        filled = [section for section in self.sections if section.listing.total]
        shown = [*filled, *(tool for tool in self.tools if _order(tool) < BELOW)]
        return {
            "shown": sorted(shown, key=_order),
            "below": [tool for tool in self.tools if _order(tool) >= BELOW],
            "sections": filled,
            "quiet": [
                str(section.quiet)
                for section in self.sections
                if section.quiet and not section.listing.total
            ],
        }

    def _whole(self, section: Section) -> dict[str, object]:
        """A page of a section's rows; a number that is none shows the first."""
        number = self.request.GET.get(PAGE, "")
        section.show_page(int(number) if number.isdecimal() and len(number) < 6 else 1)
        numbers = Paginator(range(section.listing.total), ROWS_OF_A_PAGE)
        page = numbers.get_page(section.start // ROWS_OF_A_PAGE + 1)
        return {"whole": section, "page": page, "ALL": ALL, "PAGE": PAGE}


def _order(panel: Component) -> int:
    return int(getattr(panel, "order", BELOW))


def _kept(context: "RenderContext | None") -> dict[str, object]:
    """What forms of a section need of the page around it."""
    names = ("csrf_token", "request")
    return {name: context[name] for name in names if name in context} if context else {}
