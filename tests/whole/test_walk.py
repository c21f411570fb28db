"""Every address, by every role: what one may not see is absent, and what one may see opens quickly."""

import json
import re
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from devtools.graph_standin.server import Standin
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, resolve

from tests import factories
from tests.whole import full_incident, full_page
from tests.whole.full_page import MARK
from tests.whole.house import House, lived_in
from torg.api import commands as integrations
from torg.api.rest import api
from torg.config.root import loggable
from torg.core import clock, ids
from torg.inbox import queries
from torg.people.models import Person, Scope
from torg.people.types import ROLE_PERMISSIONS, Role
from torg.registry.models import Presence, PresenceKind

MOST_QUERIES = 12
# Pages that still ask for more; these numbers only fall.
ASKS_MORE = {
    # A page's duties over eight weeks, its rounds, and a group's members, owners and reviews.
    "oversight/pages/<uuid:presence_id>/": 20,
    "desk/threads/<uuid:thread_id>/": 24,
    # A case with its rights, rules then and now, passages, findings, reports, hidings, history, thread and notice.
    "desk/moderation/cases/<uuid:case_id>/": 26,
    # A medium with its consents, captions, crops, alternative texts, duplicates, tasks, and the forms to change them.
    "media/<uuid:medium_id>/": 16,
    # One page for a big screen: statements, questions, checklists, what is on hold, the script.
    "crisis/<uuid:incident_id>/": 24,
    "crisis/<uuid:incident_id>/team/": 20,
    "crisis/<uuid:incident_id>/after/": 25,
    "crisis/<uuid:incident_id>/status/": 18,
    "crisis/<uuid:incident_id>/log/": 16,
    "crisis/<uuid:incident_id>/questions/": 16,
    "crisis/<uuid:incident_id>/statements/new/": 14,
    "crisis/statements/<uuid:statement_id>/": 18,
    "crisis/questions/<uuid:shared_question_id>/": 18,
    "crisis/reports/<uuid:report_id>/": 14,
    # An entry with correspondents, documents, restrictions, follow-ups, links, remarks and history.
    "records/entries/<uuid:entry_id>/": 22,
}
# Of somebody else's making: allauth, Django's own, static files; they know nothing of pages.
# The API has tokens, not sessions, and a walk of its own.
THEIRS = re.compile(r"^(account/|i18n/|static/|accounts/|api/|scim/)")
# Parameters that name no object of a page.
OF_THE_API = {"integration_id", "subscription_id"}
OF_NO_PAGE = {"token", "secret", "handed_out_id", "person_id", "assignment_id", "duty_id", "stand_in_id", "key"}
OF_NO_PAGE |= {"name"}
# Lists of the municipality, which belong to no page either.
OF_NO_PAGE |= {"deposit_id", "canned_id", "guide_id", "line_id", "rule_id", "reference_id", "channel_id", "export_id"}
# Topics, goals and target groups of publishing.
OF_NO_PAGE |= {"named_id"}
# Hosts on the lists, which hold on every page.
OF_NO_PAGE |= {"listed_id", "host_file_id"}
# What citizens report belongs to no page before somebody has placed it.
OF_NO_PAGE |= {"tip_id", "muting_id", "number"}
# The guidance is the same for everybody; questions for advice belong to whoever asked.
OF_NO_PAGE |= full_incident.OF_NO_PAGE
OF_NO_PAGE |= {"course", "election_id", "question_id", "guide_entry_id", "text_key"}
# An article that is out is everybody's.
OF_NO_PAGE |= {"article_id", "own_comment_id"}
# The list of employees is the municipality's, too.
OF_NO_PAGE |= {"import_id", "user_id"}
# Public pages of an entry, which are there for nobody before somebody has published it.
PUBLISHED = {"postliste/oppforing/<uuid:public_entry_id>/", "innsyn/be-om/<uuid:public_entry_id>/"}
# The archive core of the page is nowhere, and whoever asks it is told so.
FAR_AWAY = {("records/archive/comparison/", 503)}
ABSENT = {301, 302, 303, 401, 403, 404, 405}


