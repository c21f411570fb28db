"""Whoever may not know of a secret group gets the same bytes with and without it: pages, files, searches, API, log."""

import re
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from tests import factories
from tests.whole.test_walk import addresses
from torg.api import commands as integrations
from torg.channels import commands as channels
from torg.channels.types import Written
from torg.core import clock, ids
from torg.core.actors import Rule
from torg.oversight import commands, letters
from torg.people import mailing
from torg.people.models import CalendarKind, CalendarRow, Login, Notification, Person
from torg.people.types import ROLE_PERMISSIONS, Role
from torg.registry import commands as registry
from torg.registry import exporting
from torg.registry.definitions import OURS, POSTS_A_WEEK
from torg.registry.models import PresenceKind
from torg.registry.types import AccessTold, Aim, Description, FigureSource, HolderTold, Terms, Told, Wish
from torg.registry.words import Measure

CANARY = "kanarifuglene"
# What differs from one request to the next, whatever is there.
PASSING = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|nonce[-=]"?[\w+/=-]+|csrftoken=[^;]*|X-CSRFToken[^}]*}')
POSTS = FigureSource(OURS, POSTS_A_WEEK)
WATCH = Rule("channels.watch", "1")
EDITORS = {Role.OFFICER, Role.DEPUTY}
# The length changes with the token, and the end of what is never kept is now, by the clock on the wall.
PASSING_HEADERS = {"Content-Length", "Expires"}
API = ("presences", "enquiries", "enquiries?text=" + CANARY, "events", "journal", "token")
FILES = ("/moderation/figures/transparency.csv", "/moderation/figures/equality.csv")
SEARCHES = (f"/desk/queue/?text={CANARY}", f"/people/employees/?text={CANARY}")


@pytest.fixture
def outsider(scene, at) -> Person:
    """Every role that may not know, everywhere, and officer of the main page: nobody outside has more rights."""
    holder = factories.person("Ulla Utenfor")
    for kind in set(Role) - EDITORS:
        factories.role(holder, kind, at=at)
    factories.role(holder, Role.OFFICER, at=at, scope=scene.house.presence.scope)
    Login.objects.create_user(email=holder.email, person=holder)
    return holder


@pytest.fixture
def owner(scene, at) -> Person:
    """Somebody who works here, whom everybody may know of."""
    holder = factories.person("Ole Ordinær")
    scene.employee("77", holder.name, email=holder.email)
    return holder


def paths(scene) -> Iterator[str]:
    page = str(scene.house.presence.public_id)
    for address in sorted(set(addresses()), key=lambda one: one.pattern):
        if set(address.parameters) <= {"presence_id"}:
            yield address.filled({"presence_id": page})
    yield from (*FILES, *SEARCHES)


def everything(scene, outsider, token) -> dict[str, str]:
    """All that the outsider, and somebody who is not signed in, are told anywhere."""
    client, stranger = Client(raise_request_exception=False), Client(raise_request_exception=False)
    client.force_login(outsider.logins.get(), backend="django.contrib.auth.backends.ModelBackend")
    told = {path: answered(client.get(path)) for path in paths(scene)}
    told |= {f"signed out {path}": answered(stranger.get(path)) for path in paths(scene) if is_public(path)}
    bearer = {"authorization": f"Bearer {token}"}
    told |= {f"api {name}": answered(stranger.get(f"/api/v1/{name}", headers=bearer)) for name in API}
    told["scim"] = answered(stranger.get("/scim/v2/Users", headers=bearer))
    told["letters"] = str(sorted(Notification.objects.filter(person=outsider).values_list("kind", "path", "key")))
    told["mail"] = str([one.subject + one.body for one in mail.outbox if outsider.email in one.to])
    told["export"] = exported(scene, outsider)
    return told | refusals(client, scene)


def exported(scene, outsider) -> str:
    """The sums of all that an export of the main page holds."""
    with transaction.atomic():
        order = registry.order_export(presence_id=scene.house.presence.public_id, by=outsider, at=clock.now())
        made = exporting.make(order.public_id, by=Rule("registry.exporter", "1"), at=clock.now())
        transaction.set_rollback(True)
    return made.sha256


def is_public(path: str) -> bool:
    """Whether somebody who is not signed in is told anything at all."""
    view = resolve(path.partition("?")[0]).func
    return str(getattr(view, "torg_access", "public")).startswith("public")


def refusals(client, scene) -> dict[str, str]:
    """What forms say to names that are taken; nothing of it stays."""
    page = {"name": f"Gruppa {CANARY}", "kind": "CLOSED_GROUP", "purpose": CANARY}
    tried = {
        "/presences/new/": page,
        "/applications/new/": page,
        "/people/units/": {"name": f"Gruppa {CANARY}"},
        f"/oversight/pages/{scene.house.presence.public_id}/members/": {"told": f"{CANARY}\n77"},
    }
    told = {}
    for path, fields in tried.items():
        with transaction.atomic():
            told[f"POST {path}"] = answered(client.post(path, fields))
            transaction.set_rollback(True)
    return told


def answered(answer) -> str:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    headers = {name: value for name, value in answer.headers.items() if name not in PASSING_HEADERS}
    return PASSING.sub("", f"{answer.status_code} {sorted(headers.items())} {body.decode(errors='replace')}")


