"""A page with one of everything on it, whose every name, text and id can be recognised wherever it turns up."""

from datetime import time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models

from tests import factories
from tests.media import pictures
from tests.whole import full_incident
from tests.whole.house import House
from torg.core import clock, ids
from torg.core.actors import Rule as Machine
from torg.dialogue.models import Attachment, AttachmentState
from torg.files import commands as files
from torg.inbox import commands as inbox
from torg.inbox.models import Alarm, Answer, Enquiry
from torg.inbox.types import AnswerKind, ForwardingKind, Reply
from torg.media import commands as media
from torg.media.models import Consent, Medium, TakeDown
from torg.media.types import ConsentChannel, ConsentGiven, Rights
from torg.media.types import Description as Pictured
from torg.media.types import People as Depicted
from torg.moderation import commands as moderation
from torg.moderation.models import Breach, Case, PolicePackage, SecondReading
from torg.moderation.models import Rule as DiscussionRule
from torg.moderation.words import Ground, Mark, Measure, Step, Suggestion
from torg.openness import commands as openness
from torg.openness.commands.settings import Publishing
from torg.openness.models import AccessRequest, PublicEntry
from torg.openness.types import Ask
from torg.oversight import commands as oversight
from torg.oversight.models import AccessTask, EmergencyAccess, GroupMember, WatchRound
from torg.oversight.types import Found
from torg.people import commands as people
from torg.people.models import Person, RoleAssignment, Unit
from torg.people.types import Role
from torg.publishing import commands as publishing
from torg.publishing.models import Article, ChannelPost, Order, PostTip, Series
from torg.publishing.types import ChannelWords, Content, Words
from torg.records import commands as records
from torg.records.codes import Question
from torg.records.days import day_of
from torg.records.models import (
    ArchiveCore,
    Assessment,
    CaseFile,
    Delivery,
    DocumentObject,
    ErasureRequest,
    JournalEntry,
    LegalHold,
    RecordDocument,
    Restriction,
)
from torg.records.types import CaseWanted, RestrictionWanted, Titles
from torg.registry import commands as registry
from torg.registry.models import Application, PlatformAccess, Presence, PresenceExport, PresenceGoal
from torg.registry.types import AccessTold, Aim, Description, HolderTold, Terms, Wish
from torg.registry.words import Measure as Counted
from torg.registry.words import PresenceKind
from torg.site.models import Comment

# In every text and name that belongs to the page, and nowhere else.
INDEXER = Machine("records.indexer", "1")
MARK = "alfamerke"
QUESTION = f"Når åpner {MARK}-hallen?"
DANGER = f"Jeg orker ikke mer, {MARK}. I natt tar jeg livet mitt."
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360000000000500010d0a2db40000000049454e44ae426082"
)
ANSWER = f"Hei! {MARK} åpner kl. 10. Hilsen Ingrid"


def fill(house: House) -> set[str]:
    """Let everything happen on the page; returns the public ids that came of it."""
    # The rules and the plan for a crisis belong to the municipality, not to the page.
    moderation.adopt_default_rulebook(by=house.officer, at=clock.now() - timedelta(days=1))
    full_incident.plan(house.officer, at=clock.now())
    before = public_ids()
    at, page = clock.now(), house.presence
    Presence.objects.filter(pk=page.pk).update(name=f"Siden {MARK}", purpose=f"Om {MARK}")
    page.scope.name = f"Siden {MARK}"
    page.scope.save()
    people.give_duty(person=house.officer, from_at=at, until_at=at + timedelta(days=90), by=house.officer, at=at)
    post = house.post(f"Om {MARK}.")
    asked = house.asks(post, QUESTION, f"Oda {MARK.title()}")
    house.asks(post, DANGER, f"Roy {MARK.title()}")
    message = house.writes(QUESTION, f"Ida {MARK.title()}")
    house.control.visitor("edit", target=asked, text=f"{QUESTION} Takk.")
    house.come_and_go()
    house.plan_answer(asked, ANSWER)
    house.work()
    house.come_and_go()
    house.control.fault(match={"path": "/messages$"}, effect={"kind": "error", "code": 368, "status": 400})
    house.plan_answer(message, ANSWER, AnswerKind.MESSAGE)
    house.work()
    keep_records(house, at=clock.now())
    handle(house, house.enquiry_about(asked), house.enquiry_about(message), at=clock.now())
    keep_media(house, at=clock.now())
    plan_articles(house, at=clock.now())
    moderate(house, [house.enquiry_about(asked), house.enquiry_about(message)], at=clock.now())
    wait_on_site(house, at=clock.now())
    second = Person.objects.get(email="berit@storvik.example")
    full_incident.fill(MARK, page.scope_id, house.officer, second, at=clock.now())
    own = {str(page.public_id), str(page.scope_id), str(house.connection.public_id)}
    look_after(page, house.officer, at=clock.now())
    oversee(page, house.officer, at=clock.now())
    return (public_ids() - before) | own


