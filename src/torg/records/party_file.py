"""The one file of all that is held about somebody: an overview to read in three languages, and the same as JSON."""

import io
import json
import zipfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from torg.core.actors import Actor
from torg.people.models import Municipality
from torg.people.queries import municipality
from torg.records import party, policies
from torg.records.models import PartyExport
from torg.records.party_types import Holding

LANGUAGES = {"nb": "oversikt-bokmal.html", "nn": "oversikt-nynorsk.html", "en": "overview-english.html"}
KINDS: dict[str, Promise] = {
    "POST": _("Your posts"),
    "ITEM": _("What you have written"),
    "ANSWER": _("What we have answered you"),
    "DECISION": _("Decisions about what you have written"),
    "SANCTION": _("What followed from the decisions"),
    "COMPLAINT": _("Your complaints"),
    "REPORT": _("What you have reported"),
    "ENTRY": _("Entries in our journal where you are a party"),
}
FACTS: dict[str, Promise] = {
    "state": _("State"),
    "link": _("Link"),
    "type": _("Type"),
    "status": _("Status"),
    "ground": _("Ground"),
    "measure": _("Measure"),
    "until": _("Until"),
    "outcome": _("Outcome"),
}


@dataclass(frozen=True, slots=True)
class Gathered:
    """The file (ZIP) and how much of each kind it holds."""

    data: bytes
    counts: dict[str, int]


def gathered(export: PartyExport, *, by: Actor, at: datetime) -> Gathered:
    """Everything in the scopes where `by` keeps records. What is said of state and type is in each file's language."""
    scopes, out = policies.scopes_kept(by, at=at), io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for language, name in LANGUAGES.items():
            with translation.override(language):
                holdings = party.held(export.party, scopes=scopes)
                _add(archive, name, _page(holdings, language, at), at)
        told = {"made_at": at, "holdings": [asdict(one) for one in holdings]}
        _add(archive, "data.json", json.dumps(told, default=_as_json, ensure_ascii=False, indent=1), at)
    return Gathered(out.getvalue(), dict(Counter(one.kind for one in holdings)))


def _page(holdings: Sequence[Holding], language: str, at: datetime) -> str:
    sections = [(kind, name, [one for one in holdings if one.kind == kind]) for kind, name in KINDS.items()]
    context = {
        "sections": [
            (
                name,
                [(one, [(FACTS.get(code, code), said) for code, said in one.facts.items() if said]) for one in found],
            )
            for _kind, name, found in sections
            if found
        ],
        "municipality": municipality() or Municipality(name="Torg"),
        "language": language,
        "at": at,
    }
    return render_to_string("records/party_file.html", context)


def _add(archive: zipfile.ZipFile, name: str, text: str, at: datetime) -> None:
    info = zipfile.ZipInfo(name, date_time=at.timetuple()[:6])
    info.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(info, text.encode("utf-8", "surrogatepass"))


def _as_json(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, UUID | Promise):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no place in an export")
