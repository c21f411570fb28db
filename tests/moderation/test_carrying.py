"""What was decided is carried out, and what happens when platform, token or author stand in the way."""

from datetime import timedelta

import pytest

from tests.inbox.conftest import ABLE, audited
from torg.channels.models import Connection
from torg.connectors import contract
from torg.connectors.contract import PlatformState
from torg.core.errors import Invalid, InvalidTransition, NotAllowed
from torg.moderation import commands, notices, queries
from torg.moderation.models import Case, Decision, Notice, TemporaryHiding
from torg.moderation.words import Ground, Measure, NoNotice, Step
from torg.outbox import outcomes as sending
from torg.outbox.models import OutboxAct


def now(decision) -> tuple[str, str]:
    """How the decision and its notice stand."""
    found = Decision.objects.select_related("notice").get(pk=decision.pk)
    return found.state, found.notice.state


def asked(room) -> list[str]:
    return [act.kind.value for act in room.platform.performed]


def able(room, **fields):
    Connection.objects.filter(pk=room.house.connection.pk).update(
        capabilities={**ABLE, "can_hide": True, "can_delete": True, "can_ban": True, **fields}
    )


def test_the_notice_that_the_platform_refuses_is_the_stated_reason_and_the_deletion_goes_on(room):
    decision = room.decided()
    room.platform.fail(contract.Refused("Meldingen tas ikke imot.", code="10/2534022"))

    room.work()

    assert (asked(room), now(decision)) == (["private-reply", "delete"], ("DONE", "NOT_SENT"))
    assert Notice.objects.get(decision=decision).no_notice == NoNotice.REFUSED


def test_a_window_that_closes_meanwhile_is_the_stated_reason(room):
    decision = room.decided()
    room.platform.fail(contract.WindowClosed("For sent."))

    room.work()

    assert Notice.objects.get(decision=decision).no_notice == NoNotice.WINDOW_CLOSED
    assert now(decision) == ("DONE", "NOT_SENT")


def test_after_seven_days_the_reason_is_stated_at_once(room, at):
    case = room.case(at=at - timedelta(days=8))

    decision = room.decided(case=case)
    room.work()

    assert (asked(room), now(decision)) == (["delete"], ("DONE", "NOT_SENT"))


def test_the_one_private_reply_is_not_spent_twice(room):
    case = room.case()
    room.decided(case=case, measure=Measure.HIDE, considered=[Measure.ANSWER])
    room.work()
    Case.objects.filter(pk=case.pk).update(state="DISMISSED", dismissed_because="MISTAKE", closed_at=room.at)

    again = room.decided(case=commands.open_case(item_id=case.item.public_id, by=room.house.officer, at=room.at))

    assert Notice.objects.get(decision=again).no_notice == NoNotice.WAY_USED


def test_a_dead_token_stops_all_and_nothing_is_lost_when_it_is_mended(room, at):
    decision = room.decided()
    room.platform.fail(contract.CredentialsDead("Nøkkelen er død.", code="190/460"))
    room.work()
    stopped = now(decision)
    Connection.objects.filter(pk=room.house.connection.pk).update(state="ACTIVE", problem="")

    commands.retry_decision(decision_id=decision.public_id, by=room.house.administrator, at=at)
    room.work()

    assert (stopped, now(decision)) == (("STOPPED", "STOPPED"), ("DONE", "SENT"))
    assert (asked(room), audited("moderation.decision.retried")) == (["private-reply", "private-reply", "delete"], 1)


def test_the_token_dies_between_hiding_and_deleting(room, at):
    case = room.case("Jeg skal drepe deg.")
    commands.hide_for_now(
        case_id=case.public_id, ground=Ground.THREAT, reason="En trussel.", by=room.house.administrator, at=at
    )
    room.work()
    decision = room.decided(case=Case.objects.get(pk=case.pk), rule="threats", ground=Ground.THREAT)
    Connection.objects.filter(pk=room.house.connection.pk).update(state="NEEDS_RECONNECT", problem="190")

    room.work()

    assert (asked(room), now(decision)[0]) == (["hide"], "STOPPED")
    assert TemporaryHiding.objects.get(case=case).state == "UPHELD"


