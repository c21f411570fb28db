"""Put the notices of many in words of one's own, before they are agreed to."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.core.errors import Invalid
from torg.moderation import audit, events, framing, loading, policies, queries, telling
from torg.moderation.models import NoticeWording
from torg.moderation.notices import Parts
from torg.people.models import Person


@transaction.atomic
def word_notices(*, proposal_id: UUID, language: str, frame: Parts, by: Person, at: datetime) -> NoticeWording:
    """Word the notices of a proposal about many, in one language (felles ordlyd); agreed to with the proposal.

    Args:
        proposal_id: that waits, and concerns more than one text.
        language: of those notices that are worded; the others stay as they are.
        frame: one text for all, with what differs in braces (`framing.NAMES`).
        by: whoever takes part in moderation here.
        at: now.

    A text that lacks a field which the words need keeps Torg's own words. Raises NotFound, NotAllowed,
    InvalidTransition when it is answered already, and Invalid as `framing.checked` says.
    """
    proposal, cases = loading.proposal_for_change(proposal_id, by=loading.a_person(by), at=at)
    policies.check_can_take_part(by, scope_id=proposal.scope_id, at=at)
    policies.check_not_involved(by, cases)
    policies.check_waits(proposal)
    if len(cases) == 1:
        raise Invalid(_("There is one notice only. Whoever agrees can put it in their own words then."))
    tellings = telling.tellings(proposal, queries.targets_of(proposal), at=at)
    told = [each for each in tellings if each.language == language]
    if not told:
        raise Invalid(_("None of these notices is in this language."))
    kept = framing.checked(frame, told, language=language)
    earlier = NoticeWording.objects.filter(proposal=proposal, language=language).count()
    worded = NoticeWording.objects.create(
        proposal=proposal,
        language=language,
        number=earlier + 1,
        did=kept.did,
        why=kept.why,
        means=kept.means,
        written_by=by,
        written_at=at,
    )
    facts: dict[str, int | str] = {"language": language, "version": worded.number, "notices": len(told)}
    audit.record(events.NOTICES_WORDED, actor=by, scope=proposal.scope_id, target=proposal, at=at, facts=facts)
    return worded
