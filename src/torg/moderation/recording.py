"""The whole of a case as the records keep it: the item, its evidence, the reasons, the two people, the notice."""

from datetime import UTC, datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from torg.core.actors import Actor
from torg.core.errors import InvalidTransition
from torg.dialogue import capturing
from torg.moderation import journaling
from torg.moderation.models import Case, Decision, Notice, Passage
from torg.moderation.models.decisions import FINISHED
from torg.moderation.words import CaseState, NoticeState
from torg.records import queries as records
from torg.records.models import JournalEntry
from torg.records.types import Author, Captured, Snapshot, Subject, Version

KIND = "moderation.case"
TOLD = (NoticeState.SENT, NoticeState.NOT_SENT)


def finished(*, limit: int) -> list[Case]:
    """Decided cases that lack nothing."""
    rows = Case.objects.filter(state=CaseState.DECIDED, decision__state__in=FINISHED, decision__notice__state__in=TOLD)
    return list(rows.filter(~Q(decision__author_sanction__state="PLANNED")).order_by("id")[:limit])


def check_complete(case: Case) -> None:
    """Raises InvalidTransition with the first thing that is missing (strategy B4)."""
    decision = Decision.objects.select_related("notice").filter(case=case).first()
    if decision is None:
        raise InvalidTransition(_("Nothing is decided in this case yet."))
    if decision.state not in FINISHED:
        raise InvalidTransition(_("What was decided is not carried out yet."))
    if decision.notice.state not in TOLD:
        raise InvalidTransition(_("The author is not told yet, and no reason is given."))


def keep(case: Case, *, by: Actor, at: datetime) -> JournalEntry:
    """Journal the case, and so hand the whole of it to the records; returns the entry."""
    decision = Decision.objects.select_related("notice").get(case=case)
    return journaling.journal(case, decision, snapshot_of(case, at=at), by=by, at=at)


def snapshot_of(case: Case, *, at: datetime) -> Snapshot:
    """The item in its thread as it stands now, then the decision and the notice as documents of our own."""
    rows = Decision.objects.select_related(
        "notice", "target__passage__rule", "agreement__agreed_by", "agreement__proposal__proposed_by", "capture"
    )
    decision = rows.get(case=case)
    around = capturing.snapshot_of_item(case.item, at=at)
    return Snapshot(
        subject=Subject(KIND, case.public_id),
        scope_id=case.scope_id,
        title=_("Moderation case"),
        channel=around.channel,
        place=around.place,
        taken_at=at,
        items=(*around.items, _decision(case, decision), _notice(case, decision.notice)),
        permalink=around.permalink,
        facts=_facts(case, decision),
        context=records.snapshot_of(decision.capture).context,
    )


def _decision(case: Case, decision: Decision) -> Captured:
    proposal = decision.agreement.proposal
    return Captured(
        id=str(decision.public_id),
        kind="decision",
        author=Author(decision.agreement.agreed_by.name, None, role=decision.agreement.role, is_own=True),
        versions=(Version(1, proposal.reason, decision.decided_at, decision.decided_at),),
        posted_at=decision.decided_at,
        received_at=decision.decided_at,
        state=decision.state,
        parent=str(case.item.public_id),
        facts={
            "measure": decision.measure,
            "sanction": decision.sanction,
            "basis": decision.basis,
            "ground": decision.ground,
            "rule": str(decision.target.passage.rule.number),
            "wording_when_posted": decision.wording_when_posted,
            "wording_at_decision": decision.wording_at_decision,
            "passage": _place(decision.target.passage),
            "considered": " ".join(proposal.considered),
            "proposed_by": proposal.proposed_by.name,
            "proposed_at": _moment(proposal.proposed_at),
            "evidence_sha256": decision.capture.sha256,
        },
    )


def _place(passage: Passage) -> str:
    """Where it stands in the text, or which attachment it is."""
    marked = passage.attachment
    return f"attachment {marked.public_id}" if marked is not None else f"{passage.start}-{passage.end}"


def _notice(case: Case, notice: Notice) -> Captured:
    return Captured(
        id=str(notice.public_id),
        kind="notice",
        author=Author(None, None, is_own=True),
        versions=(Version(1, notice.text, notice.sent_at, notice.written_at),) if notice.text else (),
        posted_at=notice.sent_at,
        received_at=notice.written_at,
        state=notice.state,
        parent=str(case.item.public_id),
        facts={
            "way": notice.way,
            "language": notice.language,
            "no_notice": notice.no_notice,
            "no_notice_detail": notice.no_notice_detail,
            "complain_by": notice.complain_by.isoformat(),
        },
    )


def _facts(case: Case, decision: Decision) -> dict[str, str]:
    return {
        "about": str(case.item.public_id),
        "source": case.source,
        "opened_at": _moment(case.opened_at),
        "decided_at": _moment(decision.decided_at),
        "evidence": str(decision.capture.public_id),
    }


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")
