"""How a post has done, and a page: insights, the sums that stand on a post, and what stands on the profile."""

from collections.abc import Iterator, Sequence

from torg.connectors import contract
from torg.connectors.channels.facebook.graph import Graph
from torg.connectors.channels.facebook.values import Object, as_address, as_list, as_object, as_text
from torg.connectors.contract import AccountTold, Measured

# Each is asked for by itself: one that Meta has ended refuses the whole call, and pages of under a hundred have none.
INSIGHTS = ("post_media_view", "post_total_media_view_unique")
PAGE_INSIGHTS = ("page_total_media_view_unique", "page_media_view")
PAGE_FIELDS = "name,about,website,link,followers_count"
_SUMS = "reactions.limit(0).summary(total_count),comments.limit(0).summary(total_count),shares"


def figures(graph: Graph, post_id: str) -> Sequence[Measured]:
    """What Facebook tells of the post; what it refuses to tell is left out, and raises nothing."""
    return [*_sums(graph, post_id), *(found for code in INSIGHTS for found in _insight(graph, post_id, code))]


def account(graph: Graph) -> AccountTold:
    """What Facebook tells of the page; the insights are those of the last 28 days."""
    page_id = graph.access.page_id
    page = graph.get(page_id, fields=PAGE_FIELDS)
    followers = page.get("followers_count")
    known = [Measured("followers_count", followers)] if isinstance(followers, int) else []
    seen = (found for code in PAGE_INSIGHTS for found in _insight(graph, page_id, code, period="days_28"))
    return AccountTold(
        name=as_text(page.get("name")) or "",
        about=as_text(page.get("about")) or "",
        website=as_text(page.get("website")) or "",
        address=as_address(page.get("link")) or "",
        figures=(*known, *seen),
    )


def _insight(graph: Graph, what: str, code: str, *, period: str = "lifetime") -> Iterator[Measured]:
    try:
        told = graph.get(f"{what}/insights", metric=code, period=period)
    except (contract.Refused, contract.PermissionMissing):
        return
    for row in as_list(told.get("data")):
        for value in as_list(as_object(row).get("values"))[-1:]:
            counted = as_object(value).get("value")
            if isinstance(counted, int) and as_object(row).get("name") == code:
                yield Measured(code, counted)


def _sums(graph: Graph, post_id: str) -> Iterator[Measured]:
    post = graph.get(post_id, fields=_SUMS)
    for code, amount in (
        ("reactions", _total(post, "reactions")),
        ("comments", _total(post, "comments")),
        ("shares", as_object(post.get("shares")).get("count", 0)),
    ):
        if isinstance(amount, int):
            yield Measured(code, amount)


def _total(post: Object, edge: str) -> object:
    return as_object(as_object(post.get(edge)).get("summary")).get("total_count")
