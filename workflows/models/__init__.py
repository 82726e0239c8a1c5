"""Models of the review."""

from workflows.models.emergency import EmergencyPublication
from workflows.models.paths import ReviewPath
from workflows.models.tasks import HouseReviewTask, NationalReviewTask, ReviewTask

__all__ = [
    "EmergencyPublication",
    "HouseReviewTask",
    "NationalReviewTask",
    "ReviewPath",
    "ReviewTask",
]
