"""Calling people out: in order, by the next way where one does not get through, and honestly where none does."""

import json
from dataclasses import replace
from urllib.parse import parse_qsl

import pytest
from django.core import mail

from tests.crisis.conftest import send_all
from torg.connectors.services import fetch, sms
from torg.core.errors import Invalid, NotAllowed, NotFound
from torg.crisis import calling, commands
from torg.crisis.models import Alert, Called, Gateway
from torg.crisis.types import AlertState, GatewayKind, GatewayWanted, TeamRole
from torg.outbox.models import OutboxAct

TEMPLATE = '{"to": "{to}", "body": {"text": "Torg: {text}"}, "ref": "{id}"}'
SMS = GatewayWanted("Sendemeg", GatewayKind.SMS, 1, "https://sms.example/send", TEMPLATE, key="hemmelig")
MAIL = GatewayWanted("E-post", GatewayKind.MAIL, 2)


FORM = "user=storvik&to={to}&text=Storvik: {text}&empty="


def test_a_template_is_filled_without_any_text_breaking_out_of_its_place():
    text = 'Si "hei", {to} & \\ \n'
    values = {"to": "+4790000000", "text": text, "id": "2"}

    as_json, as_form = sms.filled(TEMPLATE, values), sms.filled(FORM, values)

    assert as_json.media_type == "application/json" and as_form.media_type == "application/x-www-form-urlencoded"
    assert json.loads(as_json.body) == {"to": "+4790000000", "body": {"text": f"Torg: {text}"}, "ref": "2"}
    told = dict(parse_qsl(as_form.body.decode(), keep_blank_values=True))
    assert told == {"user": "storvik", "to": "+4790000000", "text": f"Storvik: {text}", "empty": ""}


@pytest.mark.parametrize(
    ("answer", "receipt"),
    [
        (b'{"id": "a\\u0000b\\n<script>"}', "ab<script>"),
        (b'[{"messageId": 17}]', "17"),
        (b'{"id": {"deep": "er"}, "reference": "r"}', "r"),
        (b"[" * 60_000, "m"),
        (b"\xff\xfe", "m"),
        (b"", "m"),
    ],
    ids=["control signs", "in a list", "no text", "deep", "no UTF-8", "empty"],
)
def test_a_hostile_answer_of_a_gateway_is_no_more_than_a_receipt(gateway, answer, receipt):
    gateway["answer"] = fetch.Fetched(200, answer, "application/json", "")
    way = sms.Way("https://sms.example/send", TEMPLATE)

    assert sms.send(way, to="1", text="hei", message_id="m") == receipt


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
    commands.confirm(called_id=leader.public_id, by=None, at=crisis.at)
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


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changes",
    [
        {"address": "http://sms.example"},
        {"template": "nei"},
        {"template": '{"to": "{to}"}'},
        {"template": "[" * 90_000},
        {"name": " "},
        {"header": "X-Key\r\nX-Other"},
        {"key": "nøkkel\n"},
    ],
    ids=["not https", "no form", "no text", "too deep", "no name", "two headers", "no key"],
)
def test_a_gateway_that_cannot_work_is_refused(crisis, changes):
    with pytest.raises(Invalid):
        commands.set_gateway(wanted=replace(SMS, **changes), by=crisis.deputy, at=crisis.at)
    with pytest.raises(NotAllowed):
        commands.set_gateway(wanted=SMS, by=crisis.house.administrator, at=crisis.at)


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
