"""Publishes what every public site begins with; run again, it publishes only what has changed."""

from datetime import datetime

from torg.core.actors import Actor
from torg.site import commands, identity, rendering


def publish_skeleton(*, by: Actor, at: datetime) -> list[str]:
    """The pages in every language, the colour and the arms; returns the addresses that stand now.

    Raises NotAllowed without the right to publish for the municipality.
    """
    municipality = identity.current()
    parts = rendering.skeleton(municipality, at=at)
    parts |= {"/theme.css": identity.theme(municipality), "/arms.svg": identity.arms(municipality)}
    for path, part in parts.items():
        commands.publish_page(path=path, part=part, by=by, at=at)
    return sorted(parts)
