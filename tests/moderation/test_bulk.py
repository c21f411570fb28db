"""A raid: one ground, one proposal, one agreement; each text with its own evidence, notice, act and log."""

import hashlib
import io
import zipfile
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from tests.inbox.conftest import audited
from tests.moderation.room import suggestion
from torg.audit.models import AuditEvent
from torg.core.errors import Invalid, InvalidTransition, NotAllowed, NotFound, Stale
from torg.dialogue.models import Item, Post, Thread
from torg.files import queries as files
from torg.files.models import Hold
from torg.moderation import commands, evidence, framing, notices, packing, previewing, queries, telling
from torg.moderation.models import Case, Decision, Notice, NoticeWording, Passage
from torg.outbox.models import OutboxAct
from torg.records import queries as records
from torg.records.models import Capture, DocumentObject

SIZE = 7
FRAME = notices.Parts("Vi så {avsnitt} på {side} {dato}.", "Du brøt regelen {regel}.", "Ta en pause.")


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

    room.marked(raid[3], start=0, end=4)
    Item.objects.filter(pk__in=[raid[2].item_id, raid[3].item_id]).update(text="", masked_text="")

    rows = queries.preview(room.house.administrator, [case.public_id for case in raid], at=at)

    assert [bool(row.why_not) for row in rows] == [True, True, True, *[False] * (SIZE - 3)]


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


def test_the_evidence_of_a_crowd_in_one_thread_holds_each_branch_and_points_to_the_whole_once(room, raid, at):
    thread = raid[0].item.thread
    Item.objects.filter(pk__in=[case.item_id for case in raid]).update(thread=thread)
    cases = list(Case.objects.filter(pk__in=[case.pk for case in raid]))

    taken = evidence.take(cases, by=room.house.officer, at=at)

    for case in cases:
        said = records.snapshot_of(taken[case.pk])
        assert [item.kind for item in said.items] == ["post", "comment"]
        assert (said.items[1].id, said.facts["about"]) == (str(case.item.public_id),) * 2
        whole = records.whole_snapshot_of(taken[case.pk])
        assert (len(whole.items), whole.subject) == (SIZE + 1, said.subject)
    [context] = {records.snapshot_of(capture).context for capture in taken.values()}
    assert Capture.objects.filter(subject_kind="dialogue.thread", sha256=context).count() == 1
    assert files.holders_of(context) == ["records.capture"]
    assert Hold.objects.filter(file=context).count() == SIZE + 1


def test_the_whole_conversation_follows_the_evidence_into_the_package_and_the_record(room, raid, at):
    thread = raid[0].item.thread
    Item.objects.filter(pk__in=[case.item_id for case in raid]).update(thread=thread)
    proposal = propose(room, list(Case.objects.filter(pk__in=[case.pk for case in raid])))
    decision = room.agreed(proposal).decisions[0]
    room.work()
    commands.close_finished(at=at + timedelta(minutes=5))
    context = records.snapshot_of(decision.capture).context

    packed = packing.pack(decision.case, decision.capture, law="")

    with zipfile.ZipFile(io.BytesIO(packed.data)) as opened:
        assert hashlib.sha256(opened.read("03-samtale.json")).hexdigest() == context
        assert context in opened.read("SHA256SUMS").decode()
    assert context in packed.kept
    record = Case.objects.get(pk=decision.case_id).record
    assert DocumentObject.objects.filter(capture=record, sha256=context, file_name="conversation.json").exists()


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


def tellings(proposal, at):
    return telling.tellings(proposal, queries.targets_of(proposal), at=at)


def worded(room, proposal, by=None, **changed):
    return commands.word_notices(
        proposal_id=proposal.public_id,
        language="nb",
        frame=replace(FRAME, **changed),
        by=by or room.house.administrator,
        at=room.at,
    )


