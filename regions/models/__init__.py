"""Models of the regions."""

from regions.models.absence import Absence
from regions.models.enquiry import Enquiry, EnquiryEvent
from regions.models.export import RegionExport
from regions.models.invitation import Invitation, Role
from regions.models.network_proposal import NetworkProposal
from regions.models.pages import HouseIndexPage, HousePage, RegionalListPage
from regions.models.region import Region, RegionKreis
from regions.models.trash import DeletedPage

__all__ = [
    "Absence",
    "DeletedPage",
    "Enquiry",
    "EnquiryEvent",
    "HouseIndexPage",
    "HousePage",
    "Invitation",
    "NetworkProposal",
    "Region",
    "RegionExport",
    "RegionKreis",
    "RegionalListPage",
    "Role",
]
