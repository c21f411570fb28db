"""What the authors of some texts are told, and in which language, before it is put into words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from torg.moderation import deadlines, notices, ways
from torg.moderation.attached import attached_as
from torg.moderation.models import Case, Notice, Proposal, Target
from torg.moderation.types import Basis
from torg.moderation.words import Ground, Measure, Source, Step
from torg.records.days import day_of
from torg.triage.models import ItemAssessment


@dataclass(frozen=True, slots=True)
class Telling:
    """What one author of many is told, before it is put into words."""

    target: Target
    told: notices.Told
    language: str
    limit: int


def tellings(proposal: Proposal, targets: Sequence[Target], *, at: datetime) -> list[Telling]:
    """For each target whose author can be told; four queries, however many there are.

    Args:
        proposal: that waits.
        targets: with passage, rule, case, and the case's item, thread and connection.
        at: now.
    """
    if proposal.no_notice:
        return []
    cases = [target.case for target in targets]
    used = ways.used([case.item for case in cases])
    languages = languages_of(proposal, cases)
    complain_by = notices.complain_by(at, days=deadlines.setting().complaint_days)
    found = []
    for target in targets:
        case = target.case
        way = ways.way_to_tell(case.item, is_used=case.item_id in used, at=at)
        if way.kind is not None:
            language = languages[case.pk]
            told = told_of(case, target, proposal, language=language, complain_by=complain_by)
            found.append(Telling(target, told, language, way.limit))
    return found


def languages_of(proposal: Proposal, cases: Sequence[Case]) -> Mapping[int, str]:
    """The language of each case's notice: as the proposer chose, else as the person writes."""
    if proposal.language:
        return {case.pk: proposal.language for case in cases}
    rows = ItemAssessment.objects.filter(item__in=[case.item_id for case in cases])
    found = dict(rows.values_list("item_id", "language"))
    told = {language: notices.language_from(language) for language in {"", *found.values()}}
    return {case.pk: told[found.get(case.item_id, "")] for case in cases}


def reasons_in_full(notice: Notice) -> str:
    """The ground with the rule's wording and the passage, where the channel had room for a short notice only.

    Empty where the notice itself says it, or somebody has put it in other words.
    """
    target = notice.decision.target
    told = told_of(
        notice.decision.case,
        target,
        notice.decision.agreement.proposal,
        language=notice.language,
        complain_by=notice.complain_by,
    )
    # Where the author has written something else since, the places no longer fit.
    if notice.decision.case.item.version_count != target.version_number:
        told = replace(told, passage="")
    is_told = not notice.text or notice.edited_by_id is not None or told.wording in notice.text
    return "" if is_told else notices.parts_of(told, language=notice.language).why


def told_of(case: Case, target: Target, proposal: Proposal, *, language: str, complain_by: date) -> notices.Told:
    """What the notice about this case says, before it is put into words."""
    wording = target.rule_when_posted.wording(language) if target.rule_when_posted else None
    passage = target.passage
    return notices.Told(
        place=case.item.thread.connection.name,
        posted=notices.day_in_words(day_of(case.item.posted_at), language=language),
        measure=Measure(proposal.measure),
        basis=Basis(proposal.basis),
        ground=Ground(proposal.ground),
        rule=wording.title if wording else "",
        wording=wording.text if wording else "",
        law=wording.law if wording else "",
        passage=notices.quote(case.item.text, passage.start, passage.end, proposal.ground),
        sanction=Step(proposal.sanction) if proposal.sanction else None,
        ends_on=proposal.ends_on,
        review_on=proposal.review_on,
        complain_by=complain_by,
        is_pointed_out_by_software=case.source == Source.TRIAGE,
        advice=wording.notice if wording else "",
        attached=attached_as(passage.attachment.kind) if passage.attachment else None,
    )
