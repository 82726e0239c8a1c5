"""A check as one readable YAML file: written for people, read with every mistake named by line.

Only plain YAML is read: no tags, no anchors and aliases (ten lines of them expand to gigabytes),
no key twice.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypedDict

import yaml
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from checks import definition

LARGEST_FILE = 500_000
MOST_ITEMS = 200
#: Sections, items, choices and their fields take seven.
MOST_NESTED = 12
KIND_NAMES = {
    "handlungsbedarf": definition.NEED,
    "auswahl": definition.SINGLE,
    "mehrfachauswahl": definition.MULTIPLE,
    "zahl": definition.NUMBER,
    "kurztext": definition.SHORT_TEXT,
    "text": definition.LONG_TEXT,
}
NAME_OF_KIND = {kind: name for name, kind in KIND_NAMES.items()}
NOT_PLAIN = gettext_lazy("Anchors (&), aliases (*) and tags (!) are not allowed.")
TOO_DEEP = gettext_lazy("The file is nested too deeply.")
IDENTIFIER = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")

CHECK_KEYS = {"titel": 255, "kurzfassung": 300, "quelle": 200, "fuer": 12}
SECTION_KEYS = {"id": 40, "titel": 255, "einleitung": 1000}
ITEM_KEYS = {
    "id": 40,
    "art": 40,
    "frage": 255,
    "hilfe": 1000,
    "kapitel": 120,
    "stichworte": 200,
    "rat": 2000,
    "rat_dringend": 2000,
}
CHOICE_KEYS = {"antwort": 200, "rat": 2000}
DRAFT_WORDS = {"ja": True, "true": True, "yes": True, "nein": False, "false": False, "no": False}


@dataclass(frozen=True)
class Problem:
    """What is wrong, and in which line (from 1)."""

    line: int
    text: str | Promise

    def __str__(self) -> str:
        return _("Line %(line)d: %(problem)s") % {"line": self.line, "problem": self.text}


class InvalidFile(Exception):
    """A file that is no check; ``problems`` says why."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(map(str, problems)))
        self.problems = problems


class Row(TypedDict):
    """Fields of :class:`checks.models.CheckItem` that sections and questions have."""

    clean_name: str
    field_type: str
    label: str
    help_text: str


class QuestionRow(Row):
    """Those that only a question has, too."""

    choices: str
    advice: str
    advice_urgent: str
    source: str
    tags: str
    meaning: int


@dataclass(frozen=True)
class CheckFile:
    """What a file says.

    Args:
        rows: sections and questions, in their order.
    """

    title: str
    summary: str
    source: str
    audience: str
    is_draft: bool
    rows: tuple[Row, ...]


def read(text: str) -> CheckFile:
    """Read a file.

    Raises:
        InvalidFile: with everything that is wrong, by line.
    """
    return _Reader(_parse(text)).read()


def _parse(text: str) -> Node:
    if len(text) > LARGEST_FILE:
        raise InvalidFile([Problem(1, _("The file is too large for a check."))])
    for number, line in enumerate(text.splitlines(), start=1):
        if "\t" in line[: len(line) - len(line.lstrip())]:
            raise InvalidFile(
                [Problem(number, _("The line is indented with a tab. Please use blanks."))]
            )
    depth = 0
    try:
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            # For each bracket the scanner looks at all that are open: the square of the depth.
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            row = event.start_mark.line + 1 if event.start_mark else 1
            if depth > MOST_NESTED:
                raise InvalidFile([Problem(row, TOO_DEEP)])
            is_anchored = isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None)
            if is_anchored or getattr(event, "tag", None):
                raise InvalidFile([Problem(row, NOT_PLAIN)])
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        raise InvalidFile([_as_problem(error)]) from error
    if not isinstance(node, MappingNode):
        raise InvalidFile([Problem(1, _("The file is empty or no check."))])
    return node


def _as_problem(error: yaml.YAMLError) -> Problem:
    mark = getattr(error, "problem_mark", None)
    if "end of stream" in str(getattr(error, "problem", "")):
        # A quotation mark that is never closed: where it was opened helps.
        mark = getattr(error, "context_mark", None) or mark
    reason = _("This is no valid YAML (%(reason)s). Often a colon, a quotation mark or an indent.")
    said = getattr(error, "problem", None) or str(error).splitlines()[0]
    return Problem(mark.line + 1 if mark else 1, reason % {"reason": said})


