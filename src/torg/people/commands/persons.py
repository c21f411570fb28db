"""Persons: who works here, and who has left."""

import re
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.audit import commands as audit
from torg.core.actors import Actor
from torg.core.errors import Invalid, NotAllowed
from torg.people import events, policies, queries
from torg.people.models import Login, Person, Unit
from torg.people.types import Permission

LANGUAGES = ("nb", "nn", "en")
# E.164, as gateways for text messages take it; eight digits alone are Norwegian.
PHONE = re.compile(r"\+[1-9][0-9]{6,14}")
NORWEGIAN = re.compile(r"[2-9][0-9]{7}")


@transaction.atomic
def add_person(*, name: str, email: str, by: Actor, at: datetime, unit: Unit | None = None) -> Person:
    """Add somebody who works here, with a log-in that has no password yet.

    Raises NotAllowed without the right to manage people, Invalid when name or address is missing or taken.
    """
    policies.check_may(by, Permission.MANAGE_PEOPLE, scope_id=None, at=at)
    address = Login.objects.normalize_email(email.strip())
    if not name.strip():
        raise Invalid(_("Write the person's name."), field="name")
    if not address:
        raise Invalid(_("Write the person's e-mail address."), field="email")
    if Login.objects.filter(email__iexact=address).exists():
        raise Invalid(_("Somebody is registered with that e-mail address already."), field="email")
    person = Person.objects.create(name=name.strip(), email=address, unit=unit)
    Login.objects.create_user(email=address, person=person)
    audit.record(events.PERSON_ADDED, actor=by, scope=None, target=person, at=at)
    return person


@transaction.atomic
def record_departure(*, person_id: UUID, by: Actor, at: datetime) -> Person:
    """Record that a person has left: log-ins close and roles end at once.

    Raises NotAllowed without the right to manage people, or when it is the last information officer.
    """
    policies.check_may(by, Permission.MANAGE_PEOPLE, scope_id=None, at=at)
    person = queries.person_or_absent(person_id, lock=True)
    if queries.is_last_editor(person, at=at):
        raise NotAllowed(_("Name another information officer or deputy first; somebody must be able to run this."))
    person.logins.update(is_active=False)
    person.roles.filter(until_at=None, from_at__lt=at).update(until_at=at)
    person.roles.filter(from_at__gte=at).delete()
    person.left_at = at
    person.save(update_fields=["left_at"])
    audit.record(events.PERSON_LEFT, actor=by, scope=None, target=person, at=at)
    return person


@transaction.atomic
def choose_language(*, language: str, by: Person, at: datetime) -> Person:
    """Choose the language of one's own screens: `nb`, `nn` or `en`. Raises Invalid for any other."""
    if language not in LANGUAGES:
        raise Invalid(_("Choose bokmål, nynorsk or English."), field="language")
    by.language = language
    by.save(update_fields=["language"])
    audit.record(events.LANGUAGE_CHOSEN, actor=by, scope=None, target=by, at=at)
    return by


@transaction.atomic
def note_phone(*, person_id: UUID, phone: str, by: Person, at: datetime) -> Person:
    """Write down the mobile number at which somebody is called out; empty takes it away.

    Raises NotAllowed for others' without the right to manage people, Invalid for what is no phone number.
    """
    person = queries.person_or_absent(person_id, lock=True)
    if person.pk != by.pk:
        policies.check_may(by, Permission.MANAGE_PEOPLE, scope_id=None, at=at)
    person.phone = _whole_number(phone)
    person.save(update_fields=["phone"])
    audit.record(events.PHONE_NOTED, actor=by, scope=None, target=person, at=at, facts={"has": int(bool(person.phone))})
    return person


def _whole_number(phone: str) -> str:
    number = re.sub(r"[\s().-]", "", phone)
    if NORWEGIAN.fullmatch(number):
        number = f"+47{number}"
    number = f"+{number[2:]}" if number.startswith("00") else number
    if number and not PHONE.fullmatch(number):
        raise Invalid(_("Write the number as 99 88 77 66, or with + and the country code."), field="phone")
    return number
