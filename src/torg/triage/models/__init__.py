"""What was found in items, and the lists of hosts that links are held against."""

from torg.triage.models.findings import Finding, FindingKind, ItemAssessment
from torg.triage.models.hosts import HostChange, HostFile, HostWay, ListedHost, ListKind

__all__ = [
    "Finding",
    "FindingKind",
    "HostChange",
    "HostFile",
    "HostWay",
    "ItemAssessment",
    "ListKind",
    "ListedHost",
]