def oversee(page: Presence, officer: Person, *, at: Any) -> None:
    """What oversight holds: rounds, members, an access that must end, and an emergency."""
    on, by = {"presence_id": page.public_id}, {"by": officer, "at": at}
    oversight.adopt_strategy_duties(**by)
    begun = oversight.start_round(**on, **by)
    oversight.finish_round(round_id=begun.public_id, found=Found.HANDED_ON, note=f"Om {MARK}", **by)
    oversight.register_members(**on, told=f"Mona {MARK.title()}", **by)
    oversight.review_group(**on, has_checked_members=False, is_free_of_cases=True, note=f"Om {MARK}", **by)
    gone = factories.person("Gro Gått")
    registry.add_administrator(**on, person=gone, **by)
    Person.objects.filter(pk=gone.pk).update(left_at=at)
    oversight.note_leavers(at=at)
    oversight.ask_for_emergency_access(**on, reason=f"Om {MARK}", hours=1, **by)
    oversight.watch_duties(at=at + timedelta(days=7))


def look_after(page: Presence, officer: Person, *, at: Any) -> None:
    """What the register holds: a goal, an export, and an application whose scope the page has now."""
    on = {"presence_id": page.public_id, "by": officer, "at": at}
    later = at.date() + timedelta(days=90)
    registry.set_goal(aim=Aim(Counted.FOLLOWERS, f"Flere følger {MARK}", "følgere", Decimal(2000), later), **on)
    told = AccessTold("facebook", [HolderTold("7", f"Ukjent {MARK}")])
    registry.note_access(presence_id=page.public_id, told=told, by=Machine("channels.watch", "1"), at=at)
    registry.order_export(**on)
    # Without an API, so that the pages of groups answer too.
    Presence.objects.filter(pk=page.pk).update(kind=PresenceKind.CLOSED_GROUP)
    terms = Terms(legal_ground=MARK, members=MARK, pictures=MARK)
    registry.set_terms(terms=terms, **on)
    unit = Unit.objects.get_or_create(name="Kultur")[0]
    applicant = factories.person("Kine Kino")
    description = Description(f"Siden {MARK}", PresenceKind.SECRET_GROUP, purpose=MARK, unit=unit)
    wish = Wish(description, applicant, MARK, MARK, 1, True, True, terms)
    registry.apply(wish=wish, by=applicant, at=at)


