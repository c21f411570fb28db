"""Duties over real rows: the same facts give the same figures, notices go to the right people, once."""

from datetime import date, time, timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.inbox.conftest import LONG_AGO, audited
from torg.core.errors import Invalid, InvalidTransition, NotAllowed, NotFound
from torg.inbox.models import ClockFact
from torg.inbox.types import FactKind
from torg.oversight import commands, letters, queries
from torg.oversight.commands import Demand
from torg.oversight.models import DutyAlarm, DutyRule, WatchRound
from torg.oversight.types import AlarmStep, DutyCode, Found, Standing
from torg.people import commands as people
from torg.people import mailing
from torg.people.models import Notification, StandIn
from torg.people.quiet import Quiet
from torg.people.types import NotificationKind, Role, Tell
from torg.registry.models import Presence, PresenceKind

DAY = timedelta(days=1)
MONDAY = date(2026, 3, 9)


def standing_of(page, duty, at, *, back=0):
    (found,) = queries.standings(Presence.objects.filter(pk=page.pk), at=at)
    return found.weeks[back].of(duty)


@pytest.mark.strategy("C2")
def test_the_same_facts_give_the_same_figures_whenever_they_are_counted(scene, at):
    for days in (2, 9, 16):
        scene.post(scene.cinema, at - DAY * days)
    scene.house.asked(at - DAY * 4)
    everything = Presence.objects.order_by("pk")
    before = [page.weeks for page in queries.standings(everything, at=at)]

    scene.post(scene.cinema, at + DAY)
    WatchRound.objects.create(
        scope_id=scene.cinema.scope_id,
        presence=scene.cinema,
        by=scene.officer,
        started_at=at + DAY,
        finished_at=at + DAY,
        found=Found.NOTHING,
    )
    scene.house.asked(at + DAY)

    assert [page.weeks for page in queries.standings(everything, at=at)] == before


@pytest.mark.strategy("C2")
def test_posts_of_others_and_those_known_by_id_alone_do_not_count(scene, at):
    scene.post(scene.cinema, at - DAY)
    scene.post(scene.cinema, at - DAY / 2, is_own=False)
    unknown = scene.post(scene.cinema, at - DAY / 3)
    type(unknown).objects.filter(pk=unknown.pk).update(is_placeholder=True)

    found = standing_of(scene.cinema, DutyCode.POSTS, at)

    assert (found.standing, found.done) == (Standing.MET, 1)


@pytest.mark.strategy("C2")
def test_a_question_is_due_on_the_next_working_day_whatever_the_inbox_promises(scene, at):
    friday = at - DAY * 4
    in_time, too_late = scene.house.asked(friday), scene.house.asked(friday)
    for enquiry, answered in ((in_time, at - DAY), (too_late, at)):
        ClockFact.objects.create(
            enquiry=enquiry, kind=FactKind.OFFLINE, at=answered, known_at=answered, answer_id=enquiry.public_id
        )

    found = standing_of(scene.house.presence, DutyCode.ANSWERS, at)

    assert (found.standing, found.done, found.wanted) == (Standing.BREACHED, 1, 2)
    assert standing_of(scene.house.presence, DutyCode.ANSWERS, at, back=1).standing == Standing.IDLE


def test_all_pages_are_measured_in_a_handful_of_statements(scene, at):
    for number in range(5):
        factories.presence(f"Side {number}", at=LONG_AGO, kind=PresenceKind.LOCAL_PAGE)
    scene.house.asked(at)

    with CaptureQueriesContext(connection) as asked:
        queries.standings(Presence.objects.all(), at=at)

    assert len(asked) <= 6


def test_a_rule_changes_from_its_day_and_the_past_stands(scene, at):
    scene.post(scene.cinema, at - DAY * 7)
    demand = Demand(PresenceKind.LOCAL_PAGE, DutyCode.POSTS, 3)

    rule = commands.set_duty_rule(demand=demand, from_on=MONDAY, by=scene.officer, at=at)

    assert standing_of(scene.cinema, DutyCode.POSTS, at).wanted == 3
    assert standing_of(scene.cinema, DutyCode.POSTS, at, back=1).standing == Standing.MET
    assert audited("oversight.duty_rule.set") == 1
    commands.end_duty_rule(rule_id=rule.public_id, from_on=MONDAY + DAY * 7, by=scene.officer, at=at)
    assert not DutyRule.objects.in_force(MONDAY + DAY * 7).filter(kind="LOCAL_PAGE", duty="POSTS").exists()
    with pytest.raises(InvalidTransition):
        commands.end_duty_rule(rule_id=rule.public_id, from_on=MONDAY + DAY * 8, by=scene.officer, at=at)


