"""Many pages of all houses, each written and approved by its house's own people."""

from collections.abc import Sequence

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, ReferenceIndex

from bench.admin.history import Log
from bench.admin.houses import House, houses
from bench.bulk import BulkWriter
from bench.generate import Generator
from cms.models import CustomImage, User
from demo import people
from regions.access import HOUSE_DEPTH
from regions.models import Region

_ROWS = 1000


class HouseWriter(BulkWriter):
    """Writes pages with the people of their house, their log and what they refer to."""

    def __init__(self, seed: int) -> None:
        desk = people.build_national_editor("messung-bund@example.org", first_name="Bund")
        super().__init__(desk, desk)
        self.houses = {house.page.path: house for house in houses()}
        self.log = Log(seed)

    def _house(self, page: Page) -> House | None:
        return self.houses.get(page.path[: HOUSE_DEPTH * page.steplen])

    def author_of(self, page: Page) -> User:
        """One of the house's editors; the desk for national pages."""
        house = self._house(page)
        return self.log.random.choice(house.editors) if house else self.author

    def reviewer_of(self, page: Page) -> User:
        """The house's lead; the desk for national pages."""
        house = self._house(page)
        return house.leads[0] if house else self.reviewer

    def _region(self, page: Page) -> Region | None:
        house = self._house(page)
        return house.region if house else None

    def _write_history(self, pages: Sequence[Page]) -> None:
        super()._write_history(pages)
        self.log.pages([(page, self._region(page), self.reviewer_of(page)) for page in pages])
        _write_references(pages)


def _write_references(pages: Sequence[Page]) -> None:
    """What the pages show and name, as saving them one by one would have noted."""
    base = ContentType.objects.get_for_model(Page)
    rows = [
        ReferenceIndex(
            content_type_id=page.content_type_id,
            base_content_type=base,
            object_id=str(page.pk),
            to_content_type_id=to_type,
            to_object_id=to_id,
            model_path=model_path,
            content_path=content_path,
            content_path_hash=ReferenceIndex._get_content_path_hash(content_path),
        )
        for page in pages
        for to_type, to_id, model_path, content_path in set(
            ReferenceIndex._extract_references_from_object(page)
        )
    ]
    ReferenceIndex.objects.bulk_create(rows, batch_size=_ROWS)


def write(total: int) -> int:
    """Write pages of all types until there are ``total``; may be called again with more.

    Returns:
        How many were written.
    """
    seed = Page.objects.count()
    generator = Generator(HouseWriter(seed), seed)
    generator.images = list(CustomImage.objects.exclude(collection__depth=1)) or generator.images
    return len(generator.pages(total, generator.indexes()))
