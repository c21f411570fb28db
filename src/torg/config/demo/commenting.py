"""What people in Eksempelvik write under the newest article on the municipality's own site, and what is answered."""

from datetime import datetime, timedelta

from torg.channels import processing
from torg.config.demo import town as cast
from torg.config.demo.town import Town
from torg.dialogue.models import Item
from torg.inbox import commands as inbox
from torg.inbox.models import Enquiry
from torg.inbox.types import AnswerKind, Reply
from torg.outbox import sending
from torg.publishing import queries as publishing
from torg.site import commands
from torg.site.commenting import Written
from torg.site.models import Comments

UNDO = timedelta(seconds=15)
AT_ONCE = 500
COMMENTS = (
    ("Ronja Regnbye", "Så bra! Gjelder dette også for oss som bor på øya?"),
    ("", "Dette skulle dere ha sagt fra om for lenge siden."),
)
ANSWER = "Hei Ronja! Ja, det gjelder hele kommunen, øya også. Hilsen Ingrid i Eksempelvik kommune"


def comment(town: Town, *, at: datetime) -> None:
    """Open comments, let two people write, and answer the one who asks; nothing where no article is out."""
    officer = town.officer
    wanted = commands.Wanted(Comments.SHOWN, presence_id=town.pages[cast.MAIN].public_id)
    commands.change_choices(wanted=wanted, by=officer, at=at)
    newest = next(iter(publishing.published(at=at, language="nb", limit=1)), None)
    if newest is None:
        return
    for name, text in COMMENTS:
        commands.receive_comment(written=Written(newest.public_id, text, name), at=at)
    _take_in(at)
    _answer(town, at=at)
    _take_in(at + UNDO)


def _take_in(at: datetime) -> None:
    while processing.process_pending(limit=AT_ONCE, at=at):
        continue
    commands.take_in_comments(limit=AT_ONCE, at=at)


def _answer(town: Town, *, at: datetime) -> None:
    asked = Item.objects.get(text=COMMENTS[0][1])
    enquiry = Enquiry.objects.filter(thread=asked.thread).first()
    if enquiry is None:
        return
    reply = Reply(AnswerKind.PUBLIC_REPLY, ANSWER, enquiry.version, item_id=asked.public_id)
    inbox.answer(enquiry_id=enquiry.public_id, reply=reply, by=town.officer, at=at)
    sending.send_due(at=at + UNDO)
    sending.tell_owners(at=at + UNDO)
