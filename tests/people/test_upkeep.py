"""What is known of attempts to sign in is forgotten after a while."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt, AccessLog

from torg.people import upkeep

pytestmark = pytest.mark.django_db


def attempts(at, *, days):
    """One failed attempt and one that went well, so many days ago."""
    for model, more in ((AccessAttempt, {"failures_since_start": 1}), (AccessLog, {})):
        row = model.objects.create(username=f"{days}@b.example", ip_address="192.0.2.1", path_info="/", **more)
        model.objects.filter(pk=row.pk).update(attempt_time=at - timedelta(days=days))


def test_old_addresses_go_and_new_ones_stay(at):
    attempts(at, days=31)
    attempts(at, days=29)

    assert upkeep.forget_attempts(at=at) == 2
    assert (AccessAttempt.objects.count(), AccessLog.objects.count()) == (1, 1)