def test_one_text_for_all_is_filled_in_for_each_and_sent_as_it_was_agreed(room, raid, at):
    proposal = propose(room, raid, language="nb")
    worded(room, proposal, did="Feil ord.")
    kept = worded(room, proposal)

    seen = previewing.notice_for(queries.targets_of(proposal)[2], at=at)
    decisions = room.agreed(proposal, seen_wordings=2).decisions

    notices = [decision.notice for decision in decisions]
    assert len({notice.text for notice in notices}) == SIZE
    assert all(f"Vi så {case.item.text} på" in notice.text for case, notice in zip(raid, notices, strict=True))
    assert (notices[2].text, seen.seen) == (seen.text, 2)
    assert {(notice.wording, notice.edited_by) for notice in notices} == {(kept, room.house.administrator)}
    assert audited("moderation.proposal.notices_worded") == 2


def test_other_words_than_those_that_were_read_are_not_agreed_to(room, raid):
    proposal = propose(room, raid, language="nb")
    worded(room, proposal)

    with pytest.raises(Stale):
        room.agreed(proposal)
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    "changed",
    [
        {"did": " "},
        {"why": "Du brøt noe."},
        {"means": "{navn}"},
        {"did": "Ring 22 22 22 22."},
        {"means": "x" * 2000},
    ],
    ids=str,
)
def test_words_that_no_notice_may_hold_are_refused(room, raid, changed):
    proposal = propose(room, raid, language="nb")

    with pytest.raises(Invalid) as refused:
        worded(room, proposal, **changed)

    assert refused.value.field == f"notice_{next(iter(changed))}"
    assert not NoticeWording.objects.exists()


def test_braces_in_what_an_author_wrote_are_never_filled(room, raid, at):
    proposal = propose(room, raid[:2], language="nb")
    told = replace(tellings(proposal, at)[0].told, passage="{dato} {side}")

    ours = framing.filled(notices.Parts("{avsnitt}", "{regel}", "."), told, language="nb")

    assert ours.did == "{dato} {side}"


def test_a_text_without_what_the_words_need_keeps_torgs_own(room, raid, at):
    told = replace(tellings(propose(room, raid, language="nb"), at)[0].told, law="")

    assert framing.filled(notices.Parts("Se {lov}.", "{regel}", "."), told, language="nb") is None


def test_who_only_reads_who_is_spoken_of_and_whoever_comes_late_word_nothing(room, raid, at):
    proposal = propose(room, raid, language="nb")
    commands.declare_partial(case_id=raid[0].public_id, by=room.deputy, at=at)

    for by in (room.house.leader, room.deputy):
        with pytest.raises(NotAllowed):
            worded(room, proposal, by=by)
    room.agreed(proposal)
    with pytest.raises(InvalidTransition):
        worded(room, proposal)
    with pytest.raises(DatabaseError, match="answered"), transaction.atomic():
        NoticeWording.objects.create(
            proposal=proposal,
            language="nb",
            number=1,
            did="a",
            why="b",
            means="c",
            written_by=room.deputy,
            written_at=at,
        )


def test_the_page_shows_how_they_read_before_the_words_are_kept(room, raid, signed_in, now):
    proposal = propose(room, raid, language="nb")
    address = f"/moderation/proposals/{proposal.public_id}/notices/"
    client = signed_in(room.house.administrator)
    form = dict.fromkeys(["notice_did", "notice_means"], "Kjære deg, {avsnitt}") | {"notice_why": "Regelen er {regel}."}

    tried = client.post(address, {**form, "language": "nb", "try": "1"})
    refused = client.post(address, {**form, "language": "nb", "notice_why": "Fordi."})
    assert not NoticeWording.objects.exists()
    kept = client.post(address, {**form, "language": "nb"})

    assert raid[0].item.text in tried.content.decode()
    assert (tried.status_code, refused.status_code, kept.status_code) == (200, 422, 303)
    assert NoticeWording.objects.get().did == "Kjære deg, {avsnitt}"
