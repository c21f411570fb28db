"""The pages on people, hours and what we run: they open, forms keep what was typed, refusals say why."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse

from tests import factories
from torg.files.models import StoredFile
from torg.people.models import CalendarKind, CalendarRow, Municipality, Person, Unit
from torg.people.types import Role
from torg.registry.models import PresenceKind

pytestmark = pytest.mark.django_db
PAGES = ["people:index", "people:new", "people:municipality", "people:hours", "people:duty", "people:absence"]
PAGES += ["people:own-phone", "people:on-duty-now", "registry:index", "registry:new"]


@pytest.fixture
def officer(client, at):
    person = factories.officer(at=at)
    client.force_login(factories.login(person))
    return person


@pytest.mark.parametrize("name", PAGES)
def test_the_page_opens_with_few_queries(client, officer, name, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        answer = client.get(reverse(name))

    assert answer.status_code == 200


def test_a_person_is_added_and_given_a_role_on_a_page(client, officer, at):
    page = factories.presence("Kinoen", at=at)
    client.post(reverse("people:new"), {"name": "Per Ny", "email": "per@eksempel.example"})
    person = Person.objects.get(name="Per Ny")

    client.post(
        reverse("people:give-role", args=[person.public_id]),
        {"role": Role.PAGE_ADMINISTRATOR, "scope": str(page.scope_id)},
    )

    assert person.roles.get().scope == page.scope
    assert "Kinoen" in client.get(reverse("people:person", args=[person.public_id])).content.decode()


def test_a_mobile_number_is_seen_by_those_who_manage_everybody(client, officer, at):
    own = factories.person("Per Privat")
    Person.objects.filter(pk=own.pk).update(phone="+4799887766")
    sheet = reverse("people:person", args=[own.public_id])
    of_one_page = factories.person("Dora Deputy")
    factories.role(of_one_page, Role.DEPUTY, at=at, scope=factories.presence("Kinoen", at=at).scope)

    assert "+4799887766" in client.get(sheet).content.decode()
    client.force_login(factories.login(of_one_page))
    answer = client.get(sheet)
    assert answer.status_code == 200 and "+4799887766" not in answer.content.decode()


def test_a_refused_form_keeps_what_was_typed_and_says_why(client, officer):
    again = client.post(reverse("people:new"), {"name": "Per Ny", "email": "not an address"})
    assert again.status_code == 422
    assert "Per Ny" in again.content.decode()


def span(row, opens, closes):
    return {f"{row}_from": opens, f"{row}_to": closes}


@pytest.mark.strategy("B7")
def test_hours_are_filled_in_with_times_and_days(client, officer):
    given = span("mon_0", "09:00", "15:00") | span("tue_1", "12:00", "15:30") | span("tue_0", "08:00", "11:30")

    answer = client.post(
        reverse("people:hours"), {"kind": "ANSWERING", **given, "date_0_on": "2026-12-24", "date_1_on": ""}
    )

    assert answer.status_code == 303
    definition = CalendarRow.objects.get(kind=CalendarKind.ANSWERING).definition
    assert definition["week"] == {"mon": [["09:00", "15:00"]], "tue": [["08:00", "11:30"], ["12:00", "15:30"]]}
    assert definition["dates"] == {"2026-12-24": []}
    page = client.get(reverse("people:hours")).content.decode()
    assert all(f'value="{moment}"' in page for moment in ("08:00", "11:30", "12:00", "15:30", "2026-12-24"))


def test_a_unit_has_hours_of_its_own_with_a_summer_period(client, officer):
    unit = Unit.objects.create(name="Biblioteket")
    address = f"{reverse('people:hours')}?unit={unit.public_id}"

    summer = {"period_0_first": "2026-06-15", "period_0_last": "2026-08-14", **span("period_0", "10:00", "15:00")}
    client.post(address, {"kind": "OPENING", **span("mon_0", "10:00", "18:00"), **summer})

    row = CalendarRow.objects.get(unit=unit)
    assert row.definition["ranges"][0]["week"]["fri"] == [["10:00", "15:00"]]
    assert 'value="2026-08-14"' in client.get(address).content.decode()


@pytest.mark.parametrize("unit", ["made-up", "00000000-0000-4000-8000-000000000000"])
def test_hours_of_a_unit_that_is_not_there_are_absent(client, officer, unit):
    assert client.get(reverse("people:hours"), {"unit": unit}).status_code == 404


@pytest.mark.parametrize(
    "given",
    [
        span("mon_0", "from nine", "15:00"),
        span("mon_0", "09:00", ""),
        span("mon_0", "15:00", "09:00"),
        {"date_0_on": "", **span("date_0", "09:00", "12:00")},
        {"period_0_first": "2026-08-14", "period_0_last": "2026-06-15"},
        {"period_0_first": "", "period_0_last": "", **span("period_0", "09:00", "12:00")},
    ],
    ids=str,
)
def test_hours_that_make_no_sense_are_shown_again(client, officer, given):
    answer = client.post(reverse("people:hours"), {"kind": "OPENING", **given})

    assert answer.status_code == 422
    assert all(f'value="{value}"' in answer.content.decode() for value in given.values() if value)
    assert not CalendarRow.objects.filter(kind=CalendarKind.OPENING).exists()


def test_a_day_that_closes_at_midnight_is_kept_and_shown(client, officer):
    client.post(reverse("people:hours"), {"kind": "OPENING", **span("fri_0", "20:00", "00:00")})

    assert CalendarRow.objects.get(kind=CalendarKind.OPENING).definition["week"] == {"fri": [["20:00", "24:00"]]}
    assert 'value="00:00"' in client.get(reverse("people:hours")).content.decode()


def test_the_municipality_is_set_up_with_its_arms(client, officer):
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1H0z"/></svg>'
    arms = BytesIO(drawing)
    arms.name = "arms.svg"

    Municipality.objects.create(id=1, name="Vik", organisation_number="000000000", is_set_up=True)
    told = {"name": "Eksempelvik kommune", "language": "nn", "colour": "#123456", "arms": arms}

    answer = client.post(reverse("people:municipality"), told)

    assert answer.status_code == 303
    kept = Municipality.objects.get()
    assert (kept.language, kept.organisation_number, len(kept.arms_sha256)) == ("nn", "000000000", 64)


def test_another_pages_sheet_is_as_absent_as_one_that_does_not_exist(client, at):
    own, other = factories.presence("Kinoen", at=at), factories.presence("Biblioteket", at=at)
    client.force_login(factories.login(factories.administrator(own, at=at)))

    hidden = client.get(reverse("registry:presence", args=[other.public_id]))
    missing = client.get(reverse("registry:presence", args=["00000000-0000-4000-8000-000000000000"]))

    assert hidden.status_code == missing.status_code == 404
    assert hidden.content.replace(str(other.public_id).encode(), b"") == missing.content.replace(
        b"00000000-0000-4000-8000-000000000000", b""
    )


def test_whoever_reads_a_page_cannot_change_it(client, at):
    page = factories.presence(at=at)
    reader = factories.person()
    factories.role(reader, Role.LEADER, at=at, scope=page.scope)
    client.force_login(factories.login(reader))

    answer = client.post(
        reverse("registry:description", args=[page.public_id]), {"name": "Kapret", "kind": PresenceKind.MAIN_PAGE}
    )

    assert answer.status_code == 403
    page.refresh_from_db()
    assert page.name != "Kapret"


def test_one_registers_ones_own_absence(client, officer, at):
    stand_in = factories.person("Vikar")
    begin = (at + timedelta(days=3000)).strftime("%Y-%m-%dT%H:%M")
    end = (at + timedelta(days=3005)).strftime("%Y-%m-%dT%H:%M")

    client.post(reverse("people:absence"), {"stand_in": str(stand_in.public_id), "from_at": begin, "until_at": end})

    assert officer.absences.get().stand_in == stand_in


def test_arms_that_are_no_picture_are_refused_before_they_are_kept(client, officer):
    arms = BytesIO(b"%PDF-1.7 arms")
    arms.name = "arms.svg"

    answer = client.post(
        reverse("people:municipality"), {"name": "Nordvik", "language": "nb", "colour": "#123456", "arms": arms}
    )

    assert answer.status_code == 422
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize("name", ["people:hours", "people:duty", "people:municipality"])
def test_what_belongs_to_all_pages_is_not_for_the_officer_of_one(client, at, name):
    page = factories.presence(at=at)
    person = factories.person()
    factories.role(person, Role.OFFICER, at=at, scope=page.scope)
    client.force_login(factories.login(person))

    assert client.get(reverse(name)).status_code == 403
