"""Two people decide: what one proposes and another agrees to, told to the author and carried out."""

from datetime import timedelta

import pytest

from tests.inbox.conftest import audited
from tests.moderation.room import suggestion
from torg.core.actors import Operator
from torg.core.errors import Invalid, InvalidTransition, NotAllowed, NotFound, Stale
from torg.dialogue.models import Item
from torg.files import disk
from torg.moderation import commands, queries
from torg.moderation.models import Case, Decision
from torg.moderation.words import Dismissal, Ground, Measure, NoNotice, Source, Step
from torg.people.models import RoleAssignment, StandIn
from torg.records.models import Capture


@pytest.mark.strategy("B3")
def test_a_deletion_is_proposed_agreed_told_and_carried_out(room):
    decision = room.decided()

    room.work()

    decision.refresh_from_db()
    assert [act.kind.value for act in room.platform.performed] == ["private-reply", "delete"]
    assert (decision.state, decision.notice.state, decision.case.state) == ("DONE", "SENT", "DECIDED")
    assert (audited("moderation.proposal.made"), audited("moderation.decision.made")) == (1, 1)


def test_a_finished_case_is_closed_with_its_record(room, at):
    decision = room.decided()
    room.work()

    commands.close_finished(at=at + timedelta(minutes=5))

    case = Case.objects.get(decision=decision)
    assert (case.state, case.record.subject_kind, audited("moderation.case.closed")) == ("CLOSED", "moderation.case", 1)


def test_a_case_whose_evidence_is_damaged_waits_and_stops_no_other(room, at):
    harmed, whole = room.decided(case=room.case()), room.decided(case=room.case())
    room.work()
    disk.place_of(harmed.capture.sha256).write_bytes(b"x")

    assert commands.close_finished(at=at + timedelta(minutes=5)) == 1

    states = dict(Case.objects.values_list("decision", "state"))
    assert (states[harmed.pk], states[whole.pk]) == ("DECIDED", "CLOSED")


@pytest.mark.strategy("F7")
def test_language_is_met_with_a_kind_request_before_anything_else(room, at):
    asked = {"rule": "language", "ground": Ground.LANGUAGE, "measure": Measure.HIDE}
    first = room.case("Ein Satz, den hier nur wenige lesen.")
    with pytest.raises(Invalid) as refused:
        room.proposed(first, **asked)
    assert refused.value.field == "measure"

    def after_being_asked(about):
        standing = Case.objects.filter(item=first.item).latest("id")
        Case.objects.filter(pk=standing.pk).update(ground=about)
        commands.dismiss(case_id=standing.public_id, because=Dismissal.REPHRASED, by=room.house.officer, at=at)
        again = first.item.public_id
        return commands.open_case(item_id=again, source=Source.OWN, by=room.house.administrator, at=at)

    with pytest.raises(Invalid):
        room.proposed(after_being_asked(Ground.PROFANITY), **asked)
    assert room.proposed(after_being_asked(Ground.LANGUAGE), **asked).measure == Measure.HIDE


@pytest.mark.strategy("B4")
def test_a_case_is_not_closed_before_the_author_is_told(room, at):
    case = room.decided().case

    with pytest.raises(InvalidTransition):
        commands.close_case(case_id=case.public_id, by=room.house.officer, at=at)


@pytest.mark.strategy("B4")
def test_evidence_is_taken_before_anything_is_done(room):
    proposal = room.proposed()

    target = proposal.targets.get()
    assert target.capture.subject_id == target.case.item.public_id
    assert room.platform.performed == []


@pytest.mark.strategy("B5")
def test_the_decision_holds_the_rule_as_it_read_when_posted(room):
    decision = room.decided()

    version = queries.version_in_force(room.rules["respect"], at=room.at)
    assert decision.wording_when_posted == version.text_nb == decision.wording_at_decision


def test_what_was_allowed_when_posted_is_not_removed_by_a_later_rule(room, at):
    before_the_rules = at - timedelta(days=365)
    case = room.case(at=before_the_rules)

    with pytest.raises(Invalid):
        room.proposed(case)


@pytest.mark.strategy("F3")
def test_the_law_held_before_our_rules_did(room, at):
    case = room.case("Jeg skal drepe deg.", at=at - timedelta(days=365))

    proposal = room.proposed(case, rule="threats", ground=Ground.THREAT)

    assert (proposal.basis, proposal.targets.get().wording_when_posted) == ("LAW", "")


