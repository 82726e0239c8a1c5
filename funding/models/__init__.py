"""Models of the funding room."""

from funding.models.additions import FundingAdditionPage
from funding.models.links import LinkCheck
from funding.models.lists import FundingIndexPage
from funding.models.named_areas import NamedArea
from funding.models.programmes import FundingPage

__all__ = ["FundingAdditionPage", "FundingIndexPage", "FundingPage", "LinkCheck", "NamedArea"]
