"""Models of the funding room."""

from funding.models.links import LinkCheck
from funding.models.lists import FundingIndexPage
from funding.models.programmes import FundingPage

__all__ = ["FundingIndexPage", "FundingPage", "LinkCheck"]
