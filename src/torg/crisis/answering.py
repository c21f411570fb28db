"""One approved answer to each who asked: a reply in the inbox, by the person who approved it, once."""

from collections.abc import Collection
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from torg.core.errors import DomainError
from torg.crisis import sandbox, speaking
from torg.crisis.models import Asked, Question
from torg.crisis.types import Texts
from torg.dialogue.models import ThreadKind
from torg.inbox import checks
from torg.inbox import commands as inbox
from torg.inbox.answering import NeedsConfirmation
from torg.inbox.types import AnswerKind, Reply
from torg.people.models import Person

LOCAL = ZoneInfo("Europe/Oslo")
# What a person can look at and let pass; what blocks is never among them.
REMARKS = frozenset({"personal_data", "case_handling", "promise", "unsigned", "answer_waits"})


def check(texts: Texts, *, confirmed: Collection[str], by: Person, at: datetime) -> None:
    """Raise NeedsConfirmation for what the person has not looked at in an answer to many, in any language."""
    day = at.astimezone(LOCAL).date()
    found = [
        remark
        for said in texts.values()
        for remark in checks.check(
            said["answer"], kind=AnswerKind.PUBLIC_REPLY, limit=None, sender=by.name, written_on=day
        )
    ]
    left = checks.unconfirmed(found, frozenset(confirmed))
    if left:
        raise NeedsConfirmation(list({remark.code: remark for remark in left}.values()))


def send(question: Question, *, limit: int, at: datetime) -> int:
    """Answer the next who wait, each in its own step: one who cannot be reached there stops nobody else.

    Returns how many were tried. Rows are locked, so that two workers never answer the same person.
    """
    waiting = Asked.objects.filter(question=question, reply=None, answered_at=None, problem="")
    rows = waiting.select_for_update(skip_locked=True, of=("self",)).select_related(
        "enquiry__thread__connection", "injected"
    )
    found = list(rows.order_by("asked_at", "id")[:limit])
    if question.incident.is_exercise:
        subjects = [(sandbox.REPLY, row.public_id, row.injected.author) for row in found if row.injected]
        sandbox.plan(question.incident, subjects, at=at)
        Asked.objects.filter(pk__in=[row.pk for row in found]).update(answered_at=at)
        return len(found)
    for row in found:
        _send_one(row, question, at=at)
    return len(found)


def _send_one(row: Asked, question: Question, *, at: datetime) -> None:
    enquiry, by = row.enquiry, question.answered_by
    if enquiry is None or by is None:
        return
    is_private = enquiry.thread.kind == ThreadKind.PRIVATE
    kind = AnswerKind.MESSAGE if is_private else AnswerKind.PUBLIC_REPLY
    spoken = speaking.language_for(enquiry.thread, enquiry.language, said=question.texts, main=question.language)
    reply = Reply(kind, question.texts[spoken]["answer"], enquiry.version, confirmed=REMARKS)
    try:
        with transaction.atomic():
            row.reply = inbox.answer(enquiry_id=enquiry.public_id, reply=reply, by=by, at=at)
        row.answered_at = at
    except DomainError as refusal:
        row.problem = (refusal.message or _("This could not be sent."))[:300]
    row.save(update_fields=["reply", "answered_at", "problem"])
