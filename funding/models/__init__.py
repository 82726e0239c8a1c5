"""Models of the funding room."""

from funding.models.lists import FundingIndexPage
from funding.models.programmes import FundingPage

__all__ = ["FundingIndexPage", "FundingPage"]
