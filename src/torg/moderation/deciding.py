"""From an agreement to decisions: one for each case, with its notice and its acts, in a few statements for all."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from torg.connectors.contract import ActKind
from torg.dialogue.models import PlatformState
from torg.moderation import acts, deadlines, editing, framing, notices, queries, telling, ways
from torg.moderation.models import (
    Agreement,
    Case,
    Decision,
    Notice,
    NoticeWording,
    Proposal,
    RuleVersion,
    Sanction,
    Target,
    TemporaryHiding,
)
from torg.moderation.models.hiding import STANDING
from torg.moderation.words import (
    BANS,
    CarryState,
    CaseState,
    HidingState,
    Measure,
    NoNotice,
    NoticeState,
    SanctionState,
)
from torg.outbox import commands as outbox
from torg.outbox.models import OutboxAct
from torg.outbox.types import Planned
from torg.records.days import day_of


@dataclass(slots=True)
class _Work:
    """One case on its way from agreement to acts."""

    case: Case
    target: Target
    decision: Decision
    notice: Notice
    parts: notices.Parts | None = None
    wording: NoticeWording | None = None
    telling: Planned | None = None
    told: OutboxAct | None = None
    planned: list[Planned] = field(default_factory=list)


def decide(
    agreement: Agreement,
    pairs: Sequence[tuple[Case, Target]],
    *,
    rule_now: RuleVersion | None,
    parts: notices.Parts | None = None,
    at: datetime,
) -> list[Decision]:
    """Write the decisions, the notices and the sanctions, and plan the acts: the notice first where it must be.

    Args:
        agreement: of the second person.
        pairs: the cases, locked, with what was proposed for each.
        rule_now: the rule as it stands at the decision.
        parts: the notice in the second person's own words; only where there is one case.
        at: now.
    """
    work = _prepare(agreement, pairs, rule_now, parts, at)
    Decision.objects.bulk_create([each.decision for each in work])
    _end_hidings(work, at)
    _tell(work, at)
    Notice.objects.bulk_create([each.notice for each in work])
    _sanction(work, agreement.proposal, at)
    _plan(work, at)
    for each in work:
        each.case.move_to(CaseState.DECIDED)
        each.case.version += 1
        each.target.is_waiting = False
    Case.objects.bulk_update([each.case for each in work], ["state", "version"])
    Target.objects.bulk_update([each.target for each in work], ["is_waiting"])
    return [each.decision for each in work]


def _prepare(
    agreement: Agreement,
    pairs: Sequence[tuple[Case, Target]],
    rule_now: RuleVersion | None,
    parts: notices.Parts | None,
    at: datetime,
) -> list[_Work]:
    proposal = agreement.proposal
    used = ways.used([case.item for case, _ in pairs])
    languages = telling.languages_of(proposal, [case for case, _ in pairs])
    wordings = queries.wordings_of(proposal).newest
    complain_by = notices.complain_by(at, days=deadlines.setting().complaint_days)
    language_of_record = notices.language_from("")
    work = []
    for case, target in pairs:
        decision = Decision(
            scope_id=case.scope_id,
            case=case,
            target=target,
            agreement=agreement,
            basis=proposal.basis,
            ground=proposal.ground,
            measure=proposal.measure,
            sanction=proposal.sanction,
            rule_at_decision=rule_now,
            wording_when_posted=target.wording_when_posted,
            wording_at_decision=rule_now.wording(language_of_record).text if rule_now else "",
            capture_id=target.capture_id,
            decided_at=at,
        )
        token = notices.Token.fresh()
        notice = Notice(
            scope_id=case.scope_id,
            decision=decision,
            state=NoticeState.NOT_SENT,
            language=languages[case.pk],
            complaint_token=token.digest,
            complain_by=complain_by,
            no_notice=proposal.no_notice,
            no_notice_detail=proposal.no_notice_detail,
            written_at=at,
        )
        each = _Work(case, target, decision, notice, parts, wordings.get(languages[case.pk]))
        _write_notice(each, proposal, token, is_used=case.item_id in used, at=at)
        _choose_acts(each)
        work.append(each)
    return work


def _write_notice(each: _Work, proposal: Proposal, token: notices.Token, *, is_used: bool, at: datetime) -> None:
    if proposal.no_notice:
        return
    way = ways.way_to_tell(each.case.item, is_used=is_used, at=at)
    if way.kind is None:
        each.notice.no_notice = way.why_not or NoNotice.NO_WAY
        return
    language = each.notice.language
    told = telling.told_of(each.case, each.target, proposal, language=language, complain_by=each.notice.complain_by)
    text = _worded(each, told, link=token.link, limit=way.limit)
    each.notice.text = text.replace(token.secret, notices.COVERED_LINK)
    each.notice.state, each.notice.way = NoticeState.PLANNED, way.kind.value
    each.telling = acts.telling(way.kind, each.case.item, text, subject_id=each.notice.public_id)


def _worded(each: _Work, told: notices.Told, *, link: str, limit: int) -> str:
    """The notice as Torg writes it, or as somebody has put it: the second person for one, whoever did so for many."""
    language = each.notice.language
    ours = framing.worded(each.wording, told, link=link, limit=limit)
    if ours and each.wording:
        each.notice.wording, each.notice.edited_by = each.wording, each.wording.written_by
        return ours
    parts = each.parts and editing.checked(each.parts, told, each.target, language=language, limit=limit)
    if not parts:
        return notices.write(told, language=language, link=link, limit=limit)
    each.notice.edited_by = each.decision.agreement.agreed_by
    return notices.assemble(parts, told, language=language, link=link)


def _choose_acts(each: _Work) -> None:
    """What the outbox does, and what somebody must do by hand because the channel's interface cannot."""
    item, decision = each.case.item, each.decision
    connection = item.thread.connection
    kind = acts.ACT_OF.get(Measure(decision.measure))
    is_hidden = item.platform_state == PlatformState.HIDDEN_BY_US
    if decision.measure == Measure.CLOSE_THREAD or (kind is not None and not acts.can(connection, kind)):
        decision.by_hand.append(decision.measure)
    elif kind is not None and not (kind == ActKind.HIDE and is_hidden):
        each.planned.append(acts.on_item(kind, item, subject=acts.DECISION, subject_id=decision.public_id))
    if decision.sanction in BANS:
        _choose_ban(each)
    if decision.by_hand:
        decision.state = CarryState.BY_HAND
    elif not each.planned:
        decision.state, decision.done_at = CarryState.DONE, decision.decided_at


