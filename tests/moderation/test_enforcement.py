"""No way makes a deletion or a ban with one person, without evidence, ground, or notice or reason: each is tried."""

import ast
import json
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import DatabaseError, IntegrityError, connection, transaction

from tests.architecture import source
from tests.moderation.room import check, commit, suggestion
from torg.connectors.contract import ActKind
from torg.core.actors import Operator, Rule
from torg.core.errors import NotAllowed
from torg.moderation import acts, commands
from torg.moderation.models import Agreement, Case, Decision, Notice, Proposal, Target
from torg.moderation.words import Measure, Step
from torg.outbox import commands as outbox
from torg.outbox.models import OutboxAct
from torg.people.models import RoleAssignment
from torg.people.types import ROLE_PERMISSIONS, Permission, Role


def execute(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def delete_of(item, *, subject_id, kind="delete"):
    planned = acts.on_item(ActKind.DELETE, item, subject=acts.DECISION, subject_id=subject_id)
    return {**{name: getattr(planned, name) for name in planned.__slots__}, "kind": kind}


def insert(fields, at, **changed):
    fields = {**fields, **changed}
    fields.pop("not_before")
    OutboxAct.objects.create(**fields, next_attempt_at=at, planned_at=at)


def test_the_application_role_is_the_one_that_serves(room):
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, tableowner FROM pg_tables WHERE tablename = 'moderation_decision'")
        user, owner = cursor.fetchone()

    assert user != owner


def test_a_deletion_out_of_nothing_is_refused(room, at):
    case = room.case()

    with pytest.raises(IntegrityError, match="without a decision"), commit():
        insert(delete_of(case.item, subject_id=case.public_id), at)


def test_a_ban_out_of_nothing_is_refused(room, at):
    case = room.case()
    planned = acts.on_author(
        ActKind.BAN, room.house.connection, case.author.external_id, subject=acts.DECISION, subject_id=case.public_id
    )

    with pytest.raises(IntegrityError, match="without a decision"), commit():
        outbox.plan(planned, at=at)


@pytest.mark.parametrize("kind", ["hide", "reply", "harmless"])
def test_a_deletion_dressed_as_another_kind_is_refused(room, at, kind):
    case = room.case()

    with pytest.raises(IntegrityError), commit():
        insert(delete_of(case.item, subject_id=case.public_id), at, kind=kind)


def test_a_deletion_under_another_handler_or_subject_is_refused(room, at):
    case = room.case()

    with pytest.raises(IntegrityError), commit():
        insert(delete_of(case.item, subject_id=case.public_id), at, handler="api.webhook", subject_kind="inbox.answer")


def test_a_hiding_rewritten_into_a_deletion_is_refused(room, at):
    case = room.case("Jeg skal drepe deg.")
    hiding = commands.hide_for_now(
        case_id=case.public_id, ground="THREAT", reason="En trussel.", by=room.house.officer, at=at
    )

    with pytest.raises(IntegrityError), commit():
        execute(
            "UPDATE outbox_outboxact SET payload = jsonb_set(payload, '{act,kind}', '\"delete\"') WHERE subject_id=%s",
            hiding.public_id,
        )


def test_a_proposal_alone_deletes_nothing(room, at):
    target = room.proposed().targets.get()

    with pytest.raises(IntegrityError, match="without a decision"), commit():
        insert(delete_of(target.case.item, subject_id=target.public_id), at)


def forged(room, at, *, agreed_by=None, **changed):
    """A decision as somebody with SQL would write it, all in one transaction; `changed` is what they get wrong."""
    proposal = changed.pop("proposal", None) or room.proposed()
    target = proposal.targets.get()
    agreement = Agreement.objects.create(
        proposal=proposal,
        answered="AGREED",
        proposed_by=changed.pop("proposed_by", proposal.proposed_by),
        agreed_by=agreed_by or room.house.officer,
        agreed_at=changed.pop("agreed_at", at),
        is_impartial=True,
    )
    Proposal.objects.filter(pk=proposal.pk).update(state=changed.pop("state", "AGREED"))
    with_notice = changed.pop("notice", "WOULD_HARM")
    fields = {
        "basis": proposal.basis,
        "ground": proposal.ground,
        "measure": proposal.measure,
        "capture": target.capture,
        "decided_at": at,
    }
    decision = Decision.objects.create(
        scope_id=target.case.scope_id, case=target.case, target=target, agreement=agreement, **(fields | changed)
    )
    if with_notice:
        Notice.objects.create(
            scope_id=decision.scope_id,
            decision=decision,
            state="NOT_SENT",
            language="nb",
            complaint_token="0" * 64,
            complain_by=at.date(),
            no_notice=with_notice,
            written_at=at,
        )
    insert(delete_of(target.case.item, subject_id=decision.public_id), at)


def test_what_lacks_nothing_passes_so_that_the_refusals_mean_something(room, at):
    with commit():
        forged(room, at)


@pytest.mark.strategy("B3")
def test_one_person_in_both_places_is_refused(room, at):
    with pytest.raises(IntegrityError), commit():
        forged(room, at, agreed_by=room.house.administrator)


def test_a_proposer_who_is_written_down_as_another_is_refused(room, at):
    with pytest.raises(IntegrityError, match="a second person"), commit():
        forged(room, at, agreed_by=room.house.administrator, proposed_by=room.deputy)


@pytest.mark.parametrize("who", ["case_officer", "leader", "stranger"])
def test_somebody_without_the_right_is_refused(room, at, who):
    with pytest.raises(IntegrityError, match="with the right to agree"), commit():
        forged(room, at, agreed_by=getattr(room.house, who))


def test_somebody_whose_right_has_ended_is_refused(room, at):
    proposal = room.proposed()
    RoleAssignment.objects.filter(person=room.deputy).update(until_at=at - timedelta(days=1))

    with pytest.raises(IntegrityError, match="with the right to agree"), commit():
        forged(room, at, proposal=proposal, agreed_by=room.deputy)


def test_a_right_that_waits_for_a_second_person_is_no_right(room, at):
    proposal = room.proposed()
    RoleAssignment.objects.filter(person=room.deputy).update(is_waiting=True)

    with pytest.raises(IntegrityError, match="with the right to agree"), commit():
        forged(room, at, proposal=proposal, agreed_by=room.deputy)


def test_one_active_agreer_is_too_few_in_the_database_too(room, at):
    proposal = room.proposed()
    RoleAssignment.objects.filter(person=room.deputy).update(until_at=at - timedelta(days=1))

    with pytest.raises(IntegrityError, match="two people who may agree"), commit():
        forged(room, at, proposal=proposal)


def test_whoever_hid_it_is_refused(room, at):
    case = room.case()
    commands.hide_for_now(case_id=case.public_id, ground="THREAT", reason="En trussel.", by=room.house.officer, at=at)

    with pytest.raises(IntegrityError, match="not partial"), commit():
        forged(room, at, proposal=room.proposed(Case.objects.get(pk=case.pk)))


@pytest.mark.strategy("B4")
def test_without_notice_or_reason_it_is_refused(room, at):
    with pytest.raises(IntegrityError, match="a notice, or a reason"), commit():
        forged(room, at, notice="")


def test_evidence_of_another_text_is_refused(room, at):
    other = room.proposed().targets.get().capture

    with pytest.raises(IntegrityError, match="evidence"), commit():
        forged(room, at, capture=other)


@pytest.mark.parametrize(
    "changed",
    [{"ground": "THREAT"}, {"measure": "HIDE"}, {"sanction": "LONGER_BAN"}, {"state": "RETURNED"}],
    ids=str,
)
def test_another_decision_than_was_agreed_to_is_refused(room, at, changed):
    with pytest.raises(IntegrityError), commit():
        forged(room, at, **changed)


def test_no_ground_is_no_decision(room, at):
    with pytest.raises(IntegrityError), commit():
        forged(room, at, ground="CRITICISM")


def test_a_decision_on_one_text_does_not_delete_another(room, at):
    decision, other = room.decided(), room.item()

    with pytest.raises(IntegrityError, match="just this"), commit():
        OutboxAct.objects.filter(subject_id=decision.public_id, kind="delete").update(
            payload=delete_of(other, subject_id=decision.public_id)["payload"]
        )


def test_a_decision_to_hide_does_not_delete(room, at):
    decision = room.decided(measure=Measure.HIDE, considered=[Measure.ANSWER])

    with pytest.raises(IntegrityError, match="just this"), commit():
        insert(delete_of(decision.case.item, subject_id=decision.public_id), at)


def test_a_deletion_decision_does_not_ban(room, at):
    decision = room.decided()
    planned = acts.on_author(
        ActKind.BAN,
        room.house.connection,
        decision.case.author.external_id,
        subject=acts.DECISION,
        subject_id=decision.public_id,
    )

    with pytest.raises(IntegrityError, match="just this"), commit():
        outbox.plan(planned, at=at)


def test_the_deletion_cannot_be_let_go_before_its_notice(room):
    decision = room.decided()

    with pytest.raises(IntegrityError, match="the notice before it"), commit():
        OutboxAct.objects.filter(subject_id=decision.public_id, kind="delete").update(after=None)


def test_a_table_in_the_way_does_not_fool_the_database(room, at):
    case = room.case()
    execute("CREATE TEMPORARY TABLE moderation_decision AS SELECT * FROM public.moderation_decision")

    with pytest.raises(IntegrityError), commit():
        insert(delete_of(case.item, subject_id=case.public_id), at)


@pytest.mark.parametrize(
    "sql",
    [
        "ALTER TABLE outbox_outboxact DISABLE TRIGGER ALL",
        "SET session_replication_role = replica",
        "DROP FUNCTION moderation_guard_act() CASCADE",
        "CREATE OR REPLACE FUNCTION moderation_guard_act() RETURNS trigger LANGUAGE sql AS 'SELECT NULL'",
        "TRUNCATE moderation_agreement",
        "UPDATE moderation_agreement SET agreed_by_id = proposed_by_id",
        "DELETE FROM moderation_agreement",
        "UPDATE moderation_proposal SET proposed_by_id = proposed_by_id + 1",
        "UPDATE moderation_proposal SET state = 'WAITING'",
        "UPDATE moderation_decision SET measure = 'DELETE', ground = 'HATE'",
        "UPDATE moderation_decision SET wording_when_posted = ''",
        "DELETE FROM moderation_decision",
        "UPDATE moderation_notice SET text = 'Hei.'",
        "DELETE FROM moderation_notice",
        "UPDATE moderation_target SET capture_id = capture_id + 1",
        "UPDATE moderation_passage SET start = 1",
        "UPDATE moderation_temporaryhiding SET hidden_by_id = hidden_by_id + 1",
    ],
)
def test_what_stands_cannot_be_bent(room, at, sql):
    case = room.case("Jeg skal drepe deg.")
    commands.hide_for_now(
        case_id=case.public_id, ground="THREAT", reason="En trussel.", by=room.house.administrator, at=at
    )
    room.agreed(room.proposed(Case.objects.get(pk=case.pk)))
    check()

    with pytest.raises(DatabaseError), transaction.atomic():
        execute(sql)


def test_a_case_is_not_closed_by_sql_before_the_author_is_told(room, at):
    decision = room.decided()

    with pytest.raises(IntegrityError), commit():
        Case.objects.filter(pk=decision.case_id).update(state="CLOSED", closed_at=at, record=decision.capture)


def test_a_repeated_agreement_makes_nothing_twice(room, at):
    proposal = room.proposed()
    room.agreed(proposal)

    with pytest.raises(IntegrityError), commit():
        forged(room, at, proposal=proposal)
    assert Target.objects.filter(proposal=proposal, decision__isnull=False).count() == 1


@pytest.mark.strategy("B6")
def test_a_ban_has_an_end_or_a_review_in_the_database_too(room, at):
    proposal = room.proposed(sanction=Step.WARNING)

    with pytest.raises(DatabaseError), commit():
        execute("INSERT INTO moderation_sanction SELECT * FROM moderation_sanction WHERE id = %s", proposal.pk)
        execute("UPDATE moderation_proposal SET sanction = 'LONGER_BAN' WHERE id = %s", proposal.pk)


def test_the_database_knows_the_same_roles_as_the_code(room, at):
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = 'moderation_may_agree'")
        (body,) = cursor.fetchone()

    agreeing = {role for role, may in ROLE_PERMISSIONS.items() if Permission.AGREE in may}
    assert {role for role in Role if f"'{role}'" in body} == agreeing


def test_only_the_outbox_asks_a_platform_to_act():
    # What calls a connector by itself passes the outbox, and so the database, by.
    asking = {
        str(path.relative_to(source.PACKAGE))
        for path, tree in source.modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ("channel_for" in (asked := ast.unparse(node.func)) or "handler_of" in asked)
        if asked.endswith(".perform")
    }

    assert asking == {"channels/outbound.py", "outbox/sending.py"}


def test_nobody_but_the_pages_of_moderation_proposes_agrees_or_removes():
    # No interface for programs, no command in a shell, no administration site and no job goes that way.
    deciding = {"propose", "propose_many", "agree", "remove_now", "word_notices"}
    calling = {
        str(path.relative_to(source.PACKAGE))
        for path, tree in source.modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in deciding
        if "commands" in ast.unparse(node.func.value) or "moderation" in ast.unparse(node.func.value)
    }

    of_moderation = {each for each in calling if not each.startswith("config/demo/")}
    assert of_moderation == {f"moderation/views/{name}.py" for name in ("cases", "deciding", "followup", "wording")}
    assert not any("admin" in app for app in settings.INSTALLED_APPS)


@pytest.mark.parametrize("by", [Operator("root"), Rule("moderation.finder", "1"), None])
def test_a_shell_a_rule_and_nobody_decide_nothing(room, at, by):
    proposal, case = room.proposed(), room.case()
    passage = room.marked(case)

    with pytest.raises(NotAllowed):
        commands.agree(proposal_id=proposal.public_id, is_impartial=True, by=by, at=at)
    with pytest.raises(NotAllowed):
        commands.propose(case_id=case.public_id, suggestion=suggestion(), passage_id=passage.public_id, by=by, at=at)
    assert not Decision.objects.exists() and not OutboxAct.objects.exists()


def test_the_payload_that_is_guarded_is_the_one_that_is_sent(room):
    decision = room.decided()
    act = OutboxAct.objects.get(subject_id=decision.public_id, kind="delete")

    assert json.loads(json.dumps(act.payload))["act"]["kind"] == act.kind == ActKind.DELETE.value