def test_the_platform_refuses_the_deletion_and_somebody_does_it_by_hand(room, at):
    decision = room.decided()
    refuse_second(room, contract.Refused("Kan ikke slettes.", code="200"))
    room.work()
    stopped = now(decision)

    commands.tick_done(decision_id=decision.public_id, by=room.house.administrator, at=at)
    room.work()

    assert (stopped, now(decision)) == (("STOPPED", "SENT"), ("DONE", "SENT"))
    assert (asked(room), audited("moderation.decision.done_by_hand")) == (["private-reply", "delete"], 1)


def refuse_second(room, error):
    """Let the notice through, and the act after it end in this error."""
    perform = room.platform.perform

    def once(act):
        if act.kind.value in ("delete", "ban") and not room.platform.faults and error.args:
            room.platform.fail(error)
            room.platform.perform = perform
        return perform(act)

    room.platform.perform = once


def test_the_author_deletes_it_first(room):
    decision = room.decided()
    refuse_second(room, contract.Gone("Ikke der."))

    room.work()

    assert now(decision) == ("MOOT", "SENT")


def test_a_time_out_after_success_is_looked_for_and_not_repeated(room):
    decision = room.decided()
    perform, looked = room.platform.perform, []

    def times_out(act):
        done = perform(act)
        if act.kind.value == "delete":
            raise contract.Ambiguous("no answer in time")
        return done

    def look(act, *, since):
        looked.append(act.kind.value)
        return [contract.Match(act.target_id, is_what_was_acted_on=True)]

    room.platform.perform, room.platform.look = times_out, look
    room.work()
    room.work(room.at + sending.LOOK_AGAIN)

    assert (asked(room), looked, now(decision)[0]) == (["private-reply", "delete"], ["delete"], "DONE")


@pytest.mark.strategy("B2")
def test_what_the_channel_cannot_do_is_done_by_hand_and_ticked_off(room, at):
    able(room, can_delete=False)
    decision = room.decided()
    room.work()
    waiting = now(decision)

    commands.tick_done(decision_id=decision.public_id, by=room.house.case_officer, at=at)

    assert (waiting, now(decision)[0], asked(room)) == (("BY_HAND", "SENT"), "DONE", ["private-reply"])


def test_nothing_is_ticked_off_before_the_author_is_told(room, at):
    able(room, can_delete=False)
    decision = room.decided()

    with pytest.raises(InvalidTransition):
        commands.tick_done(decision_id=decision.public_id, by=room.house.case_officer, at=at)


def test_a_decision_that_cannot_be_carried_out_is_given_up_with_a_reason(room, at):
    decision = room.decided()
    refuse_second(room, contract.Refused("Kan ikke slettes."))
    room.work()

    with pytest.raises(Invalid):
        commands.give_up(decision_id=decision.public_id, reason=" ", by=room.house.officer, at=at)
    commands.give_up(decision_id=decision.public_id, reason="Siden er lagt ned.", by=room.house.officer, at=at)
    room.work()

    assert (now(decision)[0], audited("moderation.decision.given_up")) == ("GIVEN_UP", 1)


def test_a_notice_that_stopped_is_replaced_by_a_stated_reason(room, at):
    decision = room.decided()
    room.platform.fail(contract.PermissionMissing("Mangler pages_messaging."))
    room.work()

    with pytest.raises(NotAllowed):
        commands.tell_otherwise(
            decision_id=decision.public_id, reason=NoNotice.OTHER_MEANS, detail="Brev.", by=room.house.leader, at=at
        )
    commands.tell_otherwise(
        decision_id=decision.public_id,
        reason=NoNotice.OTHER_MEANS,
        detail="Sendt som brev.",
        by=room.house.officer,
        at=at,
    )
    room.work()

    assert now(decision) == ("DONE", "NOT_SENT")


def test_read_back_from_the_platform_what_was_undone_outside(room, at):
    decision = room.decided(measure=Measure.HIDE, considered=[Measure.ANSWER])
    room.work()

    commands.note_platform_state(decision_id=decision.public_id, state=PlatformState.VISIBLE, at=at)

    assert now(decision)[0] == "STOPPED"


