"""One statement everywhere: approved once, website first, numbered, corrected in the open, and nothing twice."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.crisis.conftest import TEXT, connect, platforms, send_all
from tests.crisis.test_incidents import page
from tests.inbox.conftest import audited
from torg.audit.models import AuditEvent
from torg.channels.models import Connection
from torg.connectors.contract import CredentialsDead
from torg.core.errors import Invalid, InvalidTransition, NotAllowed, Stale
from torg.crisis import commands, posting, queries
from torg.crisis.models import Statement
from torg.crisis.types import TeamRole, Wording
from torg.outbox.models import OutboxAct
from torg.publishing import limits
from torg.publishing.models import Article

pytestmark = pytest.mark.django_db


@pytest.mark.strategy("A8")
def test_one_approval_puts_it_on_the_site_and_on_its_way_to_every_channel(crisis):
    row = crisis.stated(crisis.open())

    assert (row.number, row.targets) == (1, 3)
    assert "Kok vannet" in page("/status/") and "Boil the water" in page("/en/status/")
    article = Article.objects.get(public_id=row.article_id)
    assert "1" in article.title and "10.00" in article.title and article.title.endswith(": Kok vannet")
    acts = OutboxAct.objects.filter(subject_kind="publishing.post")
    assert acts.count() == 3 and all(TEXT in act.payload["act"]["text"] for act in acts)
    assert audited("crisis.statement.published") == 1


def test_a_second_statement_has_the_next_number_and_stands_first(crisis):
    incident = crisis.open()
    crisis.stated(incident)
    dropped = crisis.drafted(incident)
    commands.drop_statement(statement_id=dropped.public_id, by=crisis.house.officer, at=crisis.at)

    second = crisis.stated(incident, body="Prøvene er fine. Du trenger ikke koke vannet lenger.")

    assert second.number == 2
    told = page("/status/")
    assert told.index("Prøvene er fine") < told.index("tre minutter")


def test_publishing_twice_is_refused(crisis):
    row = crisis.stated(crisis.open())

    with pytest.raises(InvalidTransition):
        crisis.publish(row, by=crisis.deputy)
    assert OutboxAct.objects.filter(subject_kind="publishing.post").count() == 3


def test_what_was_changed_after_it_was_read_is_not_published(crisis):
    row = crisis.drafted(crisis.open())
    changed = {"nb": Wording("Kok vannet", "Noe helt annet.")}
    commands.rewrite_statement(
        statement_id=row.public_id, texts=changed, seen_version=1, by=crisis.deputy, at=crisis.at
    )

    with pytest.raises(Stale):
        crisis.publish(row)
    assert Statement.objects.get(pk=row.pk).state == "DRAFT" and not OutboxAct.objects.exists()


def test_only_those_named_may_approve_and_where_two_are_asked_for_never_ones_own(crisis):
    incident = crisis.open(allows_own_approval=False)
    writer = crisis.house.contributor
    crisis.seat(incident, writer)
    row = crisis.drafted(incident, by=writer)

    with pytest.raises(NotAllowed):
        crisis.publish(row, by=writer)
    crisis.seat(incident, writer, may_approve=True)
    with pytest.raises(NotAllowed):
        crisis.publish(row, by=writer)
    assert crisis.publish(row, by=crisis.deputy).approved_by == crisis.deputy


def test_somebody_from_outside_who_may_approve_is_enough(crisis):
    incident = crisis.open()
    stranger = crisis.house.stranger
    crisis.seat(incident, stranger, TeamRole.COMMUNICATION, may_approve=True)

    assert crisis.stated(incident, by=stranger).number == 1


def test_the_database_lets_nothing_unapproved_out(crisis):
    row = crisis.drafted(crisis.open())

    with pytest.raises(IntegrityError), transaction.atomic():
        Statement.objects.filter(pk=row.pk).update(state="PUBLISHED", number=1, published_at=crisis.at)


@pytest.mark.strategy("A8")
def test_a_correction_keeps_the_number_and_is_told_everywhere(crisis):
    row = crisis.stated(crisis.open(), by=crisis.deputy)
    send_all(crisis.at)
    later = crisis.at + timedelta(minutes=20)

    corrected = commands.correct_statement(
        statement_id=row.public_id,
        texts={"nb": Wording("Kok vannet", TEXT.replace("tre", "fem"))},
        told={"nb": "Vannet må koke i fem minutter, ikke tre."},
        seen_version=1,
        by=crisis.house.officer,
        at=later,
    )

    assert (corrected.number, corrected.published_version) == (1, 2)
    assert "t-correction" in page("/status/") and "ikke tre" in page("/status/")
    assert row.versions.get(number=1).texts["nb"]["body"] == TEXT
    edits = OutboxAct.objects.filter(kind="edit")
    assert edits.count() == 3 and all("fem" in act.payload["act"]["text"] for act in edits)
    with pytest.raises(Invalid):
        commands.correct_statement(
            statement_id=row.public_id,
            texts={"nb": Wording("a", "b")},
            told={},
            seen_version=2,
            by=crisis.deputy,
            at=later,
        )


def test_a_token_that_dies_stops_one_channel_and_no_other(crisis):
    incident = crisis.open()
    row = crisis.stated(incident)
    platforms["200"] = type("Dead", (), {"perform": staticmethod(die)})()

    send_all(crisis.at)

    spread = queries.spread_of([row])[row.pk]
    assert (spread.there, len(spread.channels)) == (2, 3)
    assert [one.name for one in spread.stopped] == ["Kanal 0"]
    assert crisis.stated(incident, body="Det er tatt nye prøver av vannet.").targets == 2


def die(_act):
    raise CredentialsDead("The key is dead.")


def test_with_no_channel_left_the_site_still_tells(crisis):
    Connection.objects.update(state="NEEDS_RECONNECT")

    row = crisis.stated(crisis.open())

    assert row.targets == 0 and "Kok vannet" in page("/status/")


def test_it_goes_before_a_long_queue(crisis):
    incident = crisis.open()
    waiting = crisis.stated(incident)
    OutboxAct.objects.update(next_attempt_at=crisis.at - timedelta(hours=2))

    row = crisis.stated(incident, body="Hent vann på torget fra klokka 12.")

    first = list(OutboxAct.objects.order_by("next_attempt_at", "id")[:3])
    assert {act.public_id for act in first} == {post.act_id for post in posts(row)}
    assert waiting.number == 1


def posts(row):
    return Article.objects.get(public_id=row.article_id).posts.all()


def test_twenty_channels_come_in_one_act_of_few_questions(crisis):
    incident = crisis.open()
    crisis.stated(incident)
    with CaptureQueriesContext(connection) as few:
        crisis.stated(incident, body="Hent vann på torget.")
    connect(crisis.house, 17, first=100)

    with CaptureQueriesContext(connection) as many:
        row = crisis.stated(incident, body="Hent vann ved skolen.")

    assert row.targets == 20
    assert len(many) < len(few) + 80


@pytest.mark.parametrize("platform", ["x", "bluesky", "mastodon", "facebook"])
def test_a_text_is_cut_between_words_to_what_the_platform_takes(platform):
    text = posting.fitted(platform, "Kunngjøring 1: " + "Kok vannet i tre minutter. " * 60)

    counts = limits.count(platform, text, link=posting.LINK)

    assert not any(one.is_over for one in counts)
    assert text.endswith("…") == (platform != "facebook")


def test_the_next_statement_is_promised_and_forgotten_when_it_comes(crisis):
    incident = crisis.open()
    by = {"by": crisis.house.officer, "at": crisis.at}
    commands.promise_next(incident_id=incident.public_id, next_at=crisis.at + timedelta(hours=1), **by)
    assert "11.00" in page("/status/")

    crisis.stated(incident)

    incident.refresh_from_db()
    assert incident.next_statement_at is None
    with pytest.raises(Invalid):
        commands.promise_next(incident_id=incident.public_id, next_at=crisis.at, **by)


def test_the_log_holds_no_word_of_what_was_said(crisis):
    crisis.stated(crisis.open())

    assert not [event for event in AuditEvent.objects.all() if "Kok" in str(event.facts)]
