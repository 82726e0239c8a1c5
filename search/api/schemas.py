"""What records look like. Names are a contract, German as those of the tables."""

import datetime

from ninja import Schema
from pydantic import Field


class Named(Schema):
    """A value of a filter."""

    schluessel: str = Field(description="The value in addresses; does not change.")
    name: str = Field(description="Its label.")


class Licence(Schema):
    """Under which licence the texts may be used."""

    name: str = Field(examples=["CC BY 4.0"])
    adresse: str = Field(examples=["https://creativecommons.org/licenses/by/4.0/"])


class Source(Schema):
    """Whom to name as the source."""

    name: str = Field(description="Whom to name.")
    adresse: str = Field(description="Where a link should lead.")


class Position(Schema):
    """A place on the map."""

    breite: float = Field(description="Degrees of northern latitude (WGS 84).")
    laenge: float = Field(description="Degrees of eastern longitude (WGS 84).")


class Days(Schema):
    """Days from one to another, both included; an open side is ``null``."""

    von: datetime.date | None
    bis: datetime.date | None


class Licensed(Schema):
    """What every record says about its use."""

    lizenz: Licence | None = Field(description="Without a licence (null) all rights are reserved.")
    quelle: Source


class Entry(Licensed):
    """A public page as the search knows it."""

    id: int = Field(description="Stays the same when the page gets another address.")
    typ: Named
    sprache: str
    titel: str
    zusammenfassung: str
    adresse: str = Field(description="Address of the page.")
    region: Named | None = Field(description="null: of the whole country.")
    datum: datetime.date | None
    merkmale: dict[str, list[Named]] = Field(description="Values by filter.")
    termine: dict[str, list[Days]] = Field(description="Days by kind, for example deadlines.")
    position: Position | None


class EntryWithText(Entry):
    """A public page with its text."""

    text: str | None = Field(description="null for houses, whose text names people.")


class EntryList(Schema):
    """Some of the records that were asked for."""

    gesamt: int = Field(description="Number of all records of this list.")
    eintraege: list[Entry]
    naechste: str | None = Field(description="Address of the next records; null at the end.")


class Filter(Schema):
    """A filter of the list, and the values that it takes."""

    parameter: str
    name: str
    werte: list[Named]


class FilterList(Schema):
    """The filters of the list of entries."""

    filter: list[Filter]
