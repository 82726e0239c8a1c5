"""The room that all others stand on."""

#: By Semantic Versioning; the top of CHANGELOG.md says the same.
__version__ = "0.1.0"
