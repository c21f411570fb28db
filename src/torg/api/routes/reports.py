"""Reports of what breaks the rules, as another system hands them on: a chat robot, a service desk, a neighbour."""

from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema, Status

from torg.api import calls
from torg.api.access import Caller, caller
from torg.api.routes.account import Refusal
from torg.core.errors import NotFound
from torg.dialogue.models import Item
from torg.moderation import commands as moderation
from torg.moderation import queries
from torg.moderation.words import Ground
from torg.people.types import Permission

router = Router()


class ReportIn(Schema):
    """What somebody has pointed out: by the item's id here, or by the link to it on the platform.

    `contact` is an e-mail address to which the outcome is told, and is deleted then.
    """

    item: UUID | None = None
    link: str = Field(default="", max_length=2000)
    ground: Ground | None = None
    text: str = Field(default="", max_length=2000)
    contact: str = Field(default="", max_length=254)
    language: str = Field(default="nb", pattern="^(nb|nn|en)$")


class ReportOut(Schema):
    """The report's id; what becomes of it is told to nobody but the reporter."""

    id: UUID


@router.post(
    "",
    response={201: ReportOut, 403: Refusal, 404: Refusal, 422: Refusal},
    summary="Report an item",
    operation_id="report_item",
)
def add(request: HttpRequest, body: ReportIn) -> Status[dict[str, object]]:
    """Into the moderation queue, as reported by a citizen; a token needs HANDLE on the page."""
    who = caller(request)
    item = reached(who, body)
    with calls.acting(who, "report_item"):
        report = moderation.report_item(
            item_id=item.public_id,
            ground=body.ground,
            text=body.text,
            contact=body.contact,
            language=body.language,
            by=who.person,
            at=who.at,
        )
    return Status(201, {"id": report.public_id})


def reached(who: Caller, body: ReportIn) -> Item:
    """The item, if both the person and the token reach it; raises NotFound, or NotAllowed for the act."""
    rows = Item.objects.visible_to(who.person, at=who.at).filter(is_placeholder=False)
    found: Item | None = rows.filter(public_id=body.item).first() if body.item else queries.item_of_link(body.link)
    if found is None:
        raise NotFound(_("There is no such item here."))
    who.check(found.scope_id, Permission.HANDLE)
    return found
