"""Troubles on demand: what was done and what was answered are two things."""

import httpx
import pytest

from tests.devtools.test_graph_account import error


def messages_of(graph, post) -> list[str]:
    return [row["message"] for row in graph.get(f"/{post}/comments").json()["data"]]


@pytest.mark.parametrize(("kind", "is_done"), [("timeout", False), ("timeout_after", True)])
def test_a_time_out_tells_nothing_of_whether_it_was_done(standin, graph, post, kind, is_done):
    standin.control.fault(match={"method": "POST", "path": "/comments$"}, effect={"kind": kind})

    with pytest.raises(httpx.ReadTimeout):
        graph.post(f"/{post}/comments", data={"message": "Hei"}, timeout=0.1)

    assert messages_of(graph, post) == (["Hei"] if is_done else [])


def test_a_cut_connection_may_have_done_its_work(standin, graph, post):
    standin.control.fault(match={"method": "POST"}, effect={"kind": "drop_after"})

    with pytest.raises(httpx.RemoteProtocolError):
        graph.post(f"/{post}/comments", data={"message": "Hei"})

    assert messages_of(graph, post) == ["Hei"]


@pytest.mark.parametrize(
    ("effect", "told", "status", "is_done"),
    [
        ({"kind": "error"}, (1, None), 500, False),
        ({"kind": "error_after"}, (2, None), 500, True),
        ({"kind": "error_after", "code": 100, "status": 400}, (100, None), 400, True),
        ({"kind": "error", "code": 368, "subcode": 1390008}, (368, 1390008), 400, False),
        ({"kind": "dead_token"}, (190, 460), 400, False),
        ({"kind": "missing_scope"}, (200, None), 403, False),
        ({"kind": "rate_limited"}, (80001, None), 400, False),
        ({"kind": "rate_limited", "app": True}, (4, None), 403, False),
    ],
)
def test_an_error_says_what_is_asked_for_and_does_or_does_not_the_act(
    standin, graph, post, effect, told, status, is_done
):
    standin.control.fault(match={"method": "POST"}, effect=effect)

    answer = graph.post(f"/{post}/comments", data={"message": "Hei"})

    assert error(answer) == told
    assert answer.status_code == status
    assert messages_of(graph, post) == (["Hei"] if is_done else [])


def test_a_rate_limit_comes_with_full_usage(standin, graph):
    standin.control.fault(effect={"kind": "rate_limited"})

    headers = graph.get("/me").headers

    assert '"call_count": 100' in headers["x-app-usage"]
    assert '"call_count": 100' in headers["x-business-use-case-usage"]


@pytest.mark.parametrize(("kind", "is_done"), [("html", False), ("html_after", True)])
def test_an_answer_may_be_no_json(standin, graph, post, kind, is_done):
    standin.control.fault(match={"method": "POST"}, effect={"kind": kind})

    answer = graph.post(f"/{post}/comments", data={"message": "Hei"})

    assert (answer.status_code, answer.headers["content-type"]) == (502, "text/html; charset=utf-8")
    assert messages_of(graph, post) == (["Hei"] if is_done else [])


def test_a_fault_lasts_as_often_as_told(standin, graph):
    standin.control.fault(effect={"kind": "error"}, times=2)

    assert [graph.get("/me").status_code for _ in range(3)] == [500, 500, 200]


def test_a_fault_for_ever_lasts_until_it_is_taken_away(standin, graph):
    standin.control.fault(effect={"kind": "error"}, times=None)
    assert [graph.get("/me").status_code for _ in range(3)] == [500, 500, 500]

    standin.control.clear_faults()

    assert graph.get("/me").status_code == 200


def test_a_fault_meets_only_what_it_matches(standin, graph, post):
    standin.control.fault(match={"method": "DELETE", "path": post}, effect={"kind": "error"})

    assert graph.get(f"/{post}").status_code == 200
    assert graph.delete(f"/{post}").status_code == 500


@pytest.mark.parametrize(
    ("match", "effect"),
    [({}, {"kind": "duplicate"}), ({"webhook": "feed"}, {"kind": "html"}), ({"path": "("}, {"kind": "error"})],
)
def test_a_fault_that_cannot_be_is_refused(standin, match, effect):
    with pytest.raises(ValueError):
        standin.control.fault(match=match, effect=effect)