def let_it_live(scene, owner, leaver, at) -> None:
    """A secret group with one of everything that oversight keeps."""
    by = {"by": scene.officer, "at": at}
    description = Description(f"Gruppa {CANARY}", PresenceKind.SECRET_GROUP, purpose=CANARY)
    group = registry.open_presence(description=description, by=scene.officer, at=at - timedelta(days=60))
    factories.role(owner, Role.PAGE_ADMINISTRATOR, at=at, scope=group.scope)
    registry.add_administrator(presence_id=group.public_id, person=owner, **by)
    commands.register_members(presence_id=group.public_id, told=f"77\nMona {CANARY}", by=owner, at=at)
    scene.member(leaver, group)
    commands.look_in(presence_id=group.public_id, by=owner, at=at)
    commands.review_group(
        presence_id=group.public_id, has_checked_members=False, is_free_of_cases=True, note=CANARY, by=owner, at=at
    )
    commands.export_groups(**by)
    text = Written(text=f"Her har vi {CANARY}", author=CANARY, written_at=at)
    channels.write_down(presence_id=group.public_id, written=text, **by)
    registry.set_terms(presence_id=group.public_id, terms=Terms(CANARY, CANARY, CANARY), **by)
    counted = Aim(Measure.OTHER, CANARY, "", Decimal(1), (at + timedelta(days=90)).date(), source=POSTS)
    registry.set_goal(presence_id=group.public_id, aim=counted, **by)
    told = Told("facebook", name=CANARY, figures={"followers_count": 12})
    registry.note_told(presence_id=group.public_id, told=told, by=WATCH, at=at)
    holders = [HolderTold("7", f"Mona {CANARY}"), HolderTold("8", owner.name)]
    registry.note_access(presence_id=group.public_id, told=AccessTold("facebook", holders), by=WATCH, at=at)
    order = registry.order_export(presence_id=group.public_id, **by)
    exporting.make(order.public_id, by=Rule("registry.exporter", "1"), at=at)
    commands.ask_for_emergency_access(presence_id=group.public_id, reason=CANARY, hours=1, by=owner, at=at)
    for name in ("Andre", "Tredje"):
        apply_for(f"{name} {CANARY}", scene, owner, is_approved=name == "Andre", at=at)
    settle(at)


def apply_for(name: str, scene, owner, *, is_approved: bool, at) -> None:
    """Somebody applies to open another, and is told what became of it."""
    wish = Wish(
        description=Description(name, PresenceKind.SECRET_GROUP, purpose=CANARY, unit=scene.house.unit),
        owner=owner,
        target_groups=CANARY,
        why_not_main_page=CANARY,
        posts_per_week=1,
        answers_next_working_day=True,
        follows_profile=True,
        terms=Terms(CANARY, CANARY, CANARY),
    )
    sent = registry.apply(wish=wish, by=owner, at=at)
    if is_approved:
        registry.approve_application(application_id=sent.public_id, by=scene.officer, at=at)


def settle(at) -> None:
    """What the jobs do."""
    commands.watch_duties(at=at)
    commands.note_leavers(at=at)
    letters.tell_of_differences(at=at)
    mailing.send_due(at=at)


@pytest.mark.strategy("C8", "C9")
def test_nothing_differs_for_an_outsider_when_there_is_a_secret_group(scene, owner, outsider, now):
    leaver = scene.employee("78", "Siv Slutter", left_on=now.date())
    rights = tuple(ROLE_PERMISSIONS[Role.OFFICER])
    grant = integrations.Grant(
        "Saksystemet", rights, expires_at=now + timedelta(days=30), scopes=(scene.house.presence.scope,)
    )
    token = integrations.make_integration(grant=grant, by=scene.officer, at=now).token
    CalendarRow.objects.create(
        kind=CalendarKind.OPENING, from_at=now - timedelta(days=60), definition=CalendarRow.objects.get().definition
    )
    settle(now)
    # When a token was last used is told under Integrations.
    Client().get("/api/v1/token", headers={"authorization": f"Bearer {token}"})
    before = everything(scene, outsider, token)

    let_it_live(scene, owner, leaver, now)
    after = everything(scene, outsider, token)

    assert len(before) > 150
    assert {path for path in before if before[path] != after[path]} == set()
    assert {path for path in after if CANARY in after[path] and CANARY not in path and "POST" not in path} == set()


@pytest.mark.strategy("C8", "C9")
def test_the_id_of_a_secret_group_is_answered_like_an_id_that_is_nowhere(scene, outsider, now):
    """The same bytes after the same number of questions to the database: neither text nor time tells."""
    client = Client(raise_request_exception=False)
    client.force_login(outsider.logins.get(), backend="django.contrib.auth.backends.ModelBackend")
    asked = [one for one in addresses() if set(one.parameters) == {"presence_id"}]

    for address in asked:
        for send in (client.get, client.post):
            answers = []
            for number in (str(scene.group.public_id), str(ids.new())):
                with CaptureQueriesContext(connection) as counted:
                    answer = send(address.filled({"presence_id": number}))
                answers.append((len(counted), answered(answer).replace(number, "")))

            assert answers[0] == answers[1], address.pattern
    assert len(asked) > 20


@pytest.mark.strategy("C8", "C9")
def test_the_officer_and_the_owner_see_what_the_outsider_does_not(scene, owner, as_person, now):
    leaver = scene.employee("78", "Siv Slutter", left_on=now.date())
    let_it_live(scene, owner, leaver, now)

    assert mail.outbox and not any(CANARY in letter.subject + letter.body for letter in mail.outbox)
    for knowing in (scene.officer, owner):
        assert CANARY in as_person(knowing).get("/oversight/groups/").content.decode()