@pytest.mark.parametrize(
    ("from_on", "amount", "by", "refusal"),
    [
        (MONDAY - DAY, 1, "officer", Invalid),
        (MONDAY, 0, "officer", Invalid),
        (MONDAY, 1, "administrator", NotAllowed),
        (MONDAY, 1, "leader", NotAllowed),
    ],
    ids=["last-week", "nothing", "page-administrator", "leader"],
)
def test_what_a_duty_asks_for_is_not_changed_backwards_or_by_others(scene, at, from_on, amount, by, refusal):
    demand = Demand(PresenceKind.LOCAL_PAGE, DutyCode.POSTS, amount)

    with pytest.raises(refusal):
        commands.set_duty_rule(demand=demand, from_on=from_on, by=getattr(scene.house, by), at=at)


def test_the_strategys_duties_are_taken_over_once(scene, at):
    assert commands.adopt_strategy_duties(by=scene.officer, at=at) == []
    assert DutyRule.objects.count() == len(commands.STRATEGY)
    with pytest.raises(IntegrityError), transaction.atomic():
        DutyRule.objects.create(kind="BLOG", duty="POSTS", from_on=MONDAY, set_at=at)


@pytest.mark.strategy("C2")
def test_notices_are_given_once_settled_when_mended_and_given_anew_when_broken_anew(scene, at):
    late = at + timedelta(hours=6)
    first = commands.watch_duties(at=late)

    assert first > 0
    assert commands.watch_duties(at=late) == 0
    commands.look_in(presence_id=scene.house.presence.public_id, by=scene.officer, at=late)
    rounds = DutyAlarm.objects.filter(presence=scene.house.presence, duty=DutyCode.ROUNDS)
    assert set(rounds.values_list("settled_at", flat=True)) == {late}
    commands.watch_duties(at=late)
    assert not rounds.filter(settled_at=None).exists()
    commands.watch_duties(at=late + DAY * 2)
    assert rounds.filter(settled_at=None, step=AlarmStep.BREACH).exists()


@pytest.mark.strategy("C2")
def test_a_breach_is_explained_by_those_who_work_there_and_then_rests(scene, at):
    commands.watch_duties(at=at)
    last_week = MONDAY - DAY * 7
    alarms = DutyAlarm.objects.filter(presence=scene.cinema, duty=DutyCode.POSTS, week_on=last_week)
    assert set(alarms.values_list("step", flat=True)) == {AlarmStep.BREACH, AlarmStep.ESCALATION}
    leader = factories.person("Ada Leder")
    factories.role(leader, Role.LEADER, at=at)
    where = {"presence_id": scene.cinema.public_id, "duty": DutyCode.POSTS, "week_on": last_week, "at": at}

    with pytest.raises(NotFound):
        commands.explain_breach(**where, text="Stengt", by=scene.house.administrator)
    with pytest.raises(NotAllowed):
        commands.explain_breach(**where, text="Stengt", by=leader)
    with pytest.raises(Invalid):
        commands.explain_breach(**where, text=" ", by=scene.officer)
    commands.explain_breach(**where, text="Kinoen var stengt.", by=scene.officer)
    with pytest.raises(InvalidTransition):
        commands.explain_breach(**where, text="Igjen", by=scene.officer)

    assert not alarms.filter(settled_at=None).exists()
    assert commands.watch_duties(at=at) == 0
    assert audited("oversight.breach.explained") == 1
    shown = queries.breaches_together(scene.officer, at=at)
    assert [[one.week.monday for one in line.weeks] for line in shown if line.note] == [[last_week]]
    lines = [(line.presence.pk, line.duty) for line in shown if not line.note]
    assert len(lines) == len(set(lines)) and max(len(line.weeks) for line in shown) > 1


def test_a_duty_that_was_kept_needs_no_explanation(scene, at):
    scene.post(scene.cinema, at)

    with pytest.raises(Invalid):
        commands.explain_breach(
            presence_id=scene.cinema.public_id,
            duty=DutyCode.POSTS,
            week_on=MONDAY,
            text="?",
            by=scene.officer,
            at=at,
        )


@pytest.mark.strategy("C4")
def test_a_page_that_fails_its_duty_is_advised_to_merge_with_figures(scene, at):
    scene.post(scene.cinema, at - DAY * 14)

    board = queries.board(scene.officer, at=at)

    ((page, advice),) = board.advised
    assert page == scene.cinema
    assert (advice.posts.breached, advice.posts.weeks) == (6, 7)


def alarm_of(scene, page, step, at):
    return DutyAlarm.objects.create(
        scope_id=page.scope_id, presence=page, duty=DutyCode.POSTS, week_on=MONDAY, step=step, raised_at=at
    )


