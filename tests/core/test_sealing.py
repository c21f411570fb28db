"""Secrets at rest: keys come and go, and what is stored stays readable."""

import pytest
from cryptography.fernet import Fernet

from torg.core import sealing


def test_what_is_sealed_is_not_to_be_read_and_opens_again():
    sealed = sealing.seal("very secret")

    assert b"secret" not in sealed
    assert sealing.unseal(sealed) == "very secret"


def test_a_new_key_in_front_still_opens_what_the_old_one_sealed(settings):
    sealed = sealing.seal("very secret")
    settings.CREDENTIAL_KEYS = [Fernet.generate_key().decode(), *settings.CREDENTIAL_KEYS]

    assert sealing.unseal(sealed) == "very secret"


def test_without_the_key_nothing_of_the_content_is_told(settings):
    sealed = sealing.seal("very secret")
    settings.CREDENTIAL_KEYS = [Fernet.generate_key().decode()]

    with pytest.raises(sealing.Unreadable) as refusal:
        sealing.unseal(sealed)

    assert "secret" not in str(refusal.value)
