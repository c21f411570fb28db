"""A raid: one ground, one proposal, one agreement; each text with its own evidence, notice, act and log."""

import pytest

from tests.inbox.conftest import audited
from tests.moderation.room import suggestion
from torg.audit.models import AuditEvent
from torg.core.errors import Invalid, InvalidTransition, NotFound, Stale
from torg.dialogue.models import Item, Post, Thread
from torg.moderation import commands, evidence, queries
from torg.moderation.models import Case, Decision, Notice, Passage
from torg.outbox.models import OutboxAct
from torg.records import queries as records
from torg.records.models import Capture

SIZE = 7


@pytest.fixture
def raid(room, at):
    """Seven comments under one post, none of them marked by the software."""
    post = Post.objects.create(
        scope_id=room.house.scope_id,
        connection=room.house.connection,
        external_id="post-1",
        is_own=True,
        text="Budsjettet er vedtatt.",
        posted_at=at,
        received_at=at,
    )
    cases = [room.case(f"Meld dere ut, alle sammen! {number}") for number in range(SIZE)]
    Item.objects.filter(pk__in=[case.item_id for case in cases]).update(post=post)
    Thread.objects.filter(items__in=[case.item_id for case in cases]).update(post=post)
    return [Case.objects.get(pk=case.pk) for case in cases]


def propose(room, cases, **fields):
    return commands.propose_many(
        case_ids=[case.public_id for case in cases],
        suggestion=suggestion(**fields),
        rule_id=room.rules["respect"].public_id,
        by=room.house.administrator,
        at=room.at,
    )


def test_the_preview_says_what_cannot_be_part_of_it(room, raid, at):
    commands.claim(case_id=raid[0].public_id, by=room.house.officer, at=at)
    commands.dismiss(case_id=raid[1].public_id, because="LAWFUL", by=room.house.officer, at=at)

    rows = queries.preview(
        room.house.administrator, [case.public_id for case in raid], room.rules["respect"].public_id, at=at
    )

    assert [bool(row.why_not) for row in rows] == [True, True, *[False] * (SIZE - 2)]


def test_one_agreement_decides_each_with_its_own_of_everything(room, raid):
    proposal = propose(room, raid)
    agreed = room.agreed(proposal)
    room.work()

    own = [Decision, Notice, Passage]
    assert [model.objects.count() for model in own] == [SIZE] * 3
    assert Capture.objects.filter(subject_kind="dialogue.item").values("subject_id").distinct().count() == SIZE
    assert {decision.agreement_id for decision in agreed.decisions} == {agreed.agreement.pk}
    assert [act.kind.value for act in room.platform.performed].count("delete") == SIZE
    assert Notice.objects.values("complaint_token").distinct().count() == SIZE


def test_one_event_for_the_whole_and_one_for_each(room, raid):
    room.agreed(propose(room, raid))

    parent = AuditEvent.objects.get(name="moderation.proposal.agreed")
    assert AuditEvent.objects.filter(name="moderation.decision.made", parent=parent.id).count() == SIZE
    assert (audited("moderation.proposal.made"), audited("moderation.proposal.concerns")) == (1, SIZE)


def test_the_evidence_of_a_crowd_in_one_thread_holds_each_branch(room, raid, at):
    thread = raid[0].item.thread
    Item.objects.filter(pk__in=[case.item_id for case in raid]).update(thread=thread)
    cases = list(Case.objects.filter(pk__in=[case.pk for case in raid]))

    taken = evidence.take(cases, by=room.house.officer, at=at)

    for case in cases:
        said = records.snapshot_of(taken[case.pk])
        assert [item.kind for item in said.items] == ["post", "comment"]
        assert (said.items[1].id, said.facts["about"]) == (str(case.item.public_id),) * 2


def test_those_that_were_changed_meanwhile_are_left_out(room, raid):
    proposal = propose(room, raid)
    Item.objects.filter(pk=raid[0].item_id).update(version_count=2, text="Unnskyld.")
    Item.objects.filter(pk=raid[1].item_id).update(platform_state="DELETED_BY_AUTHOR")

    agreed = room.agreed(proposal)
    room.work()

    assert (len(agreed.decisions), agreed.left_out) == (SIZE - 2, raid[:2])
    assert [Case.objects.get(pk=case.pk).state for case in raid[:2]] == ["OPEN", "OPEN"]
    assert audited("moderation.decision.left_out") == 2


def test_all_changed_leaves_nothing_to_agree_to(room, raid):
    proposal = propose(room, raid)
    Item.objects.update(version_count=2)

    with pytest.raises(Stale):
        room.agreed(proposal)


def test_one_that_is_busy_stops_the_whole(room, raid, at):
    commands.claim(case_id=raid[3].public_id, by=room.house.officer, at=at)

    with pytest.raises(InvalidTransition):
        propose(room, raid)
    assert set(Case.objects.values_list("state", flat=True)) == {"OPEN"}


def test_one_out_of_sight_stops_the_whole(room, raid, at):
    with pytest.raises(NotFound):
        commands.propose_many(
            case_ids=[case.public_id for case in raid],
            suggestion=suggestion(),
            rule_id=room.rules["respect"].public_id,
            by=room.house.stranger,
            at=at,
        )


def test_a_picture_without_text_is_judged_by_itself(room, raid):
    Item.objects.filter(pk=raid[0].item_id).update(text="")

    with pytest.raises(Invalid):
        propose(room, raid)


def test_sent_back_they_all_wait_again(room, raid, at):
    proposal = propose(room, raid)

    commands.return_proposal(
        proposal_id=proposal.public_id, reason="Svar dem heller.", is_impartial=True, by=room.deputy, at=at
    )

    assert set(Case.objects.values_list("state", flat=True)) == {"OPEN"}
    assert not OutboxAct.objects.exists()


def test_more_texts_cost_few_more_statements(room, raid, django_assert_max_num_queries):
    proposal = propose(room, raid)

    # The log of each is one statement, everything else is written for all at once.
    with django_assert_max_num_queries(75 + SIZE):
        room.agreed(proposal)
