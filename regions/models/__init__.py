"""Models of the regions."""

from regions.models.pages import HouseIndexPage, HousePage, RegionalListPage
from regions.models.region import Region, RegionKreis

__all__ = ["HouseIndexPage", "HousePage", "Region", "RegionKreis", "RegionalListPage"]
