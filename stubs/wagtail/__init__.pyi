# Local stubs for the few Wagtail modules whose source does not tell mypy what it means: class
# attributes that begin as None, lazy translations, __all__ made at run time. Everything else of
# Wagtail is read from its source; a name that is missing here is reported where it is used.
VERSION: tuple[int, int, int, str, int]
__version__: str
