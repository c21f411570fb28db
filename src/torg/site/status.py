"""The status page of incidents: drawn in the transaction of each act, so that it is up before any channel is told."""

from datetime import datetime
from uuid import UUID

from torg.core.actors import Actor
from torg.site import addresses, identity, queries, rendering, standing

# These carry the pinned line, or the page itself, at once; the others follow within a minute by themselves.
AT_ONCE = (rendering.STATUS, rendering.FRONT)


def show(*, incident_id: UUID, by: Actor, at: datetime) -> None:
    """Publish the status page and the front page in every language, as the incidents are now.

    Before the site's first publication nothing happens: there is no site to show it on.
    """
    if not queries.is_published():
        return
    municipality = identity.current()
    parts = {
        rendering.address_of(kind, language, municipality): rendering.draw(kind, language, municipality, at=at)
        for kind in AT_ONCE
        for language in addresses.LANGUAGES
    }
    standing.bring(parts, queries.etags_of(parts), by=by, at=at)
