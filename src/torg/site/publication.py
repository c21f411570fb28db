"""Publishes what every public site begins with; run again, it publishes only what has changed."""

from collections.abc import Mapping
from datetime import datetime

from torg.core import jobs
from torg.core.actors import Actor, Rule
from torg.moderation import commands as moderation
from torg.site import addresses, commands, identity, news_pages, queries, rendering, searching
from torg.site.pages import NOT_ADDRESSES
from torg.site.types import HTML, Part

# A municipality that publishes its site without having begun a rulebook begins with the one that Torg comes with.
RULES_OF_THE_START = Rule("site.rules_of_the_start", "1")

NOT_FOR_ROBOTS = (
    "/postliste/",
    "/*/postliste/",
    "/innsyn/",
    "/sok/",
    "/*/sok/",
    "/en/search/",
    "/kommentar/",
    "/boks/",
)


def publish_skeleton(*, by: Actor, at: datetime) -> list[str]:
    """The pages in every language, the colour and the arms; returns the addresses that stand now.

    Raises NotAllowed without the right to publish for the municipality.
    """
    moderation.adopt_default_rulebook(by=RULES_OF_THE_START, at=at)
    parts = _drawn(at=at)
    for path, part in parts.items():
        commands.publish_page(path=path, part=part, by=by, at=at)
    _let_be_found(parts)
    # Articles that were published before the site stood.
    jobs.enqueue("site.redraw_articles", once="site.redraw_articles")
    return sorted({*parts, *news_pages.keep_current(by=by, at=at)})


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
    _let_be_found({path: parts[path] for path in changed})
    searching.forget(left_over)
    return sorted([*changed, *left_over])


def _drawn(*, at: datetime) -> Mapping[str, Part]:
    municipality = identity.current()
    parts = rendering.skeleton(municipality, at=at)
    return parts | {
        "/robots.txt": _robots(),
        "/theme.css": identity.theme(municipality),
        "/arms.svg": identity.arms(municipality),
    }


def _robots() -> Part:
    refused = "".join(f"Disallow: {path}\n" for path in NOT_FOR_ROBOTS)
    return Part(f"User-agent: *\n{refused}Sitemap: {addresses.whole(addresses.SITEMAP)}\n".encode(), "text/plain")


def _let_be_found(parts: Mapping[str, Part]) -> None:
    """Search finds the pages that people read, in the language that each is in."""
    municipality = identity.current()
    for path, part in parts.items():
        if part.media_type == HTML and path not in NOT_ADDRESSES:
            searching.keep_page(path, addresses.language_of(path, municipality), part.body.decode())
