"""What the first page says before there is anything to do."""

from datetime import timedelta

from django.urls import reverse

from torg.people.models import Municipality, Person, RoleAssignment, Scope
from torg.people.types import Role
from torg.registry.models import Presence


def test_a_house_without_anything_leads_to_the_municipality(db, as_person, now):
    holder = Person.objects.create(name="Ingrid Ny", email="ingrid@storvik.example")
    RoleAssignment.objects.create(person=holder, role=Role.OFFICER, from_at=now - timedelta(days=1))

    answer = as_person(holder).get(reverse("desk:today"))

    states = [step.state for step in answer.context["today"].set_up.steps]
    assert states == ["now", "next", "next", "next", "next", "next"]
    assert reverse("people:municipality") in answer.content.decode()


def test_an_empty_house_shows_the_first_steps(db, as_person, now):
    holder = Person.objects.create(name="Ingrid Ny", email="ingrid@storvik.example")
    RoleAssignment.objects.create(person=holder, role=Role.OFFICER, from_at=now - timedelta(days=1))
    Presence.objects.create(
        scope=Scope.objects.create(), kind="MAIN_PAGE", name="Storvik", opened_at=now - timedelta(days=1)
    )
    Municipality.objects.create(id=1, name="Storvik kommune", is_set_up=True)

    answer = as_person(holder).get(reverse("desk:today"))

    states = [step.state for step in answer.context["today"].set_up.steps]
    assert states == ["done", "now", "done", "next", "next", "next"]
