"""Brings what stands in line with what was drawn."""

from collections.abc import Mapping
from datetime import datetime

from torg.core.actors import Actor
from torg.site import commands
from torg.site.types import Part


def bring(parts: Mapping[str, Part], standing: Mapping[str, str], *, by: Actor, at: datetime) -> list[str]:
    """Publish what differs from what stands, and withdraw the rest; returns the addresses that changed."""
    changed = [path for path, part in parts.items() if standing.get(path) != part.etag]
    for path in changed:
        commands.publish_page(path=path, part=parts[path], by=by, at=at)
    left_over = sorted(standing.keys() - parts.keys())
    for path in left_over:
        commands.withdraw_page(path=path, by=by, at=at)
    return [*changed, *left_over]