@pytest.mark.parametrize(
    ("step", "told"),
    [
        (AlarmStep.REMINDER, {"Kine"}),
        (AlarmStep.BREACH, {"Kine", "Ola"}),
        (AlarmStep.ESCALATION, {"Kine", "Ola", "Ada"}),
    ],
)
def test_each_step_tells_more_people_and_a_stand_in_instead_of_one_who_is_away(scene, at, step, told):
    kine = factories.person("Kine Kino")
    factories.role(kine, Role.PAGE_ADMINISTRATOR, at=at, scope=scene.cinema.scope)
    leader = factories.person("Ada Leder")
    factories.role(leader, Role.LEADER, at=at)
    vikar = factories.person("Vera Vikar")
    StandIn.objects.create(absent=kine, stand_in=vikar, from_at=at - DAY, until_at=at + DAY)

    letters.tell_of_duty(alarm_of(scene, scene.cinema, step, at), at=at)

    expected = {"Vera" if name == "Kine" else name for name in told}
    assert {row.person.name.split()[0] for row in Notification.objects.all()} == expected


def test_each_is_told_of_duties_as_they_have_chosen_and_no_letter_names_the_page(scene, at):
    chosen = {NotificationKind.DUTY_MISSED: Tell.AT_ONCE}
    people.choose_notifications(tells=chosen, quiet=Quiet(time(0), time(0), False), by=scene.officer, at=at)
    kine = factories.person("Kine Kino")
    factories.role(kine, Role.PAGE_ADMINISTRATOR, at=at, scope=scene.cinema.scope)
    never = {NotificationKind.DUTY_MISSED: Tell.NEVER}
    people.choose_notifications(tells=never, quiet=Quiet(time(0), time(0), False), by=kine, at=at)
    letters.tell_of_duty(alarm_of(scene, scene.cinema, AlarmStep.BREACH, at), at=at)

    mailing.send_due(at=at)

    (letter,) = mail.outbox
    assert letter.to == [scene.officer.email]
    assert str(scene.cinema.public_id) in letter.body
    assert "Storvik" not in letter.subject + letter.body


@pytest.mark.strategy("C8")
def test_nobody_outside_is_written_to_about_a_secret_group(scene, at):
    leader = factories.person("Ada Leder")
    factories.role(leader, Role.LEADER, at=at)

    letters.tell_of_duty(alarm_of(scene, scene.group, AlarmStep.ESCALATION, at), at=at)

    assert {row.person for row in Notification.objects.all()} == {scene.officer, scene.owner}


@pytest.mark.strategy("B7")
def test_a_round_tells_who_looked_when_and_what_was_found(scene, at):
    page, by = scene.house.presence, {"by": scene.house.case_officer, "at": at}

    begun = commands.start_round(presence_id=page.public_id, **by)
    assert commands.start_round(presence_id=page.public_id, **by) == begun
    with pytest.raises(Invalid):
        commands.finish_round(round_id=begun.public_id, found=Found.HANDED_ON, **by)
    with pytest.raises(NotAllowed):
        commands.finish_round(round_id=begun.public_id, found=Found.NOTHING, by=scene.officer, at=at)
    done = commands.finish_round(
        round_id=begun.public_id, found=Found.HANDED_ON, note="Servicetorget ser på det", has_rules=True, **by
    )

    assert (done.finished_at, done.by, done.found) == (at, scene.house.case_officer, Found.HANDED_ON)
    assert standing_of(page, DutyCode.RULES, at).standing == Standing.MET
    assert audited("oversight.round.finished") == 1
    with pytest.raises(InvalidTransition):
        commands.finish_round(round_id=begun.public_id, found=Found.NOTHING, **by)


@pytest.mark.strategy("B7")
@pytest.mark.parametrize(
    ("by", "refusal"), [("leader", NotAllowed), ("contributor", NotAllowed), ("stranger", NotFound)]
)
def test_only_those_who_work_on_a_page_look_in_on_it(scene, at, by, refusal):
    with pytest.raises(refusal):
        commands.look_in(presence_id=scene.house.presence.public_id, by=getattr(scene.house, by), at=at)


def test_a_closed_page_is_not_looked_in_on(scene, at):
    Presence.objects.filter(pk=scene.house.presence.pk).update(closed_at=at)

    with pytest.raises(InvalidTransition):
        commands.look_in(presence_id=scene.house.presence.public_id, by=scene.officer, at=at)


@pytest.mark.strategy("C3", "C7")
def test_the_board_shows_where_no_officer_has_access_and_a_deputy_counts(scene, at, deputy):
    lacking = standing_of(scene.cinema, DutyCode.OFFICER, at)
    scene.administrates(deputy, scene.cinema)
    employee = scene.employee("1", deputy.name, email=deputy.email.upper())
    scene.member(employee)

    assert lacking.standing == Standing.BREACHED
    assert standing_of(scene.cinema, DutyCode.OFFICER, at).standing == Standing.MET
    assert standing_of(scene.group, DutyCode.OFFICER, at).standing == Standing.MET
