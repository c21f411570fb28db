"""The poster as PDF for the wall: accessible to all (PDF/UA), set like the archive's documents."""

import json
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from django.utils.translation import gettext as _

from torg.guidance.wording import Shown
from torg.people.models import Municipality
from torg.records.documents import confined, fonts, typesetting
from torg.records.documents.confined import ConfinedFailure
from torg.records.documents.types import DocumentFailed

TEMPLATE = Path(__file__).with_name("poster.typ")
# The same wording gives the same bytes, whenever it is printed.
DATED = int(datetime(2026, 1, 1, tzinfo=UTC).timestamp())
SECONDS = 30.0


def printed(poster: Shown, *, municipality: Municipality, language: str) -> bytes:
    """The poster as PDF/A-2a that is also PDF/UA-1. Raises DocumentFailed when it cannot be set."""
    return _set(
        json.dumps(
            {
                "lang": language[:2],
                "title": poster.title,
                "lead": poster.lead,
                "points": [{"title": text.title, "text": text.body} for text in poster.points],
                "freedom": {"title": poster.freedom.title, "text": poster.freedom.body},
                "municipality": municipality.name or "Torg",
                "colour": municipality.colour,
                "version": _("Version %(version)s") % {"version": poster.version},
            }
        )
    )


@lru_cache(maxsize=16)
def _set(content: str) -> bytes:
    try:
        return confined.call(typesetting.typeset, content, {}, DATED, fonts.folders(), TEMPLATE, seconds=SECONDS)
    except ConfinedFailure as reason:
        raise DocumentFailed(_("The document could not be made. Tell whoever runs Torg.")) from reason
