"""Signing in by link or by an identity provider; passwords and passkeys are django-allauth's."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext as _

from torg.audit import commands as audit
from torg.core import sealing
from torg.core.actors import Actor, Operator
from torg.core.errors import NotAllowed, NotFound
from torg.people import events, links, oidc
from torg.people.models import Login, Person

# What django-allauth keeps encrypted of a second factor: the key of one-time codes, the seed of recovery codes.
ENCRYPTED = ("secret", "seed")


@transaction.atomic
def make_sign_in_link(*, email: str, by: Operator, at: datetime) -> str:
    """A one-time token that signs in whoever has the address, within an hour. For operators only.

    Raises NotFound when nobody with that address works here.
    """
    login = Login.objects.select_related("person").filter(email__iexact=email, is_active=True).first()
    if login is None:
        raise NotFound(_("Nobody with that e-mail address is registered."))
    audit.record(events.SIGN_IN_LINK_MADE, actor=by, scope=None, target=login.person, at=at)
    return links.make(login)


@transaction.atomic
def sign_in_by_link(*, login: Login, by: Person, at: datetime) -> None:
    """Use up the one-time link that `login` was redeemed from. Raises NotAllowed when somebody was faster."""
    current = Login.objects.select_for_update().get(pk=login.pk)
    if current.last_login != login.last_login or by.pk != login.person_id:
        raise NotAllowed(_("This link has been used. Ask the operator for a new one."))
    current.last_login = at
    current.save(update_fields=["last_login"])
    audit.record(events.SIGNED_IN, actor=by, scope=None, target=by, at=at, facts={"way": "link"})


@transaction.atomic
def note_sign_in(*, by: Person, at: datetime) -> None:
    """Note that a person has signed in with a password, a passkey or both steps."""
    audit.record(events.SIGNED_IN, actor=by, scope=None, target=by, at=at, facts={"way": "password"})


@transaction.atomic
def sign_in_by_provider(*, login: Login, identity: oidc.Identity, by: Person, at: datetime) -> None:
    """Note that an identity provider vouched for `login`, and remember the provider's own subject for it.

    Raises NotAllowed when the log-in belongs to another subject already.
    """
    current = Login.objects.select_for_update().get(pk=login.pk)
    known_as = (current.provider, current.subject)
    if current.subject and known_as != (identity.provider, identity.subject):
        raise NotAllowed(_("You are not registered here. Ask the information officer to add you."))
    current.provider, current.subject = identity.provider, identity.subject
    current.save(update_fields=["provider", "subject"])
    audit.record(events.SIGNED_IN, actor=by, scope=None, target=by, at=at, facts={"way": "provider"})


@transaction.atomic
def seal_again(*, by: Actor, at: datetime) -> int:
    """Encrypt every second factor's secret with the newest key (`torg secrets rotate`); returns how many."""
    count = 0
    for factor in Authenticator.objects.select_for_update():
        held = {name: factor.data[name] for name in ENCRYPTED if name in factor.data}
        if not held:
            continue
        fresh = {name: sealing.seal(sealing.unseal(value.encode())).decode() for name, value in held.items()}
        factor.data = {**factor.data, **fresh}
        factor.save(update_fields=["data"])
        count += 1
    audit.record(events.SECRETS_SEALED_AGAIN, actor=by, scope=None, target=None, at=at, facts={"count": count})
    return count
