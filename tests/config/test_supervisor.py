"""Parts are started in order, restarted with growing pauses, and stopped in reverse."""

import pytest

from torg.config.processes.supervisor import LONGEST_PAUSE, PartProblem, Supervisor


class FakeClock:
    def __init__(self):
        self.now = 0.0

    def sleep(self, seconds):
        self.now += seconds


class FakePart:
    def __init__(self, name, story, *, cannot_start=False):
        self.name = name
        self.story = story
        self.cannot_start = cannot_start
        self.runs = False

    def start(self):
        if self.cannot_start:
            raise PartProblem(f"{self.name} did not start")
        self.restart()

    def wait(self):
        self.story.append(f"!{self.name}")

    def restart(self):
        self.story.append(f"+{self.name}")
        self.runs = True

    def is_running(self):
        return self.runs

    def stop(self):
        if self.runs:
            self.story.append(f"-{self.name}")
        self.runs = False


@pytest.fixture
def clock():
    return FakeClock()


@pytest.fixture
def story():
    return []


@pytest.fixture
def told():
    return []


def supervise(parts, clock, told):
    return Supervisor([[part] for part in parts], tell=told.append, monotonic=lambda: clock.now, sleep=clock.sleep)


def test_parts_start_in_order_and_stop_in_reverse(clock, story, told):
    supervisor = supervise([FakePart("database", story), FakePart("web", story)], clock, told)

    supervisor.start()
    supervisor.stop()

    assert story == ["+database", "!database", "+web", "!web", "-web", "-database"]


def test_parts_of_one_stage_start_side_by_side(clock, story, told):
    stages = [[FakePart("database", story)], [FakePart("web", story), FakePart("worker", story)]]

    Supervisor(stages, tell=told.append, monotonic=lambda: clock.now, sleep=clock.sleep).start()

    assert story == ["+database", "!database", "+web", "+worker", "!web", "!worker"]


def test_when_one_cannot_start_the_others_are_stopped_and_it_is_named(clock, story, told):
    parts = [FakePart("database", story), FakePart("web", story, cannot_start=True), FakePart("worker", story)]

    with pytest.raises(PartProblem, match="web did not start"):
        supervise(parts, clock, told).start()

    assert story == ["+database", "!database", "-database"]


def test_a_part_that_falls_is_started_again_after_a_pause(clock, story, told):
    web = FakePart("web", story)
    supervisor = supervise([web], clock, told)
    supervisor.start()
    web.runs = False

    supervisor.watch(until=lambda: clock.now > 2)

    assert story == ["+web", "!web", "+web"]
    assert told == ["web stopped by itself; starting it again in 0.5 s", "web started again"]


def test_the_pause_doubles_up_to_a_limit(clock, story, told):
    web = FakePart("web", story)
    supervisor = supervise([web], clock, told)
    supervisor.start()
    web.is_running = lambda: False

    supervisor.watch(until=lambda: clock.now > 120)

    pauses = [float(line.split()[-2]) for line in told if "stopped by itself" in line]
    assert pauses[:4] == [0.5, 1, 2, 4]
    assert max(pauses) == LONGEST_PAUSE


def test_a_part_that_ran_well_for_a_while_begins_with_a_short_pause_again(clock, story, told):
    web = FakePart("web", story)
    supervisor = supervise([web], clock, told)
    supervisor.start()
    for fallen_at in (0, 10, 100):
        supervisor.watch(until=lambda when=fallen_at: clock.now >= when)
        web.runs = False
        supervisor.watch(until=lambda: web.runs)

    supervisor.stop()

    assert [line.split()[-2] for line in told if "stopped by itself" in line] == ["0.5", "1", "0.5"]


def test_a_restart_that_fails_is_told_and_tried_again(clock, story, told):
    web = FakePart("web", story)
    supervisor = supervise([web], clock, told)
    supervisor.start()
    refusals = iter([PartProblem("web: the port is taken")])
    restart = web.restart

    def refuse_once():
        for refusal in refusals:
            raise refusal
        restart()

    web.restart, web.runs = refuse_once, False
    supervisor.watch(until=lambda: web.runs)

    assert "web: the port is taken" in told
    assert told[-1] == "web started again"


def test_a_part_that_will_not_stop_does_not_keep_the_others_up(clock, story, told):
    database, web = FakePart("database", story), FakePart("web", story)
    supervisor = supervise([database, web], clock, told)
    supervisor.start()

    def refuse():
        raise OSError("no")

    web.stop = refuse
    supervisor.stop()

    assert not database.runs
    assert told == ["web did not stop cleanly: no"]