@dataclass(frozen=True)
class Address:
    """A pattern of the resolver, with the names of its parameters."""

    pattern: str
    parameters: tuple[str, ...]

    def filled(self, values: dict[str, Any]) -> str:
        return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(values[found[1]]), self.pattern)


@dataclass
class Walk:
    """The page that somebody may not see, and what would give it away."""

    house: House
    public_ids: set[str]
    values: dict[str, Any] = field(default_factory=dict)

    def traces(self, body: str, path: str) -> list[str]:
        """What of the page stands in an answer, apart from the address that was asked for."""
        said = body.lower()
        for part in path.split("/"):
            said = said.replace(part.lower(), "") if len(part) == 36 else said
        return [trace for trace in (MARK, *sorted(self.public_ids)) if trace in said]


def addresses(resolver: URLResolver | None = None, before: str = "") -> Iterator[Address]:
    """Every address of ours, with its parameters."""
    for one in (resolver or get_resolver()).url_patterns:
        pattern = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from addresses(one, pattern)
        elif isinstance(one, URLPattern) and not THEIRS.match(pattern) and "^" not in pattern:
            yield Address(pattern, tuple(re.findall(r"<(?:\w+:)?(\w+)>", pattern)))


ADDRESSES = sorted(set(addresses()), key=lambda one: one.pattern)


@pytest.fixture(scope="module")
def walk(shared_database, tmp_path_factory) -> Iterator[Walk]:
    """A page with one of everything; what a browser does to it is taken back at once."""
    with Standin() as standin, lived_in(tmp_path_factory.mktemp("walk"), standin) as house:
        made = full_page.fill(house)
        values = full_page.parameters()
        yield Walk(house, made, {**{name: ids.new() for name in OF_NO_PAGE}, **values})


@pytest.fixture
def elsewhere(walk) -> Scope:
    """Another page, where the people of the test have their roles."""
    return factories.presence("Betasiden", at=clock.now()).scope


@pytest.fixture
def secret(walk) -> Iterator[None]:
    """The page is a secret group for as long as the test lasts."""
    page = Presence.objects.filter(pk=walk.house.presence.pk)
    [(scope_id, kind)] = page.values_list("scope_id", "kind")
    Scope.objects.filter(pk=scope_id).update(is_secret=True)
    page.update(kind=PresenceKind.SECRET_GROUP)
    yield
    Scope.objects.filter(pk=scope_id).update(is_secret=False)
    page.update(kind=kind)


@pytest.fixture(params=["page", "secret group"])
def hidden(request) -> None:
    """The page is hidden because one has no role there, or because it is a secret group too."""
    if request.param == "secret group":
        request.getfixturevalue("secret")


def somebody(scope: Scope | None, *kinds: Role) -> Person:
    holder = factories.person(f"{kinds[0].label} Prøve")
    for kind in kinds:
        factories.role(holder, kind, at=clock.now(), scope=scope)
    factories.login(holder)
    return holder


def browser_of(person: Person | None) -> Client:
    client = Client(raise_request_exception=False)
    if person is not None:
        client.force_login(person.logins.get(), backend="django.contrib.auth.backends.ModelBackend")
    return client


def ask(client: Client, method: str, path: str, **options: Any) -> tuple[int, str]:
    """Status, and body with headers; nothing that was asked for lasts."""
    with transaction.atomic():
        told = send(client, method, path, **options)
        transaction.set_rollback(True)
    return told


def send(client: Client, method: str, path: str, **options: Any) -> tuple[int, str]:
    answer = client.generic(method, path, **options)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return answer.status_code, body.decode(errors="replace") + str(sorted(answer.headers.items()))


