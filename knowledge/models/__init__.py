"""Models of the knowledge room."""

from knowledge.models.guide import KnowledgeIndexPage, KnowledgePage
from knowledge.models.studies import StudyIndexPage, StudyPage

__all__ = ["KnowledgeIndexPage", "KnowledgePage", "StudyIndexPage", "StudyPage"]
