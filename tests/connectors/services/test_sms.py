"""What a gateway for text messages answers and reports, read by rule: whatever it says, it is no more than that."""

import json
from dataclasses import replace
from urllib.parse import parse_qsl

import pytest

from torg.connectors.services import fetch, sms
from torg.connectors.services.saying import Place, Said
from torg.connectors.services.sms import AnswerRule, NotTaken, Report, ReportRule
from torg.crisis.shapes import SHAPES

TEMPLATE = '{"to": "{to}", "body": {"text": "Torg: {text}"}, "ref": "{id}"}'
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
    ("template", "header", "number"),
    [
        ('{"key": "{key}", "to": "{msisdn}", "text": "{text}"}', None, "4790000000"),
        (TEMPLATE, "hemmelig", "+4790000000"),
    ],
    ids=["key in the body", "key in a header"],
)
def test_the_key_goes_where_the_template_says_and_nowhere_else(monkeypatch, template, header, number):
    sent = {}

    def post(url, *, door, body, headers):
        sent.update(body=json.loads(body), headers=headers)
        return fetch.Fetched(200, b"{}", None, "")

    monkeypatch.setattr(sms, "post", post)
    way = sms.Way("https://sms.example", template, key="hemmelig")

    assert sms.send(way, to="+47 900 00 000".replace(" ", ""), text="hei", message_id="m") == "m"
    assert sent["headers"].get("Authorization") == header and sent["body"]["to"] == number
    assert sent["body"].get("key") == (None if header else "hemmelig")


@pytest.mark.parametrize(
    ("answer", "receipt"),
    [
        (b'{"id": "a\\u0000b\\n<script>"}', "ab<script>"),
        (b'[{"messageId": 17}]', "17"),
        (b'{"id": {"deep": "er"}, "reference": "r"}', "r"),
        (b"[" * 60_000, ""),
        (b"\xff\xfe", ""),
        (b"", ""),
        (b"1" * 10_000, ""),
    ],
    ids=["control signs", "in a list", "no text", "deep", "no UTF-8", "empty", "a long number"],
)
def test_a_hostile_answer_is_no_more_than_a_receipt(answer, receipt):
    assert sms.judged(AnswerRule(), 200, answer) == receipt


STRICT = AnswerRule("200,202", accepted="result.0.code=1|ok", failed="error", receipt="result.0.id")


@pytest.mark.parametrize(
    ("rule", "status", "body", "code"),
    [
        (STRICT, 200, '{"result": [{"code": 0, "id": "a"}]}', "200, not accepted"),
        (STRICT, 200, '{"result": [{"code": 1}]}', "200, no receipt"),
        (STRICT, 200, '{"result": [{"code": 1, "id": {"a": 1}}]}', "200, no receipt"),
        (STRICT, 200, '{"result": [{"code": 1, "id": "a"}], "error": "Number\\nblocked"}', "Numberblocked"),
        (STRICT, 201, '{"result": [{"code": 1, "id": "a"}]}', "201"),
        (STRICT, 200, "<html>Service unavailable</html>", "200, not accepted"),
        (STRICT, 302, "", "302"),
        (replace(STRICT, failed="errors"), 200, '{"errors": [{"x": 1}]}', "…"),
        (replace(STRICT, failed="code=!0"), 200, '{"code": 17}', "17"),
        (AnswerRule(accepted="<STATUS>{OK}</STATUS>"), 200, "<R><STATUS> FAIL </STATUS></R>", "200, not accepted"),
        (AnswerRule(failed="ERR: {}"), 200, "ERR: 104 no credit", "104"),
    ],
)
def test_an_answer_that_the_rule_does_not_take_is_no_message_handed_over(rule, status, body, code):
    with pytest.raises(NotTaken) as refused:
        sms.judged(rule, status, body.encode())

    assert refused.value.code == code


@pytest.mark.parametrize(
    ("rule", "body", "receipt"),
    [
        (STRICT, '{"result": [{"code": "OK", "id": 7}], "error": false}', "7"),
        (STRICT, '{"result": [{"code": 1, "id": "a"}], "error": null}', "a"),
        (
            AnswerRule(accepted="<STATUS>{OK}</STATUS>", receipt="<REF>{}</REF>"),
            "<STATUS>ok</STATUS> <REF>9-1</REF>",
            "9-1",
        ),
        (AnswerRule(receipt="id"), "status=ok&id=44", "44"),
    ],
)
def test_what_the_rule_takes_has_its_receipt(rule, body, receipt):
    assert sms.judged(rule, 200, body.encode()) == receipt


def test_reports_tell_of_one_message_or_of_many_and_only_of_an_end():
    many = ReportRule(each="dr", message="messageid", delivered="statuscode=0", failed="statuscode=!0|9")
    body = b'{"dr": [{"messageid": "a", "statuscode": 0}, {"messageid": "b", "statuscode": 6}, {"messageid": "c", '
    body += b'"statuscode": 9}, {"statuscode": 0}, 7, null]}'
    one = ReportRule(message="ref", delivered="status=true", failed="status=false")

    assert list(sms.reports(many, body)) == [Report("a", True, "0"), Report("b", False, "6")]
    assert list(sms.reports(one, b"number=47&status=false&ref=x%0A1")) == [Report("x1", False, "false")]
    assert list(sms.reports(one, b"\xff[[[" * 9_000)) == []


@pytest.mark.parametrize("written", ["", "a b", "a=", "a=|", "a=!", "a..b", "{}", "{} {}", "x{}y{}", "a" * 201, "[0]"])
def test_what_is_no_place_is_refused(written):
    with pytest.raises(ValueError, match=r".*"):
        Place.of(written)


@pytest.mark.parametrize("statuses", ["", "2xx", "200-", "20"])
def test_statuses_that_cannot_be_read_are_refused(statuses):
    with pytest.raises(ValueError, match=r".*"):
        sms.check(AnswerRule(statuses), ReportRule())


def test_a_text_made_to_be_slow_is_read_at_once():
    said = Said.of(b"<id>" + b" " * 30_000 + b"<id>" * 7_000)

    assert Place.of("<id>{}</id>").find(said) == ""


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_each_shape_can_be_read_and_holds_no_secret(shape):
    sms.check(shape.answer, shape.report)
    values = dict.fromkeys(sms.FIELDS, "x")

    assert sms.filled(shape.template, values).body and "{text}" in shape.template
    assert not shape.address or shape.address.startswith("https://")