def found_out(walk: Walk, person: Person | None) -> list[str]:
    """What somebody who may not see the page learns of it by asking for every address."""
    client, problems = browser_of(person), []
    for address in ADDRESSES:
        path = address.filled(walk.values)
        for method in ("GET", "POST"):
            status, body = ask(client, method, path, content_type="application/x-www-form-urlencoded")
            problems += [f"{method} {address.pattern}: shows {trace}" for trace in walk.traces(body, path)]
            names_an_object = set(address.parameters) - OF_NO_PAGE
            has_failed = status >= 500 and (address.pattern, status) not in FAR_AWAY
            if has_failed or (names_an_object and status not in ABSENT and differs(client, method, address, walk)):
                problems.append(f"{method} {address.pattern}: {status}")
    return problems


def differs(client: Client, method: str, address: Address, walk: Walk) -> bool:
    """Whether the answer tells an object that one may not see from one that does not exist."""
    there, _body = ask(client, method, address.filled(walk.values))
    nowhere, _body = ask(client, method, address.filled({name: ids.new() for name in walk.values}))
    return there != nowhere


def walkers(scope: Scope | None, kinds: Iterable[Role]) -> dict[str, Person]:
    """Somebody with all these roles at once, since rights only add, and the auditor, who reads most."""
    return {"all of them": somebody(scope, *kinds), "auditor": somebody(scope, Role.AUDITOR)}


def widest() -> list[Role]:
    """The roles whose rights no other exceeds: they open every page that anybody may open."""
    first = {ROLE_PERMISSIONS[kind]: kind for kind in reversed(Role)}
    return [kind for rights, kind in first.items() if not any(rights < other for other in first)]


def test_every_parameter_of_every_address_is_one_that_the_walk_can_fill(walk):
    unknown = {name for address in ADDRESSES for name in address.parameters} - walk.values.keys()

    assert unknown == set()
    assert {name for name, value in walk.values.items() if value is None} <= OF_THE_API | {"view_id", "label_id"}


def test_no_secret_that_stands_in_an_address_is_logged():
    with_secrets = [one for one in ADDRESSES if set(one.parameters) & {"token", "secret", "key"}]

    logged = [loggable(one.filled(dict.fromkeys(one.parameters, MARK))) for one in with_secrets]

    assert len(logged) > 5
    assert [path for path in logged if MARK in path] == []


def test_whoever_is_signed_out_learns_nothing(walk):
    assert found_out(walk, None) == []


def test_whoever_has_a_role_on_another_page_only_learns_nothing(walk, elsewhere, hidden):
    assert found_out(walk, somebody(elsewhere, *Role)) == []


@pytest.mark.strategy("C8")
def test_whoever_has_a_role_everywhere_learns_nothing_of_a_secret_group(walk, secret):
    kinds = set(Role) - {Role.OFFICER, Role.DEPUTY}

    learnt = {kind: found_out(walk, person) for kind, person in walkers(None, kinds).items()}

    assert {kind: problems for kind, problems in learnt.items() if problems} == {}


def test_searching_listing_and_counting_elsewhere_finds_nothing(walk, elsewhere):
    person = somebody(elsewhere, Role.OFFICER)
    client = browser_of(person)

    for view in queries.View:
        path = f"/desk/queue/?view={view}&text={MARK}&presence={walk.values['presence_id']}"
        status, body = ask(client, "GET", path)
        assert status == 200
        assert walk.traces(body.replace(MARK, "", body.count(f'value="{MARK}"')), path)[:1] in ([], [MARK])
        page = queries.page(person, queries.Filters.read({"view": view, "text": MARK}), at=clock.now())
        assert page.rows == ()
    assert set(queries.counts(person, at=clock.now()).values()) == {0}


