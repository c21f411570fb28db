"""Calling people out: in order, by the next way where one does not get through, and honestly where none does."""

import json
from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlencode, urlsplit

import pytest
from django.core import mail
from django.test import Client

from tests.crisis.conftest import send_all
from torg.connectors.services import fetch, sms
from torg.connectors.services.sms import AnswerRule, ReportRule
from torg.core.errors import Invalid, NotAllowed, NotFound
from torg.crisis import calling, commands, queries
from torg.crisis.models import Alert, Called, Gateway
from torg.crisis.types import AlertState, GatewayKind, GatewayWanted, TeamRole
from torg.outbox.models import OutboxAct

TEMPLATE = '{"to": "{to}", "body": {"text": "Torg: {text}"}, "ref": "{id}"}'
SMS = GatewayWanted("Sendemeg", GatewayKind.SMS, 1, "https://sms.example/send", TEMPLATE, key="hemmelig")
MAIL = GatewayWanted("E-post", GatewayKind.MAIL, 2)


@pytest.fixture
def incident(crisis):
    for wanted in (SMS, MAIL):
        commands.set_gateway(wanted=wanted, by=crisis.deputy, at=crisis.at)
    crisis.house.leader.phone = "+4790000000"
    crisis.house.leader.save()
    row = crisis.open()
    crisis.seat(row, crisis.house.leader, TeamRole.LEAD, call_order=2)
    return row


@pytest.fixture
def gateway(monkeypatch):
    """What the gateway was sent, and what it answers."""
    told = {"sent": [], "answer": fetch.Fetched(200, b'{"id": "kvittering-7"}', "application/json", "")}

    def post(url, *, door, body, headers):
        told["sent"].append((url, json.loads(body), headers))
        if isinstance(told["answer"], Exception):
            raise told["answer"]
        return told["answer"]

    monkeypatch.setattr(sms, "post", post)
    return told


def call(crisis, incident):
    return commands.call_out(incident_id=incident.public_id, text="Møt på rådhuset", by=crisis.deputy, at=crisis.at)


@pytest.mark.django_db
@pytest.mark.strategy("A8")
def test_the_team_is_called_with_receipts_and_confirms(crisis, incident, gateway):
    call(crisis, incident)

    send_all(crisis.at)

    leader = Called.objects.get(person=crisis.house.leader)
    assert leader.alerts.get().receipt == "kvittering-7" and leader.alerts.get().state == AlertState.HANDED_OVER
    url, body, headers = gateway["sent"][0]
    assert (url, body["to"], headers["Authorization"]) == (SMS.address, "+4790000000", "hemmelig")
    # Whoever has no phone number is reached by e-mail at once.
    assert [letter.to for letter in mail.outbox] == [[crisis.house.officer.email]]
    token = calling.token_of(leader.public_id)
    assert token in body["body"]["text"] and calling.called_by_token(token) == leader.public_id
    assert not any(token in str(act.payload) or "+47" in str(act.payload) for act in OutboxAct.objects.all())
    assert queries.calls_unanswered(crisis.house.leader).exists()
    commands.confirm(called_id=leader.public_id, by=None, at=crisis.at)
    assert not queries.calls_unanswered(crisis.house.leader).exists()
    assert Called.objects.get(pk=leader.pk).confirmed_at == crisis.at


@pytest.mark.django_db
@pytest.mark.parametrize(
    "answer",
    [fetch.Fetched(503, b"", None, ""), fetch.Unreached("gone"), OSError("no route")],
    ids=["refuses", "does not answer", "no network"],
)
def test_where_a_gateway_is_down_the_next_is_tried_at_once(crisis, incident, gateway, answer):
    gateway["answer"] = answer
    call(crisis, incident)

    send_all(crisis.at)

    states = dict(Alert.objects.filter(called__person=crisis.house.leader).values_list("gateway__kind", "state"))
    assert states == {"SMS": AlertState.FAILED, "MAIL": AlertState.HANDED_OVER}
    assert len(mail.outbox) == 2


