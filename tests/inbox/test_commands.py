"""What colleagues do: it happened, it was logged, the wrong person cannot, the wrong state cannot."""

from datetime import date, timedelta

import pytest

from tests.inbox.conftest import audited
from torg.core.errors import Invalid, InvalidTransition, NotAllowed, NotFound
from torg.inbox import commands, queries
from torg.inbox.models import (
    Alarm,
    Answer,
    CaseGuide,
    Clock,
    DeadlineRule,
    Enquiry,
    HelpLine,
    KnownIssueAnswer,
    Label,
    MatterLink,
    Promise,
    SavedView,
)
from torg.inbox.types import BulkAct, ClosedBecause, EnquiryState, ForwardingKind, ForwardingState, PromiseState

UNKNOWN = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def enquiry(house, at):
    return house.asked(at)


@pytest.fixture
def label(db):
    return Label.objects.create(name="Vei")


def acts(house, enquiry, label, at):
    """Each act that handling an enquiry consists of, with its event."""
    it = {"enquiry_id": enquiry.public_id, "at": at}
    return [
        ("inbox.enquiry.assigned", commands.assign, {**it, "to_person": house.case_officer.public_id}),
        ("inbox.enquiry.labelled", commands.label, {**it, "label_id": label.public_id}),
        ("inbox.enquiry.unlabelled", commands.unlabel, {**it, "label_id": label.public_id}),
        ("inbox.note.written", commands.add_note, {**it, "text": "Ring"}),
        ("inbox.enquiry.snoozed", commands.snooze, {**it, "until": at + timedelta(hours=1)}),
        ("inbox.enquiry.closed", commands.close, {**it, "because": ClosedBecause.NO_ANSWER_NEEDED}),
        ("inbox.enquiry.reopened", commands.reopen, it),
        ("inbox.enquiry.moved", commands.move, {**it, "to_unit": house.other_unit.public_id}),
        ("inbox.enquiry.marked_as_question", commands.mark_as_question, it),
        ("inbox.promise.made", commands.make_promise, {**it, "on": date(2026, 3, 13)}),
        (
            "inbox.forwarding.sent",
            commands.forward,
            {
                **it,
                "kind": ForwardingKind.CLAIM,
                "to_unit": house.unit.public_id,
                "question": "Stemmer det?",
                "follow_up_at": at + timedelta(days=1),
            },
        ),
    ]


@pytest.mark.strategy("B1")
def test_each_act_is_logged_once_and_tells_the_collision_stop(house, enquiry, label, at):
    for name, act, arguments in acts(house, enquiry, label, at):
        act(**arguments, by=house.administrator)

        assert audited(name) == 1, name
    enquiry.refresh_from_db()
    assert enquiry.version > len(acts(house, enquiry, label, at)) - 2


def test_who_only_reads_can_do_none_of_it(house, enquiry, label, at):
    for name, act, arguments in acts(house, enquiry, label, at):
        with pytest.raises(NotAllowed):
            act(**arguments, by=house.leader)
        assert audited(name) == 0, name


def test_to_a_stranger_none_of_it_exists(house, enquiry, label, at):
    for _name, act, arguments in acts(house, enquiry, label, at):
        with pytest.raises(NotFound):
            act(**arguments, by=house.stranger)


def test_it_is_not_given_to_somebody_who_cannot_see_it(house, enquiry, at):
    with pytest.raises(Invalid):
        commands.assign(enquiry_id=enquiry.public_id, to_person=house.stranger.public_id, by=house.administrator, at=at)


def test_a_note_does_not_stop_the_clock(house, enquiry, at):
    commands.add_note(enquiry_id=enquiry.public_id, text="Ring", by=house.administrator, at=at)

    assert Clock.objects.get().outcome == "RUNNING"


def test_putting_aside_past_the_deadline_is_refused(house, enquiry, at):
    with pytest.raises(Invalid):
        commands.snooze(enquiry_id=enquiry.public_id, until=at + timedelta(hours=3), by=house.administrator, at=at)


def test_closing_twice_is_refused(house, enquiry, at):
    done = {"enquiry_id": enquiry.public_id, "because": ClosedBecause.NO_ANSWER_NEEDED, "by": house.officer, "at": at}
    commands.close(**done)

    with pytest.raises(InvalidTransition):
        commands.close(**done)


def test_what_is_not_answered_cannot_be_closed_as_answered(house, enquiry, at):
    with pytest.raises(Invalid):
        commands.close(enquiry_id=enquiry.public_id, because=ClosedBecause.ANSWERED, by=house.officer, at=at)


