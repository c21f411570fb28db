"""One statement everywhere: approved once, website first, numbered, corrected in the open, and nothing twice."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.crisis.conftest import ENGLISH, TEXT, connect, platforms, send_all
from tests.crisis.test_incidents import page
from tests.inbox.conftest import audited
from torg.audit.models import AuditEvent
from torg.channels.models import Connection
from torg.connectors.contract import Ambiguous, CredentialsDead, Measured
from torg.connectors.testing import FakeChannel
from torg.core.errors import Invalid, NotAllowed, Stale
from torg.crisis import commands, queries, wording
from torg.crisis.forms import NextForm
from torg.crisis.models import Statement
from torg.crisis.types import LetPast, TeamRole, Wording
from torg.outbox import sending
from torg.outbox.models import OutboxAct
from torg.people.models import Municipality
from torg.publishing import commands as publishing
from torg.publishing import limits
from torg.publishing.models import Article, ChannelPost, GateOverride
from torg.publishing.policies import NotPassed
from torg.registry.models import Details

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
    with pytest.raises(NotAllowed):
        commands.correct_statement(
            statement_id=row.public_id, texts={}, told={}, seen_version=1, by=crisis.deputy, at=crisis.at
        )


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
        texts={"nb": Wording("Kok vannet", TEXT.replace("tre", "fem")), "en": ENGLISH},
        told={"nb": "Vannet må koke i fem minutter, ikke tre."},
        seen_version=1,
        fitting={"en"},
        by=crisis.house.officer,
        at=later,
    )

    assert (corrected.number, corrected.published_version) == (1, 2)
    assert "t-correction" in page("/status/") and "ikke tre" in page("/status/")
    assert row.versions.get(number=1).texts["nb"]["body"] == TEXT
    edits = OutboxAct.objects.filter(kind="edit")
    assert edits.count() == 3 and all("10.20. Vannet må koke" in act.payload["act"]["text"] for act in edits)
    with pytest.raises(Invalid):
        commands.correct_statement(
            statement_id=row.public_id,
            texts={"nb": Wording("a", "b")},
            told={},
            seen_version=2,
            by=crisis.deputy,
            at=later,
        )


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
    text = wording.fitted(platform, "Kunngjøring 1: " + "Kok vannet i tre minutter. " * 60)

    counts = limits.count(platform, text, link=wording.LINK)

    assert not any(one.is_over for one in counts)
    assert text.endswith("…") == (platform != "facebook")


def test_the_next_statement_is_promised_and_forgotten_when_it_comes(crisis):
    incident = crisis.open()
    by = {"by": crisis.house.officer, "at": crisis.at}
    commands.promise_next(incident_id=incident.public_id, next_at=crisis.at + timedelta(hours=1), **by)
    assert "11:00" in page("/status/")

    crisis.stated(incident)

    incident.refresh_from_db()
    assert incident.next_statement_at is None
    with pytest.raises(Invalid):
        commands.promise_next(incident_id=incident.public_id, next_at=crisis.at, **by)


def test_the_log_holds_no_word_of_what_was_said(crisis):
    crisis.stated(crisis.open())

    assert not [event for event in AuditEvent.objects.all() if "Kok" in str(event.facts)]


STOPPED = "Kok vannet i tre minutter. [Klikk her](https://vann.example/)."
PAST = LetPast(frozenset({"link_vague"}), "Folk må vite dette nå.")


def let_past(crisis, row, *, by, past=PAST):
    return commands.publish_statement(statement_id=row.public_id, seen_version=1, past=past, by=by, at=crisis.at)


@pytest.mark.parametrize("kind", ["open", "exercise"])
def test_what_the_check_stops_goes_out_only_with_the_officers_reason_in_the_log(crisis, kind):
    incident = getattr(crisis, kind)()
    row = crisis.drafted(incident, body=STOPPED)

    with pytest.raises(NotPassed):
        crisis.publish(row)
    with pytest.raises(NotAllowed):
        let_past(crisis, row, by=crisis.deputy)
    for past in (LetPast(frozenset({"alt_missing"}), "Nå."), LetPast(PAST.codes, " ")):
        with pytest.raises(Invalid):
            let_past(crisis, row, past=past, by=crisis.house.officer)
    assert Statement.objects.get().state == "DRAFT" and not incident.log_entries.exists()

    assert let_past(crisis, row, by=crisis.house.officer).number == 1
    assert PAST.reason in incident.log_entries.get().text
    assert GateOverride.objects.count() == (kind == "open")


def test_each_channel_speaks_the_language_of_its_page_and_the_site_all_of_them(crisis):
    incident = crisis.open()
    for number, languages in ((0, ["en"]), (1, ["nn", "en"])):
        other = factories.presence(at=crisis.at)
        Details.objects.create(presence=other, scope_id=other.scope_id, languages=languages)
        Connection.objects.filter(name=f"Kanal {number}").update(presence=other, scope_id=other.scope_id)
    row = crisis.stated(incident)

    said = {post.connection.name: (post.language, post.act_text) for post in with_texts(row)}

    # The Nynorsk page gets the English text: it is one that the page is written in, and nobody wrote Nynorsk.
    assert {name: language for name, (language, _text) in said.items()} == {
        "Kanal 0": "en",
        "Kanal 1": "en",
        "Storvik kommune": "nb",
    }
    assert "Statement 1" in said["Kanal 0"][1] and ENGLISH.body in said["Kanal 0"][1]
    assert "Kok vannet" in page("/nn/status/") and ENGLISH.body in page("/en/status/")


def with_texts(row):
    for post in posts(row).select_related("connection"):
        post.act_text = OutboxAct.objects.get(public_id=post.act_id).payload["act"]["text"]
        yield post


def test_a_municipality_of_nynorsk_writes_nynorsk_first(crisis):
    Municipality.objects.update(language="nn", is_set_up=True)
    incident, by = crisis.open(), {"by": crisis.house.officer, "at": crisis.at}
    with pytest.raises(Invalid):
        crisis.drafted(incident)

    row = commands.draft_statement(
        incident_id=incident.public_id, texts={"nn": Wording("Kok vatnet", "Kok vatnet i tre minutt.")}, **by
    )
    row = crisis.publish(row)

    assert all("Kunngjering 1" in post.act_text for post in with_texts(row))
    assert "Kok vatnet" in page("/status/") and "Kok vatnet" in page("/en/status/")


def test_a_correction_leaves_no_language_behind(crisis):
    row = crisis.stated(crisis.open())
    wanted = {
        "statement_id": row.public_id,
        "texts": {"nb": Wording("Kok vannet", TEXT.replace("tre", "fem")), "en": ENGLISH},
        "told": {"nb": "Fem, ikke tre."},
        "seen_version": 1,
        "by": crisis.house.officer,
        "at": crisis.at,
    }

    with pytest.raises(Invalid) as refusal:
        commands.correct_statement(**wanted)

    assert refusal.value.field == "fits_en"
    assert commands.correct_statement(**wanted, fitting={"en"}).published_version == 2


def test_a_lost_answer_is_looked_up_and_nothing_is_posted_twice(crisis):
    row = crisis.stated(crisis.open())
    slow = platforms["200"] = FakeChannel(now=crisis.at, account_id="200")
    slow.fail(Ambiguous("The answer did not come."), takes_effect=True)

    send_all(crisis.at)
    before = queries.spread_of([row])[row.pk]
    sending.look_due(at=crisis.at + timedelta(minutes=2))
    send_all(crisis.at + timedelta(minutes=3))

    assert before.there == 2 and queries.spread_of([row])[row.pk].there == 3
    assert len(slow.things) == 1


def test_a_token_that_dies_in_the_middle_of_twenty_stops_its_own_channels_and_no_other(crisis):
    connect(crisis.house, 17, first=100)
    row = crisis.stated(crisis.open())
    for number in (105, 109):
        platforms[f"20{number}"] = type("Dead", (), {"perform": staticmethod(die)})()

    for _turn in range(3):
        send_all(crisis.at)

    spread = queries.spread_of([row])[row.pk]
    assert (spread.there, len(spread.channels)) == (18, 20)
    assert {one.name for one in spread.stopped} == {"Kanal 105", "Kanal 109"}
    assert crisis.stated(row.incident, body="Det er tatt nye prøver av vannet.").targets == 18
    assert sum(len(one.things) for one in platforms.values() if isinstance(one, FakeChannel)) == 18


def test_in_the_hour_that_comes_twice_statements_stand_in_the_order_they_were_made(crisis):
    crisis.at = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    incident = crisis.open()
    crisis.stated(incident)
    crisis.at += timedelta(hours=1)

    second = crisis.stated(incident, body="Prøvene er fine. Du trenger ikke koke vannet lenger.")

    told = page("/status/")
    assert "02.30" in Article.objects.get(public_id=second.article_id).title
    assert told.index("T02:30:00+01:00") < told.index("T02:30:00+02:00")


def test_a_time_that_the_clocks_leave_out_cannot_be_promised():
    for wall in ("2026-03-29T02:30", "2026-10-25T02:30"):
        assert NextForm({"next_at": wall}).errors
    assert NextForm({"next_at": "2026-03-29T03:30"}).is_valid()


@pytest.mark.strategy("A6")
def test_the_reach_of_statements_never_adds_up_two_ways_of_counting(crisis):
    incident = crisis.open()
    assert queries.after_action(incident, at=crisis.at).reach is None
    crisis.stated(incident)
    send_all(crisis.at)
    posts = ChannelPost.objects.order_by("pk")
    told_first = ("post_media_view", 100), ("post_media_view", 20), ("post_impressions", 7_000)
    for post, told in zip(posts, told_first, strict=True):
        publishing.note_figures(post_id=post.public_id, measured=[Measured(*told)], at=crisis.at)
    later = crisis.at + timedelta(hours=1)
    both = [Measured("post_media_view", 110), Measured("post_impressions", 9_000)]
    publishing.note_figures(post_id=posts[0].public_id, measured=both, at=later)

    assert queries.after_action(incident, at=later).reach == 130
