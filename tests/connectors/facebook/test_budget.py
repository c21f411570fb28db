"""The allowance is spent with thought."""

import json
from datetime import timedelta

import httpx
import pytest

from tests.connectors.facebook.graph import COMMENT, NOW, PAGE, connector
from torg.connectors import contract
from torg.connectors.channels.facebook.budget import Budget
from torg.connectors.contract import Act, ActKind


def _noted(share: float, *, header: str = "x-app-usage", minutes: int = 0) -> Budget:
    usage = {"call_count": share, "total_time": 1, "total_cputime": 2, "estimated_time_to_regain_access": minutes}
    budget = Budget()
    budget.note({header: json.dumps(usage if header == "x-app-usage" else {PAGE: [usage]})}, at=NOW)
    return budget


@pytest.mark.parametrize("header", ["x-app-usage", "x-business-use-case-usage"])
def test_both_headers_tell_the_share_used(header):
    assert _noted(80, header=header).used(at=NOW) == 80


@pytest.mark.parametrize(("share", "seconds"), [(10, 0), (75, 0), (85, 2.5), (95, 5), (300, 5)])
def test_reading_slows_from_three_quarters_on(share, seconds):
    assert _noted(share).pause(at=NOW) == seconds


@pytest.mark.parametrize(("share", "stops"), [(94.9, False), (95, True)])
def test_reading_stops_near_the_end(share, stops):
    assert (_noted(share).stopped_until(at=NOW) is not None) is stops


def test_the_platform_says_when_to_go_on():
    budget = _noted(100, header="x-business-use-case-usage", minutes=30)

    assert budget.stopped_until(at=NOW) == NOW + timedelta(minutes=30)
    assert budget.stopped_until(at=NOW + timedelta(minutes=30)) is None


def test_old_news_are_forgotten():
    assert _noted(100).used(at=NOW + timedelta(hours=1)) == 0


@pytest.mark.parametrize("header", ["", "not json", "[]", '{"call_count":"many"}', '{"call_count":true}', '{"a":[1]}'])
def test_a_strange_header_says_nothing(header):
    budget = Budget()

    budget.note({"x-app-usage": header, "x-business-use-case-usage": header}, at=NOW)

    assert budget.used(at=NOW) == 0


def test_when_little_is_left_reads_wait_and_acts_do_not():
    waits: list[float] = []
    channel = connector(_full_answer, waits=waits, budget=_noted(90))

    channel.perform(Act(ActKind.HIDE, PAGE, target_id=COMMENT))
    assert waits == []

    channel.state_of(COMMENT)
    assert waits == [3.75]


def test_when_nearly_nothing_is_left_reads_stop_and_acts_go_on():
    channel = connector(_full_answer, budget=_noted(96))

    with pytest.raises(contract.RateLimited):
        channel.state_of(COMMENT)
    channel.perform(Act(ActKind.HIDE, PAGE, target_id=COMMENT))


def _full_answer(_: httpx.Request) -> httpx.Response:
    return httpx.Response(200, json={"id": COMMENT, "success": True})