def test_an_alarm_must_be_taken_over_before_closing(house, on_duty, at):
    enquiry = house.asked(at, is_danger=True)

    with pytest.raises(InvalidTransition):
        commands.close(enquiry_id=enquiry.public_id, because=ClosedBecause.NO_ANSWER_NEEDED, by=house.officer, at=at)


def test_opening_what_is_open_is_refused(house, enquiry, at):
    with pytest.raises(InvalidTransition):
        commands.reopen(enquiry_id=enquiry.public_id, by=house.officer, at=at)


def test_moving_counts_by_the_new_units_rule_from_the_same_start(house, enquiry, at):
    DeadlineRule.objects.create(unit=house.other_unit, within="1h", from_at=at - timedelta(days=9))

    moved = commands.move(enquiry_id=enquiry.public_id, to_unit=house.other_unit.public_id, by=house.officer, at=at)

    assert (moved.due_at, moved.unit) == (at + timedelta(hours=1), house.other_unit)
    assert [clock.reason for clock in Clock.objects.order_by("number")] == ["ASKED", "MOVED"]


def test_merging_keeps_the_earliest_wait_and_points_onward(house, at):
    old, new = house.asked(at - timedelta(minutes=30)), house.asked(at)

    target = commands.merge(enquiry_id=old.public_id, into=new.public_id, by=house.officer, at=at)

    old.refresh_from_db()
    assert (old.state, old.merged_into) == (EnquiryState.CLOSED, target)
    assert target.due_at == at + timedelta(minutes=90)
    assert audited("inbox.enquiry.merged") == 1


def test_a_merged_enquiry_is_not_acted_on(house, at):
    old, new = house.asked(at), house.asked(at)
    commands.merge(enquiry_id=old.public_id, into=new.public_id, by=house.officer, at=at)

    for act, arguments in [(commands.reopen, {}), (commands.merge, {"into": new.public_id})]:
        with pytest.raises(InvalidTransition):
            act(enquiry_id=old.public_id, by=house.officer, at=at, **arguments)


def test_an_enquiry_is_not_merged_into_itself(house, enquiry, at):
    with pytest.raises(Invalid):
        commands.merge(enquiry_id=enquiry.public_id, into=enquiry.public_id, by=house.officer, at=at)


def test_many_at_once_leaves_out_what_has_changed_and_logs_each(house, at):
    first, second = house.asked(at), house.asked(at)
    seen = {first.public_id: first.version, second.public_id: second.version - 1}

    lines = commands.act_on_many(
        act=BulkAct.CLOSE, seen=seen, choice={"because": "NO_ANSWER_NEEDED"}, by=house.officer, at=at
    )

    assert sorted(line.is_possible for line in lines) == [False, True]
    assert (audited("inbox.bulk.done"), audited("inbox.enquiry.closed")) == (1, 1)


def test_a_promise_is_kept_or_was_none_once(house, enquiry, at):
    promise = commands.make_promise(enquiry_id=enquiry.public_id, on=date(2026, 3, 13), by=house.officer, at=at)
    settled = {"promise_id": promise.public_id, "state": PromiseState.KEPT, "by": house.officer, "at": at}

    commands.settle_promise(**settled)

    with pytest.raises(InvalidTransition):
        commands.settle_promise(**settled)
    assert audited("inbox.promise.settled") == 1


def test_a_promise_reminds_as_its_working_day_opens(house, enquiry, at):
    promise = commands.make_promise(enquiry_id=enquiry.public_id, on=date(2026, 3, 15), by=house.officer, at=at)

    # 15 March is a Sunday: the last working day before is Friday the 13th, which opens at 8.
    assert promise.remind_at.isoformat() == "2026-03-13T07:00:00+00:00"


@pytest.mark.strategy("E1")
def test_a_promise_is_reminded_of_once_and_then_broken(house, enquiry, at):
    commands.make_promise(enquiry_id=enquiry.public_id, on=date(2026, 3, 13), by=house.officer, at=at)
    later = at + timedelta(days=3)

    assert len(commands.remind_of_promises(at=later)) == 1
    assert commands.remind_of_promises(at=later) == []
    commands.remind_of_promises(at=later + timedelta(days=1))

    assert Promise.objects.get().state == PromiseState.BROKEN


