"""Compare the translations in locale/ with what code and templates say; --update brings them up.

English msgids stand in the source, so German is the only catalogue. Extraction is Django's
makemessages (xgettext) on a temporary copy; without xgettext only the catalogue itself is checked.
"""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = Path("locale/de/LC_MESSAGES/django.po")
#: Short messages that mean the same wherever they stand, one a line.
SHARED_WORDS = Path("locale/shared_words.txt")
SOURCES = ("*.py", "*.html", "*.txt")
NOT_FOR_READERS = (".*", "bench", "docs", "scripts", "static", "tests", "var")
#: Up to so many words say too little to mean one thing only: "Foundation" is two in German.
AMBIGUOUS_WORDS = 2
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")

Key = tuple[str | None, str]


def key(entry: polib.POEntry) -> Key:
    """What identifies a message: its context and its text."""
    return entry.msgctxt, entry.msgid


def extract() -> polib.POFile:
    """Return all messages of the source tree, in the order of files and lines.

    Raises:
        FileNotFoundError: xgettext is not installed.
        subprocess.CalledProcessError: a source file cannot be parsed; the output names it.
    """
    if not shutil.which("xgettext"):
        raise FileNotFoundError("xgettext")
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for source in _tracked_sources():
            target = copy / source
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / source, target)
        (copy / "locale").mkdir(exist_ok=True)
        command = [sys.executable, "-m", "django", "makemessages", "--locale=de", "--keep-pot"]
        subprocess.run(
            [*command, "--add-location=file", "--extension=py,html,txt"],
            cwd=copy,
            check=True,
            capture_output=True,
            text=True,
        )
        return polib.pofile(str(copy / "locale" / "django.pot"), check_for_duplicates=True)


def _tracked_sources() -> list[Path]:
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", *SOURCES]
    listing = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    paths = (Path(name) for name in listing.stdout.split("\0") if name)
    return sorted(
        path
        for path in paths
        if len(path.parts) > 1
        and not any(Path(path.parts[0]).match(pattern) for pattern in NOT_FOR_READERS)
        and (ROOT / path).is_file()
    )


def problems_of_catalogue(catalogue: polib.POFile) -> list[str]:
    """Say what is wrong inside the catalogue: fuzzy, empty, obsolete, lost placeholders."""
    problems = []
    for entry in catalogue:
        name = f"{entry.msgid!r}"
        if entry.obsolete:
            problems.append(f"obsolete: {name}")
        elif entry.fuzzy:
            problems.append(f"fuzzy: {name}")
        elif not entry.translated():
            problems.append(f"empty: {name}")
        elif _placeholders(entry, source=True) != _placeholders(entry, source=False):
            problems.append(f"placeholders differ: {name}")
    return problems


def _placeholders(entry: polib.POEntry, *, source: bool) -> set[str]:
    if source:
        texts = [entry.msgid, entry.msgid_plural]
    else:
        texts = [entry.msgstr, *entry.msgstr_plural.values()]
    return {mark for text in texts for mark in PLACEHOLDER.findall(text or "")}


def problems_against_source(catalogue: polib.POFile, template: polib.POFile) -> list[str]:
    """Say which messages of the source are missing, and which translations nobody uses."""
    known = {key(entry) for entry in catalogue if not entry.obsolete}
    used = {key(entry): entry for entry in template}
    missing = [
        f"missing: {entry.msgid!r} ({', '.join(path for path, _ in entry.occurrences)})"
        for entry_key, entry in used.items()
        if entry_key not in known
    ]
    unused = [f"no longer used: {text!r}" for context, text in sorted(known - used.keys(), key=str)]
    return missing + unused


def problems_of_shared_words(template: polib.POFile, shared: set[str]) -> list[str]:
    """Say which short messages stand in several rooms with nobody having said that they may.

    The catalogue is one for all rooms: a short message that means something else in a second
    room would silently get the German of the first.

    Args:
        template: all messages of the source.
        shared: messages that mean the same everywhere.
    """
    used = {
        entry.msgid: {Path(path).parts[0] for path, _ in entry.occurrences}
        for entry in template
        if not entry.msgctxt and len(entry.msgid.split()) <= AMBIGUOUS_WORDS
    }
    in_several = {text for text, rooms in used.items() if len(rooms) > 1}
    ambiguous = [
        f"ambiguous: {text!r} stands in {', '.join(sorted(used[text]))}: give it a context "
        f"(pgettext), or add it to {SHARED_WORDS} if it means the same"
        for text in sorted(in_several - shared)
    ]
    return ambiguous + [f"no longer shared: {text!r}" for text in sorted(shared - in_several)]


def update(catalogue: polib.POFile, template: polib.POFile) -> None:
    """Bring the catalogue to the messages of the source: new ones empty, unused ones gone."""
    translations = {key(entry): entry for entry in catalogue if not entry.obsolete}
    catalogue.clear()
    for entry in template:
        known = translations.get(key(entry))
        if known is not None:
            entry.msgstr, entry.msgstr_plural = known.msgstr, known.msgstr_plural
            entry.tcomment = known.tcomment
        catalogue.append(entry)


def main() -> None:
    """Command line: see --help. Exits with 1 when something is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--update", action="store_true", help="write the catalogue")
    parser.add_argument("--require-xgettext", action="store_true", help="fail without it")
    options = parser.parse_args()
    catalogue = polib.pofile(str(ROOT / CATALOGUE), wrapwidth=98, check_for_duplicates=True)
    try:
        template = extract()
    except FileNotFoundError:
        print("xgettext is not installed (package gettext): source and catalogue not compared.")
        if options.update or options.require_xgettext:
            sys.exit(1)
        template = None
    except subprocess.CalledProcessError as error:
        sys.exit(f"makemessages failed:\n{error.stdout}{error.stderr}")
    if options.update and template is not None:
        update(catalogue, template)
        catalogue.save(str(ROOT / CATALOGUE))
    problems = problems_of_catalogue(catalogue)
    if template is not None:
        problems += problems_against_source(catalogue, template)
        shared = set((ROOT / SHARED_WORDS).read_text(encoding="utf-8").splitlines())
        problems += problems_of_shared_words(template, shared)
    print(*problems, sep="\n")
    print(f"{CATALOGUE}: {len(catalogue)} messages, {len(problems)} problems")
    sys.exit(1 if problems and not options.update else 0)


if __name__ == "__main__":
    main()