def handle(house: House, enquiry: Enquiry, other: Enquiry, *, at: Any) -> None:
    """What staff add: notes, drafts, promises, and all the rest that hangs on enquiries."""
    one, by = {"enquiry_id": enquiry.public_id}, {"by": house.officer, "at": at}
    later = at + timedelta(days=30)
    unit = Unit.objects.create(name="Teknisk")
    inbox.add_note(**one, text=f"Notat om {MARK}", **by)
    inbox.save_draft(**one, text=f"Utkast om {MARK}", kind=AnswerKind.PUBLIC_REPLY, version=0, **by)
    inbox.make_promise(**one, on=later.date(), **by)
    inbox.forward(
        **one, kind=ForwardingKind.CLAIM, to_unit=unit.public_id, question=f"Om {MARK}?", follow_up_at=later, **by
    )
    inbox.assign(**one, to_person=house.officer.public_id, **by)
    inbox.link_matter(enquiry_ids=[enquiry.public_id, other.public_id], title=f"Sak {MARK}", **by)
    inbox.open_issue(scope_id=enquiry.scope_id, title=f"Feil {MARK}", words=["hallen"], answer_text=ANSWER, **by)
    inbox.hand_over(enquiry_ids=[other.public_id], to_unit=unit.public_id, note=f"Overlevering om {MARK}", **by)
    waiting = Enquiry.objects.get(pk=enquiry.pk)
    reply = Reply(AnswerKind.PUBLIC_REPLY, ANSWER, waiting.version)
    inbox.answer(enquiry_id=waiting.public_id, reply=reply, **by)


def plan_articles(house: House, *, at: Any) -> None:
    """An article with all that belongs to it, a weekly post, an order and a tip."""
    scope_id, by = house.presence.scope_id, house.officer
    article = publishing.add_idea(scope_id=scope_id, title=f"Artikkel {MARK}", by=by, at=at)
    said = ChannelWords(house.connection.public_id, f"Innlegg {MARK}")
    content = Content("nb", {"nb": Words(f"Artikkel {MARK}", MARK, f"Tekst om {MARK}.")}, channels=(said,))
    publishing.save_version(article_id=article.public_id, content=content, seen_number=0, by=by, at=at)
    publishing.comment(article_id=article.public_id, text=f"Les {MARK}", by=by, at=at)
    publishing.assign(article_id=article.public_id, person=by, task=f"Les {MARK}", by=by, at=at)
    # What has gone out, without a site and a platform to go to.
    ChannelPost.objects.create(
        scope_id=scope_id, article=article, connection=house.connection, number=1, language="nb", planned_at=at
    )
    series = {"title": f"Hver uke {MARK}", "weekday": 3, "clock": time(10)}
    publishing.begin_series(scope_id=scope_id, **series, by=by, at=at)
    unit = Unit.objects.first() or Unit.objects.create(name="Skolen")
    wish = publishing.Wish(unit_id=unit.public_id, title=f"Bestilling {MARK}", wish=MARK)
    publishing.order(wish=wish, by=by, at=at)
    PostTip.objects.create(
        scope_id=scope_id,
        from_scope_id=scope_id,
        source_kind="publishing.article",
        source_id=article.public_id,
        title=f"Tips {MARK}",
        given_by=by,
        given_at=at,
    )


def keep_media(house: House, *, at: Any) -> None:
    """A picture of somebody whose consent is withdrawn, and one of nobody."""
    by, scope_id = {"by": house.officer, "at": at}, house.presence.scope_id
    told = Pictured(scope_id, f"Bilde {MARK}", Rights(f"Eier {MARK}"), people=Depicted.CONSENT)
    medium = media.add(data=pictures.png(), description=told, **by)
    given = ConsentGiven(
        scope_id,
        f"Avbildet {MARK}",
        f"{MARK}@eksempel.example",
        f"Om {MARK}",
        [ConsentChannel.WEBSITE],
        at.date(),
        at.date(),
    )
    consent = media.register_consent(given=given, proof=pictures.png(), **by)
    media.note_depiction(medium_id=medium.public_id, consent_id=consent.public_id, **by)
    media.note_alt_text(medium_id=medium.public_id, language="nb", text=f"Viser {MARK}", **by)
    media.withdraw_consent(consent_id=consent.public_id, **by)
    # The newest: one that can be published, so that its copy is handed out.
    media.add(data=pictures.jpeg(), description=Pictured(scope_id, f"Torg {MARK}", Rights(f"Eier {MARK}")), **by)


def wait_on_site(house: House, *, at: Any) -> None:
    """A comment on our own site that somebody must look at."""
    told = {"text": f"Om {MARK}", "name": MARK, "is_taken_in": True, "written_at": at, "changed_at": at}
    Comment.objects.create(scope_id=house.presence.scope_id, article_id=ids.new(), **told)


