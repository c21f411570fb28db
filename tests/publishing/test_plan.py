"""The plan is kept by the wall, once, and only with what may go out."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from tests.publishing.content import body
from torg.core.errors import Invalid, InvalidTransition
from torg.publishing import commands, feeds, timing
from torg.publishing.models import Article, ArticleState, ChannelPost, Occurrence
from torg.publishing.queries import mine
from torg.publishing.queries import plan as queries
from torg.publishing.types import Moment, Planning

SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)


@pytest.mark.parametrize(
    ("wall", "moment"),
    [
        (Moment(date(2026, 3, 28), time(10)), datetime(2026, 3, 28, 9, tzinfo=UTC)),
        (Moment(date(2026, 3, 30), time(10)), datetime(2026, 3, 30, 8, tzinfo=UTC)),
        (Moment(SPRING, time(2, 30)), datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),
        (Moment(SPRING, time(3, 30)), datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),
        (Moment(AUTUMN, time(2, 30)), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        (Moment(AUTUMN, time(3, 0)), datetime(2026, 10, 25, 2, tzinfo=UTC)),
    ],
    ids=["winter", "summer", "an hour that is skipped", "the hour after it", "the first of two", "after the second"],
)
def test_a_time_on_the_wall_is_one_moment(wall, moment):
    assert timing.moment_of(wall) == moment


def planned(newsroom, article, wall: Moment) -> Article:
    commands.plan(article_id=article.public_id, moment=wall, by=newsroom.writer, at=newsroom.at)
    return newsroom.now(article)


def run(at) -> None:
    """The job, once."""
    for article in queries.due(at=at):
        commands.publish_planned(article_id=article.public_id, at=at)


def test_what_is_planned_before_the_clocks_change_goes_out_at_its_time_on_the_wall_and_once(newsroom):
    article = planned(newsroom, newsroom.approved(), Moment(date(2026, 3, 30), time(10)))

    run(datetime(2026, 3, 30, 7, 59, tzinfo=UTC))
    assert newsroom.now(article).state == ArticleState.PLANNED
    run(datetime(2026, 3, 30, 8, 0, tzinfo=UTC))
    run(datetime(2026, 3, 30, 8, 1, tzinfo=UTC))

    assert newsroom.now(article).state == ArticleState.PUBLISHED
    assert ChannelPost.objects.count() == 1


def test_an_hour_that_comes_twice_publishes_once(newsroom):
    article = planned(newsroom, newsroom.approved(), Moment(AUTUMN, time(2, 30)))

    run(datetime(2026, 10, 25, 0, 30, tzinfo=UTC))
    run(datetime(2026, 10, 25, 1, 30, tzinfo=UTC))

    assert newsroom.now(article).published_at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert ChannelPost.objects.count() == 1


def test_a_draft_keeps_its_time_and_takes_its_place_once_it_is_approved(newsroom, at):
    article = planned(newsroom, newsroom.written(), Moment(date(2026, 3, 11), time(9)))
    run(datetime(2026, 3, 12, tzinfo=UTC))
    assert newsroom.now(article).state == ArticleState.DRAFT

    commands.submit(article_id=article.public_id, by=newsroom.writer, at=at)
    newsroom.approve(article)

    assert newsroom.now(article).state == ArticleState.PLANNED


def test_a_planned_article_that_is_changed_does_not_go_out(newsroom):
    article = planned(newsroom, newsroom.approved(), Moment(date(2026, 3, 11), time(9)))
    newsroom.write(article, body("Noe annet."))

    run(datetime(2026, 3, 12, tzinfo=UTC))

    assert newsroom.now(article).state == ArticleState.DRAFT
    assert not ChannelPost.objects.exists()


def test_what_lost_its_approval_by_a_new_rule_is_stopped_and_says_why(newsroom, at):
    article = planned(newsroom, newsroom.approved(), Moment(date(2026, 3, 11), time(9)))
    commands.set_approval_rule(approvals_needed=2, alone_roles=[], by=newsroom.officer, at=at)

    run(datetime(2026, 3, 12, tzinfo=UTC))

    stopped = newsroom.now(article)
    assert (stopped.state, stopped.stopped_because) == (ArticleState.DRAFT, "approval")
    assert list(queries.stopped(newsroom.writer, at=at)) == [stopped]


def test_a_time_that_has_passed_is_refused(newsroom, at):
    article = newsroom.approved()

    with pytest.raises(Invalid):
        planned(newsroom, article, Moment(date(2026, 3, 10), time(9, 59)))
    newsroom.publish(article)
    with pytest.raises(InvalidTransition):
        planned(newsroom, article, Moment(date(2026, 3, 12), time(9)))


def test_taking_out_of_the_plan_keeps_the_approval(newsroom, at):
    article = planned(newsroom, newsroom.approved(), Moment(date(2026, 3, 11), time(9)))

    commands.unplan(article_id=article.public_id, by=newsroom.writer, at=at)

    assert newsroom.now(article).state == ArticleState.APPROVED
    assert newsroom.now(article).planned_on is None


def test_one_act_stops_the_plan_and_each_is_released_by_itself(newsroom, at):
    first = planned(newsroom, newsroom.approved(channels=1), Moment(date(2026, 3, 11), time(9)))
    second = planned(newsroom, newsroom.approved(channels=1), Moment(date(2026, 3, 11), time(10)))
    late = datetime(2026, 3, 12, tzinfo=UTC)

    commands.hold_planned(reason_code="CRISIS", by=newsroom.officer, at=at)
    run(late)
    assert [held.post_id for held in queries.held(newsroom.officer, at=late)] == [first.public_id, second.public_id]
    commands.release_post(post_id=first.public_id, by=newsroom.approver, at=late)
    run(late)

    assert newsroom.now(first).state == ArticleState.PUBLISHED
    assert newsroom.now(second).state == ArticleState.PLANNED
    commands.end_hold(reason_code="CRISIS", by=newsroom.officer, at=late)
    run(late)
    assert newsroom.now(second).state == ArticleState.PUBLISHED


def test_nothing_is_published_by_hand_while_the_plan_is_on_hold(newsroom, at):
    article = newsroom.approved()
    commands.hold_planned(reason_code="CRISIS", by=newsroom.officer, at=at)

    with pytest.raises(InvalidTransition):
        newsroom.publish(article)


def test_a_weekly_post_has_an_idea_for_each_week_whatever_the_clocks_do(newsroom, at):
    series = commands.begin_series(
        scope_id=newsroom.page.scope_id, title="Ukens filmer", weekday=3, clock=time(10), by=newsroom.writer, at=at
    )

    commands.fill_series(at=at)
    commands.fill_series(at=at + timedelta(days=21))

    ideas = Article.objects.filter(occurrence__series=series).order_by("planned_on")
    assert {idea.planned_clock for idea in ideas} == {time(10)}
    assert [idea.planned_on.weekday() for idea in ideas] == [3] * ideas.count()
    assert Occurrence.objects.filter(day=date(2026, 4, 2)).count() == 1
    assert queries.planned_moment(ideas.get(planned_on=date(2026, 4, 2))) == datetime(2026, 4, 2, 8, tzinfo=UTC)
    commands.end_series(series_id=series.public_id, by=newsroom.writer, at=at)
    assert commands.fill_series(at=at + timedelta(days=60)) == 0


@pytest.mark.strategy("A6", "A7")
def test_the_plan_shows_how_goals_and_groups_are_served(newsroom, at):
    pride = commands.set_goal(names=["Stolthet"] * 3, wanted_percent=50, by=newsroom.officer, at=at)
    staff = commands.set_goal(names=["Rekruttere"] * 3, wanted_percent=40, by=newsroom.officer, at=at)
    young = commands.set_group(names=["Unge"] * 3, by=newsroom.officer, at=at)
    for goal in (pride, pride, pride, staff):
        commands.add_idea(
            scope_id=newsroom.page.scope_id,
            title="Noe",
            planning=Planning(goal_id=goal.public_id, group_ids=(young.public_id,)),
            by=newsroom.writer,
            at=at,
        )

    rows = list(queries.on_the_way(newsroom.writer, at=at))

    goals = queries.goal_balance(rows, [pride, staff])
    assert [(share.percent, share.is_behind) for share in goals] == [(75, False), (25, True)]
    assert queries.group_balance(rows, [young])[0].percent == 100


def test_a_calendar_reads_the_plan_at_a_secret_address(newsroom, at):
    planned(newsroom, newsroom.approved(), Moment(date(2026, 3, 30), time(10)))
    key = commands.open_feed(by=newsroom.writer, at=at)

    reader = feeds.reader_of(key, at=at)
    told = feeds.calendar(
        feeds.articles_of(reader, at=at), name="Plan, Eksempelvik", address="https://eksempelvik.example/a/", at=at
    )

    assert "DTSTART:20260330T080000Z\r\n" in told
    assert "X-WR-CALNAME:Plan\\, Eksempelvik\r\n" in told
    assert all(len(line.encode()) <= 75 for line in told.split("\r\n"))
    commands.open_feed(by=newsroom.writer, at=at)
    assert feeds.reader_of(key, at=at) is None


def test_long_lines_are_folded_between_letters():
    pieces = list(feeds.folded("SUMMARY:" + "å" * 100))

    assert all(len(piece.encode()) <= 75 for piece in pieces)
    assert pieces[0] + "".join(piece[1:] for piece in pieces[1:]) == "SUMMARY:" + "å" * 100


def test_a_calendar_month_is_whole_weeks():
    weeks = timing.days_of_month(2026, 3)

    assert weeks[0][0] == date(2026, 2, 23)
    assert weeks[-1][-1] == date(2026, 4, 5)


def test_what_waits_for_me_is_neither_mine_nor_what_i_have_approved_already(newsroom, at):
    commands.set_approval_rule(approvals_needed=2, alone_roles=[], by=newsroom.officer, at=at)
    theirs, own = newsroom.written(), newsroom.written(by=newsroom.approver)
    commands.submit(article_id=theirs.public_id, by=newsroom.writer, at=at)
    commands.submit(article_id=own.public_id, by=newsroom.approver, at=at)

    assert [row.pk for row in mine.waiting_for_me(newsroom.approver, at=at)] == [theirs.pk]
    newsroom.approve(theirs)

    assert not mine.waiting_for_me(newsroom.approver, at=at).exists()
    assert {row.pk for row in mine.waiting_for_me(newsroom.officer, at=at)} == {theirs.pk, own.pk}


def test_a_change_to_what_is_out_waits_for_whoever_may_approve_it_until_it_is_approved(newsroom, at):
    article = newsroom.published()
    newsroom.rewritten(article, "Svømmehallen åpner på tirsdag")

    waiting = {who: mine.corrections_for_me(who, at=at) for who in (newsroom.approver, newsroom.writer)}
    newsroom.approve(article)

    assert (waiting[newsroom.approver], waiting[newsroom.writer]) == ([article], [])
    assert mine.corrections_for_me(newsroom.officer, at=at) == []


def test_what_is_sent_back_or_approved_waits_for_whoever_wrote_it(newsroom, at):
    back, ready = newsroom.written(), newsroom.approved()
    commands.submit(article_id=back.public_id, by=newsroom.writer, at=at)
    later = at + timedelta(minutes=5)
    commands.send_back(article_id=back.public_id, reason="Hvilken dag?", by=newsroom.approver, at=later)

    assert (list(mine.commented_for(newsroom.writer)), list(mine.ready_for(newsroom.writer))) == ([back], [ready])
    newsroom.at = later
    newsroom.rewritten(back, "Svømmehallen åpner på mandag")

    assert not mine.commented_for(newsroom.writer).exists()
    assert not mine.ready_for(newsroom.approver).exists()
