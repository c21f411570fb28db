"""How django-allauth behaves here: nobody registers on their own, second factors are encrypted at rest."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from torg.core import clock, sealing
from torg.people import commands as people
from torg.people.models import Login


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Persons are added by those who manage people; there is no registration page."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def login(self, request: HttpRequest, user: Login) -> None:
        """The end of each way in by password, passkey or second factor."""
        super().login(request, user)
        people.note_sign_in(by=user.person, at=clock.now())


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Keeps the secrets of one-time codes encrypted with the same keys as our other secrets."""

    def encrypt(self, text: str) -> str:
        return sealing.seal(text).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return sealing.unseal(encrypted_text.encode())

    def get_public_key_credential_rp_entity(self) -> dict[str, Any]:
        return {**super().get_public_key_credential_rp_entity(), "name": "Torg"}