@pytest.mark.django_db
def test_where_nothing_gets_through_it_says_so(crisis, incident, gateway):
    Gateway.objects.filter(kind="MAIL").update(ended_at=crisis.at)
    gateway["answer"] = fetch.Unreached("gone")
    call(crisis, incident)

    send_all(crisis.at)

    assert Called.objects.get(person=crisis.house.officer).alerts.count() == 0
    failed = Alert.objects.get()
    assert failed.state == AlertState.FAILED and failed.problem


@pytest.mark.django_db
def test_nobody_confirms_for_somebody_else(crisis, incident):
    call(crisis, incident)
    called = Called.objects.get(person=crisis.house.leader)

    with pytest.raises(NotFound):
        commands.confirm(called_id=called.public_id, by=crisis.deputy, at=crisis.at)
    with pytest.raises(NotFound):
        calling.called_by_token(f"{called.public_id.hex}:falsk")


CANNOT_WORK = [
    {"address": "http://sms.example"},
    {"template": "nei"},
    {"template": '{"to": "{to}"}'},
    {"template": '{"text": "{text}"}'},
    {"template": "[" * 90_000},
    {"answer": AnswerRule(accepted="a b")},
    {"answer": AnswerRule("2xx")},
    {"report": ReportRule(message="id")},
    {"name": " "},
    {"header": "X-Key\r\nX-Other"},
    {"key": "nøkkel\n"},
]


@pytest.mark.django_db
def test_a_gateway_that_cannot_work_is_refused(crisis):
    for changes in CANNOT_WORK:
        with pytest.raises(Invalid):
            commands.set_gateway(wanted=replace(SMS, **changes), by=crisis.deputy, at=crisis.at)
    with pytest.raises(NotAllowed):
        commands.set_gateway(wanted=SMS, by=crisis.house.administrator, at=crisis.at)
    assert not Gateway.objects.exists()


@pytest.mark.django_db
def test_an_answer_200_that_says_no_is_no_message_and_the_next_is_tried(crisis, incident, gateway):
    strict = replace(SMS, answer=AnswerRule(accepted="status=queued", failed="error", receipt="id"))
    kept = commands.set_gateway(wanted=replace(strict, key=""), by=crisis.deputy, at=crisis.at)
    gateway["answer"] = fetch.Fetched(200, b'{"status": "queued", "id": "7", "error": "no credit"}', None, "")
    call(crisis, incident)

    send_all(crisis.at)

    states = dict(Alert.objects.filter(called__person=crisis.house.leader).values_list("gateway__kind", "state"))
    assert states == {"SMS": AlertState.FAILED, "MAIL": AlertState.HANDED_OVER}
    assert Alert.objects.get(gateway=kept).problem == "no credit"
    # The key was kept, for the address is the same; for another it would not have been.
    assert gateway["sent"][0][2]["Authorization"] == "hemmelig"
    elsewhere = replace(SMS, key="", address="https://sms.example/other")
    assert bytes(commands.set_gateway(wanted=elsewhere, by=crisis.deputy, at=crisis.at).key) == b""


FORM = "application/x-www-form-urlencoded"
TELLS = ReportRule(message="id", delivered="status=delivered", failed="status=failed")


@pytest.fixture
def telling(crisis, incident, gateway, monkeypatch):
    """A gateway that reports, and one call handed over to it; returns its row and the leader's alert."""
    monkeypatch.setattr("torg.core.clock.now", lambda: crisis.at)
    row = commands.set_gateway(wanted=replace(SMS, report=TELLS), by=crisis.deputy, at=crisis.at)
    call(crisis, incident)
    send_all(crisis.at)
    return row, Alert.objects.get(gateway=row)


def told(row: Gateway, **said: str):
    return Client().post(urlsplit(calling.report_address(row)).path, urlencode(said), content_type=FORM)


