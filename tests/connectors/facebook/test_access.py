"""The state of our access is read back, never believed."""

import httpx
import pytest

from tests.connectors.facebook.graph import ACCESS, PAGE, PERSON, connector, error
from torg.connectors import contract
from torg.connectors.channels.facebook.access import FIELDS, SCOPES
from torg.connectors.channels.facebook.graph import Access


def _graph(*, key: object = None, me: object = None, apps: object = None, name: object = None):
    answers = {
        "debug_token": {"data": {"is_valid": True, "scopes": sorted(SCOPES), "expires_at": 0} | (key or {})},
        "me": {"id": PAGE, "name": "Eksempelby kommune"} | (me or {}),
        f"{PAGE}/subscribed_apps": {
            "data": [{"id": "77", "subscribed_fields": sorted(FIELDS)}] if apps is None else apps
        },
        PERSON: name,
    }

    def answer(request: httpx.Request) -> httpx.Response:
        found = answers[request.url.path.removeprefix("/v26.0/")]
        return found if isinstance(found, httpx.Response) else httpx.Response(200, json=found)

    return connector(answer)


def test_all_is_well_when_nothing_is_missing():
    health = _graph().health()

    assert (health.account_name, health.missing_scopes, health.missing_fields) == (
        "Eksempelby kommune",
        frozenset(),
        frozenset(),
    )
    assert health.expires_at is None


def test_what_is_missing_is_named():
    health = _graph(key={"scopes": ["pages_messaging"]}, apps=[{"id": "77", "subscribed_fields": ["feed"]}]).health()

    assert "pages_manage_engagement" in health.missing_scopes
    assert "messages" in health.missing_fields


def test_another_applications_subscription_is_not_ours():
    assert _graph(apps=[{"id": "78", "subscribed_fields": sorted(FIELDS)}]).health().subscribed_fields == frozenset()


def test_the_end_of_a_key_is_told():
    health = _graph(key={"expires_at": 1_800_000_000, "data_access_expires_at": 1_790_000_000}).health()

    assert (health.expires_at.year, health.data_access_expires_at.year) == (2027, 2026)


@pytest.mark.parametrize("wrong", [{"key": {"is_valid": False}}, {"me": {"id": PERSON}}], ids=["dead", "a person's"])
def test_a_key_that_is_dead_or_not_the_pages_is_no_key(wrong):
    with pytest.raises(contract.CredentialsDead):
        _graph(**wrong).health()


def test_a_persons_name_is_asked_for_and_its_absence_is_no_fault():
    assert _graph(name={"name": "Kari Eksempel"}).author_name(PERSON) == "Kari Eksempel"
    assert _graph(name=error(230)).author_name(PERSON) is None
    assert _graph(name=error(100, 33)).author_name(PERSON) is None


def test_a_dead_key_is_no_missing_name():
    with pytest.raises(contract.CredentialsDead):
        _graph(name=error(190)).author_name(PERSON)


def test_what_was_granted_decides_what_is_possible():
    reads_only = Access(PAGE, "t", "77", "s", scopes=frozenset({"pages_read_engagement"}))
    can = connector(_graph, access=reads_only).capabilities()

    assert not (can.can_reply or can.can_hide or can.can_publish or can.can_message)
    assert connector(_graph, access=ACCESS).capabilities().can_hide
