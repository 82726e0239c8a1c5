"""The typefaces: few, small, ours to serve, and nothing moves when they arrive."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
FONTS = ROOT / "static" / "fonts"
STYLES = (ROOT / "static" / "css" / "fonts.css").read_text(encoding="utf-8")
TOKENS = (ROOT / "static" / "css" / "tokens.css").read_text(encoding="utf-8")


def _rules() -> list[str]:
    return re.findall(r"@font-face \{(.*?)\}", STYLES, re.DOTALL)


def _families(token: str) -> list[str]:
    value = re.search(rf"--font-{token}: (.*?);", TOKENS, re.DOTALL)
    assert value
    return re.findall(r'"([^"]+)"', value.group(1))


def test_two_files_of_at_most_60_kib_together() -> None:
    sizes = {path.name: path.stat().st_size for path in FONTS.glob("*.woff2")}
    assert (len(sizes), sum(sizes.values()) <= 60 * 1024) == (2, True), sizes


def test_every_file_has_a_rule_and_every_rule_a_file() -> None:
    named = set(re.findall(r'url\("\.\./fonts/([^"]+)"\)', STYLES))
    assert named == {path.name for path in FONTS.glob("*.woff2")}


def test_the_licence_says_where_each_file_comes_from() -> None:
    licence = (FONTS / "LICENCE.txt").read_text(encoding="utf-8")
    unnamed = [path.name for path in FONTS.glob("*.woff2") if path.name not in licence]
    assert (unnamed, "SIL OPEN FONT LICENSE" in licence) == ([], True)


def test_every_family_of_the_tokens_is_declared() -> None:
    declared = set(re.findall(r'font-family: "([^"]+)"', STYLES))
    assert {*_families("text"), *_families("heading")} == declared


def test_text_is_readable_before_its_font_is_there() -> None:
    ours = [rule for rule in _rules() if "url(" in rule]
    assert [rule for rule in ours if "font-display: swap" not in rule] == []


def test_every_fallback_is_stretched_to_our_measures() -> None:
    measures = ("size-adjust", "ascent-override", "descent-override", "line-gap-override")
    fallbacks = [rule for rule in _rules() if "local(" in rule]
    assert fallbacks
    assert [rule for rule in fallbacks if not all(name in rule for name in measures)] == []
