"""What the token is and may do."""

from datetime import datetime

from django.http import HttpRequest
from ninja import Router, Schema

from torg.api.access import caller

router = Router()


class TokenOut(Schema):
    """The token's own terms."""

    name: str
    permissions: list[str]
    expires_at: datetime


class Refusal(Schema):
    """Why something was not done, in plain words."""

    error: str
    message: str
    field: str | None = None


@router.get("token", response=TokenOut, summary="What this token may do", operation_id="token")
def token(request: HttpRequest) -> object:
    """The token's name, rights and end."""
    return caller(request).integration
