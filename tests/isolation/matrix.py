"""Puts the cases to the site and judges the answers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from tests.admin_words import wrong_words
from tests.isolation.addresses import Address
from tests.isolation.cases import Case, cases_of, targets
from tests.isolation.expectations import COLUMN_OF, allowed_by, read_table
from tests.isolation.screens import Screen, SearchForm
from tests.isolation.world import MARK, ROLES, Side, canaries_in, clients_of, owner_of
from tests.typed import UNUSUAL_INPUT

REFUSED = frozenset({401, 403, 404, 405, 410})
#: Whose canaries a role may see; the desk and administrators see all.
KNOWS = {
    "anonymous": "",
    "editor": "a",
    "lead": "a",
    "other_editor": "b",
    "national_editor": "abn",
    "administrator": "abn",
}
#: Where a refused request may write: who is signed in, what it is told, and how often it came.
HARMLESS = ("django_session", "wagtailusers_userprofile", "cms_sharedvalue")


@dataclass(frozen=True)
class Answer:
    """What came back, and what happened on the way."""

    status: int
    location: str
    text: bytes
    writes: tuple[str, ...]

    @property
    def outcome(self) -> str:
        """``allowed``, ``refused``, or ``broken`` for an error page."""
        if self.status >= 500:
            return "broken"
        login = (reverse("account_login"), reverse("wagtailadmin_login"))
        sent_away = self.status in (301, 302) and (
            self.location == reverse("wagtailadmin_home") or self.location.startswith(login)
        )
        return "refused" if sent_away or self.status in REFUSED else "allowed"


def ask(client: Client, case: Case) -> Answer:
    """Send one request and undo what it did."""
    writes: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(("INSERT", "UPDATE", "DELETE")):
            writes.append(" ".join(sql.split(None, 3)[:3]))
        return execute(sql, params, many, context)

    session = client.cookies.get(settings.SESSION_COOKIE_NAME)
    session_key = session.value if session else ""
    savepoint = transaction.savepoint()
    try:
        with connection.execute_wrapper(note):
            response = _send(client, case)
            body = b"".join(response.streaming_content) if response.streaming else response.content
    finally:
        transaction.savepoint_rollback(savepoint)
    # Signing out and what is to be said on the next page are undone like all else.
    client.cookies.pop("messages", None)
    if session_key:
        client.cookies[settings.SESSION_COOKIE_NAME] = session_key
    said = " ".join(map(str, getattr(response.wsgi_request, "_messages", ())))
    location = response.headers.get("Location", "")
    text = b"\n".join((body, said.encode(), location.encode()))
    return Answer(response.status_code, location, text, tuple(dict.fromkeys(writes)))


def _send(client: Client, case: Case) -> Any:
    if case.method == "GET":
        return client.get(case.path, case.query, headers=case.headers)
    path = f"{case.path}?{urlencode(case.query)}" if case.query else case.path
    return client.post(path, case.data, headers=case.headers)


def leaks(case: Case, answer: Answer) -> set[str]:
    """Canaries in an answer that the role must not see.

    What the request itself says is known already.
    """
    known = canaries_in(f"{case.path} {case.query} {case.data}".encode())
    return {
        found
        for found in canaries_in(answer.text) - known
        if owner_of(found) not in KNOWS[case.role]
    }


def harm(answer: Answer) -> list[str]:
    """What a refused request wrote although it was refused."""
    return [write for write in answer.writes if not any(table in write for table in HARMLESS)]


ADMIN = "/admin/"
#: Answers with an error page that leak nothing and are none of the matrix's business.
BREAKS = {
    # Raises on purpose, for whoever looks after the site.
    "wagtailadmin_error_test",
    # Wagtail asks a form for a field that was not sent; administrators only.
    "wagtailredirects:process_import",
    # Wagtail asks for the ending of a file before it has put it in its place. Reached only by
    # files whose first form was incomplete, and no field of ours can be.
    "wagtaildocs:create_multiple_from_uploaded_document",
}


#: Texts that stand in Wagtail's templates and models without a way to translate them.
SAID_BY_WAGTAIL = frozenset(
    {
        # The button of a search that is sent by its own script; only a screen reader meets it.
        "Search",
        # A counter that is hidden while it counts nothing.
        "None",
        # Labels made of the names of fields before a language is chosen.
        "Email address",
        "Source locale",
        "Target locale",
        # The same, for administrators: languages, sites, tasks, rights of groups.
        "Locale",
        "Locales",
        "2 locales",
        "Root page",
        "Site name",
        "Task type",
        "Kommentar → User",
        "Page",
        "Translation",
    }
)
#: Rights as Django names them in the database, for administrators.
NAMED_BY_DJANGO = re.compile(
    r"(.* \| )?(Can (add|change|delete|view) |Publish any |Unlock any |Lock/"
    r"|Delete pages with).*"
)


def _is_ours(text: str) -> bool:
    """Whether the site says it, not what somebody wrote in the world of the tests."""
    return MARK not in text.lower() and not NAMED_BY_DJANGO.fullmatch(text)


class World:
    """The houses, the signed-in roles, and the expectations."""

    def __init__(self, built: dict[str, Any]) -> None:
        self.sides = {letter: Side(**values) for letter, values in built["sides"].items()}
        self.clients = clients_of(built["sessions"])
        self.table = read_table()
        self._cases: dict[str, list[Case]] = {}
        #: What the addresses asked so far showed in the admin, one answer for each role.
        self.screens: dict[str, dict[str, Screen]] = {}
        self._searched: set[str] = set()

    def cases(self, address: Address) -> list[Case]:
        """All requests to one address; what they name never changes."""
        if address.key not in self._cases:
            self._cases[address.key] = list(cases_of(address, self.sides, ROLES))
        return self._cases[address.key]

    def problems(self, address: Address) -> Iterator[str]:
        """What is not as the table says, or leaks, in plain words."""
        row, where = self.table[address.key], targets(address)
        allowed = {role: allowed_by(row[COLUMN_OF.get(role, role)], where) for role in ROLES}
        for case in self.cases(address):
            answer = ask(self.clients[case.role], case)
            expected = (case.target, case.method) in allowed[case.role]
            self._look_at(case, answer)
            yield from judge(case, answer, expected)

    def _look_at(self, case: Case, answer: Answer) -> None:
        is_shown = case.method == "GET" and answer.status == 200 and case.role != "anonymous"
        if is_shown and case.path.startswith(ADMIN):
            shown = self.screens.setdefault(case.key, {})
            if case.role not in shown or case.target.startswith("own"):
                shown[case.role] = Screen(answer.text)

    def searches(self, key: str) -> dict[str, tuple[str, SearchForm]]:
        """Who meets which search on the screens of an address, by the search's own address.

        Only those that no address before has shown.
        """
        found: dict[str, tuple[str, SearchForm]] = {}
        for role, screen in self.screens.get(key, {}).items():
            for form in screen.searches:
                if form.action.startswith(ADMIN) and form.action not in self._searched:
                    found[form.action] = role, form
        self._searched |= set(found)
        return found

    def wrong_words(self, key: str) -> list[str]:
        """What the screens of an address say that is not our German."""
        return [
            f"{role}: {what}"
            for role, screen in self.screens.get(key, {}).items()
            if screen.language in ("", "de")
            for what in wrong_words(filter(_is_ours, screen.texts), SAID_BY_WAGTAIL)
        ]

    def broken_searches(self, key: str) -> Iterator[str]:
        """Searches on the screens of an address that some input breaks."""
        for action, (role, form) in self.searches(key).items():
            for what, typed in UNUSUAL_INPUT.items():
                query = dict.fromkeys(form.boxes, typed)
                case = Case(key, "-", role, "GET", action, query, {}, {})
                if (status := ask(self.clients[role], case).status) != 200:
                    yield f"{action} answers {what} with {status}"


def judge(case: Case, answer: Answer, expected: bool) -> Iterator[str]:
    """What is wrong with one answer."""
    outcome = answer.outcome
    if outcome == "broken":
        if case.key not in BREAKS:
            yield f"{case}: error page"
    elif (outcome == "allowed") != expected:
        yield f"{case}: {outcome} ({answer.status} {answer.location})"
    if found := leaks(case, answer):
        yield f"{case}: leaks {sorted(found)}"
    if outcome == "refused" and (wrote := harm(answer)):
        yield f"{case}: refused, but wrote {wrote}"