@pytest.mark.parametrize(
    "wrong",
    [
        {"reason": " "},
        {"considered": []},
        {"considered": [Measure.DELETE]},
        {"measure": Measure.ANSWER},
        {"measure": Measure.NOTHING},
        {"language": "fi"},
        {"sanction": Step.TEMPORARY_BAN},
        {"no_notice": NoNotice.WINDOW_CLOSED, "no_notice_detail": "Vi rakk det ikke."},
        {"no_notice": NoNotice.WOULD_HARM},
    ],
    ids=str,
)
def test_a_proposal_that_lacks_something_is_refused(room, wrong):
    with pytest.raises(Invalid):
        room.proposed(**wrong)


def test_a_text_without_a_passage_cannot_be_proposed(room, at):
    case, other = room.case("Kommunen styres elendig."), room.case()
    passage = room.marked(other)

    with pytest.raises(Invalid):
        commands.propose(
            case_id=case.public_id,
            suggestion=suggestion(),
            passage_id=passage.public_id,
            by=room.house.administrator,
            at=at,
        )


@pytest.mark.strategy("F7")
def test_a_rule_that_only_guides_removes_nothing(room):
    with pytest.raises(Invalid):
        room.proposed(rule="questions", ground=Ground.OFF_TOPIC)


@pytest.mark.parametrize("who", ["officer", "contributor", "case_officer"])
def test_everyone_with_work_on_the_page_may_propose(room, who):
    assert room.proposed(by=getattr(room.house, who)).state == "WAITING"


def test_those_who_only_read_cannot_propose(room):
    with pytest.raises(NotAllowed):
        room.proposed(by=room.house.leader)


def test_out_of_sight_a_case_is_absent(room):
    with pytest.raises(NotFound):
        room.proposed(by=room.house.stranger)


@pytest.mark.strategy("B3")
@pytest.mark.parametrize("who", ["administrator", "case_officer", "leader"])
def test_only_those_with_the_right_agree(room, who):
    proposal = room.proposed(by=room.house.contributor)

    with pytest.raises(NotAllowed):
        room.agreed(proposal, by=getattr(room.house, who))


@pytest.mark.strategy("B3")
def test_nobody_agrees_to_their_own_proposal(room):
    proposal = room.proposed(by=room.house.officer)

    with pytest.raises(NotAllowed):
        room.agreed(proposal, by=room.house.officer)


def test_a_rule_or_an_operator_does_not_agree(room):
    proposal = room.proposed()

    with pytest.raises(NotAllowed):
        room.agreed(proposal, by=Operator("root"))


def test_a_stand_in_for_the_proposer_does_not_agree_by_the_proposers_role(room, at):
    StandIn.objects.create(
        absent=room.house.officer,
        stand_in=room.house.administrator,
        from_at=at - timedelta(days=1),
        until_at=at + timedelta(days=1),
        agreed_at=at - timedelta(days=1),
    )
    proposal = room.proposed(by=room.house.officer)

    with pytest.raises(NotAllowed):
        room.agreed(proposal, by=room.house.administrator)


def test_whoever_hid_it_does_not_agree(room, at):
    case = room.case("Jeg skal drepe deg.")
    commands.hide_for_now(
        case_id=case.public_id, ground=Ground.THREAT, reason="En trussel.", by=room.house.officer, at=at
    )
    proposal = room.proposed(Case.objects.get(pk=case.pk), rule="threats", ground=Ground.THREAT)

    with pytest.raises(NotAllowed):
        room.agreed(proposal, by=room.house.officer)
    assert room.agreed(proposal, by=room.deputy).decisions


def test_whom_the_text_is_about_takes_no_part(room, at):
    case = room.case()
    commands.name_subject(
        case_id=case.public_id, person_id=room.house.officer.public_id, by=room.house.administrator, at=at
    )
    proposal = room.proposed(case)

    with pytest.raises(NotAllowed):
        room.agreed(proposal, by=room.house.officer)
    assert audited("moderation.case.involved") == 1


def test_whoever_is_partial_says_so_and_lets_go(room, at):
    case = room.case()
    commands.claim(case_id=case.public_id, by=room.house.administrator, at=at)

    commands.declare_partial(case_id=case.public_id, note="Det er svogeren min.", by=room.house.administrator, at=at)

    with pytest.raises(NotAllowed):
        room.proposed(case)
    assert Case.objects.get(pk=case.pk).claimed_by is None