def keep_records(house: House, *, at: Any) -> None:
    """What an archivist adds: everything gathered, one conversation assessed, journaled and restricted."""
    archivist = factories.person("Are Arkivar")
    factories.role(archivist, Role.ARCHIVIST, at=at)
    by = {"by": archivist, "at": at}
    for kind in ("dialogue.post", "dialogue.thread"):
        records.gather(kind=kind, limit=100, by=Machine("records.gatherer", "1"), at=at)
    answers = (Question.CASE_DOCUMENT, Question.CASE_HANDLED, Question.HAS_VALUE)
    assessed = records.assess(assessment_id=newest(Assessment), answers=answers, **by)
    titles = Titles(f"Om {MARK}", f"Om {MARK}")
    entry = records.journal(assessment_id=assessed.public_id, case=CaseWanted(titles=titles), titles=titles, **by)[0]
    records.restrict(entry_id=entry.public_id, wanted=RestrictionWanted("TITLE", "offentleglova-13-1"), **by)
    records.remark(entry_id=entry.public_id, text=f"Om {MARK}", **by)
    records.place_hold(case_id=entry.case_file.public_id, because=f"Om {MARK}", **by)
    records.receive_erasure(entry_id=entry.public_id, asked_by=MARK, received_on=day_of(at), **by)
    records.index_captures(limit=100, by=INDEXER, at=at)
    core = ArchiveCore.objects.create(
        name="Arkivet", way="NOARK", system="torg", address="https://arkiv.example/", opened_at=at
    )
    Delivery.objects.create(
        scope_id=entry.scope_id,
        core=core,
        entry=entry,
        key=str(entry.public_id),
        state="REFUSED",
        archive_reason=f"Avvist {MARK}",
        planned_at=at,
    )
    show(entry, archivist, at=at)


def moderate(house: House, enquiries: list[Enquiry], *, at: Any) -> None:
    """A case that two people have decided, one that waits for the second, and a picture."""
    respect = DiscussionRule.objects.get(code="respect")
    second = Person.objects.create(name="Berit Vold", email="berit@storvik.example")
    RoleAssignment.objects.create(person=second, role=Role.DEPUTY, scope=None, from_at=at)
    by = {"by": house.officer, "at": at}
    proposals = []
    for enquiry in enquiries:
        item = enquiry.thread.items.filter(is_own=False).latest("pk")
        case = moderation.open_case(item_id=item.public_id, **by)
        mark = Mark(respect.public_id, 0, len(case.item.text))
        passage = moderation.mark_passage(case_id=case.public_id, mark=mark, ground=Ground.PERSONAL_ATTACK, **by)
        suggestion = Suggestion(
            Ground.PERSONAL_ATTACK, Measure.HIDE, f"Om {MARK}", [Measure.ANSWER], True, sanction=Step.WARNING
        )
        made = moderation.propose(case_id=case.public_id, suggestion=suggestion, passage_id=passage.public_id, **by)
        proposals.append(made)
    agreed = moderation.agree(proposal_id=proposals[0].public_id, is_impartial=True, by=second, at=at)
    decided = agreed.decisions[0].public_id
    moderation.enter_complaint(decision_id=decided, text=f"Klage om {MARK}", email="", **by)
    picture = files.store(data=PIXEL, claimed_type="image/png", at=at)
    follow_up(house, at=at)
    Attachment.objects.create(
        item=item,
        scope_id=item.scope_id,
        kind="photo",
        title=MARK,
        url_digest=b"1",
        received_at=at,
        state=AttachmentState.STORED,
        sha256=picture.sha256,
        media_type=picture.media_type,
        size=picture.size,
    )


def follow_up(house: House, *, at: Any) -> None:
    """What comes after: a breach, evidence for the police, decisions drawn to be read again."""
    case_id, by = newest(Case), {"by": house.officer, "at": at}
    moderation.open_breach(case_id=case_id, **by)
    moderation.make_police_package(case_id=case_id, reason=f"Anmeldes, {MARK}", **by)
    moderation.draw_sample(since=at.date() - timedelta(days=1), until=at.date() + timedelta(days=1), size=1, **by)


