"""Writing, approving and publishing: what happened, what was traced, who may not, and from which state not."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests import factories
from tests.publishing.conftest import SHOWN
from tests.publishing.content import GOOD, body, content
from torg.audit.models import AuditEvent
from torg.core.errors import Invalid, InvalidTransition, NotAllowed, NotFound, Stale
from torg.outbox.models import OutboxAct
from torg.people.types import Role
from torg.publishing import commands, queries
from torg.publishing.models import Article, ArticleState, ChannelPost, GateOverride
from torg.publishing.policies import NotPassed
from torg.publishing.types import Approval, Words


def names() -> list[str]:
    return list(
        AuditEvent.objects.filter(name__startswith="publishing.").order_by("at", "id").values_list("name", flat=True)
    )


@pytest.mark.strategy("A1")
def test_an_article_is_written_approved_and_published_on_the_site_before_any_channel(newsroom):
    article = newsroom.published(channels=3)

    assert article.state == ArticleState.PUBLISHED
    assert {str(article.public_id): "shown"} == SHOWN
    acts = OutboxAct.objects.filter(subject_kind="publishing.post")
    assert acts.count() == 3
    assert {act.payload["act"]["link"] for act in acts} == {"https://eksempelvik.example/aktuelt/svommehallen-apner/"}
    assert {"publishing.version.saved", "publishing.version.approved", "publishing.article.published"} <= set(names())


def test_what_the_site_reads_is_the_version_that_was_approved(newsroom, at):
    article = newsroom.published()
    newsroom.rewritten(article, "Noe helt annet")

    told = queries.published_one(article.public_id)

    assert (told.title, told.slug, told.language) == ("Svømmehallen åpner", "svommehallen-apner", "nb")
    assert "<h2>Åpent hver dag</h2>" in told.html
    assert [found.public_id for found in queries.published(at=at)] == [article.public_id]


def test_each_language_has_its_own_address_which_stays(newsroom, at):
    nynorsk = Words("Symjehallen opnar", "Hallen opnar.", "Du kan bade.")
    article = newsroom.published(texts={"nb": GOOD, "nn": nynorsk})

    told = queries.published(at=at, language="nn")[0]

    assert told.title == "Symjehallen opnar"
    assert told.languages == {"nb": "svommehallen-apner", "nn": "symjehallen-opnar"}
    assert queries.published(at=at, language="en") == []
    assert queries.published_one(article.public_id, language="nn").lead == "Hallen opnar."


@pytest.mark.strategy("A7")
def test_a_language_that_has_fallen_behind_stops_the_article_until_somebody_confirms_it(newsroom, at):
    nynorsk = Words("Symjehallen opnar", "Hallen opnar.", "Du kan bade.")
    article = newsroom.written(texts={"nb": GOOD, "nn": nynorsk})
    newsroom.write(article, content(texts={"nb": replace(GOOD, lead="Nå på tirsdag."), "nn": nynorsk}))

    with pytest.raises(NotPassed):
        commands.submit(article_id=article.public_id, by=newsroom.writer, at=at)
    confirmed = replace(nynorsk, confirmed_number=99)
    newsroom.write(article, content(texts={"nb": replace(GOOD, lead="Nå på tirsdag."), "nn": confirmed}))

    assert commands.submit(article_id=article.public_id, by=newsroom.writer, at=at).state == ArticleState.WAITING


def test_the_same_again_makes_no_new_version_and_needs_no_new_approval(newsroom):
    article = newsroom.approved(channels=0)

    newsroom.write(article, content())

    assert newsroom.now(article).newest_number == 1
    assert newsroom.now(article).state == ArticleState.APPROVED


def test_writing_over_somebody_is_refused(newsroom, at):
    article = newsroom.written()

    with pytest.raises(Stale):
        commands.save_version(article_id=article.public_id, content=content(), seen_number=0, by=newsroom.writer, at=at)


def test_somebody_without_a_role_on_the_page_finds_nothing(newsroom, at):
    stranger = factories.person("Fremmed")
    article = newsroom.written()

    with pytest.raises(NotFound):
        commands.submit(article_id=article.public_id, by=stranger, at=at)
    with pytest.raises(NotAllowed):
        commands.add_idea(scope_id=newsroom.page.scope_id, title="Hei", by=stranger, at=at)


def test_nobody_approves_what_they_wrote_and_a_contributor_approves_nothing(newsroom, at):
    article = newsroom.written(by=newsroom.approver)
    commands.submit(article_id=article.public_id, by=newsroom.approver, at=at)

    for by in (newsroom.approver, newsroom.writer):
        with pytest.raises(NotAllowed):
            commands.approve(article_id=article.public_id, number=1, by=by, at=at)


def test_what_is_not_approved_is_not_published(newsroom):
    article = newsroom.written()

    with pytest.raises(InvalidTransition):
        newsroom.publish(article)

    assert not ChannelPost.objects.exists()
    assert SHOWN == {}


def test_an_article_that_is_changed_after_approval_needs_approval_again(newsroom, at):
    article = newsroom.approved()

    newsroom.rewritten(article, "Svømmehallen stenger")

    assert newsroom.now(article).state == ArticleState.DRAFT
    with pytest.raises(InvalidTransition):
        newsroom.publish(article)
    with pytest.raises(Stale):
        commands.approve(article_id=article.public_id, number=1, by=newsroom.approver, at=at)


def test_whoever_may_publish_alone_needs_nobody(newsroom, at):
    article = newsroom.written(by=newsroom.officer)

    submitted = commands.submit(article_id=article.public_id, by=newsroom.officer, at=at)

    assert submitted.state == ArticleState.APPROVED


def test_the_narrowest_rule_in_force_holds_also_after_the_approval(newsroom, at):
    article = newsroom.approved()
    topic = commands.set_topic(names=["Helse", "Helse", "Health"], by=newsroom.officer, at=at)
    rule = {"approvals_needed": 2, "alone_roles": [], "by": newsroom.officer, "at": at}
    commands.set_approval_rule(topic_id=topic.public_id, **rule)
    assert newsroom.now(article).state == ArticleState.APPROVED
    Article.objects.filter(pk=article.pk).update(topic=topic)

    with pytest.raises(InvalidTransition):
        newsroom.publish(article)
    other = factories.administrator(newsroom.page, at=at, name="Berit Begge")
    Article.objects.filter(pk=article.pk).update(state=ArticleState.WAITING)
    commands.approve(article_id=article.public_id, number=1, by=other, at=at)

    assert newsroom.publish(article).state == ArticleState.PUBLISHED


def test_a_new_rule_ends_the_former_one_and_keeps_it(newsroom, at):
    first = commands.set_approval_rule(approvals_needed=2, alone_roles=[], by=newsroom.officer, at=at)
    later = at + timedelta(days=1)

    commands.set_approval_rule(approvals_needed=0, alone_roles=[Role.CONTRIBUTOR], by=newsroom.officer, at=later)

    first.refresh_from_db()
    assert first.until_at == later
    with pytest.raises(NotAllowed):
        commands.set_approval_rule(approvals_needed=0, alone_roles=[], by=newsroom.approver, at=at)


@pytest.mark.strategy("A1")
def test_only_the_information_officer_lets_something_past_the_gate_and_says_why(newsroom, at):
    article = newsroom.written()
    newsroom.write(article, body("[Klikk her](https://a.example)"))
    given = {"article_id": article.public_id, "number": 2, "codes": ["link_vague"], "at": at}

    with pytest.raises(NotPassed):
        commands.submit(article_id=article.public_id, by=newsroom.writer, at=at)
    with pytest.raises(NotAllowed):
        commands.override_gate(**given, reason="Haster", by=newsroom.approver)
    with pytest.raises(Invalid):
        commands.override_gate(**given, reason=" ", by=newsroom.officer)
    commands.override_gate(**given, reason="Varsel om farlig drikkevann, rettes etterpå.", by=newsroom.officer)

    assert commands.submit(article_id=article.public_id, by=newsroom.writer, at=at).state == ArticleState.WAITING
    assert GateOverride.objects.get().codes == ["link_vague"]
    assert "publishing.gate.overridden" in names()


def test_an_override_is_of_one_version(newsroom, at):
    article = newsroom.written()
    newsroom.write(article, body("[Klikk her](https://a.example)"))
    commands.override_gate(
        article_id=article.public_id, number=2, codes=["link_vague"], reason="Haster", by=newsroom.officer, at=at
    )

    newsroom.write(article, body("[Klikk her](https://b.example)"))

    with pytest.raises(NotPassed):
        commands.submit(article_id=article.public_id, by=newsroom.writer, at=at)


def test_a_correction_is_marked_on_the_article_and_carried_to_the_posts(newsroom, at):
    article = newsroom.published()
    ChannelPost.objects.update(state="PUBLISHED", external_id="1001_7", published_at=at)
    newsroom.rewritten(article, "Svømmehallen åpner tirsdag")
    later = {"article_id": article.public_id, "number": 2, "by": newsroom.writer, "at": at + timedelta(hours=1)}

    with pytest.raises(InvalidTransition):
        commands.publish_correction(**later, told={"nb": "Dagen var feil."})
    newsroom.approve(article)
    with pytest.raises(Invalid):
        commands.publish_correction(**later, told={"nb": " "})
    commands.publish_correction(**later, told={"nb": "Dagen var feil."})

    told = queries.published_one(article.public_id)
    assert (told.title, told.corrected_at) == ("Svømmehallen åpner tirsdag", at + timedelta(hours=1))
    assert [correction.text for correction in told.corrections] == ["Dagen var feil."]
    assert OutboxAct.objects.get(kind="edit").payload["act"]["target_id"] == "1001_7"


def test_a_withdrawn_article_leaves_the_site_and_what_had_not_left_does_not(newsroom, at):
    article = newsroom.published(channels=2)

    commands.withdraw_article(article_id=article.public_id, reason="Feil sak", by=newsroom.writer, at=at)

    assert SHOWN[str(article.public_id)] == "hidden"
    assert queries.published_one(article.public_id).is_withdrawn
    assert queries.published(at=at) == []
    assert set(ChannelPost.objects.values_list("state", flat=True)) == {"GIVEN_UP"}


def test_tasks_and_comments_are_given_and_finished(newsroom, at):
    article = newsroom.written()
    given = commands.assign(
        article_id=article.public_id, person=newsroom.approver, task="Finn et bilde", by=newsroom.writer, at=at
    )
    commands.comment(article_id=article.public_id, text="Har vi et bilde?", by=newsroom.approver, at=at)

    commands.finish_assignment(assignment_id=given.public_id, by=newsroom.approver, at=at)

    with pytest.raises(NotFound):
        commands.finish_assignment(assignment_id=given.public_id, by=newsroom.approver, at=at)
    with pytest.raises(Invalid):
        commands.assign(
            article_id=article.public_id, person=factories.person("Fremmed"), task="Noe", by=newsroom.writer, at=at
        )
    assert {"publishing.assignment.given", "publishing.article.commented", "publishing.assignment.done"} <= set(names())


def test_sending_back_says_what_to_change(newsroom, at):
    article = newsroom.written()
    commands.submit(article_id=article.public_id, by=newsroom.writer, at=at)

    with pytest.raises(Invalid):
        commands.send_back(article_id=article.public_id, reason="", by=newsroom.approver, at=at)
    commands.send_back(article_id=article.public_id, reason="Skriv prisen.", by=newsroom.approver, at=at)

    assert newsroom.now(article).state == ArticleState.DRAFT
    assert newsroom.now(article).comments.get().text == "Skriv prisen."


def crisis_allows(*, incident_id, person, at) -> bool:
    return person.name == "Arne Administrator"


def test_a_crisis_lets_one_person_approve_and_publish_although_the_plan_is_on_hold(newsroom, at, settings):
    settings.CRISIS_APPROVAL = "tests.publishing.test_commands.crisis_allows"
    incident = newsroom.page.public_id
    said = commands.add_idea(scope_id=newsroom.page.scope_id, title="Kok vannet", by=newsroom.approver, at=at)
    newsroom.write(said, content(), by=newsroom.approver)
    commands.hold_planned(reason_code="CRISIS", by=newsroom.officer, at=at)
    given = {"article_id": said.public_id, "version": 1, "targets": None, "by": newsroom.approver, "at": at}

    with pytest.raises(NotAllowed):
        commands.publish_now(**given, approval=Approval(newsroom.writer.public_id, "crisis", incident))
    with pytest.raises(InvalidTransition):
        commands.publish_now(**given, approval=Approval(newsroom.approver.public_id))
    out = commands.publish_now(**given, approval=Approval(newsroom.approver.public_id, "crisis", incident))

    assert out.state == ArticleState.PUBLISHED


def test_a_statement_reaches_the_outbox_of_many_targets_in_few_questions(newsroom, at, django_assert_max_num_queries):
    article = newsroom.approved(channels=4)

    with django_assert_max_num_queries(60):
        newsroom.publish(article)

    assert OutboxAct.objects.count() == 4
