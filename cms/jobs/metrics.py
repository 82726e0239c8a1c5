"""What monitoring reads of the site: gauges that rooms register, as Prometheus reads them.

They tell what the database knows, so every web process gives the same answer. The package
``prometheus_client`` counts in the memory of each process instead, which is why it is not used.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

#: Of all names, so that they are found together.
PREFIX = "haeuser_"
#: https://prometheus.io/docs/instrumenting/exposition_formats/
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


@dataclass(frozen=True)
class Gauge:
    """A number as it is now.

    Args:
        name: in snake case with its unit, without :data:`PREFIX`.
        about: what it is, in a sentence.
        value: the number.
        labels: what tells it from others of the same name.
    """

    name: str
    about: str
    value: float
    labels: Mapping[str, str] = field(default_factory=dict)


#: Reads some gauges, in as few queries as it can.
Reader = Callable[[], Iterable[Gauge]]

_readers: dict[str, Reader] = {}


def register(name: str, reader: Reader) -> None:
    """Add gauges; a second registration of the same name replaces the first."""
    _readers[name] = reader


def exposition() -> str:
    """All gauges in the text format of Prometheus; those of a name stand together."""
    by_name: dict[str, list[Gauge]] = {}
    for reader in _readers.values():
        for gauge in reader():
            by_name.setdefault(gauge.name, []).append(gauge)
    lines: list[str] = []
    for name, gauges in by_name.items():
        lines.append(f"# HELP {PREFIX}{name} {gauges[0].about}")
        lines.append(f"# TYPE {PREFIX}{name} gauge")
        lines += [f"{PREFIX}{name}{_labels(gauge.labels)} {_number(gauge)}" for gauge in gauges]
    return "\n".join(lines) + "\n"


def _number(gauge: Gauge) -> str:
    """All digits: a moment in seconds of the epoch, rounded to six, is wrong by an hour."""
    return repr(float(gauge.value))


def _labels(labels: Mapping[str, str]) -> str:
    if not labels:
        return ""
    return "{" + ",".join(f'{name}="{_escaped(value)}"' for name, value in labels.items()) + "}"


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
