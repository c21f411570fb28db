"""The directory tells us who works here, as Entra ID and others speak SCIM 2.0."""

import json
from datetime import timedelta

import pytest
from django.test import Client

from tests import factories
from torg.api import commands as integrations
from torg.audit.models import AuditEvent
from torg.core import clock
from torg.people.models import Employee
from torg.people.types import Permission

USERS = "/scim/v2/Users"
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
KARI = {
    "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User", ENTERPRISE],
    "userName": "kari@eksempel.example",
    "externalId": "0a21",
    "active": True,
    "displayName": "Kari Prøve",
    "emails": [{"primary": True, "type": "work", "value": "kari@eksempel.example"}],
    ENTERPRISE: {"employeeNumber": "7", "department": "Kultur"},
}
PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp"


class Directory:
    """A client with a token."""

    def __init__(self, *permissions: Permission) -> None:
        self.officer = factories.officer(at=clock.now())
        grant = integrations.Grant("Katalogen", permissions, expires_at=clock.now() + timedelta(days=30))
        self.token = integrations.make_integration(grant=grant, by=self.officer, at=clock.now()).token
        self.client = Client(enforce_csrf_checks=True)

    def __call__(self, method, path, body=None):
        data = body if isinstance(body, str) else json.dumps(body)
        headers = {"authorization": f"Bearer {self.token}"}
        return self.client.generic(method, path, data, content_type="application/scim+json", headers=headers)

    def patch(self, user_id, *operations):
        return self("PATCH", f"{USERS}/{user_id}", {"schemas": [PATCH], "Operations": list(operations)})


@pytest.fixture
def directory(db) -> Directory:
    return Directory(Permission.MANAGE_API)


@pytest.fixture
def kari(directory) -> str:
    return directory("POST", USERS, KARI).json()["id"]


def test_a_user_is_created_found_and_told_as_the_standard_has_it(directory):
    made = directory("POST", USERS, KARI)

    assert (made.status_code, made["Content-Type"]) == (201, "application/scim+json")
    assert made["Location"] == made.json()["meta"]["location"]
    found = directory("GET", f'{USERS}?filter=userName eq "KARI@eksempel.example"').json()
    assert (found["totalResults"], found["Resources"]) == (1, [made.json()])
    assert made.json()[ENTERPRISE] == {"employeeNumber": "7", "department": "Kultur"}
    assert directory("GET", f'{USERS}?filter=userName eq "ingen"').json()["totalResults"] == 0


def test_the_same_user_twice_is_a_conflict(directory, kari):
    again = directory("POST", USERS, {**KARI, ENTERPRISE: {"employeeNumber": "8"}})

    assert (again.status_code, again.json()["scimType"]) == (409, "uniqueness")
    assert Employee.objects.count() == 1


@pytest.mark.parametrize(
    "operation",
    [
        {"op": "Replace", "path": "active", "value": "False"},
        {"op": "replace", "value": {"active": False}},
        {"op": "replace", "path": "active", "value": False},
    ],
    ids=["entra", "without-path", "plain"],
)
def test_one_who_is_not_active_has_left_today_and_can_come_back(directory, kari, operation):
    gone = directory.patch(kari, operation)

    assert gone.json()["active"] is False
    assert Employee.objects.get().left_on is not None
    assert directory.patch(kari, {"op": "replace", "path": "active", "value": True}).json()["active"] is True
    assert Employee.objects.get().left_on is None


def test_attributes_are_changed_one_by_one_and_unknown_ones_forgotten(directory, kari):
    changed = directory.patch(
        kari,
        {"op": "replace", "path": 'emails[type eq "work"].value', "value": "ny@eksempel.example"},
        {"op": "add", "path": f"{ENTERPRISE}:department", "value": "Skole"},
        {"op": "replace", "path": "name.formatted", "value": "Kari Ny"},
        {"op": "replace", "path": "title", "value": "Rektor"},
    ).json()

    assert changed["emails"][0]["value"] == "ny@eksempel.example"
    assert (changed["displayName"], changed[ENTERPRISE]["department"]) == ("Kari Ny", "Skole")
    assert changed["userName"] == KARI["userName"]


def test_a_user_is_replaced_and_never_deleted(directory, kari):
    replaced = directory("PUT", f"{USERS}/{kari}", {"userName": "kari.ny", "name": {"givenName": "Kari"}})

    assert (replaced.json()["userName"], replaced.json()["displayName"]) == ("kari.ny", "Kari")
    assert replaced.json()[ENTERPRISE]["employeeNumber"] == "7"
    assert directory("DELETE", f"{USERS}/{kari}").status_code == 204
    assert directory("GET", f"{USERS}/{kari}").json()["active"] is False
    names = AuditEvent.objects.filter(name__startswith="people.employee").values_list("name", flat=True)
    assert sorted(names) == ["people.employee.left", *["people.employee.recorded"] * 2]


def test_users_come_in_pages(directory):
    for number in range(5):
        directory("POST", USERS, {"userName": f"bruker{number}"})

    page = directory("GET", f"{USERS}?startIndex=4&count=3").json()

    assert (page["totalResults"], page["startIndex"], page["itemsPerPage"]) == (5, 4, 2)
    assert [user["userName"] for user in page["Resources"]] == ["bruker3", "bruker4"]
    assert directory("GET", f"{USERS}?count=0").json()["Resources"] == []


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", USERS, "{"),
        ("POST", USERS, "[" * 100_000),
        ("POST", USERS, "[]"),
        ("POST", USERS, {}),
        ("POST", USERS, {"userName": 5}),
        ("POST", USERS, {"userName": "k" * 151}),
        ("POST", USERS, {"userName": "kari", "active": "kanskje"}),
        ("POST", USERS, {"userName": "kari", "name": "Kari"}),
        ("POST", USERS, {"userName": "kari", "emails": ["a@b"]}),
        ("POST", USERS, {"userName": "kari\0"}),
        ("GET", f"{USERS}?filter=name sw 'a'", None),
        ("GET", f"{USERS}?startIndex=mange", None),
    ],
)
def test_what_makes_no_sense_is_refused_in_the_standards_words(directory, method, path, body):
    refused = directory(method, path, body)

    assert refused.status_code == 400
    assert refused.json()["schemas"] == ["urn:ietf:params:scim:api:messages:2.0:Error"]


@pytest.mark.parametrize("operations", [None, ["x"], [{"op": "move", "path": "active"}], [{"op": "add", "value": "x"}]])
def test_a_patch_that_makes_no_sense_changes_nothing(directory, kari, operations):
    refused = directory("PATCH", f"{USERS}/{kari}", {"Operations": operations})

    assert refused.status_code == 400
    assert Employee.objects.get().name == "Kari Prøve"


def test_without_a_token_that_includes_it_nothing_is_told(directory, kari):
    other = Directory(Permission.READ)

    assert Client().get(USERS).status_code == 401
    assert Client(headers={"authorization": "Bearer torg_feil"}).get(USERS)["WWW-Authenticate"].startswith("Bearer")
    assert other("GET", USERS).status_code == 403
    assert directory("POST", f"{USERS}/{kari}", {}).status_code == 405
    assert directory("GET", f"{USERS}/ingen").status_code == 404


@pytest.mark.parametrize("path", ["ServiceProviderConfig", "ResourceTypes", "ResourceTypes/User", "Schemas"])
def test_the_server_says_what_it_can(directory, path):
    told = directory("GET", f"/scim/v2/{path}")

    assert told.status_code == 200
    assert told.json()["schemas"]
    assert directory("GET", "/scim/v2/Schemas/ukjent").status_code == 404
