"""The page on which staff read a subject, as its own room tells."""

from uuid import UUID

from django.conf import settings

from torg.core.errors import NotFound
from torg.records.loading import source_of


def of_subject(kind: str, subject_id: UUID) -> str:
    """Its address; empty for a kind that no room answers for, or a subject that is no more."""
    if kind not in settings.RECORD_SOURCES:
        return ""
    try:
        return source_of(kind).address(subject_id)
    except NotFound:
        return ""