def _choose_ban(each: _Work) -> None:
    author, connection = each.case.author, each.case.item.thread.connection
    if author is not None and author.external_id and acts.can(connection, ActKind.BAN):
        act = acts.on_author(
            ActKind.BAN, connection, author.external_id, subject=acts.DECISION, subject_id=each.decision.public_id
        )
        each.planned.append(act)
    else:
        each.decision.by_hand.append(each.decision.sanction)


def _end_hidings(work: Sequence[_Work], at: datetime) -> None:
    """A decision to hide or delete takes the hiding over; one that lets the text stand shows it again."""
    by_case = {each.case.pk: each for each in work}
    standing = TemporaryHiding.objects.filter(case__in=by_case, state__in=STANDING).select_for_update()
    rows = list(standing.order_by("id"))
    shown = []
    for row in rows:
        each = by_case[row.case_id]
        is_kept = each.decision.measure in acts.ACT_OF
        row.move_to(HidingState.UPHELD if is_kept else HidingState.LIFTED)
        row.ended_at = at
        if not is_kept:
            shown.append(acts.on_item(ActKind.UNHIDE, each.case.item, subject=acts.HIDING, subject_id=row.public_id))
    TemporaryHiding.objects.bulk_update(rows, ["state", "ended_at"])
    outbox.plan_many(shown, at=at)


def _tell(work: Sequence[_Work], at: datetime) -> None:
    letters = [(each, each.telling) for each in work if each.telling is not None]
    rows = outbox.plan_many([act for _, act in letters], at=at)
    for (each, _), row in zip(letters, rows, strict=True):
        each.told, each.notice.act_id = row, row.public_id


def _plan(work: Sequence[_Work], at: datetime) -> None:
    """Deleting and shutting out wait for the notice: afterwards the way to the author is closed."""
    planned = [(act, each.told if act.kind in acts.WAITS_FOR_NOTICE else None) for each in work for act in each.planned]
    outbox.plan_many([act for act, _ in planned], after=[first for _, first in planned], at=at)


def _sanction(work: Sequence[_Work], proposal: Proposal, at: datetime) -> None:
    if not proposal.sanction:
        return
    counts_until = day_of(at + timedelta(days=deadlines.setting().breach_counts_days))
    is_ban = proposal.sanction in BANS
    Sanction.objects.bulk_create(
        Sanction(
            scope_id=each.case.scope_id,
            connection=each.case.item.thread.connection,
            author=each.case.author,
            decision=each.decision,
            step=proposal.sanction,
            state=SanctionState.PLANNED if is_ban else SanctionState.IN_FORCE,
            begins_at=at,
            ends_on=proposal.ends_on,
            review_on=proposal.review_on,
            counts_until=counts_until,
        )
        for each in work
        if each.case.author is not None
    )
