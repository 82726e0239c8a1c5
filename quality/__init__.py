"""What every public page is held to: ``python -m quality`` (docs/reference/measures.md).

One registry finds all templates by itself; the tests in a browser, the gallery, Lighthouse
and the validator walk through it.
"""
