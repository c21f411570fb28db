"""Tokens, proofs, permissions, subscriptions and rate headers of the Graph stand-in."""

import hashlib
import hmac
import json

import httpx
import pytest


def error(answer: httpx.Response) -> tuple[int, int | None]:
    shown = answer.json()["error"]
    assert shown["fbtrace_id"] and shown["type"]
    return shown["code"], shown.get("error_subcode")


def test_a_token_may_come_as_bearer_or_as_parameter(standin, graph):
    by_header = graph.get("/me").json()
    by_parameter = httpx.get(f"{standin.base_url}/v26.0/me", params={"access_token": standin.page_token}).json()

    assert by_header == by_parameter == {"name": "Eksempelvik kommune", "id": standin.page_id}


def test_without_a_token_nothing_is_shown(standin):
    answer = httpx.get(f"{standin.base_url}/v26.0/{standin.page_id}")

    assert error(answer) == (104, None)
    assert answer.status_code == 400


def test_an_unknown_token_is_refused(standin, graph):
    assert error(graph.get("/me", headers={"Authorization": "Bearer nonsense"})) == (190, None)


def test_a_dead_token_says_why(standin, graph):
    standin.control.token(standin.page_token, is_valid=False)

    assert error(graph.get("/me")) == (190, 460)


def test_an_expired_token_says_so(standin, graph):
    standin.control.token(standin.page_token, expires=standin.control.clock() + 60)
    standin.control.clock(advance=61)

    assert error(graph.get("/me")) == (190, 463)


def test_a_wrong_proof_is_refused_and_a_right_one_taken(standin, graph):
    proof = hmac.new(b"standin-app-secret", standin.page_token.encode(), hashlib.sha256).hexdigest()

    assert error(graph.get("/me", params={"appsecret_proof": "0" * 64})) == (100, None)
    assert graph.get("/me", params={"appsecret_proof": proof}).status_code == 200


def test_the_proof_can_be_demanded(standin, graph):
    standin.control.settings(must_prove=True)

    assert error(graph.get("/me")) == (100, None)


def test_debug_token_tells_scopes_and_validity(standin, graph):
    app_token = f"{standin.app_id}|standin-app-secret"
    asked = {"input_token": standin.page_token, "access_token": app_token}

    shown = httpx.get(f"{standin.base_url}/v26.0/debug_token", params=asked).json()["data"]

    assert shown["is_valid"] and shown["type"] == "PAGE" and shown["profile_id"] == standin.page_id
    assert "pages_manage_engagement" in shown["scopes"]


def test_debug_token_of_nonsense_is_not_valid(standin, graph):
    assert graph.get("/debug_token", params={"input_token": "nonsense"}).json()["data"]["is_valid"] is False


def test_a_person_sees_the_pages_and_their_tokens(standin, graph):
    shown = graph.get("/me/accounts", headers={"Authorization": f"Bearer {standin.user_token}"}).json()["data"]

    assert shown[0]["access_token"] == standin.page_token
    assert "MODERATE" in shown[0]["tasks"]


def test_a_persons_token_cannot_act_as_the_page(standin, graph, comment):
    headers = {"Authorization": f"Bearer {standin.user_token}"}

    assert error(graph.post(f"/{comment['id']}", data={"is_hidden": "true"}, headers=headers)) == (210, None)


def test_granted_permissions_are_listed_and_can_be_taken_back(standin, graph):
    assert {"permission": "pages_messaging", "status": "granted"} in graph.get("/me/permissions").json()["data"]

    graph.delete("/me/permissions", params={"permission": "pages_messaging"})

    assert "pages_messaging" not in graph.get("/me/permissions").text


@pytest.mark.parametrize(("method", "code"), [("GET", 10), ("POST", 200)])
def test_a_missing_permission_is_told_by_its_code(standin, graph, post, method, code):
    standin.control.token(standin.page_token, scopes=["pages_show_list"])

    answer = graph.request(method, f"/{post}/comments", data={"message": "Hei"} if method == "POST" else None)

    assert error(answer) == (code, None)
    assert answer.status_code == 403


def test_a_subscription_can_be_made_read_back_and_taken_away(standin, graph):
    place = f"/{standin.page_id}/subscribed_apps"
    graph.post(place, data={"subscribed_fields": "feed,messages"})

    assert graph.get(place).json()["data"][0]["subscribed_fields"] == ["feed", "messages"]
    graph.delete(place)
    assert graph.get(place).json() == {"data": []}


def test_one_unknown_field_refuses_the_whole_subscription(standin, graph):
    place = f"/{standin.page_id}/subscribed_apps"

    assert error(graph.post(place, data={"subscribed_fields": "feed,comments"})) == (100, None)
    assert "mention" in graph.get(place).json()["data"][0]["subscribed_fields"]


def test_the_app_is_subscribed_after_a_handshake(standin, graph, receiver):
    receiver.verify_token = "another"
    asked = {"object": "page", "callback_url": receiver.url, "verify_token": "another", "fields": "feed"}
    asked["access_token"] = f"{standin.app_id}|standin-app-secret"
    place = f"{standin.base_url}/v26.0/{standin.app_id}/subscriptions"

    assert httpx.post(place, data=asked).json() == {"success": True}
    assert httpx.get(place, params=asked).json()["data"][0]["callback_url"] == receiver.url


def test_an_address_that_fails_the_handshake_is_refused(standin, graph, receiver):
    asked = {"object": "page", "callback_url": receiver.url, "verify_token": "wrong", "fields": "feed"}
    asked["access_token"] = f"{standin.app_id}|standin-app-secret"

    assert error(httpx.post(f"{standin.base_url}/v26.0/{standin.app_id}/subscriptions", data=asked)) == (2200, None)


def test_usage_is_told_in_headers_only_when_there_is_some(standin, graph):
    assert "x-app-usage" not in graph.get("/me").headers

    standin.control.settings(app_usage=28, page_usage=80, regain_minutes=7)
    headers = graph.get("/me").headers

    assert json.loads(headers["x-app-usage"])["call_count"] == 28
    case = json.loads(headers["x-business-use-case-usage"])[standin.page_id][0]
    assert (case["type"], case["call_count"], case["estimated_time_to_regain_access"]) == ("pages", 80, 7)
    assert headers["facebook-api-version"] == "v26.0"


def test_a_spent_quota_refuses(standin, graph):
    standin.control.settings(page_usage=100)

    assert error(graph.get("/me")) == (80001, None)


def test_an_unknown_field_is_refused_by_name(standin, graph):
    answer = graph.get("/me", params={"fields": "id,shoe_size"})

    assert error(answer) == (100, None)
    assert "shoe_size" in answer.json()["error"]["message"]


def test_fields_that_do_not_parse_are_refused(standin, graph):
    assert error(graph.get("/me", params={"fields": "id,comments{id"})) == (2500, None)


def test_what_does_not_exist_is_gone(standin, graph):
    assert error(graph.get("/999")) == (100, 33)


def test_one_unknown_metric_refuses_the_insights(standin, graph):
    place = f"/{standin.page_id}/insights"

    assert graph.get(place, params={"metric": "page_follows"}).json()["data"][0]["name"] == "page_follows"
    assert error(graph.get(place, params={"metric": "page_follows,page_fans"})) == (100, None)
