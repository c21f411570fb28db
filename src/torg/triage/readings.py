"""What detectors say of a text, before anything is known of the item that it belongs to."""

from collections.abc import Iterable
from dataclasses import dataclass

from torg import detectors


@dataclass(frozen=True, slots=True)
class Reading:
    """All findings in one text, and the text as it is shown where they are covered."""

    findings: tuple[detectors.Finding, ...]
    masked_text: str


def read(text: str) -> Reading:
    """Look through one text."""
    findings = detectors.run(text)
    return Reading(findings, detectors.mask(text, findings))


def read_all(texts: Iterable[str]) -> dict[str, Reading]:
    """Look through texts, each once. Asks the database nothing, so it can be done before any lock is taken."""
    return {text: read(text) for text in texts}