def show(entry: JournalEntry, archivist: Person, *, at: Any) -> None:
    """What waits to be public, and somebody who asks to read it."""
    by = {"by": archivist, "at": at}
    wanted = Publishing(is_on=True, from_on=entry.journal_on, secret_scopes="NEUTRAL", contact="Arkivet")
    openness.change_settings(wanted=wanted, **by)
    openness.propose_days(limit=10, by=Machine("openness.proposer", "1"), at=at + timedelta(days=1))
    openness.enter(entry_id=entry.public_id, wanted=Ask(f"Om {MARK}", "LETTER", f"Oda {MARK}"), **by)


def public_ids() -> set[str]:
    """The public id of every row of ours."""
    found: set[str] = set()
    for model in apps.get_models():
        # Units and people are the municipality's, not a page's.
        if model.__module__.startswith("torg.") and model not in {Person, Unit}:
            found |= {str(value) for value in ids_of(model)}
    return found


def ids_of(model: type[models.Model]) -> list[UUID]:
    """The public ids of one table, if it has any."""
    names = {field.name for field in model._meta.concrete_fields}
    name = next((one for one in ("public_id", "id") if one in names), None)
    if name is None:
        return []
    return [value for value in model._default_manager.values_list(name, flat=True) if isinstance(value, UUID)]


def newest(model: type[models.Model]) -> UUID | None:
    """The public id of the newest row: the parameter of an address."""
    return next(iter(model._default_manager.order_by("-pk").values_list("public_id", flat=True)[:1]), None)


def parameters() -> dict[str, Any]:
    """What each parameter of an address is filled with: the page's own object of that kind."""
    from torg.api.models import Integration, Subscription
    from torg.channels.models import Connection
    from torg.dialogue.models import Item, Thread
    from torg.inbox.models import Forwarding, HandOver, KnownIssue, Label, Matter, Promise, SavedView
    from torg.moderation.models import Complaint, Decision, Proposal, Sanction
    from torg.outbox.models import OutboxAct

    by_name = {
        "public_entry_id": PublicEntry,
        "request_id": AccessRequest,
        "enquiry_id": Enquiry,
        "thread_id": Thread,
        "item_id": Item,
        "answer_id": Answer,
        "promise_id": Promise,
        "forwarding_id": Forwarding,
        "alarm_id": Alarm,
        "matter_id": Matter,
        "issue_id": KnownIssue,
        "hand_over_id": HandOver,
        "view_id": SavedView,
        "label_id": Label,
        "act_id": OutboxAct,
        "connection_id": Connection,
        "presence_id": Presence,
        "integration_id": Integration,
        "subscription_id": Subscription,
        "attachment_id": Attachment,
        "case_id": Case,
        "complaint_id": Complaint,
        "breach_id": Breach,
        "package_id": PolicePackage,
        "reading_id": SecondReading,
        "proposal_id": Proposal,
        "decision_id": Decision,
        "sanction_id": Sanction,
        "assessment_id": Assessment,
        "entry_id": JournalEntry,
        "delivery_id": Delivery,
        "case_file_id": CaseFile,
        "restriction_id": Restriction,
        "object_id": DocumentObject,
        "article_id": Article,
        "post_id": ChannelPost,
        "order_id": Order,
        "post_tip_id": PostTip,
        "series_id": Series,
        "document_id": RecordDocument,
        "medium_id": Medium,
        "consent_id": Consent,
        "take_down_id": TakeDown,
        "site_comment_id": Comment,
        "hold_id": LegalHold,
        "goal_id": PresenceGoal,
        "presence_export_id": PresenceExport,
        "application_id": Application,
        "erasure_id": ErasureRequest,
        "round_id": WatchRound,
        "member_id": GroupMember,
        "task_id": AccessTask,
        "access_id": EmergencyAccess,
        "platform_access_id": PlatformAccess,
    }
    return {name: newest(model) for name, model in {**by_name, **full_incident.BY_NAME}.items()}
