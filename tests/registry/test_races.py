"""Two people at once: of two decisions one stands, and two mergers do not lock each other out."""

from datetime import UTC, datetime

from tests import factories
from tests.inbox.test_races import at_once
from tests.registry import scene
from torg.core.errors import InvalidTransition
from torg.registry import commands as registry
from torg.registry.models import PresenceKind, Succession
from torg.registry.words import ApplicationState

AT = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)


def test_of_two_decisions_at_once_one_stands(fresh_database):
    first, second = (factories.officer(at=AT, name=name) for name in ("Ingrid", "Stein"))
    applicant = factories.person("Kine Kino")
    sent = registry.apply(wish=scene.wish(applicant), by=applicant, at=AT)
    one = {"application_id": sent.public_id, "at": AT}

    outcomes = at_once(
        lambda: registry.approve_application(by=first, **one),
        lambda: registry.refuse_application(by=second, reasons="Nei", **one),
    )

    assert sorted(outcomes, key=str) == [InvalidTransition, None]
    sent.refresh_from_db()
    assert (sent.state == ApplicationState.APPROVED) == (outcomes[0] is None)


def test_two_pages_merged_into_each_other_at_once_leave_one_open(fresh_database):
    officer = factories.officer(at=AT)
    pages = [factories.presence(name, at=AT, kind=PresenceKind.LOCAL_PAGE) for name in ("Kinoen", "Kulturhuset")]
    for page in pages:
        scene.exported(page, by=officer, at=AT)

    outcomes = at_once(
        *(
            lambda one=one, into=into: registry.merge_presence(
                presence_id=one.public_id, into_id=into.public_id, ending=scene.ENDING, by=officer, at=AT
            )
            for one, into in (pages, pages[::-1])
        )
    )

    assert sorted(outcomes, key=str) == [InvalidTransition, None]
    assert Succession.objects.count() == 1
