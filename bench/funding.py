"""The finder of funding programmes with thousands of them."""

import datetime
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from wagtail.signal_handlers import disable_reference_index_auto_update

from bench.analyze import analyze
from bench.corpus import Corpus
from bench.measure import Visitor, figures, forget
from bench.report import Row
from cms.text import slugify
from demo.builders.funding import build_funding_index
from funding.areas import NAMED_SETS, STATES
from funding.choices import TOGETHER, Applicant, DeadlineKind, FunderLevel, Kind, Role
from funding.models import FundingPage
from funding.places import directory
from search.sweep import sweep

_BATCH = 500


@translation.override("de")
def fill(number: int) -> int:
    """Public programmes below the national list until there are ``number``; gives how many."""
    corpus, index = Corpus(seed=15), build_funding_index()
    missing = number - FundingPage.objects.count()
    with disable_reference_index_auto_update():
        for start in range(0, missing, _BATCH):
            with transaction.atomic():
                for _ in range(min(_BATCH, missing - start)):
                    index.add_child(instance=_programme(corpus))
    sweep(full=True)
    analyze()
    return FundingPage.objects.count()


def _programme(corpus: Corpus) -> FundingPage:
    chance, title = corpus.random, corpus.title()
    named = chance.sample(list(Applicant), chance.randint(0, 5))
    roles = {FundingPage.ROLE_FIELDS[who]: chance.choice(list(Role)).value for who in named}
    kind = chance.choice([DeadlineKind.PERMANENT, DeadlineKind.ONE_OFF, DeadlineKind.ROUNDS])
    days = chance.sample(range(-60, 400), 1 if kind == DeadlineKind.ONE_OFF else 3)
    last = [timezone.localdate() + datetime.timedelta(days=day) for day in sorted(days)]
    fields: dict[str, Any] = {
        "title": title,
        "slug": f"{slugify(title)[:60]}-{chance.getrandbits(48):x}",
        "summary": corpus.summary(),
        "funder": f"Stiftung {corpus.place()}",
        "level": chance.choice(FunderLevel.values),
        "kind": chance.choice(Kind.values),
        "area": _area(corpus),
        "deadline_kind": kind.value,
        "further_conditions": corpus.text(1),
        "checked_on": corpus.day(),
        "first_published_at": timezone.now(),
        "last_published_at": timezone.now(),
    }
    if kind != DeadlineKind.PERMANENT:
        fields["rounds"] = [
            ("round", {"opens_on": None, "closes_on": day, "closes_at": None}) for day in last
        ]
    return FundingPage(**fields, **roles)


def _area(corpus: Corpus) -> str:
    """The country, a state, a named set, one or two districts, or all but one."""
    chance = corpus.random
    district = f"AGS {chance.choice(list(directory().districts))}"
    state = chance.choice(list(STATES.values()))
    return chance.choice(
        [
            "Bund",
            "Bund",
            state,
            state,
            district,
            chance.choice(list(NAMED_SETS)),
            f"Bund ohne {state}",
        ]
    )


def _addresses(corpus: Corpus, *patterns: str) -> Iterator[str]:
    chance, codes = corpus.random, list(directory().postcodes)
    who = [*Applicant.values, TOGETHER]
    while True:
        values = {
            "plz": chance.choice(codes),
            "who": chance.choice(who),
            "ags": chance.choice(list(directory().districts)),
            "topic": corpus.keys("topic", 1)[0],
            "word": chance.choice(("Verein", "Betrieb", "Rampe", "Jugend", "Beratung")),
            "page": chance.randint(1, 30),
        }
        yield chance.choice(patterns).format(**values)


def measure(requests: int) -> list[Row]:
    """The finder with one, two and three answers, words, and the shortlist; gives figures."""
    visitor, corpus = Visitor(), Corpus(seed=16)
    ids = FundingPage.objects.live().values_list("pk", flat=True)[:12]
    kept = ".".join(str(pk) for pk in ids)
    answers = "/foerderung/?wer={who}&ort={plz}"
    kinds = {
        "finder, nothing asked": ["/foerderung/", "/foerderung/?seite={page}"],
        "finder, who and where": [answers, "/foerderung/?wer={who}&ags={ags}"],
        "finder, three answers": [f"{answers}&thema={{topic}}"],
        "finder, words": [f"{answers}&q={{word}}"],
        "finder, by deadline": [f"{answers}&sortierung=termin", "/foerderung/?frist=30"],
        "shortlist of twelve": [f"{answers}&merk={kept}&ansicht=merkliste"],
    }
    rows = []
    for name, patterns in kinds.items():
        addresses = _addresses(corpus, *patterns)
        warm = [visitor.get(address, 200) for address in islice(addresses, 10)]
        cold = []
        for address in islice(addresses, requests):
            forget()
            cold.append(visitor.get(address, 200))
        rows.append(figures(name, "list", cold, warm))
    return rows
