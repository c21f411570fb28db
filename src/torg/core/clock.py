"""The one place that reads the clock."""

from datetime import UTC, datetime


def now() -> datetime:
    """The present moment, in UTC. Called at the edge only: commands take `at`."""
    return datetime.now(UTC)
