"""Fill a database that holds the demo with generated pages, up to a given number."""

import datetime
import io
import random
import time
from collections.abc import Iterator
from functools import cached_property
from itertools import islice

from django.core.files.images import ImageFile
from django.db import connection
from django.utils import timezone, translation
from PIL import Image
from wagtail.models import Page

from bench.bulk import BulkWriter, Planned
from bench.corpus import Corpus
from cms.assets.illustrations import ILLUSTRATIONS
from cms.models import BasePage, CustomImage, Kreis, User
from cms.text import slugify
from demo import builders, content, people
from examples.choices import Direction, Impulse, Money
from examples.models import CooperationFormPage, ExampleIndexPage, ExamplePage
from examples.models.common import FACET_FIELDS
from home.models import StandardPage
from news.models import NewsIndexPage, NewsPage
from regions.models import HousePage, Region, RegionKreis
from search.sync import sync

REGIONS = 48
_SHARES = {ExamplePage: 0.60, NewsPage: 0.35}
_FORMS = 40
_IMAGES = 30
_BATCH = 1000
_DRAFTS = 0.02
_PICTURES = 0.3


def generate(total: int) -> dict[str, float]:
    """Generate until the database has ``total`` pages below the root.

    Returns:
        Seconds by what was done.
    """
    started = time.perf_counter()
    with translation.override("de"):
        generator = Generator()
        indexes = generator.houses(min(REGIONS, max(2, total // 60)))
        prepared = time.perf_counter()
        ids = generator.pages(total, indexes)
        written = time.perf_counter()
        every_id = list(Page.objects.filter(depth__gt=1).values_list("pk", flat=True))
        for start in range(0, len(every_id), _BATCH):
            sync(every_id[start : start + _BATCH])
    settle()
    return {
        "houses": prepared - started,
        "pages": written - prepared,
        "sync": time.perf_counter() - written,
        "generated": len(ids),
    }


def settle() -> None:
    """What autovacuum, or SQLite's own optimisation, has done on a site that has grown."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


class Generator:
    """Plans pages of all types and has them written.

    Args:
        writer: what writes them; pages of one author without it.
        seed: another one gives other pages.
    """

    def __init__(self, writer: BulkWriter | None = None, seed: int = 2026) -> None:
        self.corpus = Corpus(seed)
        self.random: random.Random = self.corpus.random
        editor = User.objects.filter(groups__editors_of__isnull=False).first()
        reviewer = User.objects.filter(is_superuser=True).first()
        self.writer = writer or BulkWriter(editor, reviewer)
        self.images = [self._image(number) for number in range(_IMAGES)]
        self.forms = list(
            CooperationFormPage.objects.filter(locale__language_code="de").order_by("pk")
        )

    # Houses

    def houses(self, number: int) -> list[BasePage]:
        """Regions with their houses; gives all news and example lists, national ones first."""
        taken = RegionKreis.objects.values("kreis_id")
        kreise = list(Kreis.objects.exclude(pk__in=taken).order_by("pk"))
        for kreis in self.random.sample(kreise, number):
            self._house(kreis)
        return self.indexes()

    def indexes(self) -> list[BasePage]:
        """All German lists of news and of examples, national ones first."""
        indexes: list[BasePage] = []
        for model in (NewsIndexPage, ExampleIndexPage):
            indexes += model.objects.filter(locale__language_code="de").order_by("depth", "pk")
        return indexes

    def _house(self, kreis: Kreis) -> None:
        slug = f"{slugify(kreis.name)}-{kreis.code}"
        region = builders.build_region(
            f"{kreis.name} ({kreis.code})",
            slug,
            kreise=[kreis.code],
            land=kreis.land,
            lat=kreis.lat,
            lon=kreis.lon,
        )
        people.build_lead(region, f"leitung-{kreis.code}@example.org", first_name="Generiert")
        house = builders.house_of_region(region)
        house.body = content.blocks(self.corpus.html(5))
        house.summary = self.corpus.summary()
        house.contact_name, house.contact_phone = "Vera Beispiel", "030 23125-123"
        house.address_street, house.address_plz = "Kooperationsweg 1", "10115"
        house.address_place = self.corpus.place()
        house.save()

    # Pages

    def pages(self, total: int, indexes: list[BasePage]) -> list[int]:
        """Write pages of all types until there are ``total``."""
        missing = total - Page.objects.filter(depth__gt=1).count()
        if missing <= 0:
            raise ValueError(f"There are already {total} pages or more: choose a larger number.")
        forms = min(_FORMS, missing // 100)
        numbers = {model: int(missing * share) for model, share in _SHARES.items()}
        standard = missing - forms - sum(numbers.values())
        home = builders.national_home()
        planned = self._chain(
            (self._form(home) for _ in range(forms)),
            (self._standard(home) for _ in range(standard)),
            (self._news(indexes) for _ in range(numbers[NewsPage])),
            (self._example(indexes) for _ in range(numbers[ExamplePage])),
        )
        ids: list[int] = []
        while batch := list(islice(planned, _BATCH)):
            ids += self.writer.write(batch)
        return ids

    def _chain(self, *kinds: Iterator[Planned]) -> Iterator[Planned]:
        for kind in kinds:
            yield from kind

    def _common(self, title: str, day: datetime.date) -> dict[str, object]:
        moment = timezone.make_aware(datetime.datetime.combine(day, datetime.time(10)))
        checked = day + datetime.timedelta(days=30)
        return {
            "title": title,
            # Unique by its number: siblings must not share an address.
            "slug": f"{slugify(title)[:60]}-{self.random.getrandbits(48):x}",
            "summary": self.corpus.summary(),
            "illustration": self.random.choice(ILLUSTRATIONS)[0],
            "first_published_at": moment,
            "last_published_at": moment,
            "live": self.random.random() > _DRAFTS,
            "checked_on": checked,
            "check_again_on": checked + datetime.timedelta(days=365),
            "expires_on": self.corpus.expiry(),
        }

    def _parent(self, indexes: list[BasePage], model: type[BasePage]) -> BasePage:
        """A list of this type; some houses write much more than others."""
        fitting = [index for index in indexes if isinstance(index, model)]
        weights = [1 / (rank + 2) for rank in range(len(fitting))]
        return self.random.choices(fitting, weights)[0]

    def _lead_image(self) -> list[tuple[str, object]]:
        if self.random.random() > _PICTURES:
            return []
        image = self.random.choice(self.images)
        image.contextual_alt_text, image.decorative = "Menschen bei der Arbeit", False
        return [("image", {"image": image, "caption": "Bei der Arbeit"})]

    def _form(self, home: Page) -> Planned:
        record = self.corpus.record("forms")
        page = CooperationFormPage(
            **self._common(self.corpus.title("forms"), self.corpus.day()),
            how_it_works=self.corpus.html(4),
            benefit_zo=self.corpus.text(2),
            benefit_kmu=self.corpus.text(2),
            direction=record["direction"],
            next_step=self.corpus.text(2),
            source_chapter=record["source_chapter"],
            body=content.blocks(self.corpus.html(3)),
        )
        return Planned(page, builders.build_form_index(home), terms=self._terms())

    def _standard(self, home: Page) -> Planned:
        page = StandardPage(
            **self._common(self.corpus.title("pages"), self.corpus.day()),
            body=content.blocks(self.corpus.html(self.random.randint(4, 10))),
        )
        return Planned(page, self.random.choice([home, *self._houses]))

    @cached_property
    def _houses(self) -> list[HousePage]:
        return list(HousePage.objects.filter(locale__language_code="de"))

    def _news(self, indexes: list[BasePage]) -> Planned:
        day = self.corpus.day()
        page = NewsPage(
            **self._common(self.corpus.title("news"), day),
            date=day,
            lead_image=self._lead_image(),
            body=content.blocks(self.corpus.html(self.random.randint(3, 8))),
        )
        terms = {"topics": self.corpus.keys("topic", 3)}
        return Planned(page, self._parent(indexes, NewsIndexPage), terms=terms)

    def _example(self, indexes: list[BasePage]) -> Planned:
        day = self.corpus.day()
        page = ExamplePage(
            **self._common(self.corpus.title("examples"), day),
            form=self.random.choice(self.forms),
            period_start=day - datetime.timedelta(days=200),
            lead_image=self._lead_image(),
            course=content.steps_block(self.corpus.steps()),
            obstacles=self.corpus.text(3),
            outcome=self.corpus.text(3),
            benefit_zo=self.corpus.text(2),
            benefit_kmu=self.corpus.text(2),
            next_step=self.corpus.text(2),
            money=self.random.choice(Money.values),
            direction=self.random.choice(Direction.values),
            impulse=self.random.choice(Impulse.values),
        )
        partners = self.corpus.record("examples")["partners"]
        parent = self._parent(indexes, ExampleIndexPage)
        return Planned(page, parent, terms=self._terms(), partners=partners)

    def _terms(self) -> dict[str, list[str]]:
        return {name: self.corpus.keys(key, 4) for name, key in FACET_FIELDS.items()}

    def _image(self, number: int) -> CustomImage:
        picture = io.BytesIO()
        shade = (40 + number * 5, 120, 200 - number * 4)
        Image.new("RGB", (1200, 800), shade).save(picture, "JPEG")
        name = f"bild-{number}.jpg"
        image = CustomImage(
            title=f"Bild {number}",
            file=ImageFile(picture, name=name),
            credit="Foto: Erika Muster",
            licence="CC BY 4.0",
        )
        image.save()
        return image


def facts() -> dict[str, int]:
    """Number of houses, pages, accounts and other rows in the database."""
    return {
        "pages": Page.objects.filter(depth__gt=1).count(),
        "live": Page.objects.filter(depth__gt=1, live=True).count(),
        "houses": HousePage.objects.count(),
        "regions": Region.objects.count(),
    }
