"""One-time sign-in links, made by an operator at the server: for the first person, and for the demonstration."""

from django.core import signing
from django.utils.translation import gettext as _

from torg.core.errors import NotAllowed
from torg.people.models import Login

SALT = "torg.sign-in-link"
VALID_SECONDS = 60 * 60


def make(login: Login) -> str:
    """A token that signs this log-in in once, within an hour."""
    return signing.dumps([login.pk, _state(login)], salt=SALT)


def redeem(token: str) -> Login:
    """The log-in that the token is for. Raises NotAllowed when it is false, old, or used already."""
    refusal = NotAllowed(_("This link has been used or is too old. Ask the operator for a new one: torg sign-in-link."))
    try:
        login_id, state = signing.loads(token, salt=SALT, max_age=VALID_SECONDS)
    except signing.BadSignature as error:
        raise refusal from error
    login = Login.objects.select_related("person").filter(pk=login_id, is_active=True).first()
    if login is None or state != _state(login):
        raise refusal
    return login


def _state(login: Login) -> str:
    # Changes when the person signs in, so that a link works once.
    return login.last_login.isoformat() if login.last_login else ""
