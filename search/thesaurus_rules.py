"""What a line of the thesaurus may hold; asked where national editors write one."""

from django.utils.translation import gettext as _

from search.analysis.thesaurus import MAX_WORDS, Line, LineKind, key_of, never_merged

#: Words of one side; every one is looked for with each search for another.
MOST_WORDS = 20


def lines_of(text: str) -> tuple[str, ...]:
    """The words of a field, one a line, each once."""
    words = (" ".join(line.split()) for line in text.splitlines())
    return tuple(dict.fromkeys(word for word in words if word))


def problems_of(line: Line) -> dict[str, list[str]]:
    """What is wrong with a line, in words, by field."""
    found: dict[str, list[str]] = {"words": [], "others": []}
    if line.kind == LineKind.SAME:
        if len(line.words) < 2:
            found["words"].append(_("Write at least two words, each in a line of its own."))
        if line.others:
            found["others"].append(_("Words that mean the same all stand in the first field."))
        found["words"] += _kept_apart(line)
    elif not line.others:
        found["others"].append(_("Write at least one word."))
    for name, words in (("words", line.words), ("others", line.others)):
        if len(words) > MOST_WORDS:
            found[name].append(_("At most %(most)d lines.") % {"most": MOST_WORDS})
        for word in words[:MOST_WORDS]:
            number = len(key_of(word))
            if number == 0:
                text = _("“%(word)s” has no word that can be searched for.")
                found[name].append(text % {"word": word})
            elif number > MAX_WORDS:
                text = _("“%(word)s” is too long: at most %(most)d words in a line.")
                found[name].append(text % {"word": word, "most": MAX_WORDS})
    return {name: texts for name, texts in found.items() if texts}


def _kept_apart(line: Line) -> list[str]:
    """Pairs in ``line`` that only seem to mean the same."""
    keys = {key_of(word): word for word in line.words}
    text = _("“%(one)s” and “%(other)s” do not mean the same. Make them the same matter instead.")
    return [
        text % {"one": keys[one], "other": keys[other]}
        for one, other in map(tuple, filter(lambda pair: len(pair) == 2, never_merged()))
        if one in keys and other in keys
    ]