@pytest.mark.django_db
def test_delivered_is_said_only_by_the_gateways_own_report(crisis, telling):
    row, alert = telling
    assert alert.state == AlertState.HANDED_OVER and alert.delivered_at is None
    other = commands.set_gateway(wanted=replace(SMS, name="Annen", report=TELLS), by=crisis.deputy, at=crisis.at)
    path, forgery = urlsplit(calling.report_address(row)).path, "id=kvittering-7&status=delivered"

    forged = [
        told(other, id="kvittering-7", status="delivered"),
        Client().post(f"{path[:-2]}x/", forgery, content_type=FORM),
        Client().post(f"/varsel/levering/{row.public_id.hex}/", forgery, content_type=FORM),
        told(row, id="kvittering-8", status="delivered"),
        told(row, id=str(Alert.objects.get(gateway__kind="MAIL").public_id), status="delivered"),
        Client().post(path, b"x" * 70_000, content_type="text/plain"),
    ]
    alert.refresh_from_db()
    assert {answer.status_code for answer in forged} == {404} and alert.state == AlertState.HANDED_OVER
    assert told(row, id="kvittering-7", status="sent").status_code == 200

    right = [told(row, id="kvittering-7", status=status).status_code for status in ("delivered", "delivered", "failed")]

    alert.refresh_from_db()
    assert right == [200, 200, 200] and (alert.state, bool(alert.delivered_at)) == (AlertState.DELIVERED, True)
    assert Called.objects.get(person=crisis.house.leader).alerts.count() == 1


@pytest.mark.django_db
def test_where_it_never_will_be_delivered_or_nothing_is_told_the_next_is_tried_once(crisis, telling):
    row, alert = telling
    own = Called.objects.get(person=crisis.house.leader).alerts

    soon, late = (commands.chase(at=crisis.at + timedelta(minutes=minutes)) for minutes in (2, 4))
    again = commands.chase(at=crisis.at + timedelta(minutes=9))
    assert (soon, late, again) == (0, 1, 0) and own.count() == 2
    told(row, id=str(alert.public_id), status="failed")

    alert.refresh_from_db()
    assert (alert.state, alert.problem) == (AlertState.FAILED, "failed") and own.count() == 2
    # Set up anew, the gateway's address for reports stays good.
    commands.set_gateway(wanted=replace(SMS, report=TELLS), by=crisis.deputy, at=crisis.at)
    assert told(row, id="kvittering-7", status="delivered").status_code == 200
    alert.refresh_from_db()
    assert alert.state == AlertState.DELIVERED


@pytest.mark.django_db
def test_a_failure_that_is_reported_is_followed_by_the_next_gateway_at_once(crisis, telling):
    row, _alert = telling

    told(row, id="kvittering-7", status="failed")
    send_all(crisis.at)

    assert [letter.to for letter in mail.outbox].count([crisis.house.leader.email]) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("is_closed", [True, False])
def test_a_failure_that_is_told_days_later_or_after_the_end_calls_nobody(
    crisis, incident, telling, monkeypatch, is_closed
):
    row, alert = telling
    if is_closed:
        crisis.close(incident)
    monkeypatch.setattr("torg.core.clock.now", lambda: crisis.at + timedelta(minutes=5 if is_closed else 70))

    assert told(row, id="kvittering-7", status="failed").status_code == 200

    alert.refresh_from_db()
    assert alert.state == AlertState.FAILED
    assert Called.objects.get(person=crisis.house.leader).alerts.count() == 1


@pytest.mark.django_db
def test_one_report_that_nobody_can_place_does_not_hide_the_others(crisis, telling):
    row, alert = telling
    Gateway.objects.filter(pk=row.pk).update(report={**row.report, "each": "all"})
    body = {"all": [{"id": one, "status": "delivered"} for one in ("fra-i-fjor", "kvittering-7")]}

    answer = Client().post(urlsplit(calling.report_address(row)).path, body, content_type="application/json")

    alert.refresh_from_db()
    assert (answer.status_code, alert.state) == (404, AlertState.DELIVERED)


