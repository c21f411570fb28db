"""The pages of oversight: they open, say what happened, refuse with a reason, and are quick."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import factories
from tests.inbox.conftest import LONG_AGO
from torg.desk.queries import today
from torg.oversight import commands
from torg.oversight.models import AccessTask, DutyAlarm, DutyRule, EmergencyAccess, GroupReview, WatchRound
from torg.people.models import Employee, EmployeeImport
from torg.people.types import Role
from torg.registry.models import PresenceKind

PAGES = ["index", "breaches", "rules", "rounds", "groups", "access", "emergencies"]
# The sheet of a page gathers duties, rounds, members and reviews.
MOST_QUERIES = {"pages": 20}
LIST = "Ansattnr;Navn;E-post\n1;Kari Prøve;kari@eksempel.example\n2;Per Prøve;\n"


@pytest.fixture(autouse=True)
def still(now):
    return now


def test_every_page_opens_for_the_officer_with_few_queries(scene, as_person, at):
    scene.member(scene.employee("1", "Kari Prøve"))
    commands.watch_duties(at=at)
    client = as_person(scene.officer)
    addresses = [reverse(f"oversight:{name}") for name in PAGES]
    addresses += [reverse("oversight:page", args=[page.public_id]) for page in (scene.cinema, scene.group)]

    for address in [*addresses, reverse("desk:today")]:
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(address)
        assert answer.status_code == 200
        assert len(asked) <= MOST_QUERIES.get(address.split("/")[2], 12), (address, len(asked))


def test_today_shows_pages_to_look_in_on_and_one_tap_is_enough(scene, as_person, at):
    commands.watch_duties(at=at)
    client = as_person(scene.house.administrator)
    look = reverse("oversight:look", args=[scene.house.presence.public_id])
    assert look in client.get(reverse("desk:today")).content.decode()

    answer = client.post(look, {"next": reverse("desk:today")})

    assert (answer.status_code, answer["Location"]) == (303, reverse("desk:today"))
    assert look not in client.get(reverse("desk:today")).content.decode()
    assert client.post(look, {"next": "//evil.example/"})["Location"] == reverse("oversight:rounds")


def test_today_counts_a_broken_duty_once_however_many_weeks_and_says_that_more_pages_wait(scene, at):
    others = [factories.presence(f"Side {number}", at=LONG_AGO, kind=PresenceKind.LOCAL_PAGE) for number in range(6)]
    raised = {"raised_at": at, "step": "BREACH"}
    for page in others:
        place = {"presence": page, "scope_id": page.scope_id, **raised}
        DutyAlarm.objects.create(duty="ROUNDS", week_on=at.date(), **place)
    for weeks in (0, 1):
        week_on = at.date() - timedelta(weeks=weeks)
        DutyAlarm.objects.create(duty="ANSWERS", week_on=week_on, **place)

    shown = today.today(scene.officer, at=at)

    assert (shown.numbers["breaches"], len(shown.looks_first), shown.has_more_looks) == (1, 5, True)


def test_a_round_is_begun_finished_and_told(scene, as_person):
    client, page = as_person(scene.officer), scene.house.presence
    address = client.post(reverse("oversight:start-round", args=[page.public_id]))["Location"]

    assert client.post(address, {"found": "HANDED_ON"}).status_code == 422
    assert client.post(address, {"found": ""}).status_code == 422
    assert client.post(address, {"found": "NOTHING", "has_rules": "no"}).status_code == 303
    assert WatchRound.objects.get().has_rules is False
    assert "Storvik kommune" in client.get(reverse("oversight:rounds")).content.decode()


def test_a_breach_is_explained_on_the_sheet(scene, as_person):
    client = as_person(scene.officer)
    address = reverse("oversight:explain", args=[scene.cinema.public_id])
    typed = {"duty": "POSTS", "week_on": "2026-03-02"}

    assert client.post(address, {**typed, "text": ""}).status_code == 422
    assert client.post(address, {**typed, "text": "Stengt", "duty": "UKJENT"}).status_code == 422
    assert client.post(address, {**typed, "text": "Stengt for oppussing"}).status_code == 303
    assert "Stengt for oppussing" in client.get(reverse("oversight:breaches")).content.decode()


def test_what_duties_ask_for_is_decided_and_ended_on_its_page(scene, as_person):
    client, address = as_person(scene.officer), reverse("oversight:rules")
    typed = {
        "kind": "LOCAL_PAGE",
        "duty": "POSTS",
        "amount": 2,
        "remind_hours": 4,
        "escalate_after": 0,
        "merge_after": 0,
    }

    assert client.post(address, {**typed, "from_on": "2026-01-01"}).status_code == 422
    assert client.post(address, {**typed, "from_on": "2026-03-16"}).status_code == 303
    rule = DutyRule.objects.get(kind="LOCAL_PAGE", duty="POSTS", until_on=None)
    assert rule.amount == 2
    assert client.post(reverse("oversight:end-rule", args=[rule.public_id])).status_code == 303
    assert client.post(reverse("oversight:adopt")).status_code == 303
    assert as_person(scene.house.leader).post(reverse("oversight:adopt")).status_code == 403


def test_members_and_reviews_are_kept_on_the_groups_sheet(scene, as_person):
    client, group = as_person(scene.owner), scene.group
    scene.employee("1", "Kari Prøve")
    members, review = (reverse(f"oversight:{name}", args=[group.public_id]) for name in ("members", "review"))

    assert client.post(members, {"told": ""}).status_code == 422
    assert client.post(members, {"told": "1\nFremmed Person"}).status_code == 303
    assert client.post(review, {"has_checked_members": "on", "is_free_of_cases": "on"}).status_code == 422
    stranger = group.members.get(employee=None)
    assert client.post(reverse("oversight:end-membership", args=[stranger.public_id])).status_code == 303
    assert client.post(review, {"has_checked_members": "on", "is_free_of_cases": "on"}).status_code == 303
    assert GroupReview.objects.get().reviewed_by == scene.owner
    assert client.post(reverse("oversight:export-groups"), {"format": "csv"}).status_code == 403


@pytest.mark.parametrize("kind", ["csv", "pdf"])
def test_the_overview_is_a_file(scene, as_person, kind):
    answer = as_person(scene.officer).post(reverse("oversight:export-groups"), {"format": kind})

    assert answer["Content-Disposition"].endswith(f'.{kind}"')
    assert len(answer.content) > 100


def test_an_emergency_is_asked_for_answered_and_ended(scene, as_person, deputy):
    client, address = as_person(scene.officer), reverse("oversight:emergencies")
    typed = {"reason": "Kapret", "hours": 2, "presence": scene.cinema.public_id}

    assert client.post(address, {**typed, "hours": 99}).status_code == 422
    assert client.post(address, typed).status_code == 303
    assert client.post(address, typed).status_code == 409
    access = EmergencyAccess.objects.get()
    assert client.post(reverse("oversight:grant", args=[access.public_id])).status_code == 403
    assert as_person(deputy).post(reverse("oversight:grant", args=[access.public_id])).status_code == 303
    assert client.post(reverse("oversight:end-emergency", args=[access.public_id])).status_code == 303


def test_leavers_are_ticked_off_on_the_access_page(scene, as_person, at):
    scene.administrates(scene.house.contributor, scene.cinema)
    scene.employee("9", "Eva Dahl", email=scene.house.contributor.email, left_on=at.date())
    commands.note_leavers(at=at)
    client = as_person(scene.officer)
    assert "Eva Dahl" in client.get(reverse("oversight:access")).content.decode()

    for task in AccessTask.objects.all():
        assert client.post(reverse("oversight:tick", args=[task.public_id])).status_code == 303

    assert client.get(reverse("desk:today")).context["today"].numbers["leavers"] == 0


def upload(client, text):
    from django.core.files.uploadedfile import SimpleUploadedFile

    file = SimpleUploadedFile("ansatte.csv", text.encode("latin-1"), content_type="text/csv")
    return client.post(reverse("people:employees"), {"file": file})


def test_a_list_of_employees_is_looked_at_before_it_is_taken_over(scene, as_person):
    client = as_person(scene.officer)
    preview = upload(client, LIST)["Location"]
    assert "Kari Prøve" in client.get(preview).content.decode()
    assert Employee.objects.count() == 0

    assert client.post(f"{preview}takeover/").status_code == 303
    assert client.post(f"{preview}takeover/").status_code == 409
    assert EmployeeImport.objects.get().text == ""
    half = upload(client, "Ansattnr;Navn\n2;Per Prøve\n")["Location"]
    assert client.post(f"{half}takeover/").status_code == 422
    assert client.post(f"{half}takeover/", {"is_confirmed": "on"}).status_code == 303
    assert Employee.objects.get(number="1").left_on is not None
    assert "Per Prøve" in client.get(reverse("people:employees") + "?text=per").content.decode()


def test_a_list_with_strange_columns_or_wrong_lines_is_mended_or_dropped(scene, as_person):
    client = as_person(scene.officer)
    strange = upload(client, "A;B\n1;Kari\n")["Location"]
    assert client.post(f"{strange}takeover/").status_code == 422
    assert client.post(strange, {"number": "A", "name": "B"}).status_code == 303
    assert client.post(f"{strange}takeover/").status_code == 303
    wrong = upload(client, "Nr;Navn\n1;\n")["Location"]
    assert client.post(f"{wrong}takeover/").status_code == 422
    assert client.post(f"{wrong}dropping/").status_code == 303
    assert upload(client, "").status_code == 422
    assert as_person(scene.house.leader).get(reverse("people:employees")).status_code == 403


def test_a_notice_is_settled_only_for_its_own_page(scene, as_person, at):
    commands.watch_duties(at=at)

    as_person(scene.officer).post(reverse("oversight:look", args=[scene.cinema.public_id]))

    assert DutyAlarm.objects.filter(presence=scene.house.presence, duty="ROUNDS", settled_at=None).exists()


def test_the_access_page_marks_emergencies_and_offers_an_auditor_nothing_to_end(scene, as_person, at):
    auditor, leaver = factories.person("Rigmor Revisor"), factories.person("Lise Leaver", email="lise@eksempel.example")
    factories.role(auditor, Role.AUDITOR, at=at)
    scene.administrates(leaver, scene.cinema)
    scene.employee("44", "Lise Leaver", email="lise@eksempel.example", left_on=at.date())
    commands.note_leavers(at=at)
    access = commands.ask_for_emergency_access(reason="Kapret", hours=1, by=scene.house.contributor, at=at)
    commands.grant_emergency_access(access_id=access.public_id, by=scene.officer, at=at)
    tick = reverse("oversight:tick", args=[AccessTask.objects.get().public_id])

    for person, is_offered in ((auditor, False), (scene.officer, True)):
        page = as_person(person).get(reverse("oversight:access")).content.decode()
        assert (tick in page) is is_offered
        assert f'data-color="warning" href="{reverse("oversight:emergencies")}"' in page
