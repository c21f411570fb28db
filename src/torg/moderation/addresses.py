"""Where the pages are that this room leads to, and that a higher room shows."""

from uuid import UUID


def of_case(case_id: UUID | None) -> str:
    """The desk's page of a case."""
    return f"/desk/moderation/cases/{case_id}/"
