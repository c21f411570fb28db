"""Searching uploads for viruses through ClamAV's clamd, where there is one."""

from pathlib import Path

from django.conf import settings

from torg.connectors.services import clamav
from torg.files import queries as files
from torg.media.models import Medium

# Where Debian's clamav-daemon listens.
USUAL_SOCKET = "/run/clamav/clamd.ctl"
SECONDS = 30.0
# A film takes longer; even a slow server looks through so many bytes a second.
SLOWEST = 2_000_000


def address() -> str:
    """Where clamd is reached; empty when there is none."""
    if settings.CLAMD:
        return str(settings.CLAMD)
    return USUAL_SOCKET if Path(USUAL_SOCKET).is_socket() else ""


def is_on() -> bool:
    """Whether uploads are searched."""
    return bool(address())


def verdict_on(medium: Medium) -> clamav.Verdict:
    """What clamd finds in the original; takes up to minutes: not inside a transaction. Raises clamav.ScanProblem."""
    with files.checked(medium.sha256) as file:
        return clamav.scan(file, address=address(), seconds=SECONDS + medium.size / SLOWEST)
