"""Style sheets without ``@layer``, for browsers that do not know it.

Such a browser leaves out everything that stands in a layer (CSS Cascading and Inheritance 5,
section 6.4), and with it the whole sheet. The sources keep their layers; what is served has the
same order and the same winners without them: rules are sorted by layer, and selectors of a later
layer are raised above all of an earlier one by ``:not(#_)``, which matches everything and counts
as an id.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby

#: How many ids raise the selectors of each layer, in the order of the layers. ``reset`` has single
#: elements only and ``tokens`` the root, so that coming first is enough for them.
LAYERS = {
    "reset": 0,
    "tokens": 0,
    "base": 0,
    "layout": 1,
    "components": 2,
    "utilities": 3,
    "print": 4,
}
_RAISED = ":not(#_)"
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_EDGE = re.compile(r"""("[^"]*"|'[^']*')|[{};]""")
_NESTING = ("@media", "@supports", "@container")

Rule = tuple[tuple[str, ...], str]
"""The conditions around a rule, and the rule."""


@lru_cache(maxsize=8)
def flattened(css: str) -> str:
    """``css`` with the effect of its layers, and without them.

    Raises:
        ValueError: a style stands in no layer, or in one that is not in :data:`LAYERS`.
    """
    found: dict[str, list[Rule]] = defaultdict(list)
    for layer, conditions, rule in _walk(_COMMENT.sub("", css), "", ()):
        found[layer].append((conditions, rule))
    if unknown := set(found) - {"", *LAYERS}:
        raise ValueError(f"no such layer: {', '.join(sorted(unknown))}")
    outside = found.get("", [])
    if bare := [rule for conditions, rule in outside if conditions or not rule.startswith("@")]:
        raise ValueError(f"in no layer: {bare[0]}")
    lines = [rule for _conditions, rule in outside]
    for layer in LAYERS:
        for conditions, rules in groupby(found.get(layer, []), key=lambda entry: entry[0]):
            inside = [rule for _conditions, rule in rules]
            opening = [f"{condition} {{" for condition in conditions]
            lines += [*opening, *inside, *("}" * len(conditions))]
    return "\n".join(lines) + "\n"


def selectors(css: str) -> Iterator[list[str]]:
    """The lists of selectors of all style rules, for tests of what browsers must know."""
    for _layer, _conditions, rule in _walk(_COMMENT.sub("", css), "", ()):
        if not rule.startswith("@"):
            yield split_list(rule.partition("{")[0])


def split_list(text: str) -> list[str]:
    """A list of selectors, taken apart at the commas that stand in no brackets."""
    parts, depth = [""], 0
    for char in text:
        depth += (char in "([") - (char in ")]")
        if char == "," and not depth:
            parts.append("")
        else:
            parts[-1] += char
    return [part.strip() for part in parts]


def _walk(
    css: str, layer: str, conditions: tuple[str, ...]
) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Layer, conditions and text of every rule, in the order of the sources."""
    for prelude, block in _rules(css):
        if block is None:  # a statement; the order of layers is ours
            continue
        if prelude.startswith("@layer"):
            yield from _walk(block, prelude.removeprefix("@layer").strip(), conditions)
        elif prelude.startswith(_NESTING):
            yield from _walk(block, layer, (*conditions, prelude))
        elif prelude.startswith("@"):
            yield layer, conditions, f"{prelude} {{ {_line(block)} }}"
        else:
            yield (
                layer,
                conditions,
                f"{_raised(prelude, LAYERS.get(layer, 0))} {{ {_line(block)} }}",
            )


def _rules(css: str) -> Iterator[tuple[str, str | None]]:
    """What stands before each block, and the block; ``None`` for a statement without one."""
    depth = start = opened = 0
    for edge in _EDGE.finditer(css):
        match edge[0]:
            case "{":
                depth += 1
                if depth == 1:
                    opened = edge.start()
            case "}":
                depth -= 1
                if depth == 0:
                    yield _line(css[start:opened]), css[opened + 1 : edge.start()]
                    start = edge.end()
            case ";" if depth == 0:
                yield _line(css[start : edge.start()]), None
                start = edge.end()


def _line(text: str) -> str:
    return " ".join(text.split())


def _raised(prelude: str, ids: int) -> str:
    """A list of selectors, each raised; before a pseudo-element, which ends a selector."""
    if not ids:
        return prelude
    raised = []
    for selector in split_list(prelude):
        before, colons, element = selector.partition("::")
        raised.append(f"{before}{_RAISED * ids}{colons}{element}")
    return ", ".join(raised)
