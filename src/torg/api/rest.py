"""The REST API: the same queries and commands as the screens, with the same permissions, for other systems."""

from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI

from torg.api.access import Token
from torg.api.routes import account, enquiries, journal, presences, reports, subscriptions
from torg.core.errors import DomainError, Invalid

api = NinjaAPI(
    title="Torg",
    version="1",
    description=(
        "Read and handle what people write to the municipality. Send `Authorization: Bearer <token>`; a token acts "
        "for the person who made it, with at most that person's rights. What the token cannot see answers 404, as "
        "what does not exist."
    ),
    auth=Token(),
    docs_url=None,
    openapi_url="openapi.json",
    urls_namespace="api-v1",
)
api.add_router("", account.router, tags=["Token"])
api.add_router("enquiries", enquiries.router, tags=["Enquiries"])
api.add_router("journal", journal.router, tags=["Public journal"])
api.add_router("presences", presences.router, tags=["Pages"])
api.add_router("reports", reports.router, tags=["Moderation"])
api.add_router("subscriptions", subscriptions.router, tags=["Webhooks"])


@api.exception_handler(DomainError)
def refuse(request: HttpRequest, error: DomainError) -> HttpResponse:
    """A command's refusal, with its status and what to do next."""
    return api.create_response(
        request, {"error": type(error).__name__, "message": error.message, "field": error.field}, status=error.status
    )


@api.exception_handler(DataError)
@api.exception_handler(UnicodeEncodeError)
def refuse_what_cannot_be_kept(request: HttpRequest, error: Exception) -> HttpResponse:
    """422 for text that is none: a NUL, half a character, a number beyond every column."""
    return refuse(request, Invalid(_("Something in this cannot be stored. Remove unusual signs and try again.")))
