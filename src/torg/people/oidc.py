"""Signing in through an OpenID Connect provider (Entra ID, Ansattporten), with PKCE.

ID-porten and Ansattporten demand PKCE and recommend a private key over a shared secret
(https://docs.digdir.no/docs/idporten/oidc/oidc_guide_idporten). HTTP is authlib's own client here, the one named
exception to the rule that HTTP leaves through connectors.
"""

import json
import secrets
from dataclasses import dataclass
from typing import Any, cast

import httpx2
from authlib.integrations.httpx_client import OAuth2Client, OAuthError
from authlib.oauth2.rfc7523 import PrivateKeyJWT
from django.conf import settings
from django.utils.translation import gettext as _
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import JWKRegistry, KeySet, KeySetSerialization

from torg.core.errors import NotAllowed, Unavailable

TIMEOUT_SECONDS = 10
ALGORITHMS = ["RS256", "PS256", "ES256"]
# What a provider that is away, stumbling or lying can lead to on the way.
TROUBLE = (httpx2.HTTPError, OAuthError, ValueError, KeyError)


@dataclass(frozen=True, slots=True)
class Attempt:
    """What must be the same when the person comes back: kept in the session meanwhile."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the provider says that it is. `email` is empty unless the provider has verified it."""

    issuer: str
    subject: str
    email: str

    @property
    def provider(self) -> str:
        """The issuer, whole: cut off, two providers could look like one."""
        return self.issuer


def begin(redirect_uri: str) -> tuple[str, Attempt]:
    """The provider's address to send the person to, and what to remember. Raises Unavailable."""
    attempt = Attempt(secrets.token_urlsafe(24), secrets.token_urlsafe(24), secrets.token_urlsafe(48))
    with _client(redirect_uri) as client:
        address, _state = client.create_authorization_url(
            _discovery(client)["authorization_endpoint"],
            state=attempt.state,
            nonce=attempt.nonce,
            code_verifier=attempt.verifier,
        )
    return address, attempt


def finish(*, redirect_uri: str, code: str, attempt: Attempt, now: int) -> Identity:
    """Exchange the code and check the identity token: signature, issuer, audience, nonce, time (`now`, in seconds).

    Raises NotAllowed when the token is not for us or not true, Unavailable when the provider does not answer.
    """
    with _client(redirect_uri) as client:
        found = _discovery(client)
        try:
            token = client.fetch_token(found["token_endpoint"], code=code, code_verifier=attempt.verifier)
            keys = KeySet.import_key_set(cast(KeySetSerialization, _read(client, found["jwks_uri"])))
        except TROUBLE as error:
            raise Unavailable(_("The sign-in service did not accept the sign-in. Try again.")) from error
    return _identity(token.get("id_token", ""), keys=keys, attempt=attempt, now=now)


def _identity(id_token: str, *, keys: KeySet, attempt: Attempt, now: int) -> Identity:
    claims_wanted = jwt.JWTClaimsRegistry(
        now=now,
        leeway=60,
        iss={"essential": True, "value": settings.OIDC_ISSUER},
        aud={"essential": True, "value": settings.OIDC_CLIENT_ID},
        sub={"essential": True},
        exp={"essential": True},
        nonce={"essential": True, "value": attempt.nonce},
    )
    try:
        claims = jwt.decode(id_token, keys, algorithms=ALGORITHMS).claims
        claims_wanted.validate(claims)
    except (JoseError, ValueError) as error:
        raise NotAllowed(_("The sign-in could not be verified. Try again.")) from error
    email = str(claims.get("email", "")) if claims.get("email_verified") is True else ""
    return Identity(issuer=str(claims["iss"]), subject=str(claims["sub"]), email=email)


def _client(redirect_uri: str) -> Any:
    has_key = bool(settings.OIDC_PRIVATE_KEY)
    secret = JWKRegistry.import_key(json.loads(settings.OIDC_PRIVATE_KEY)) if has_key else settings.OIDC_CLIENT_SECRET
    client = OAuth2Client(
        settings.OIDC_CLIENT_ID,
        client_secret=secret,
        token_endpoint_auth_method=PrivateKeyJWT.name if has_key else "client_secret_basic",
        scope="openid profile email",
        redirect_uri=redirect_uri,
        code_challenge_method="S256",
        timeout=TIMEOUT_SECONDS,
    )
    client.register_client_auth_method(PrivateKeyJWT())
    return client


def _discovery(client: Any) -> dict[str, Any]:
    try:
        found = _read(client, f"{settings.OIDC_ISSUER.rstrip('/')}/.well-known/openid-configuration")
    except TROUBLE as error:
        raise Unavailable(_("The sign-in service does not answer. Try again in a while.")) from error
    if found.get("issuer") != settings.OIDC_ISSUER:
        raise Unavailable(_("The sign-in service presents itself under another name. Tell the operator."))
    return found


def _read(client: Any, address: str) -> dict[str, Any]:
    answer = client.request("GET", address, withhold_token=True)
    answer.raise_for_status()
    document: dict[str, Any] = answer.json()
    return document
