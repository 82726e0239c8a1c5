"""Cut the typefaces to what the site needs: files in ``static/fonts`` and their style sheet.

Run after a change below: ``python scripts/subset_fonts.py``. Needs ``npm`` (it fetches the pinned
packages into a temporary folder, nothing of them is installed) and the packages of
requirements-dev.txt. Why these typefaces: docs/adr/0007-typefaces.md.

A fallback face is a font of the reader's system, stretched so that a German text takes the same
room in it: when ours arrives, no line moves.
"""

import io
import subprocess
import sys
import tempfile
import tomllib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

ROOT = Path(__file__).resolve().parent.parent
FONTS = ROOT / "static" / "fonts"
STYLES = ROOT / "static" / "css" / "fonts.css"
SAMPLE = ROOT / "demo" / "content" / "houses" / "kreis-steinfurt.toml"
#: Budget of both files together: a first visit stays within the weight of a page.
MAX_BYTES = 60 * 1024
VERSION = "5.3.0"

#: Basic Latin, Latin-1, and what sets German well. Other letters come from the fallback.
CHARACTERS = [
    *range(0x20, 0x7F),
    *range(0xA0, 0x100),
    *(ord(char) for char in "ıŒœ–—‘’‚“”„•…‹›€™↑↓−\u2009"),
]
FEATURES = ["kern", "liga", "calt", "ccmp", "locl", "mark", "mkmk", "lnum", "pnum", "tnum"]
HEADER = """\
/*
 * The site's typefaces and their fallbacks. Made by scripts/subset_fonts.py: change it there.
 * A fallback is a font of the system, stretched so that no line moves when ours arrives.
 */
"""
LICENCE_HEAD = """\
The font files in this folder are cut and renamed from these fonts, which were taken from the npm
packages named (scripts/subset_fonts.py). The licence does not allow a changed font to keep a
reserved name; hence the new names.

"""


@dataclass(frozen=True)
class System:
    """A font of the reader's system, measured on a free one with the same widths."""

    package: str
    file: str
    local: tuple[str, ...]


@dataclass(frozen=True)
class Typeface:
    """One file of ours: where it comes from, the weights it keeps and its fallbacks by weight."""

    family: str
    file: str
    package: str
    weights: tuple[int, int]
    fallbacks: dict[int, dict[str, System]] = field(default_factory=dict)

    @property
    def weight_range(self) -> str:
        """The value of ``font-weight`` in its rule."""
        low, high = self.weights
        return str(low) if low == high else f"{low} {high}"


def _arimo(weight: int, *names: str) -> System:
    return System("@fontsource/arimo", f"arimo-latin-{weight}-normal.woff2", names)


def _roboto(weight: int, *names: str) -> System:
    return System("@fontsource/roboto", f"roboto-latin-{weight}-normal.woff2", names)


TYPEFACES = (
    Typeface(
        "Haus Text",
        "haus-text",
        "@fontsource-variable/source-sans-3",
        (400, 700),
        {
            400: {
                "Arial": _arimo(400, "Arial", "Liberation Sans", "Arimo"),
                "Roboto": _roboto(400, "Roboto"),
            },
            700: {
                "Arial": _arimo(700, "Arial Bold", "Liberation Sans Bold", "Arimo Bold"),
                "Roboto": _roboto(700, "Roboto Bold"),
            },
        },
    ),
    Typeface(
        "Haus Titel",
        "haus-titel",
        "@fontsource-variable/alegreya",
        (700, 700),
        {
            700: {
                "Georgia": System(
                    "@fontsource/gelasio",
                    "gelasio-latin-700-normal.woff2",
                    ("Georgia Bold", "Gelasio Bold"),
                ),
                "Times": System(
                    "@fontsource/tinos",
                    "tinos-latin-700-normal.woff2",
                    ("Times New Roman Bold", "Liberation Serif Bold", "Tinos Bold"),
                ),
                "Noto": System(
                    "@fontsource/noto-serif",
                    "noto-serif-latin-700-normal.woff2",
                    ("Noto Serif Bold",),
                ),
            },
        },
    ),
)


def fetch(package: str, folder: Path) -> Path:
    """Return the unpacked package; npm checks its integrity."""
    target = folder / package.replace("/", "_")
    if not target.exists():
        target.mkdir(parents=True)
        command = ["npm", "pack", "--silent", "--pack-destination", str(target)]
        subprocess.run([*command, f"{package}@{VERSION}"], check=True, stdout=subprocess.DEVNULL)
        archive = next(target.glob("*.tgz"))
        subprocess.run(["tar", "xzf", str(archive), "-C", str(target)], check=True)
    return target / "package"


def source(typeface: Typeface, folder: Path) -> Path:
    """Return the package's file with the Latin letters and all weights."""
    name = typeface.package.split("/")[1]
    return fetch(typeface.package, folder) / "files" / f"{name}-latin-wght-normal.woff2"