@pytest.mark.strategy("E1")
def test_the_asked_unit_answers_though_it_does_not_follow_the_page(house, enquiry, at):
    asked = commands.forward(
        enquiry_id=enquiry.public_id,
        kind=ForwardingKind.FACTUAL_ERROR,
        to_unit=house.other_unit.public_id,
        question="Stemmer tallet?",
        follow_up_at=at + timedelta(days=1),
        by=house.officer,
        at=at,
    )
    reply = {"forwarding_id": asked.public_id, "reply": "Nei, det er 40.", "at": at}

    answered = commands.answer_forwarding(**reply, by=house.stranger)

    assert answered.state == ForwardingState.ANSWERED
    with pytest.raises(InvalidTransition):
        commands.answer_forwarding(**reply, by=house.officer)
    assert audited("inbox.forwarding.answered") == 1


@pytest.mark.strategy("F8")
def test_showing_the_way_to_case_handling_lays_a_ready_answer(house, enquiry, at):
    guide = CaseGuide.objects.create(
        title="Byggesak", text="Hei {{ first_name }}, søk her: {{ link }}", link="https://storvik.example/bygg"
    )

    draft = commands.refer_case(enquiry_id=enquiry.public_id, guide_id=guide.public_id, by=house.administrator, at=at)

    assert draft.text == "Hei Kari, søk her: https://storvik.example/bygg"
    assert audited("inbox.referral.made") == 1


def test_handing_the_day_over_gives_what_is_open_to_a_colleague(house, enquiry, at):
    over = commands.hand_over(
        enquiry_ids=[enquiry.public_id],
        to_person=house.case_officer.public_id,
        note="Ring Kari",
        by=house.officer,
        at=at,
    )

    enquiry.refresh_from_db()
    assert enquiry.assignee == house.case_officer
    commands.read_hand_over(hand_over_id=over.public_id, by=house.case_officer, at=at)
    with pytest.raises(NotFound):
        commands.read_hand_over(hand_over_id=over.public_id, by=house.leader, at=at)
    assert audited("inbox.hand_over.made") == 1


def test_one_matter_across_threads(house, at):
    first, second = house.asked(at), house.asked(at, kind="PRIVATE")

    matter = commands.link_matter(
        enquiry_ids=[first.public_id, second.public_id], title="Vannlekkasje", by=house.officer, at=at
    )

    assert [link.enquiry for link in queries.sheet(house.officer, first, at=at).links] == [second]
    commands.unlink_matter(matter_id=matter.public_id, enquiry_id=first.public_id, by=house.officer, at=at)
    assert MatterLink.objects.count() == 1
    with pytest.raises(Invalid):
        commands.link_matter(enquiry_ids=[first.public_id], title="Alene", by=house.officer, at=at)


def issue(house, at):
    return commands.open_issue(
        scope_id=house.scope_id,
        title="Vannet er borte",
        words=["Storgata"],
        answer_text="Vi reparerer ledningen.\nHilsen Siri",
        by=house.administrator,
        at=at,
    )


def test_a_known_issue_answers_those_that_match_once(house, at):
    asked, other = house.asked(at, "Vannet er borte i Storgata"), house.asked(at, "Når åpner biblioteket?")
    house.indexed(asked), house.indexed(other)
    found = issue(house, at)
    assert queries.issue_matches(found, by=house.administrator, at=at) == [asked]
    seen = {asked.public_id: asked.version, other.public_id: other.version - 1}

    lines = commands.answer_issue(issue_id=found.public_id, seen=seen, by=house.administrator, at=at)

    assert {line.enquiry_id: line.is_possible for line in lines} == {asked.public_id: True, other.public_id: False}
    assert (Answer.objects.count(), KnownIssueAnswer.objects.count()) == (1, 1)
    assert queries.issue_matches(found, by=house.administrator, at=at) == []


def test_an_ended_issue_answers_nobody(house, at):
    found = issue(house, at)
    commands.end_issue(issue_id=found.public_id, by=house.administrator, at=at)

    with pytest.raises(InvalidTransition):
        commands.answer_issue(issue_id=found.public_id, seen={}, by=house.administrator, at=at)


def test_a_known_issue_needs_telling_words_and_the_right_to_answer(house, at):
    with pytest.raises(Invalid):
        commands.open_issue(scope_id=house.scope_id, title="x", words=["i"], answer_text="y", by=house.officer, at=at)
    with pytest.raises(NotAllowed):
        commands.open_issue(
            scope_id=house.scope_id, title="x", words=["Storgata"], answer_text="y", by=house.leader, at=at
        )


