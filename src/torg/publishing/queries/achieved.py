"""What our posts have achieved for each communication goal, each quantity under one definition."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from torg.publishing.models import ChannelPost, Goal, Quantity
from torg.publishing.queries.figures import Series, commonest

# People reached where channels tell it, how often it was shown where they do not; then what people did.
COLUMNS = ((Quantity.REACH, Quantity.VIEWS), (Quantity.REACTIONS,), (Quantity.COMMENTS,), (Quantity.SHARES,))


@dataclass(frozen=True, slots=True)
class GoalRow:
    """One goal's posts: how many, and for each column what a post got on average; None where no channel has told it."""

    goal: Goal
    posts: int
    averages: Sequence[int | None]


@dataclass(frozen=True, slots=True)
class Achieved:
    """A table of goals: `columns` say by which definition each column is counted."""

    columns: Sequence[Series]
    rows: Sequence[GoalRow]


def by_goal(posts: Iterable[ChannelPost], figures: Mapping[int, Sequence[Series]]) -> Achieved:
    """What posts with each goal got on average, the most used goal first (A6); posts without a goal are left out.

    Args:
        posts: with their articles' goals loaded.
        figures: the newest figures of each post, by its key. Two definitions of a quantity are never averaged together:
            the one that most posts stand under counts, and posts that stand under another only are no part of it.
    """
    columns = [by for quantities in COLUMNS if (by := commonest(figures.values(), quantities)) is not None]
    with_goal: dict[Goal, list[ChannelPost]] = defaultdict(list)
    for post in posts:
        if post.article.goal is not None:
            with_goal[post.article.goal].append(post)
    rows = [
        GoalRow(goal, len(found), [_average(found, figures, by) for by in columns])
        for goal, found in sorted(with_goal.items(), key=lambda row: (-len(row[1]), row[0].slug))
    ]
    return Achieved(columns, rows)


def _average(posts: Iterable[ChannelPost], figures: Mapping[int, Sequence[Series]], by: Series) -> int | None:
    values = [one.value for post in posts for one in figures.get(post.pk, []) if one.metric_id == by.metric_id]
    return round(sum(values) / len(values)) if values else None
