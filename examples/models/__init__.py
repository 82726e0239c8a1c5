"""Models of the examples."""

from examples.models.cases import ExampleIndexPage, ExamplePage, ExamplePartner
from examples.models.patterns import CooperationFormIndexPage, CooperationFormPage

__all__ = [
    "CooperationFormIndexPage",
    "CooperationFormPage",
    "ExampleIndexPage",
    "ExamplePage",
    "ExamplePartner",
]
