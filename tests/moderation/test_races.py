"""Two at once: one wins, the other is told, and nothing is done twice."""

from datetime import UTC, datetime

from tests.inbox.conftest import build_house
from tests.inbox.test_races import at_once
from tests.moderation.room import build_room, suggestion
from torg.core.errors import InvalidTransition, Stale
from torg.moderation import commands
from torg.moderation.models import Case, Decision, Notice, Proposal
from torg.moderation.notices import Parts
from torg.outbox.models import OutboxAct

AT = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)


def test_two_moderators_at_once(fresh_database, settings):
    settings.CHANNEL_FACTORY = "tests.moderation.room.make"
    room = build_room(build_house(), AT)
    both_claim(room)
    both_propose(room)
    both_agree(room)
    agreed_while_it_is_taken_back(room)
    agreed_while_it_is_worded(room)
    both_open(room)


def both_claim(room):
    case = room.case()

    refusals = at_once(
        lambda: commands.claim(case_id=case.public_id, by=room.house.officer, at=AT),
        lambda: commands.claim(case_id=case.public_id, by=room.deputy, at=AT),
    )

    assert set(refusals) == {None, InvalidTransition}


def both_propose(room):
    case = room.case()
    passage = room.marked(case)
    seen = Case.objects.get(pk=case.pk).version

    def propose(by):
        commands.propose(
            case_id=case.public_id,
            suggestion=suggestion(),
            passage_id=passage.public_id,
            seen_version=seen,
            by=by,
            at=AT,
        )

    refusals = at_once(lambda: propose(room.house.officer), lambda: propose(room.house.administrator))

    assert set(refusals) == {None, Stale}


def both_agree(room):
    proposal = room.proposed()

    refusals = at_once(
        lambda: room.agreed(proposal, by=room.house.officer), lambda: room.agreed(proposal, by=room.deputy)
    )

    assert set(refusals) == {None, InvalidTransition}
    decision = Decision.objects.get()
    assert OutboxAct.objects.filter(subject_id=decision.public_id).count() == 1


def agreed_while_it_is_taken_back(room):
    proposal = room.proposed()

    refusals = at_once(
        lambda: room.agreed(proposal),
        lambda: commands.return_proposal(
            proposal_id=proposal.public_id, reason="Svar heller.", is_impartial=True, by=room.deputy, at=AT
        ),
        lambda: commands.withdraw_proposal(proposal_id=proposal.public_id, by=room.house.administrator, at=AT),
    )

    assert refusals.count(InvalidTransition) == 2
    is_agreed = Proposal.objects.get(pk=proposal.pk).state == "AGREED"
    decided = Decision.objects.filter(agreement__proposal=proposal).values("public_id")
    assert OutboxAct.objects.filter(subject_id__in=decided, kind="delete").count() == int(is_agreed)


def agreed_while_it_is_worded(room):
    proposal = commands.propose_many(
        case_ids=[room.case().public_id, room.case().public_id],
        suggestion=suggestion(language="nb"),
        rule_id=room.rules["respect"].public_id,
        by=room.house.administrator,
        at=AT,
    )
    words = Parts("Vi skriver {dato}.", "Du brøt regelen {regel}.", "Ta en pause.")

    refusals = at_once(
        lambda: room.agreed(proposal),
        lambda: commands.word_notices(
            proposal_id=proposal.public_id, language="nb", frame=words, by=room.deputy, at=AT
        ),
    )

    # Either the words came first, and were not read by whoever agrees, or they came too late.
    assert set(refusals) in ({None, Stale}, {None, InvalidTransition})
    assert not Notice.objects.filter(decision__agreement__proposal=proposal).exclude(wording=None).exists()


def both_open(room):
    item = room.item()

    at_once(
        lambda: commands.open_case(item_id=item.public_id, by=room.house.officer, at=AT),
        lambda: commands.open_from_findings(limit=100, at=AT),
    )

    assert Case.objects.filter(item=item).count() == 1
