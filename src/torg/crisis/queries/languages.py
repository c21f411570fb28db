"""The languages of an incident: the municipality's own first, and each channel in that of its page."""

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from torg.channels.models import Connection
from torg.crisis.types import LANGUAGES
from torg.people import queries as people
from torg.registry.models import Details


def main_language() -> str:
    """The language in which statements are written first: the municipality's own (lov om språk §§ 12–13)."""
    found = people.municipality()
    return found.language if found is not None and found.language in LANGUAGES else LANGUAGES[0]


def languages_of(connections: Iterable[Connection], *, said: Collection[str], main: str) -> Mapping[UUID, str]:
    """By the public id of each channel, the language that it gets: one that its page is written in, and that is there.

    A page in several languages gets the main one where that is among them. Where its language is not written, or the
    registry names none, it gets the main one: in an incident no channel stays silent for want of a translation.
    """
    rows = list(connections)
    pages = [row.presence_id for row in rows]
    known = dict(Details.objects.filter(presence__in=pages).values_list("presence_id", "languages"))
    return {row.public_id: _first(known.get(row.presence_id, []), said, main) for row in rows}


def _first(wanted: Collection[str], said: Collection[str], main: str) -> str:
    if main in wanted:
        return main
    return next((code for code in wanted if code in said), main)