def test_with_one_who_may_agree_deletion_is_unavailable_and_hiding_works(room, at):
    RoleAssignment.objects.filter(person=room.deputy).update(until_at=at)

    assert queries.why_not_removable(scope_id=room.house.scope_id, at=at)
    with pytest.raises(NotAllowed):
        room.proposed()
    assert room.proposed(measure=Measure.HIDE, considered=[Measure.ANSWER]).state == "WAITING"


def test_a_proposal_is_sent_back_with_a_reason_and_the_case_waits_again(room, at):
    proposal = room.proposed()

    answer = commands.return_proposal(
        proposal_id=proposal.public_id,
        reason="Prøv et svar først.",
        is_impartial=True,
        by=room.house.officer,
        at=at,
    )

    proposal.refresh_from_db()
    assert (proposal.state, answer.answered, proposal.targets.get().case.state) == ("RETURNED", "RETURNED", "OPEN")
    assert audited("moderation.proposal.returned") == 1


def test_sending_back_needs_a_reason(room, at):
    with pytest.raises(Invalid):
        commands.return_proposal(
            proposal_id=room.proposed().public_id, reason="", is_impartial=True, by=room.house.officer, at=at
        )


def test_the_proposer_takes_a_proposal_back(room, at):
    proposal = room.proposed()

    with pytest.raises(NotAllowed):
        commands.withdraw_proposal(proposal_id=proposal.public_id, by=room.house.officer, at=at)
    commands.withdraw_proposal(proposal_id=proposal.public_id, by=room.house.administrator, at=at)

    assert proposal.targets.get().case.state == "OPEN"
    with pytest.raises(InvalidTransition):
        room.agreed(proposal)


def test_a_text_that_was_changed_since_is_not_deleted(room, at):
    proposal = room.proposed()
    item = proposal.targets.get().case.item
    Item.objects.filter(pk=item.pk).update(text="Unnskyld.", version_count=2)

    with pytest.raises(Stale):
        room.agreed(proposal)
    room.work()

    assert (Decision.objects.count(), room.platform.performed) == (0, [])


def test_somebody_who_saw_another_version_is_stopped(room, at):
    case = room.case()
    passage = room.marked(case)

    with pytest.raises(Stale):
        commands.propose(
            case_id=case.public_id,
            suggestion=suggestion(),
            passage_id=passage.public_id,
            seen_version=case.version,
            by=room.house.administrator,
            at=at,
        )


def test_a_case_that_a_colleague_has_is_left_alone_until_it_expires(room, at):
    case = room.case()
    commands.claim(case_id=case.public_id, by=room.house.officer, at=at)

    with pytest.raises(InvalidTransition):
        commands.claim(case_id=case.public_id, by=room.house.administrator, at=at + timedelta(minutes=29))
    taken = commands.claim(case_id=case.public_id, by=room.house.administrator, at=at + timedelta(minutes=31))

    assert taken.claimed_by == room.house.administrator


def test_only_who_has_a_case_lets_it_go(room, at):
    case = room.case()
    commands.claim(case_id=case.public_id, by=room.house.officer, at=at)

    with pytest.raises(InvalidTransition):
        commands.release(case_id=case.public_id, by=room.house.administrator, at=at)
    assert commands.release(case_id=case.public_id, by=room.house.officer, at=at).claimed_by is None


def test_one_person_lets_a_text_stand(room, at):
    case = room.case()

    commands.dismiss(case_id=case.public_id, because="CRITICISM", by=room.house.case_officer, at=at)

    case.refresh_from_db()
    assert (case.state, case.dismissed_because, audited("moderation.case.dismissed")) == ("DISMISSED", "CRITICISM", 1)
    with pytest.raises(InvalidTransition):
        commands.dismiss(case_id=case.public_id, because="LAWFUL", by=room.house.case_officer, at=at)


def test_what_we_wrote_ourselves_is_no_case(room, at):
    item = room.item(is_own=True)

    with pytest.raises(Invalid):
        commands.open_case(item_id=item.public_id, source=Source.OWN, by=room.house.officer, at=at)


def test_each_capture_is_of_the_item_and_all_its_versions(room):
    room.proposed()

    assert list(Capture.objects.values_list("subject_kind", "reason")) == [("dialogue.item", "MODERATION")]
