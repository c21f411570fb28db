"""What triage can be asked."""

from torg.triage.queries.links import (
    Difference,
    ShownLink,
    difference,
    files_waiting,
    host_file_or_absent,
    latest_changes,
    links_in,
    listed_hosts,
)
from torg.triage.queries.reading import Reading, reading

__all__ = [
    "Difference",
    "Reading",
    "ShownLink",
    "difference",
    "files_waiting",
    "host_file_or_absent",
    "latest_changes",
    "links_in",
    "listed_hosts",
    "reading",
]
