"""Draw decisions by chance, and note what somebody thinks who took no part in them."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.core import chance
from torg.core.errors import Invalid, InvalidTransition
from torg.moderation import audit, events, loading, policies, queries
from torg.moderation.models import Draw, SecondOpinion, SecondReading
from torg.people.models import Person

MOST = 100


@transaction.atomic
def draw_sample(*, since: date, until: date, size: int, by: Person, at: datetime, seed: int | None = None) -> Draw:
    """Draw decisions of a period for a second reading (stikkprøve), among those where `by` may judge.

    Args:
        since: the first day.
        until: the last day.
        size: how many, 1 to 100; all, where there are fewer.
        by: who draws; chance decides which.
        at: now.
        seed: to repeat a draw; a fresh one otherwise. It is kept with the draw.

    Raises NotAllowed without the right to judge anywhere, Invalid for an impossible period or nothing to draw from.
    """
    policies.check_can_judge_somewhere(loading.a_person(by), at=at)
    if since > until or not 1 <= size <= MOST:
        raise Invalid(_("Choose a period that begins before it ends, and between 1 and 100 decisions."))
    found = list(queries.decisions_to_draw(by, since=since, until=until, at=at))
    if not found:
        raise Invalid(_("Nothing was decided in this period on the pages that you may judge."))
    drawn_from = chance.seed() if seed is None else seed
    draw = Draw.objects.create(since=since, until=until, seed=drawn_from, drawn_by=by, drawn_at=at)
    chosen = chance.generator(drawn_from).sample(found, min(size, len(found)))
    SecondReading.objects.bulk_create(
        SecondReading(
            scope_id=decision.scope_id,
            draw=draw,
            decision=decision,
            proposed_by_id=decision.agreement.proposed_by_id,
            agreed_by_id=decision.agreement.agreed_by_id,
        )
        for decision in chosen
    )
    facts: dict[str, int | str] = {"drawn": len(chosen), "among": len(found), "seed": str(drawn_from)}
    audit.record(events.SAMPLE_DRAWN, actor=by, scope=None, target=draw, at=at, facts=facts)
    return draw


@transaction.atomic
def note_second_reading(
    *, reading_id: UUID, opinion: SecondOpinion, note: str = "", by: Person, at: datetime
) -> SecondReading:
    """Note what one would have done; the decision stands, and what differs is for the rulebook to learn from.

    Raises NotAllowed for whoever took part in the decision, NotFound, InvalidTransition when it is read already,
    Invalid for another opinion without a word of why.
    """
    seen = queries.reading_or_absent(reading_id, person=loading.a_person(by), at=at)
    reading: SecondReading = SecondReading.objects.select_for_update(of=("self",)).get(pk=seen.pk)
    policies.check_took_no_part(by, seen)
    if reading.read_by_id is not None:
        raise InvalidTransition(_("Somebody has read this already. Load the page again."))
    if "\x00" in note or (opinion != SecondOpinion.SAME and not note.strip()):
        raise Invalid(_("Say what you would have done otherwise, and why."), field="note")
    reading.opinion, reading.note, reading.read_by, reading.read_at = opinion, note.strip(), by, at
    reading.save()
    facts = {"opinion": opinion.lower()}
    audit.record(events.READ_AGAIN, actor=by, scope=reading.scope_id, target=reading, at=at, facts=facts)
    return reading
