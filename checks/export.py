"""Writing a check as the YAML file that :mod:`checks.exchange` reads."""

import yaml

from checks.definition import Definition, Item
from checks.exchange import NAME_OF_KIND
from checks.models import SelfCheckPage


class _Dumper(yaml.SafeDumper):
    """Long texts in folded blocks, lists indented: to be read and edited by people."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def as_yaml(page: SelfCheckPage) -> str:
    """The file of what ``page`` holds."""
    data = {
        "titel": page.title,
        "kurzfassung": page.summary,
        "fuer": page.audience,
        "quelle": page.source,
        "entwurf": "ja" if page.is_draft else "nein",
        "abschnitte": _sections(page.definition),
    }
    text: str = yaml.dump(
        data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100, indent=2
    )
    return text


def _sections(definition: Definition) -> list[dict[str, object]]:
    return [
        _without_empty(
            {
                "id": section.clean_name,
                "titel": section.label,
                "einleitung": section.help_text,
                "fragen": [_item(item) for item in section.items],
            }
        )
        for section in definition.sections
    ]


def _item(item: Item) -> dict[str, object]:
    return _without_empty(
        {
            "id": item.clean_name,
            "art": NAME_OF_KIND[item.field_type],
            "frage": item.label,
            "hilfe": item.help_text,
            "kapitel": item.source,
            "stichworte": item.tags,
            "fassung": item.meaning if item.meaning > 1 else "",
            "antworten": [
                {"antwort": choice, "rat": advice} if advice else choice
                for choice, advice in item.advice_by_choice.items()
            ],
            "rat": item.advice,
            "rat_dringend": item.advice_urgent,
        }
    )


def _without_empty(data: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in data.items() if value not in ("", [])}
