"""Typesetting of finished pages: what belongs together stays on one line.

Non-breaking spaces stand before units, after § and *Nr.*, in dates, times and abbreviations, and
before a dash (DIN 5008). They are put into the finished HTML, in one place: into text from whatever
field, block or template it comes, and into nothing else – no attribute, code, script or feed, and
no stored text.
"""

import re

NO_BREAK = "\u00a0"

_UNITS = (
    r"%|‰|€|°C?|(?:k?[gmWV]|[cmd]m|[kcm]?m[²³]|ha|[lht]|kWh|[KMG]B|min|Uhr|Euro|Prozent|Cent|Mio|Mrd"
    r"|Millionen|Milliarden|Kilometer|a\.m|p\.m)\b"
)
_MONTHS = (
    r"(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
    r"|Jan|Feb|Mär|Apr|Jun|Jul|Aug|Sep|Okt|Nov|Dez)\b"
)
_ENGLISH_MONTHS = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
)
#: A space, by what stands around it; the space is the whole match, so that rules may overlap. Most
#: spaces stand after a letter: for them, the first two conditions are all that is looked at.
_SPACE = re.compile(
    r" (?:(?=– )|(?<=[\d§.] )(?:"
    rf"(?<=\d )(?=(?:{_UNITS}|{_ENGLISH_MONTHS}))"
    rf"|(?<=\d\. )(?={_MONTHS})"
    r"|(?<=§ )(?=\d)"
    r"|(?<=\bNr\. )(?=\d)|(?<=\b(?:Abs|Art)\. )(?=\d)"
    r"|(?<=\b[zduois]\. )(?=[BhaUTÄdR]\.)"
    r"))"
)
#: What no reader reads as text, or what is to be copied exactly.
_VERBATIM = re.compile(
    r"<(script|style|code|pre|textarea|title|svg)\b.*?</\1>|<!--.*?-->", re.DOTALL
)


def typeset(html: str) -> str:
    """HTML whose text does not break where it must not.

    Args:
        html: a whole page or a part of one, in which ``>`` is escaped inside of attributes.
    """
    spaces = [found.start() for found in _SPACE.finditer(html)]
    if not spaces:
        return html
    verbatim = [found.span() for found in _VERBATIM.finditer(html)]
    parts: list[str] = []
    at = skip = 0
    for space in spaces:
        while skip < len(verbatim) and verbatim[skip][1] <= space:
            skip += 1
        inside = skip < len(verbatim) and verbatim[skip][0] < space
        # In a tag, the last sign of the two before the space is the opening one.
        if inside or html.rfind("<", 0, space) > html.rfind(">", 0, space):
            continue
        parts += (html[at:space], NO_BREAK)
        at = space + 1
    return "".join((*parts, html[at:]))
