"""PDFs of pages: tagged, few at a time, and made of nothing but what they are given."""

import io

import pypdf
import pytest

from cms.files import pdf

PAGE = """<html lang="de"><head><title>Fünf Betriebe</title></head><body><h1>Fünf Betriebe</h1>
<object data="%s"></object><img src="%s" alt="Bild"></body></html>"""

needs_pango = pytest.mark.skipif(
    not pdf.is_available(), reason="WeasyPrint or its library Pango is not installed"
)


@needs_pango
@pytest.mark.django_db
def test_a_pdf_is_tagged_and_opens_no_file_that_was_not_named(tmp_path):
    drawing = '<svg xmlns="http://www.w3.org/2000/svg"><text y="20">geheim</text></svg>'
    secret = tmp_path / "secret.svg"
    secret.write_text(drawing)
    html = PAGE % (secret.as_uri(), secret.as_uri())
    made = pypdf.PdfReader(io.BytesIO(pdf.to_pdf(html, "h1 { color: #000 }", {})))
    assert made.metadata.title == "Fünf Betriebe"
    assert made.root_object["/Lang"] == "de"
    assert made.root_object["/MarkInfo"]["/Marked"]
    assert "Fünf Betriebe" in made.pages[0].extract_text()
    assert "geheim" not in made.pages[0].extract_text()


@pytest.mark.django_db
def test_few_are_made_at_a_time():
    with pdf.place(), pdf.place(), pytest.raises(pdf.Busy):
        pdf.place().__enter__()
    with pdf.place():
        pass
