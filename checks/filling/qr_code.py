"""QR codes, drawn in the page: nobody else is asked for a picture."""

import segno
from django.utils.safestring import SafeString, mark_safe


def qr_code(text: str) -> SafeString:
    """An SVG that cameras read as ``text``.

    It has no name of its own: say beside it what it leads to. White around it whatever the colours
    of the page: without a quiet zone of four dots cameras do not find it (ISO/IEC 18004).
    """
    code = segno.make(text, micro=False)
    drawn = code.svg_inline(border=4, dark="#000", light="#fff", omitsize=True, svgclass=None)
    return mark_safe(drawn)  # noqa: S308  # dots only, none of the text
