"""Covering what lists and notices must not show."""

from collections.abc import Iterable

from torg.detectors.types import MASKED, Finding

COVER = "•••"


def mask(text: str, findings: Iterable[Finding]) -> str:
    """`text` with each passage that must not stand in the open replaced by dots that do not tell its length."""
    parts, shown_to = [], 0
    for start, end in sorted((finding.start, finding.end) for finding in findings if finding.kind in MASKED):
        if start >= shown_to:
            parts += [text[shown_to:start], COVER]
        shown_to = max(shown_to, end)
    return "".join([*parts, text[shown_to:]])
