"""Decide how the public site is run."""

import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.audit import commands as audit
from torg.channels import commands as channels
from torg.channels import own_site
from torg.channels.credentials import Credentials
from torg.channels.types import Account
from torg.connectors.board import APPLICATION, OWN_SITE
from torg.core import chance, jobs
from torg.core.actors import Actor
from torg.core.errors import Invalid
from torg.people import policies
from torg.people.types import Permission
from torg.site import events
from torg.site.models import Comments, SiteChoices

ORIGIN = re.compile(r"https://[a-z0-9.-]+(:[0-9]{1,5})?")
STATEMENTS = "https://uustatus.no/"


@dataclass(frozen=True, slots=True)
class Wanted:
    """How it shall be. `presence_id` is the page whose people answer comments; asked for once."""

    comments: Comments
    presence_id: UUID | None = None
    hub: str = ""
    embedding_sites: tuple[str, ...] = ()
    statement: str = ""


@transaction.atomic
def change_choices(*, wanted: Wanted, by: Actor, at: datetime) -> SiteChoices:
    """Open or close comments, name a hub and the web sites that may show our box, and link to our statement.

    Raises NotAllowed without the right to publish for the municipality, Invalid for an incomplete choice.
    """
    policies.check_may(by, Permission.PUBLISH, scope_id=None, at=at)
    _check(wanted)
    row = SiteChoices.objects.select_for_update().first() or SiteChoices(id=1)
    row.comments, row.hub, row.statement = wanted.comments, wanted.hub, wanted.statement
    row.embedding_sites = list(wanted.embedding_sites)
    row.save()
    if wanted.comments != Comments.CLOSED and own_site.connection() is None:
        _connect(wanted.presence_id, by=by, at=at)
    facts: dict[str, int | str] = {
        "comments": row.comments,
        "has_hub": int(bool(row.hub)),
        "sites": len(row.embedding_sites),
    }
    audit.record(events.CHOICES_CHANGED, actor=by, scope=None, target=row, at=at, facts=facts)
    jobs.enqueue("site.redraw_articles", once="site.redraw_articles")
    jobs.enqueue("site.keep_news_now", once="site.keep_news_now")
    return row


def _check(wanted: Wanted) -> None:
    if wanted.hub and not wanted.hub.startswith("https://"):
        raise Invalid(_("The address of the hub begins with https://."), field="hub")
    if any(not ORIGIN.fullmatch(site) for site in wanted.embedding_sites):
        raise Invalid(_("Write each web site as https:// and its name, with nothing after it."), field="sites")
    if wanted.statement and not wanted.statement.startswith(STATEMENTS):
        raise Invalid(_("The statement stands at https://uustatus.no/."), field="statement")


def _connect(presence_id: UUID | None, *, by: Actor, at: datetime) -> None:
    if presence_id is None:
        raise Invalid(_("Choose the page whose people answer comments."), field="presence")
    account = Account(OWN_SITE, external_id=OWN_SITE, app_id=APPLICATION)
    secrets = Credentials(app_secret=chance.salt().hex())
    channels.connect(presence_id=presence_id, account=account, secrets=secrets, by=by, at=at)