def cut(typeface: Typeface, original: Path) -> tuple[bytes, set[int]]:
    """Return the font file and the characters it has."""
    font = TTFont(original)
    options = subset.Options()
    options.layout_features = FEATURES
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.hinting = False
    options.notdef_outline = True
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=CHARACTERS)
    cutter.subset(font)
    low, high = typeface.weights
    font = instancer.instantiateVariableFont(font, {"wght": low if low == high else (low, high)})
    for record in font["name"].names:
        if record.nameID in (1, 4):
            record.string = typeface.family
        elif record.nameID in (3, 6):
            record.string = typeface.family.replace(" ", "")
    font.flavor = "woff2"
    content = io.BytesIO()
    # Without this the file would differ from run to run.
    font.recalcTimestamp = False
    font.save(content)
    return content.getvalue(), set(font.getBestCmap())


def letters() -> Counter[str]:
    """How often each character occurs in German texts of this site."""
    tables = tomllib.loads(SAMPLE.read_text(encoding="utf-8"))
    texts: list[str] = []

    def collect(value: object) -> None:
        if isinstance(value, str):
            texts.append(value)
        elif isinstance(value, dict):
            collect(list(value.values()))
        elif isinstance(value, list):
            for item in value:
                collect(item)

    collect(tables)
    return Counter(char for char in "".join(texts) if char.isprintable() and ord(char) < 0x180)


def width(font: TTFont, counts: Counter[str]) -> float:
    """The mean width of a character, in parts of the font size."""
    cmap, advances = font.getBestCmap() or {}, font["hmtx"].metrics
    shown = {char: count for char, count in counts.items() if ord(char) in cmap}
    total = sum(advances[cmap[ord(char)]][0] * count for char, count in shown.items())
    head = vars(font["head"])  # filled from the file: fontTools declares no attributes
    return total / sum(shown.values()) / head["unitsPerEm"]


def fallback_rule(
    typeface: Typeface, original: Path, weight: int, name: str, folder: Path, counts: Counter[str]
) -> str:
    """Return the rule that stretches a system font to the measures of ours."""
    ours = instancer.instantiateVariableFont(TTFont(original), {"wght": weight})
    system = typeface.fallbacks[weight][name]
    theirs = TTFont(fetch(system.package, folder) / "files" / system.file)
    scale = width(ours, counts) / width(theirs, counts)
    line, unit = ours["hhea"], ours["head"].unitsPerEm * scale
    local = ", ".join(f'local("{each}")' for each in system.local)
    range_ = f"  font-weight: {'400 599' if weight == 400 else '600 900'};\n"
    return (
        f'@font-face {{\n  font-family: "{typeface.family} {name}";\n  src: {local};\n{range_}'
        f"  size-adjust: {scale:.2%};\n  ascent-override: {line.ascent / unit:.2%};\n"
        f"  descent-override: {-line.descent / unit:.2%};\n"
        f"  line-gap-override: {line.lineGap / unit:.2%};\n}}\n"
    )


def main() -> None:
    """Write both fonts, their licence and their style sheet."""
    counts = letters()
    FONTS.mkdir(exist_ok=True)
    rules, licences, total = [], [LICENCE_HEAD], 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for typeface in TYPEFACES:
            original = source(typeface, folder)
            content, has = cut(typeface, original)
            missing = "".join(chr(code) for code in CHARACTERS if code not in has)
            print(f"{typeface.file}: {len(content)} bytes, not in the package: {missing!r}")
            (FONTS / f"{typeface.file}.woff2").write_bytes(content)
            total += len(content)
            rules.append(
                f'@font-face {{\n  font-family: "{typeface.family}";\n'
                f'  src: url("../fonts/{typeface.file}.woff2") format("woff2");\n'
                f"  font-weight: {typeface.weight_range};\n  font-display: swap;\n}}\n"
            )
            rules += [
                fallback_rule(typeface, original, weight, system, folder, counts)
                for weight, systems in typeface.fallbacks.items()
                for system in systems
            ]
            copyright_line = TTFont(original)["name"].getDebugName(0)
            licences.append(
                f"{typeface.file}.woff2 from {typeface.package} {VERSION}:\n{copyright_line}\n\n"
            )
        text = (fetch(TYPEFACES[0].package, folder) / "LICENSE").read_text(encoding="utf-8")
    licences.append(text[text.index("This Font Software is licensed") :])
    (FONTS / "LICENCE.txt").write_text("".join(licences), encoding="utf-8")
    STYLES.write_text("\n".join([HEADER, *rules]), encoding="utf-8")
    if total > MAX_BYTES:
        sys.exit(f"{total} bytes are more than {MAX_BYTES}")


if __name__ == "__main__":
    main()
