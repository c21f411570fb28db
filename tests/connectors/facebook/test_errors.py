"""Codes become our errors; words never decide."""

from datetime import timedelta

import httpx
import pytest

from tests.connectors.facebook.graph import COMMENT, NOW, PAGE, connector, error
from torg.connectors import contract
from torg.connectors.contract import Act, ActKind

HIDE = Act(ActKind.HIDE, PAGE, target_id=COMMENT)


def _act(answer) -> contract.ChannelError:
    with pytest.raises(contract.ChannelError) as raised:
        connector(answer).perform(HIDE)
    return raised.value


def _read(answer) -> contract.ChannelError:
    with pytest.raises(contract.ChannelError) as raised:
        connector(answer).poll(contract.Cursor("feed"))
    return raised.value


@pytest.mark.parametrize(
    ("code", "subcode", "kind"),
    [
        (190, None, contract.CredentialsDead),
        (190, 458, contract.CredentialsDead),
        (190, 460, contract.CredentialsDead),
        (102, None, contract.CredentialsDead),
        (3, None, contract.PermissionMissing),
        (10, None, contract.PermissionMissing),
        (200, None, contract.PermissionMissing),
        (299, None, contract.PermissionMissing),
        (10, 2018278, contract.WindowClosed),
        (10, 1893063, contract.Refused),
        (551, None, contract.Refused),
        (200, 1545041, contract.Refused),
        (100, 2018001, contract.Gone),
        (100, 33, contract.Gone),
        (100, None, contract.Refused),
        (368, None, contract.Refused),
        (506, None, contract.Duplicate),
        (10900, None, contract.Duplicate),
        (4, None, contract.RateLimited),
        (17, None, contract.RateLimited),
        (32, None, contract.RateLimited),
        (341, None, contract.RateLimited),
        (613, None, contract.RateLimited),
        (80001, None, contract.RateLimited),
        (80006, None, contract.RateLimited),
    ],
)
@pytest.mark.parametrize("status", [200, 400, 403, 500])
def test_the_code_decides_whatever_the_status(code, subcode, kind, status):
    raised = _act(lambda _: error(code, subcode, status=status))

    assert type(raised) is kind
    assert raised.code == (f"{code}/{subcode}" if subcode else str(code))
    assert raised.trace == "Abc"


@pytest.mark.parametrize(
    "problem",
    [
        {"code": 1},
        {"code": 2},
        {"code": 2, "is_transient": True},
        {"code": 987654, "is_transient": True},
        {"code": 987654, "status": 503},
        {"code": "one"},
    ],
)
def test_a_stumble_may_have_taken_effect_when_it_was_an_act(problem):
    assert type(_act(lambda _: error(**problem))) is contract.Ambiguous


@pytest.mark.parametrize("problem", [{"code": 1}, {"code": 2}, {"code": 987654, "status": 503}])
def test_a_stumble_is_passing_when_it_was_a_read(problem):
    assert type(_read(lambda _: error(**problem))) is contract.Temporary


def test_an_unknown_error_that_explains_itself_to_people_is_a_refusal():
    raised = _act(lambda _: error(1, is_transient=False, error_user_msg="Velg en annen sluttdato."))

    assert (type(raised), raised.reason) == (contract.Refused, "Velg en annen sluttdato.")


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(200, html="<html>Sorry</html>"),
        httpx.Response(200, json=["list"]),
        httpx.Response(200, content=b""),
        httpx.Response(502, html="<html>Bad gateway</html>"),
        httpx.Response(400, json={"message": "no error object"}),
    ],
    ids=["HTML", "a list", "nothing", "a gateway", "another shape"],
)
def test_an_answer_that_is_not_graph_is_ambiguous_for_an_act_and_passing_for_a_read(answer):
    assert type(_act(lambda _: answer)) is contract.Ambiguous
    assert type(_read(lambda _: answer)) is contract.Temporary


@pytest.mark.parametrize("trouble", [httpx.ReadTimeout, httpx.ReadError, httpx.RemoteProtocolError])
def test_silence_after_sending_is_ambiguous_for_an_act_and_passing_for_a_read(trouble):
    def answer(request: httpx.Request) -> httpx.Response:
        raise trouble("silence", request=request)

    assert type(_act(answer)) is contract.Ambiguous
    assert type(_read(answer)) is contract.Temporary


def test_what_never_left_may_be_repeated_even_if_it_was_an_act():
    def answer(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("nobody there", request=request)

    assert type(_act(answer)) is contract.Temporary


def test_too_many_calls_says_until_when():
    usage = '{"1001":[{"type":"pages","call_count":100,"estimated_time_to_regain_access":42}]}'
    refused = error(80001)
    refused.headers["X-Business-Use-Case-Usage"] = usage

    assert _act(lambda _: refused).until == NOW + timedelta(minutes=42)
    assert _act(lambda _: error(4)).until > NOW


def test_no_error_repeats_what_somebody_wrote_or_our_key():
    raised = _act(lambda _: error(190, message="page-token of Kari"))

    assert "Kari" not in str(raised)
    assert "page-token" not in repr(raised)
