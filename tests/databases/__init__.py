"""The databases of the tests: built once, stored, and copied by every process of a run."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from typing import Any

from django.core.cache import cache
from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from cms.delivery import content_version
from search.engines import facet_arrays
from tests.databases import contents
from tests.databases.stores import PostgreSQLStore, SQLiteStore, Store, one_at_a_time
from tests.databases.templates import Template


def store_of_the_settings() -> Store:
    """Where templates of the database in ``DATABASES`` are kept."""
    if connection.vendor == "postgresql":
        return PostgreSQLStore(connection.creation._get_test_db_name())
    return SQLiteStore()


@dataclass(frozen=True)
class Copy:
    """A database of this process, filled from a template."""

    connection: BaseDatabaseWrapper
    content: str


class Databases:
    """The copies of this process, one of each template; tests use one at a time.

    All are open at once, so that to change costs nothing.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._numbers = count(1)
        self._copies: dict[Template, Copy] = {}
        self._in_use: Template | None = None

    def use(self, template: Template) -> None:
        """Have this process, all its threads included, work in a copy of ``template``."""
        if self._in_use != template:
            # Counts, pictures, addresses and menus of another database. Copies of one template have
            # the same epoch of the index, so its arrays would pass for those of this one.
            cache.clear()
            content_version.clear()
            facet_arrays.clear()
        self._in_use = template
        if template not in self._copies:
            self._copies[template] = self._copy(template)
        self._connect(self._copies[template].connection)

    @contextmanager
    def elsewhere(self, template: Template) -> Iterator[None]:
        """Work in a copy of another template meanwhile; what is done there is rolled back."""
        here = self._in_use
        assert here
        self.use(template)
        try:
            with transaction.atomic():
                yield
                transaction.set_rollback(True)
        finally:
            self.use(here)

    @property
    def content(self) -> Any:
        """What the template in use has built, read anew."""
        assert self._in_use
        return contents.objects(self._copies[self._in_use].content)

    def discard(self) -> None:
        """Throw away the copy in use: what was committed there is nobody else's business."""
        assert self._in_use
        self._store.drop(self._copies.pop(self._in_use).connection)
        self._in_use = None

    def close(self) -> None:
        """Remove all copies."""
        while self._copies:
            self._store.drop(self._copies.popitem()[1].connection)

    def _connect(self, connection: BaseDatabaseWrapper) -> None:
        # Other threads open a connection of their own, by the settings.
        connections.settings[DEFAULT_DB_ALIAS]["NAME"] = connection.settings_dict["NAME"]
        connections[DEFAULT_DB_ALIAS] = connection

    def _copy(self, template: Template) -> Copy:
        settings = connections.settings[DEFAULT_DB_ALIAS]
        settings["NAME"] = self._store.name_for(template, next(self._numbers))
        connection = connections.create_connection(DEFAULT_DB_ALIAS)
        connection.settings_dict = dict(settings)
        self._connect(connection)
        self._store.drop(connection)
        self._store.prepare(connection)
        self._fill(template, connection)
        return Copy(connection, contents.read(connection))

    def _fill(self, template: Template, connection: BaseDatabaseWrapper) -> None:
        with one_at_a_time(f"{connection.vendor}-{template.name}-{template.digest}"):
            if self._store.load(template, connection):
                return
            if template.parent:
                self._fill(template.parent, connection)
            contents.write(connection, template.build)
            self._store.save(template, connection)