def test_the_api_tells_a_token_of_another_page_nothing(walk, elsewhere, hidden):
    grant = integrations.Grant(
        name="Saksystemet",
        permissions=tuple(ROLE_PERMISSIONS[Role.OFFICER]),
        scopes=(elsewhere,),
        expires_at=clock.now() + timedelta(days=30),
    )
    token = integrations.make_integration(grant=grant, by=walk.house.officer, at=clock.now()).token
    client, problems = Client(raise_request_exception=False), []

    for method, pattern in operations():
        path = re.sub(r"{(?:\w+:)?(\w+)}", lambda found: str(walk.values[found[1]] or ids.new()), pattern)
        status, body = ask(
            client, method, path, data="{}", content_type="application/json", HTTP_AUTHORIZATION=f"Bearer {token}"
        )
        problems += [f"{method} {pattern}: shows {trace}" for trace in walk.traces(body, path)]
        problems += [f"{method} {pattern}: {status}"] if status >= 500 else []

    assert problems == []


def test_the_live_stream_tells_of_the_pages_that_one_may_see_only(walk, elsewhere, shared_database):
    staff = walk.house.staff(somebody(elsewhere, Role.CASE_OFFICER))
    heard: list[str] = []
    listening = threading.Thread(target=listen, args=[staff, heard], daemon=True)
    listening.start()
    walk.house.asks(walk.house.post(), f"Når åpner {MARK}?")

    told = json.dumps({"scope": str(elsewhere.pk), "kind": "enquiry", "id": "the-last-one"})
    with psycopg.connect(shared_database, autocommit=True) as database:
        for _attempt in range(50):
            database.execute("SELECT pg_notify('torg_live', %s)", [told])
            listening.join(0.1)

    assert "the-last-one" in heard[-1]
    assert [
        line for line in heard if line.startswith("data: {") and "the-last-one" not in line and line != "data: {}"
    ] == []


@pytest.mark.parametrize("kind", [*widest(), Role.CASE_OFFICER, Role.AUDITOR])
def test_every_page_that_a_role_may_open_opens_with_few_queries(walk, kind):
    client, problems, opened = browser_of(somebody(None, kind)), [], 0
    # What other tests asked of this connection; full, it tells no longer how many there were.
    connection.queries_log.clear()
    for address in ADDRESSES:
        if None in [walk.values[name] for name in address.parameters] or set(address.parameters) & OF_NO_PAGE:
            continue
        with CaptureQueriesContext(connection) as asked:
            status, _body = send(client, "GET", address.filled(walk.values))
        opened += status == 200
        if status not in {200, 302, 303, 403, 404, 405} or (
            status == 200 and len(asked) > ASKS_MORE.get(address.pattern, MOST_QUERIES)
        ):
            problems.append(f"{address.pattern}: {status}, {len(asked)} queries")

    assert "\n".join(problems) == ""
    assert opened > 5


def test_the_officer_may_open_every_page_that_is_read(walk, record_property):
    factories.role(walk.house.officer, Role.ARCHIVIST, at=clock.now())
    client = browser_of(walk.house.officer)
    readable = [one for one in ADDRESSES if not set(one.parameters) & OF_NO_PAGE and one.pattern not in PUBLISHED]
    paths = [one.filled(walk.values) for one in readable if None not in [walk.values[name] for name in one.parameters]]

    answers = {path: ask(client, "GET", path)[0] for path in paths}

    for path, status in answers.items():
        if status == 200:
            # `torg strategy` counts only pages that answered.
            record_property("answers", resolve(path).view_name)
    assert {path: status for path, status in answers.items() if status not in {200, 302, 405}} == {}


def operations() -> list[tuple[str, str]]:
    """Method and path of every operation of the API."""
    schema = api.get_openapi_schema(path_prefix="/api/v1/")
    return [(method.upper(), path) for path, found in schema["paths"].items() for method in found]


def listen(staff: Any, heard: list[str]) -> None:
    """Read the stream until the last notice comes."""
    with staff.client.stream("GET", "/events") as stream:
        for line in stream.iter_lines():
            heard.append(line)
            if "the-last-one" in line:
                return
