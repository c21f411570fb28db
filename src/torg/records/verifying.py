"""Are all files there, and as they were stored? And does the archive refer to files that nobody keeps?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from torg.files import queries as files
from torg.files import upkeep
from torg.files.models import FileState
from torg.records.models import Capture, DocumentObject

NOT_KEPT = "NOT_KEPT"


@dataclass(frozen=True, slots=True)
class Checked:
    """One file after looking: its state by `FileState`, or NOT_KEPT; `needed_by` are the kinds of what refers to it."""

    sha256: str
    state: str
    needed_by: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        """Whether the bytes on disk are those that were stored."""
        return self.state == FileState.WHOLE


def verify(*, at: datetime) -> Iterator[Checked]:
    """Hash every stored file again, and then name what captures and documents refer to but was never kept.

    What was removed on purpose is neither: its removal stands in the audit log.
    """
    seen = set()
    for sha256, state in upkeep.verify_all(at=at):
        seen.add(sha256)
        yield Checked(sha256, state, () if state == FileState.WHOLE else _needed_by(sha256))
    for sha256 in sorted(_named() - seen - files.removed()):
        yield Checked(sha256, NOT_KEPT, _needed_by(sha256))


def _named() -> set[str]:
    return {
        *Capture.objects.values_list("sha256", flat=True).distinct(),
        *DocumentObject.objects.values_list("sha256", flat=True).distinct(),
    }


def _needed_by(sha256: str) -> tuple[str, ...]:
    kinds = set(files.holders_of(sha256))
    if Capture.objects.filter(sha256=sha256).exists():
        kinds.add("records.capture")
    if DocumentObject.objects.filter(sha256=sha256).exists():
        kinds.add("records.document")
    return tuple(sorted(kinds))
