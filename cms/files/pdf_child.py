"""Make a PDF of a page; see :mod:`cms.files.process`.

A program of its own: pages can be long, and Pango and HarfBuzz are libraries in C. It opens nothing
but the files that the order names, and has no network.
"""

import base64
import mimetypes
import sys
from pathlib import Path
from typing import Any


def to_pdf(order: dict[str, Any]) -> dict[str, object]:
    """A page as PDF/UA-1 (ISO 14289-1).

    Args:
        order: ``html``; ``style``, the only style sheet; ``base``, what its links are relative to;
            ``files``, by address the path of each file that may be opened.
    """
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class NamedFiles(URLFetcher):
        """Opens what the order names, and nothing else."""

        def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
            if url not in order["files"]:
                raise ValueError("not among the files of this page")
            kind = mimetypes.guess_type(url)[0] or "application/octet-stream"
            content = Path(order["files"][url]).read_bytes()
            return URLFetcherResponse(url, content, {"Content-Type": kind})

    fonts = FontConfiguration()
    page = HTML(string=order["html"], base_url=order["base"], url_fetcher=NamedFiles())
    style = CSS(
        string=order["style"],
        base_url=order["base"],
        url_fetcher=NamedFiles(),
        font_config=fonts,
    )
    made = page.write_pdf(stylesheets=[style], font_config=fonts, pdf_variant="pdf/ua-1")
    return {"pdf": base64.b64encode(made).decode()}


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    from child import main  # type: ignore[import-not-found]  # beside this file

    main({"to_pdf": to_pdf})
