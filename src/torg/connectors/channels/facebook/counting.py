"""How a post has done: insights of the post, and the sums that stand on it."""

from collections.abc import Iterator, Sequence

from torg.connectors import contract
from torg.connectors.channels.facebook.graph import Graph
from torg.connectors.channels.facebook.values import Object, as_list, as_object
from torg.connectors.contract import Measured

# Each is asked for by itself: one that Meta has ended refuses the whole call, and pages of under a hundred have none.
INSIGHTS = ("post_media_view", "post_total_media_view_unique")
_SUMS = "reactions.limit(0).summary(total_count),comments.limit(0).summary(total_count),shares"


def figures(graph: Graph, post_id: str) -> Sequence[Measured]:
    """What Facebook tells of the post; what it refuses to tell is left out, and raises nothing."""
    return [*_sums(graph, post_id), *(found for code in INSIGHTS for found in _insight(graph, post_id, code))]


def _insight(graph: Graph, post_id: str, code: str) -> Iterator[Measured]:
    try:
        told = graph.get(f"{post_id}/insights", metric=code, period="lifetime")
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
