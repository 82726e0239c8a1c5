"""Models of the review."""

from workflows.models.claims import Claim
from workflows.models.emergency import EmergencyPublication
from workflows.models.preview_links import PreviewLink
from workflows.models.review_paths import ReviewPath
from workflows.models.tasks import HouseReviewTask, NationalReviewTask, ReviewTask

__all__ = [
    "Claim",
    "EmergencyPublication",
    "HouseReviewTask",
    "NationalReviewTask",
    "PreviewLink",
    "ReviewPath",
    "ReviewTask",
]
