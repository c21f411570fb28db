"""When somebody wants no e-mail: plain arithmetic on Norwegian wall-clock time."""

from dataclasses import dataclass
from datetime import datetime, time

SATURDAY = 5
# What is told together goes out in the morning.
MORNING = time(7, 30)


@dataclass(frozen=True, slots=True)
class Quiet:
    """Quiet from one time of day until another, past midnight when the second is the earlier; equal means never."""

    from_time: time
    until_time: time
    has_quiet_weekends: bool

    def holds(self, local: datetime) -> bool:
        """Whether it is quiet at this local time."""
        if self.has_quiet_weekends and local.weekday() >= SATURDAY:
            return True
        now = local.time()
        if self.from_time <= self.until_time:
            return self.from_time <= now < self.until_time
        return now >= self.from_time or now < self.until_time


USUAL = Quiet(time(20), time(6), has_quiet_weekends=True)