def test_a_stored_notice_holds_no_way_into_the_complaint(room):
    decision = room.decided()

    notice = Notice.objects.get(decision=decision)
    sent = OutboxAct.objects.get(public_id=notice.act_id).payload["act"]["text"]
    secret = sent.split("/klage/")[1].split()[0]
    assert notices.digest_of(secret) == notice.complaint_token
    assert secret not in notice.text


@pytest.mark.strategy("B6")
def test_a_ban_goes_after_the_notice_and_ends_by_itself(room, at):
    ends_on = (at + timedelta(days=30)).date()
    decision = room.decided(sanction=Step.TEMPORARY_BAN, ends_on=ends_on)
    room.work()
    sanction = decision.author_sanction
    sanction.refresh_from_db()
    in_force, register = sanction.state, list(queries.bans_in_force(room.house.officer, at=at))

    later = at + timedelta(days=30)
    commands.end_sanctions(at=later - timedelta(days=1))
    commands.end_sanctions(at=later)
    room.work(later)

    sanction.refresh_from_db()
    assert asked(room) == ["private-reply", "delete", "ban", "unban"]
    assert (in_force, register, sanction.state) == ("IN_FORCE", [sanction], "ENDED")


def test_an_author_shut_out_by_another_decision_is_not_let_in(room, at):
    first = room.decided(sanction=Step.TEMPORARY_BAN, ends_on=(at + timedelta(days=3)).date())
    case = room.case()
    Case.objects.filter(pk=case.pk).update(author=first.case.author)
    second = room.decided(
        case=Case.objects.get(pk=case.pk), sanction=Step.LONGER_BAN, review_on=at.date() + timedelta(90)
    )
    room.work()

    commands.end_sanctions(at=at + timedelta(days=3))
    room.work(at + timedelta(days=3))

    assert "unban" not in asked(room)
    assert second.author_sanction.step == Step.LONGER_BAN


def test_a_ban_that_the_platform_will_not_lift_stands_and_is_tried_again(room, at):
    decision = room.decided(sanction=Step.TEMPORARY_BAN, ends_on=(at + timedelta(days=3)).date())
    room.work()
    later = at + timedelta(days=3)
    room.platform.fail(contract.Refused("Ikke nå."))
    commands.end_sanctions(at=later)
    room.work(later)
    stands = type(decision.author_sanction).objects.get(decision=decision).state

    commands.end_sanctions(at=later + timedelta(minutes=10))
    commands.end_sanctions(at=later + timedelta(hours=2))
    room.work(later + timedelta(hours=2))

    assert (stands, asked(room).count("unban")) == ("IN_FORCE", 2)


def test_lifting_early_is_for_those_who_may_agree(room, at):
    decision = room.decided(sanction=Step.WARNING)
    sanction = decision.author_sanction

    with pytest.raises(NotAllowed):
        commands.lift_sanction(sanction_id=sanction.public_id, reason="Nei.", by=room.house.administrator, at=at)
    commands.lift_sanction(sanction_id=sanction.public_id, reason="Feil person.", by=room.deputy, at=at)

    sanction.refresh_from_db()
    assert (sanction.state, audited("moderation.sanction.lifted")) == ("ENDED", 1)


@pytest.mark.strategy("B6")
def test_the_ladder_goes_up_and_forgets(room, at):
    decision = room.decided(sanction=Step.WARNING)
    author = decision.case.author

    assert queries.next_step(author, at=at) == Step.FINAL_WARNING
    assert queries.next_step(author, at=at + timedelta(days=366)) == Step.GUIDANCE


def test_a_review_never_puts_the_end_off(room, at):
    ends_on = (at + timedelta(days=30)).date()
    sanction = room.decided(sanction=Step.TEMPORARY_BAN, ends_on=ends_on).author_sanction
    room.work()

    with pytest.raises(Invalid):
        commands.review_sanction(
            sanction_id=sanction.public_id, review_on=ends_on + timedelta(1), by=room.deputy, at=at
        )
    reviewed = commands.review_sanction(sanction_id=sanction.public_id, review_on=ends_on, by=room.deputy, at=at)

    assert (reviewed.review_on, audited("moderation.sanction.reviewed")) == (ends_on, 1)
