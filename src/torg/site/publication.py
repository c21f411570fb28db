"""Publishes what every public site begins with; run again, it publishes only what has changed."""

from collections.abc import Mapping
from datetime import datetime

from torg.core.actors import Actor, Rule
from torg.moderation import commands as moderation
from torg.site import commands, identity, queries, rendering
from torg.site.types import Part

# A municipality that publishes its site without having begun a rulebook begins with the one that Torg comes with.
RULES_OF_THE_START = Rule("site.rules_of_the_start", "1")

ROBOTS = Part(b"User-agent: *\nDisallow: /postliste/\nDisallow: /*/postliste/\nDisallow: /innsyn/\n", "text/plain")


def publish_skeleton(*, by: Actor, at: datetime) -> list[str]:
    """The pages in every language, the colour and the arms; returns the addresses that stand now.

    Raises NotAllowed without the right to publish for the municipality.
    """
    moderation.adopt_default_rulebook(by=RULES_OF_THE_START, at=at)
    parts = _drawn(at=at)
    for path, part in parts.items():
        commands.publish_page(path=path, part=part, by=by, at=at)
    return sorted(parts)


def keep_current(*, by: Actor, at: datetime) -> list[str]:
    """Publish again the pages that would look different now; returns the addresses that changed.

    Drawing and comparing needs no list of the facts that a page shows. Before the first publication nothing happens,
    what a person has withdrawn stays away, and pages at addresses of a former main language are withdrawn.
    """
    standing = queries.etags_standing()
    if rendering.TOP not in standing:
        return []
    moderation.adopt_default_rulebook(by=RULES_OF_THE_START, at=at)
    parts = _drawn(at=at)
    withdrawn = queries.paths_withdrawn()
    changed = [path for path, part in parts.items() if standing.get(path) != part.etag and path not in withdrawn]
    for path in changed:
        commands.publish_page(path=path, part=parts[path], by=by, at=at)
    left_over = sorted((rendering.every_address() & standing.keys()) - parts.keys())
    for path in left_over:
        commands.withdraw_page(path=path, by=by, at=at)
    return sorted([*changed, *left_over])


def _drawn(*, at: datetime) -> Mapping[str, Part]:
    municipality = identity.current()
    parts = rendering.skeleton(municipality, at=at)
    return parts | {
        "/robots.txt": ROBOTS,
        "/theme.css": identity.theme(municipality),
        "/arms.svg": identity.arms(municipality),
    }
