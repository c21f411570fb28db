"""What a text holds: findings that each point to the exact passage and say why. No Django, no database, no network."""

from torg.detectors.hosts import HostKind, HostLists, Listed
from torg.detectors.links import Link, Oddity
from torg.detectors.masking import mask
from torg.detectors.running import VERSION, VERSIONS, could_hold_links, links_in, run
from torg.detectors.types import MASKED, SUGGESTS_A_BREACH, Finding, Kind

__all__ = [
    "MASKED",
    "SUGGESTS_A_BREACH",
    "VERSION",
    "VERSIONS",
    "Finding",
    "HostKind",
    "HostLists",
    "Kind",
    "Link",
    "Listed",
    "Oddity",
    "could_hold_links",
    "links_in",
    "mask",
    "run",
]
