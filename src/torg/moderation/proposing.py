"""What every proposal must hold before a second person sees it: a ground, a passage, a rule that held, evidence."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from torg.core.errors import Invalid
from torg.dialogue.models import ItemVersion, PlatformState
from torg.moderation import evidence, notices, policies, queries
from torg.moderation.models import Case, Passage, Proposal, RuleVersion, Target
from torg.moderation.types import LANGUAGES, Basis, Severity
from torg.moderation.words import (
    BANS,
    MILDER,
    PROPOSABLE,
    SENSITIVE_GROUNDS,
    CaseState,
    Ground,
    Measure,
    NoNotice,
    Suggestion,
    basis_of,
)
from torg.people.models import Person
from torg.records.days import day_of

GONE = (PlatformState.DELETED_BY_AUTHOR, PlatformState.REMOVED_BY_US)
# What a person may give as the reason for telling nobody; the others are facts that the software finds.
CHOSEN_NO_NOTICE = (NoNotice.WOULD_HARM, NoNotice.OTHER_MEANS)


def passage_of(case: Case, passage_id: UUID) -> Passage:
    """The passage that is proposed on; raises Invalid when the case has no such one: nothing is removed without."""
    passage = case.passages.select_related("rule").filter(public_id=passage_id).first()
    if passage is None:
        raise Invalid(_("Mark the passage that breaks a rule first: without one, nothing can be proposed."))
    return passage


def passages_under(
    cases: Sequence[Case], rule_id: UUID, suggestion: Suggestion, *, by: Person, at: datetime
) -> dict[int, Passage]:
    """For each case its passage under the rule; texts without one are marked as a whole, by the person."""
    rule = queries.rule_or_absent(rule_id)
    rows = Passage.objects.filter(case__in=cases, rule=rule).select_related("rule").order_by("start")
    versions = {case.pk: case.item.version_count for case in cases}
    marked = {row.case_id: row for row in rows if row.version_number == versions[row.case_id]}
    fresh = [
        Passage(
            case=case,
            version_number=case.item.version_count,
            start=0,
            end=len(case.item.text),
            rule=rule,
            ground=suggestion.ground,
            marked_by=by,
            marked_at=at,
        )
        for case in cases
        if case.pk not in marked and case.item.text
    ]
    Passage.objects.bulk_create(fresh)
    found = marked | {row.case_id: row for row in fresh}
    if len(found) < len(cases):
        raise Invalid(_("One of the texts is empty: propose on its picture by itself."))
    return found


def make(
    pairs: Sequence[tuple[Case, Passage]],
    suggestion: Suggestion,
    *,
    revises: Proposal | None = None,
    by: Person,
    at: datetime,
) -> Proposal:
    """Write the proposal with its evidence, as the next version of another one or by itself; raises what
    `commands.propose` says.
    """
    cases = [case for case, _passage in pairs]
    scope_id = _check_may(cases, suggestion, by=by, at=at)
    _check_substance(suggestion, cases, at=at)
    posted = _posted(cases)
    rules = _rules_when_posted(pairs, posted, suggestion, at=at)
    captures = evidence.take(cases, by=by, at=at)
    proposal = Proposal.objects.create(
        scope_id=scope_id,
        basis=basis_of(suggestion.ground),
        ground=suggestion.ground,
        measure=suggestion.measure,
        considered=[Measure(each).value for each in suggestion.considered],
        reason=suggestion.reason.strip(),
        sanction=suggestion.sanction or "",
        ends_on=suggestion.ends_on,
        review_on=suggestion.review_on,
        no_notice=suggestion.no_notice or "",
        no_notice_detail=suggestion.no_notice_detail.strip(),
        language=suggestion.language,
        is_impartial=suggestion.is_impartial,
        number=revises.number + 1 if revises else 1,
        revises=revises,
        proposed_by=by,
        proposed_at=at,
    )
    language = notices.language_from("")
    Target.objects.bulk_create(
        Target(
            proposal=proposal,
            case=case,
            passage=passage,
            capture=captures[case.pk],
            version_number=case.item.version_count,
            rule_when_posted=rules[case.pk],
            wording_when_posted=_wording(rules[case.pk], language),
        )
        for case, passage in pairs
    )
    for case in cases:
        case.move_to(CaseState.PROPOSED)
        case.ground, case.claimed_by, case.claimed_until = suggestion.ground, None, None
        case.is_sensitive = case.is_sensitive or suggestion.ground in SENSITIVE_GROUNDS
        case.version += 1
    Case.objects.bulk_update(cases, ["state", "ground", "claimed_by", "claimed_until", "is_sensitive", "version"])
    return proposal


def put_back(proposal: Proposal, cases: Collection[Case]) -> None:
    """A proposal that came to nothing: it is saved as such, and its cases wait for assessment again."""
    proposal.save(update_fields=["state"])
    Target.objects.filter(proposal=proposal).update(is_waiting=False)
    waiting = [case for case in cases if case.state == CaseState.PROPOSED]
    for case in waiting:
        case.move_to(CaseState.OPEN)
        case.version += 1
    Case.objects.bulk_update(waiting, ["state", "version"])


def _check_may(cases: Sequence[Case], suggestion: Suggestion, *, by: Person, at: datetime) -> UUID:
    scope_ids = {case.scope_id for case in cases}
    if len(scope_ids) != 1:
        raise Invalid(_("Propose for one page at a time."))
    scope_id = scope_ids.pop()
    policies.check_can_take_part(by, scope_id=scope_id, at=at)
    policies.check_not_involved(by, cases)
    policies.check_impartial(suggestion.is_impartial)
    policies.check_removable(suggestion.measure, suggestion.sanction, scope_id=scope_id, at=at)
    for case in cases:
        policies.check_open(case)
    return scope_id


def _check_substance(suggestion: Suggestion, cases: Sequence[Case], *, at: datetime) -> None:
    """Raises Invalid, each with its field."""
    if not suggestion.reason.strip() or "\x00" in suggestion.reason + suggestion.no_notice_detail:
        raise Invalid(_("Say why, so that the second person can judge it."), field="reason")
    if suggestion.measure not in PROPOSABLE:
        raise Invalid(_("This needs no second person: do it, and let the text stand."), field="measure")
    if suggestion.measure == Measure.NOTHING and suggestion.sanction is None:
        raise Invalid(_("This does nothing. Let the text stand instead."), field="measure")
    if not set(suggestion.considered) & set(_milder_than(suggestion.measure)):
        raise Invalid(_("Say which milder measures you have thought of."), field="considered")
    if suggestion.language not in ("", *LANGUAGES):
        raise Invalid(_("Choose bokmål, nynorsk or English."), field="language")
    if suggestion.measure in (Measure.HIDE, Measure.DELETE) and any(case.item.platform_state in GONE for case in cases):
        raise Invalid(_("The text is no longer there. Let the case rest, or propose a reaction alone."))
    _check_asked_kindly(suggestion, cases)
    _check_no_notice(suggestion)
    _check_sanction(suggestion, cases, at=at)


def _milder_than(measure: Measure) -> Sequence[Measure]:
    return MILDER[: MILDER.index(measure)] or MILDER[:1] if measure in MILDER else MILDER


def _check_asked_kindly(suggestion: Suggestion, cases: Sequence[Case]) -> None:
    """Language is met with a kind request first, never with removal (strategy F7)."""
    is_intrusive = suggestion.measure != Measure.NOTHING or suggestion.sanction in BANS
    if suggestion.ground != Ground.LANGUAGE or not is_intrusive:
        return
    if not queries.asked_about_language(cases).issuperset(case.pk for case in cases):
        raise Invalid(
            _(
                "Ask kindly first: let the text stand as “The author was asked to put it differently”, and answer."
                " Only somebody who has been asked before can be met with more than that."
            ),
            field="measure",
        )


def _check_no_notice(suggestion: Suggestion) -> None:
    if suggestion.no_notice is None:
        return
    if suggestion.no_notice not in CHOSEN_NO_NOTICE or not suggestion.no_notice_detail.strip():
        raise Invalid(_("Say why the author cannot be told."), field="no_notice_detail")


def _check_sanction(suggestion: Suggestion, cases: Sequence[Case], *, at: datetime) -> None:
    if suggestion.sanction is None:
        return
    if any(case.author_id is None for case in cases):
        raise Invalid(_("The platform does not say who wrote this, so nothing can follow for them."), field="sanction")
    today = day_of(at)
    dates = [day for day in (suggestion.ends_on, suggestion.review_on) if day is not None]
    if suggestion.sanction in BANS and not dates:
        raise Invalid(_("Say until when, or when it is looked at again."), field="ends_on")
    if any(day <= today for day in dates):
        raise Invalid(_("The date must lie ahead."), field="ends_on")


def _posted(cases: Sequence[Case]) -> Mapping[int, datetime]:
    """When the current wording of each item was posted."""
    posted = {case.item_id: case.item.posted_at for case in cases}
    rows = ItemVersion.objects.filter(item_id__in=posted).order_by("item_id", "-is_original", "posted_at", "number")
    posted |= dict(rows.values_list("item_id", "posted_at"))
    return {case.pk: posted[case.item_id] for case in cases}


def _rules_when_posted(
    pairs: Sequence[tuple[Case, Passage]], posted: Mapping[int, datetime], suggestion: Suggestion, *, at: datetime
) -> dict[int, RuleVersion | None]:
    """The rule as it held when each text was posted; what was allowed then is not removed by a later rule.

    The law holds whatever our rules said. Raises Invalid.
    """
    passages = {passage.pk: passage for _case, passage in pairs}
    history = _History({passage.rule_id for passage in passages.values()})
    by_law = basis_of(suggestion.ground) == Basis.LAW
    found: dict[int, RuleVersion | None] = {}
    for case, passage in pairs:
        if passage.version_number != case.item.version_count:
            raise Invalid(_("The author has changed the text. Read it again, and mark the passage anew."))
        version = history.held(passage.rule_id, posted[case.pk])
        if version is None and not by_law:
            raise Invalid(
                _(
                    "No such rule held when this was posted: what was allowed then is not removed now."
                    " If the law forbids what is written, choose a ground in the law. If not, answer, or let it stand."
                ),
                field="ground",
            )
        if version is not None and version.severity == Severity.GUIDING:
            raise Invalid(_("This rule only guides; nothing is removed for it."), field="rule")
        found[case.pk] = version
    return found


class _History:
    """The published versions of some rules, read once."""

    def __init__(self, rule_ids: Collection[int]) -> None:
        self._versions = list(
            RuleVersion.objects.published().filter(rule__in=rule_ids).select_related("rule").order_by("-valid_from")
        )

    def held(self, rule_id: int, at: datetime) -> RuleVersion | None:
        """As `queries.version_in_force`, for many moments."""
        begun = (one for one in self._versions if one.rule_id == rule_id and one.valid_from <= at)
        newest = next(begun, None)
        return newest if newest is not None and (newest.ended_at is None or newest.ended_at > at) else None


def _wording(version: RuleVersion | None, language: str) -> str:
    return version.wording(language).text if version else ""
