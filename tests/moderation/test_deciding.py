"""Two people decide: what one proposes and another agrees to, told to the author and carried out."""

from datetime import timedelta

from torg.moderation import commands
from torg.moderation.models import Case


def test_a_deletion_is_proposed_agreed_told_and_carried_out(room, at):
    case = room.case()
    decision = room.decided(case=case)

    room.work()

    decision.refresh_from_db()
    assert [act.kind.value for act in room.platform.performed] == ["private-reply", "delete"]
    assert (decision.state, decision.notice.state, decision.case.state) == ("DONE", "SENT", "DECIDED")


def test_a_finished_case_is_closed_with_its_record(room, at):
    decision = room.decided()
    room.work()

    commands.close_finished(at=at + timedelta(minutes=5))

    case = Case.objects.get(decision=decision)
    assert (case.state, case.record.subject_kind, case.record.reason) == (
        "CLOSED",
        "moderation.case",
        "MODERATION_CLOSED",
    )