def test_an_alarm_that_nobody_takes_goes_to_the_next_then_to_the_editors_and_no_further(house, on_duty, at):
    house.asked(at, is_danger=True)

    called = [commands.escalate_alarms(at=at + timedelta(minutes=minutes)) for minutes in (5, 11, 12, 30, 60)]

    assert called == [0, 1, 0, 1, 0]
    assert [alarm.person for alarm in Alarm.objects.order_by("step")] == [on_duty.first, on_duty.second, house.officer]


def test_an_alarm_taken_over_calls_nobody_else(house, on_duty, at):
    house.asked(at, is_danger=True)

    commands.acknowledge_alarm(alarm_id=Alarm.objects.get().public_id, by=house.case_officer, at=at)

    assert commands.escalate_alarms(at=at + timedelta(hours=1)) == 0
    assert audited("inbox.alarm.acknowledged") == 1
    with pytest.raises(NotFound):
        commands.acknowledge_alarm(alarm_id=Alarm.objects.get().public_id, by=house.stranger, at=at)


def test_a_help_number_is_checked_by_somebody_who_may(house, at):
    line = HelpLine.objects.get(number="116 123")
    checked = {"line_id": line.public_id, "number": "116 123", "at": at}

    with pytest.raises(NotAllowed):
        commands.check_help_line(**checked, by=house.administrator)

    assert commands.check_help_line(**checked, by=house.officer).checked_by == house.officer


def test_what_was_put_aside_comes_back(house, enquiry, at):
    commands.snooze(enquiry_id=enquiry.public_id, until=at + timedelta(hours=1), by=house.officer, at=at)

    assert commands.wake_snoozed(at=at + timedelta(minutes=59)) == 0
    assert commands.wake_snoozed(at=at + timedelta(minutes=61)) == 1
    assert Enquiry.objects.get().state == EnquiryState.OPEN


@pytest.mark.strategy("C2")
def test_a_deadline_is_warned_of_once_at_each_step_and_only_in_hours(house, enquiry, at):
    given = [
        [warning.step for warning in commands.warn(at=at + timedelta(minutes=minutes))]
        for minutes in (10, 65, 66, 121, 125, 12 * 60)
    ]

    assert given == [[], ["NEAR"], [], ["PAST"], [], []]


def test_nobody_is_warned_at_night(house, at):
    house.asked(at + timedelta(hours=5))

    assert commands.warn(at=at + timedelta(hours=12)) == []


def test_a_new_rule_holds_for_what_is_asked_from_then_on(house, enquiry, at):
    later = at + timedelta(minutes=10)
    commands.set_rule(within="1h", by=house.officer, at=later)

    commands.recompute(at=later)

    assert Clock.objects.get().due_at == at + timedelta(hours=2)
    assert house.asked(later).due_at == later + timedelta(hours=1)
    with pytest.raises(Invalid):
        commands.set_rule(within="-1h", by=house.officer, at=later)
    with pytest.raises(NotAllowed):
        commands.set_rule(within="1h", by=house.case_officer, at=later)


def test_a_rule_of_nothing_is_no_deadline(house, at):
    commands.set_rule(within="0m", by=house.officer, at=at - timedelta(hours=1))

    assert house.asked(at).due_at is None


def test_a_ready_answer_with_an_unknown_variable_is_refused(house, at):
    made = {"title": "Hei", "language": "nb", "at": at}

    with pytest.raises(Invalid):
        commands.make_canned(text="Hei {{ password }}", by=house.officer, **made)
    with pytest.raises(NotAllowed):
        commands.make_canned(text="Hei", by=house.leader, **made)
    ready = commands.make_canned(text="Hei {{ first_name }}", by=house.officer, **made)

    commands.retire_canned(canned_id=ready.public_id, by=house.officer, at=at)
    assert not queries.canned_answers(None).exists()


def test_a_view_of_ones_own_is_kept_and_deleted(house, at):
    filters = queries.Filters.read({"view": "OVERDUE", "platform": "facebook"})
    view = commands.save_view(name="Haster", filters=filters, by=house.officer, at=at)

    assert queries.Filters.read(view.filters) == filters
    with pytest.raises(NotFound):
        commands.delete_view(view_id=view.public_id, by=house.leader, at=at)
    commands.delete_view(view_id=view.public_id, by=house.officer, at=at)
    assert not SavedView.objects.exists()


def test_a_choice_that_does_not_exist_is_refused(house, at):
    with pytest.raises(Invalid):
        commands.change_setting(scope_id=None, values={"id": 5}, by=house.officer, at=at)

    commands.change_setting(scope_id=None, values={"undo_seconds": 0}, by=house.officer, at=at)
    assert queries.setting_for(house.scope_id).undo_seconds == 0
