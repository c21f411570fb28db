"""What follows from how duties stood over weeks: when a leader is told, and when a page should merge (strategy C4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from torg.oversight.measuring import Measure
from torg.oversight.types import AlarmStep, Standing

# So many weeks are looked back upon, the running one among them.
WEEKS = 8
COUNTED = (Standing.MET, Standing.BREACHED)


@dataclass(frozen=True, slots=True)
class Record:
    """How a duty stood over weeks: how many were measured, how many breached, how much was done."""

    weeks: int
    breached: int
    done: int
    wanted: int

    @property
    def per_week(self) -> float:
        """What was done in a week, on the average."""
        return self.done / self.weeks if self.weeks else 0.0

    @property
    def share(self) -> int | None:
        """What was done of what was due, in per cent; None when nothing was due."""
        return round(100 * self.done / self.wanted) if self.wanted else None


@dataclass(frozen=True, slots=True)
class Advice:
    """That a page should merge into the main page, with the figures that say so."""

    posts: Record
    answers: Record
    main_posts: Record


def record(measures: Sequence[Measure]) -> Record:
    """The weeks that can be counted: kept or not kept."""
    counted = [one for one in measures if one.standing in COUNTED]
    return Record(
        weeks=len(counted),
        breached=sum(one.standing == Standing.BREACHED for one in counted),
        done=sum(one.done for one in counted),
        wanted=sum(one.wanted for one in counted),
    )


def steps(now: Measure, weeks: Sequence[Measure], *, limit: int, at: datetime) -> list[AlarmStep]:
    """Who is to be told, step by step: nobody of what is mended, those above when it happens again and again."""
    if now.standing == Standing.SOON:
        return [AlarmStep.REMINDER]
    if now.standing != Standing.BREACHED or (now.due_at is not None and now.due_at > at):
        return []
    return [AlarmStep.BREACH, AlarmStep.ESCALATION] if is_repeated(weeks, limit) else [AlarmStep.BREACH]


def is_repeated(measures: Sequence[Measure], limit: int) -> bool:
    """Whether a duty was breached so often that a leader should know; a limit of nothing is never reached."""
    return bool(limit) and record(measures).breached >= limit


def advise_merging(
    posts: Sequence[Measure], answers: Sequence[Measure], *, main_posts: Sequence[Measure], limit: int
) -> Advice | None:
    """The advice to merge, where too few posts were made in too many weeks; else None."""
    if not is_repeated(posts, limit):
        return None
    return Advice(record(posts), record(answers), record(main_posts))