@pytest.mark.django_db
def test_tests_are_no_way_to_send_text_messages_for_nothing(crisis, incident, gateway):
    row = Gateway.objects.get(kind="MAIL", ended_at=None)
    for _ in range(calling.MOST_TESTS):
        commands.send_test(gateway_id=row.public_id, by=crisis.deputy, at=crisis.at)

    with pytest.raises(Invalid):
        commands.send_test(gateway_id=row.public_id, by=crisis.deputy, at=crisis.at)
    commands.send_test(gateway_id=row.public_id, by=crisis.deputy, at=crisis.at + timedelta(hours=1, minutes=1))


@pytest.mark.django_db
def test_no_report_concerns_an_exercise(crisis, telling):
    row, _alert = telling
    exercise = crisis.exercise()
    crisis.seat(exercise, crisis.house.leader, TeamRole.LEAD)
    call(crisis, exercise)
    sandboxed = Alert.objects.get(gateway=row, called__call_out__incident=exercise)

    assert told(row, id=str(sandboxed.public_id), status="delivered").status_code == 404


@pytest.mark.django_db
def test_one_sends_oneself_a_test_and_sees_how_it_went(crisis, gateway, browser):
    for wanted in (replace(SMS, report=TELLS), MAIL):
        commands.set_gateway(wanted=wanted, by=crisis.deputy, at=crisis.at)
    client, row = browser(crisis.deputy), Gateway.objects.get(kind="SMS")
    path = f"/crisis/plan/gateways/{row.public_id}/test/"
    without = client.post(path)
    crisis.deputy.phone = "+999 0000003"
    crisis.deputy.save()

    sent = client.post(path)
    send_all(crisis.at)
    shown = client.get("/crisis/plan/").content.decode()
    told(row, id="kvittering-7", status="failed")

    assert (without.status_code, sent.status_code) == (422, 303) and "kvittering-7" in shown
    assert gateway["sent"][0][1]["to"] == "+999 0000003" and calling.report_address(row) in shown
    # A test is tried by that gateway alone, whatever becomes of it.
    assert Alert.objects.count() == 1 and "failed" in client.get("/crisis/plan/").content.decode()
    with pytest.raises(NotAllowed):
        commands.send_test(gateway_id=row.public_id, by=crisis.house.contributor, at=crisis.at)


@pytest.mark.django_db
def test_a_gateway_is_begun_from_a_shape_and_what_is_wrong_is_shown_where_it_was_written(crisis, browser):
    client = browser(crisis.deputy)
    shown = client.get("/crisis/plan/?shape=puzzel").content.decode()
    first = {"name": "Puzzel", "kind": "SMS", "order": 1, "address": "https://sms.example/", "template": TEMPLATE}

    wrong = client.post("/crisis/plan/gateways/", {**first, "header": "X-Key", "accepted": "a b"})
    right = client.post("/crisis/plan/gateways/", {**first, "header": "X-Key", "receipt": "messageStatus.0.messageId"})

    assert "messageStatus.0.messageId" in shown and "github.com/PuzzelSolutions" in shown
    assert (wrong.status_code, right.status_code) == (422, 303) and "a b" in wrong.content.decode()
    assert Gateway.objects.get().answer_rule.receipt == "messageStatus.0.messageId"


@pytest.mark.django_db
def test_those_who_are_silent_are_called_once_more_and_nobody_else(crisis, incident, gateway):
    call(crisis, incident)
    commands.confirm(called_id=Called.objects.get(person=crisis.house.officer).public_id, by=None, at=crisis.at)

    again = commands.call_out(
        incident_id=incident.public_id,
        text="Møt",
        people=[crisis.house.leader.public_id],
        by=crisis.deputy,
        at=crisis.at,
    )

    assert [row.person for row in again.called.all()] == [crisis.house.leader]
