"""Ten thousand junk submissions of a self-check: what gets stored, and what the figures make of it.

Four kinds of programs fill in the first section of every check of the demo: without having read the
form, faster than a human being, patiently from one address, and patiently from many addresses.
Meanwhile people begin checks from addresses of their own.
"""

import ipaddress
import re
from collections.abc import Callable, Iterator
from itertools import count, islice

from django.conf import settings
from django.test import Client
from django.utils import timezone

from bench.report import Row, verdict
from checks.filling.forms import FirstSectionForm
from checks.models import CheckRun, QuarterTables, SelfCheckPage
from checks.models.statistics import quarter_of
from checks.statistics import quarters
from cms.spam_protection.honeypot import new_stamp

_HIDDEN = re.compile(r'type="hidden" name="([^"]+)" value="([^"]*)"')
_CHOICE = re.compile(r'type="radio" name="(frage-[^"]+)" value="([^"]*)"')
#: Who sends from many addresses sends so often from each.
FROM_EACH = 20
#: After so many junk submissions somebody begins a check.
SOMEBODY = 100
#: Reads a form for so long, in seconds.
PATIENT = 60

Fields = dict[str, str]


def measure(number: int) -> list[Row]:
    """A step: so many submissions of each kind; gives what was stored of them."""
    settings.ALLOWED_HOSTS = ["testserver"]
    pages = [f"/selbstcheck/{page.pk}/abschnitt/1/" for page in SelfCheckPage.objects.live()]
    before = _figures()
    addresses = (str(ipaddress.ip_address("198.18.0.0") + n) for n in count(1))
    one = next(addresses)
    kinds: dict[str, tuple[Iterator[str], Callable[[str, Fields], Fields]]] = {
        "without the form": (_each(addresses, FROM_EACH), lambda page, fields: {"stamp": "x"}),
        "at once": (_each(addresses, FROM_EACH), lambda page, fields: fields),
        "patient, one address": (_each(iter([one]), number), _patient),
        "patient, many addresses": (_each(addresses, FROM_EACH), _patient),
    }
    rows = [
        _row(name, senders, fill_in, pages, number, addresses)
        for name, (senders, fill_in) in kinds.items()
    ]
    is_changed = _figures() != before
    figures = {"": "figures of the quarter", "verdict": verdict(is_changed and "changed")}
    return [*rows, dict.fromkeys(rows[0]) | figures]


def _row(
    name: str,
    senders: Iterator[str],
    fill_in: Callable[[str, Fields], Fields],
    pages: list[str],
    number: int,
    people: Iterator[str],
) -> Row:
    stored, served, came, failed = CheckRun.objects.count(), 0, 0, 0
    for n, sender in enumerate(islice(senders, number)):
        failed += _send(pages[n % len(pages)], sender, fill_in) >= 500
        if n % SOMEBODY == 0:
            came += 1
            served += _send(pages[n % len(pages)], next(people), _patient) == 302
    return {
        "": name,
        "submissions": number,
        "stored": CheckRun.objects.count() - stored - served,
        "server errors": failed,
        "people": came,
        "served": served,
        "verdict": verdict(failed > 0 and "errors", served < came and "people"),
    }


def _send(page: str, sender: str, fill_in: Callable[[str, Fields], Fields]) -> int:
    client = Client(REMOTE_ADDR=sender, headers={"origin": "http://testserver"})
    shown = client.get(page).content.decode()
    fields = dict(_HIDDEN.findall(shown)) | {"weiter_zu": "ergebnis"}
    # The last choice of each question.
    answer = client.post(page, fill_in(page, fields | dict(_CHOICE.findall(shown))))
    if answer.status_code == 302:
        client.get(answer["Location"])
    return answer.status_code


def _patient(page: str, fields: Fields) -> Fields:
    """As if the form had been read: a program can wait, too."""
    return fields | {"stamp": new_stamp(FirstSectionForm.form_key, PATIENT)}


def _each(addresses: Iterator[str], times: int) -> Iterator[str]:
    for address in addresses:
        yield from [address] * times


def _figures() -> list[object]:
    """What the present quarter would publish; nothing of it is kept."""
    quarter = quarter_of(timezone.localdate())
    quarters.compute(quarter)
    made = QuarterTables.objects.filter(quarter=quarter).order_by("region_id")
    found = list(made.values_list("region_id", "tables"))
    made.delete()
    return found
