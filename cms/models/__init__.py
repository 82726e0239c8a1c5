"""Models of the foundation room."""

from cms.models.changes import PublicChange
from cms.models.consent import Consent
from cms.models.contact import ContactFields
from cms.models.digest import Digest
from cms.models.freshness import FreshnessMixin
from cms.models.gone import GonePath
from cms.models.jobs import PeriodicRun
from cms.models.mail import OutgoingMail
from cms.models.media import CustomDocument, CustomImage, Rendition
from cms.models.months import MonthField
from cms.models.pages import BasePage
from cms.models.places import Kreis, Place
from cms.models.settings import SiteSettings
from cms.models.shared_value import SharedValue
from cms.models.user import User
from cms.models.vocabulary import Term, TermLabel

__all__ = [
    "BasePage",
    "Consent",
    "ContactFields",
    "CustomDocument",
    "CustomImage",
    "Digest",
    "FreshnessMixin",
    "GonePath",
    "Kreis",
    "MonthField",
    "OutgoingMail",
    "PeriodicRun",
    "Place",
    "PublicChange",
    "Rendition",
    "SharedValue",
    "SiteSettings",
    "Term",
    "TermLabel",
    "User",
]