@dataclass
class _Reader:
    """Turns the parsed file into rows, and collects what is wrong."""

    root: Node
    problems: list[Problem] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)

    def read(self) -> CheckFile:
        """Read all of it.

        Raises:
            InvalidFile: if anything is wrong.
        """
        check = self._mapping(self.root, {*CHECK_KEYS, "entwurf", "abschnitte"})
        texts = self._texts(check, CHECK_KEYS, required=("titel", "quelle", "fuer"))
        audience = texts["fuer"]
        if audience and audience not in ("zo", "kmu"):
            self._wrong(check["fuer"], _("“fuer” is zo or kmu."))
        rows = list(self._sections(check.get("abschnitte")))
        if len(rows) > MOST_ITEMS:
            self._wrong(self.root, _("A check has %(most)d rows at most.") % {"most": MOST_ITEMS})
        is_draft = self._is_draft(check.get("entwurf"))
        if self.problems:
            raise InvalidFile(sorted(self.problems, key=lambda problem: problem.line))
        return CheckFile(
            texts["titel"], texts["kurzfassung"], texts["quelle"], audience, is_draft, tuple(rows)
        )

    def _sections(self, node: Node | None) -> Iterator[Row]:
        for section_node in self._list(node, "abschnitte", self.root):
            section = self._mapping(section_node, {*SECTION_KEYS, "fragen"})
            texts = self._texts(section, SECTION_KEYS, required=("id", "titel"))
            self._identifier(section.get("id"), texts["id"])
            yield {
                "clean_name": texts["id"],
                "field_type": definition.SECTION,
                "label": texts["titel"],
                "help_text": texts["einleitung"],
            }
            for item_node in self._list(section.get("fragen"), "fragen", section_node):
                yield self._item(item_node)

    def _item(self, node: Node) -> QuestionRow:
        item = self._mapping(node, {*ITEM_KEYS, "fassung", "antworten"})
        texts = self._texts(item, ITEM_KEYS, required=("id", "frage"))
        self._identifier(item.get("id"), texts["id"])
        kind = KIND_NAMES.get(texts["art"] or "handlungsbedarf", "")
        if not kind:
            names = ", ".join(KIND_NAMES)
            self._wrong(item["art"], _("“art” is one of: %(names)s.") % {"names": names})
        if kind == definition.NEED and not texts["rat"]:
            self._wrong(node, _("“rat” is missing: no need for action without advice."))
        choices = ""
        if kind in (definition.SINGLE, definition.MULTIPLE):
            choices = "\n".join(self._choices(item.get("antworten"), node))
        elif kind and "antworten" in item:
            self._wrong(item["antworten"], _("Only auswahl and mehrfachauswahl have “antworten”."))
        return {
            "clean_name": texts["id"],
            "field_type": kind,
            "label": texts["frage"],
            "help_text": texts["hilfe"],
            "choices": choices,
            "advice": texts["rat"],
            "advice_urgent": texts["rat_dringend"],
            "source": texts["kapitel"],
            "tags": texts["stichworte"],
            "meaning": self._number(item.get("fassung")),
        }

    def _choices(self, node: Node | None, item: Node) -> Iterator[str]:
        nodes = self._list(node, "antworten", item)
        if node is not None and len(nodes) < 2:
            self._wrong(node, _("Please give at least two answers."))
        found: set[str] = set()
        for choice_node in nodes:
            if isinstance(choice_node, ScalarNode):
                choice: dict[str, Node] = {"antwort": choice_node}
            else:
                choice = self._mapping(choice_node, set(CHOICE_KEYS))
            texts = self._texts(choice, CHOICE_KEYS, required=("antwort",))
            if "|" in texts["antwort"] or "\n" in texts["antwort"] + texts["rat"]:
                self._wrong(choice_node, _("An answer is one line, without a bar (|)."))
            if texts["antwort"] and texts["antwort"] in found:
                name = {"name": texts["antwort"]}
                self._wrong(choice_node, _("“%(name)s” stands here twice.") % name)
            found.add(texts["antwort"])
            yield f"{texts['antwort']} | {texts['rat']}" if texts["rat"] else texts["antwort"]

    def _wrong(self, node: Node, text: str) -> None:
        self.problems.append(Problem(node.start_mark.line + 1, text))

    def _mapping(self, node: Node, known: set[str]) -> dict[str, Node]:
        if not isinstance(node, MappingNode):
            self._wrong(node, _("Here, lines of the form “name: value” are expected."))
            return {}
        found: dict[str, Node] = {}
        for key_node, value in node.value:
            name = str(key_node.value)
            if name in found:
                self._wrong(key_node, _("“%(name)s” stands here twice.") % {"name": name})
            elif name not in known:
                names = {"name": name, "names": ", ".join(sorted(known))}
                self._wrong(key_node, _("“%(name)s” is unknown here. Possible: %(names)s.") % names)
            else:
                found[name] = value
        return found

    def _list(self, node: Node | None, name: str, parent: Node) -> list[Node]:
        if isinstance(node, SequenceNode) and node.value:
            return list(node.value)
        self._wrong(
            node or parent, _("“%(name)s” needs a list with at least one entry.") % {"name": name}
        )
        return []

    def _texts(
        self, found: Mapping[str, Node], limits: Mapping[str, int], required: tuple[str, ...]
    ) -> dict[str, str]:
        texts = {}
        for name, limit in limits.items():
            node = found.get(name)
            text = ""
            if isinstance(node, ScalarNode):
                text = node.value.strip()
            elif node is not None:
                self._wrong(node, _("“%(name)s” is a text.") % {"name": name})
            if len(text) > limit and node is not None:
                numbers = {"name": name, "limit": limit, "length": len(text)}
                self._wrong(
                    node, _("“%(name)s” has %(length)d characters, %(limit)d fit in.") % numbers
                )
            texts[name] = text
        at = next(iter(found.values()), self.root)
        for name in required:
            if found and not texts[name]:
                self._wrong(found.get(name, at), _("“%(name)s” is missing.") % {"name": name})
        return texts

    def _identifier(self, node: Node | None, text: str) -> None:
        if node is None or not text:
            return
        if not IDENTIFIER.fullmatch(text):
            self._wrong(node, _("“id” has small letters, digits and hyphens, 40 at most."))
        elif text in self.seen:
            first = {"id": text, "line": self.seen[text]}
            self._wrong(node, _("The id “%(id)s” stands in line %(line)d already.") % first)
        self.seen.setdefault(text, node.start_mark.line + 1)

    def _number(self, node: Node | None) -> int:
        if node is None:
            return 1
        if isinstance(node, ScalarNode) and re.fullmatch(r"[1-9][0-9]{0,3}", node.value):
            return int(node.value)
        self._wrong(node, _("“fassung” is a whole number from 1."))
        return 1

    def _is_draft(self, node: Node | None) -> bool:
        if node is None:
            return True
        said = node.value.casefold() if isinstance(node, ScalarNode) else ""
        if said not in DRAFT_WORDS:
            self._wrong(node, _("“entwurf” is ja or nein."))
        return DRAFT_WORDS.get(said, True)
