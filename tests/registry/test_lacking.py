"""What is asked of each kind of presence, and when it is missing or due: plain values."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from torg.registry.lacking import NEEDED, Facts, gaps
from torg.registry.queries import Standing, standing_of
from torg.registry.words import Gap, Keeping, Line, PresenceKind, Privacy, SecondFactor

TODAY = date(2026, 3, 10)
SOON, YESTERDAY = TODAY + timedelta(days=1), TODAY - timedelta(days=1)
NOTHING = Facts(PresenceKind.MAIN_PAGE, opened_on=TODAY)
ALL = Facts(
    PresenceKind.MAIN_PAGE,
    opened_on=date(2020, 1, 1),
    has_owner=True,
    line=Line.OFFICIAL,
    administrators=2,
    keeping=Keeping.OWN_ACCESS,
    second_factor=SecondFactor.APP,
    profile_checked_on=YESTERDAY,
    is_profile_whole=True,
    privacy_outcome=Privacy.ACCEPTABLE,
    privacy_review_on=SOON,
    has_terms=True,
    goals=1,
    next_review_on=SOON,
)


@pytest.mark.parametrize("kind", list(PresenceKind))
def test_nothing_is_missing_where_all_is_recorded(kind):
    assert gaps(replace(ALL, kind=kind), on=TODAY) == ()


@pytest.mark.parametrize("kind", list(PresenceKind))
def test_a_new_presence_lacks_all_but_its_first_review_and_measurement(kind):
    later = {Gap.REVIEW, Gap.MEASUREMENT}

    assert set(gaps(replace(NOTHING, kind=kind), on=TODAY)) == set(NEEDED[kind]) - later


@pytest.mark.parametrize(
    ("changed", "missing"),
    [
        ({"administrators": 1}, Gap.ADMINISTRATORS),
        ({"keeping": Keeping.ONE_PERSON}, Gap.CUSTODY),
        ({"second_factor": SecondFactor.NONE}, Gap.SECOND_FACTOR),
        ({"is_profile_whole": False}, Gap.PROFILE),
        ({"profile_checked_on": TODAY - timedelta(days=365)}, Gap.PROFILE),
        ({"privacy_review_on": TODAY}, Gap.PRIVACY),
        ({"privacy_outcome": Privacy.NOT_ACCEPTABLE}, Gap.PRIVACY),
        ({"unmeasured_goals": 1}, Gap.MEASUREMENT),
        ({"next_review_on": TODAY}, Gap.REVIEW),
        ({"next_review_on": None}, Gap.REVIEW),
    ],
    ids=str,
)
def test_what_has_lapsed_is_due(changed, missing):
    assert gaps(replace(ALL, **changed), on=TODAY) == (missing,)


@pytest.mark.strategy("A5")
def test_nothing_is_asked_of_a_persons_private_profile():
    private = replace(NOTHING, kind=PresenceKind.PROFILE, line=Line.PRIVATE)

    assert gaps(private, on=TODAY) == ()


@pytest.mark.strategy("A5")
@pytest.mark.parametrize(
    ("value", "is_lower_better", "by_on", "standing"),
    [
        (None, False, YESTERDAY, Standing.NOT_MEASURED),
        (100, False, SOON, Standing.REACHED),
        (99, False, TODAY, Standing.ON_ITS_WAY),
        (99, False, YESTERDAY, Standing.MISSED),
        (100, True, YESTERDAY, Standing.REACHED),
        (101, True, YESTERDAY, Standing.MISSED),
    ],
)
def test_a_goal_stands_where_its_last_value_says(value, is_lower_better, by_on, standing):
    measured = None if value is None else Decimal(value)

    found = standing_of(target=Decimal(100), is_lower_better=is_lower_better, by_on=by_on, value=measured, today=TODAY)

    assert found == standing
