"""A closed case in the journal: the deletion together with the notice of it (strategy B4)."""

from datetime import datetime

from django.utils.translation import gettext as _

from torg.core.actors import Actor
from torg.moderation.models import Case, Decision
from torg.moderation.types import Basis
from torg.moderation.words import Measure, NoticeState
from torg.records import commands as records
from torg.records import wording
from torg.records.codes import EntryType, PartyRole, RestrictionTarget
from torg.records.days import day_of
from torg.records.models import JournalEntry
from torg.records.types import CaseWanted, Party, Registration, RestrictionWanted, Snapshot, Titles

MASK = "*****"
# Secrecy about personal matters (offentleglova § 13 with forvaltningsloven § 13).
SECRECY = "offentleglova-13-1"


def journal(case: Case, decision: Decision, snapshot: Snapshot, *, by: Actor, at: datetime) -> JournalEntry:
    """Register a decided case, with the item, the evidence, the reasons and the notice, as one document.

    A notice that was sent makes it an outgoing document to the author; else it is internal. The name of whoever
    wrote is masked in the public title; where the law is the ground, or the text is sensitive, all of it is restricted.
    """
    with wording.in_archive_language():
        titles = _titles(case, decision)
        wanted = _registration(case, decision, titles)
    return records.journal_decision(
        snapshot=snapshot, registration=wanted, case=CaseWanted(titles=titles), by=by, at=at
    )


def _titles(case: Case, decision: Decision) -> Titles:
    place = case.item.connection.presence.name
    what = {
        Measure.DELETE: _("Deletion of a text by %(name)s on %(place)s"),
        Measure.HIDE: _("Hiding of a text by %(name)s on %(place)s"),
    }.get(Measure(decision.measure), _("Measure toward %(name)s on %(place)s"))
    return Titles(what % {"name": _author(case), "place": place}, what % {"name": MASK, "place": place})


def _registration(case: Case, decision: Decision, titles: Titles) -> Registration:
    notice = decision.notice
    is_told = notice.state == NoticeState.SENT
    is_secret = case.is_sensitive or decision.basis == Basis.LAW
    author = Party(PartyRole.RECIPIENT, _author(case), is_person=True, is_hidden=is_secret)
    ourselves = Party(PartyRole.INTERNAL_SENDER, case.item.connection.presence.name)
    return Registration(
        entry_type=EntryType.OUTGOING if is_told else EntryType.INTERNAL,
        titles=titles,
        parties=(author, ourselves) if is_told else (ourselves,),
        document_on=day_of(decision.decided_at),
        sent_at=notice.sent_at if is_told else None,
        # The conversation around it is assessed, and registered, by itself.
        items=(str(decision.public_id), str(notice.public_id)),
        restrictions=tuple(_restrictions()) if is_secret else (),
    )


def _restrictions() -> list[RestrictionWanted]:
    because = _("The text is removed because it harms somebody or breaks the law.")
    return [
        RestrictionWanted(target, SECRECY, because=because)
        for target in (RestrictionTarget.ENTRY, RestrictionTarget.TITLE)
    ]


def _author(case: Case) -> str:
    return (case.author.name if case.author else None) or _("unknown author")
