"""What detectors say of a text, before anything is known of the item that it belongs to."""

from collections.abc import Iterable
from dataclasses import dataclass

from torg import detectors
from torg.detectors.hosts import NO_LISTS, HostLists


@dataclass(frozen=True, slots=True)
class Reading:
    """All findings in one text, and the text as it is shown where they are covered."""

    findings: tuple[detectors.Finding, ...]
    masked_text: str
    lists_version: str = ""


def read(text: str, hosts: HostLists = NO_LISTS) -> Reading:
    """Look through one text; its links against the lists."""
    findings = detectors.run(text, hosts)
    return Reading(findings, detectors.mask(text, findings), hosts.version)


def read_all(texts: Iterable[str], hosts: HostLists = NO_LISTS) -> dict[str, Reading]:
    """Look through texts, each once. Asks the database nothing, so it can be done before any lock is taken."""
    return {text: read(text, hosts) for text in texts}
