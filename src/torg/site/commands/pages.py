"""Publish a page, withdraw it, and stop waiting for a server that is gone."""

import gzip
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from torg.audit import commands as audit
from torg.core.actors import Actor
from torg.core.errors import NotFound
from torg.people import policies
from torg.people.types import Permission
from torg.site import events, queries, turns
from torg.site.models import SiteCopy, SitePage
from torg.site.types import Part

CHANNEL = "torg_site"


@transaction.atomic
def publish_page(*, path: str, part: Part, by: Actor, at: datetime) -> SitePage:
    """Put `part` at `path`; every server takes its copy at once. The same bytes again change nothing.

    Raises NotAllowed without the right to publish for the municipality.
    """
    policies.check_may(by, Permission.PUBLISH, scope_id=None, at=at)
    turns.take()
    page = SitePage.objects.select_for_update().filter(path=path).first()
    if page is not None and page.withdrawn_at is None and page.etag == part.etag:
        return page
    page = page or SitePage(path=path)
    page.etag, page.media_type, page.body = part.etag, part.media_type, part.body
    page.compressed = b"" if part.is_packed_already else gzip.compress(part.body, 9, mtime=0)
    page.frame_ancestors = part.frame_ancestors
    page.file_sha256, page.file_size = part.file_sha256, part.file_size
    page.version, page.published_at, page.withdrawn_at = _next_version(), at, None
    page.save()
    audit.record(events.PAGE_PUBLISHED, actor=by, scope=None, target=page, at=at, facts={"version": page.version})
    _tell(page)
    return page


@transaction.atomic
def withdraw_page(*, path: str, by: Actor, at: datetime) -> SitePage:
    """Take the page away; done when `queries.is_gone` says so. Its bytes are kept as a record of what stood there.

    Raises NotAllowed without the right to publish for the municipality, NotFound when nothing stands at `path`.
    """
    policies.check_may(by, Permission.PUBLISH, scope_id=None, at=at)
    turns.take()
    page = SitePage.objects.select_for_update().filter(path=path, withdrawn_at=None).first()
    if page is None:
        raise NotFound(_("There is no page at this address."))
    page.version, page.withdrawn_at = _next_version(), at
    page.save(update_fields=["version", "withdrawn_at"])
    audit.record(events.PAGE_WITHDRAWN, actor=by, scope=None, target=page, at=at, facts={"version": page.version})
    _tell(page)
    return page


@transaction.atomic
def forget_copy(*, copy_id: UUID, by: Actor, at: datetime) -> None:
    """Stop waiting for a server that somebody knows to be switched off.

    Raises NotAllowed without the right to publish for the municipality, NotFound when there is no such copy.
    """
    policies.check_may(by, Permission.PUBLISH, scope_id=None, at=at)
    copy = SiteCopy.objects.select_for_update().filter(public_id=copy_id).first()
    if copy is None:
        raise NotFound(_("No server with this copy is known."))
    audit.record(events.COPY_FORGOTTEN, actor=by, scope=None, target=copy, at=at, facts={"version": copy.version})
    copy.delete()


def _next_version() -> int:
    return queries.newest_version() + 1


def _tell(page: SitePage) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, str(page.version)])
