"""A page with two who may agree, a platform in memory, and shorthand for the steps of a case."""

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from tests.inbox.conftest import ABLE, LONG_AGO, House, person
from torg.channels.models import Connection
from torg.connectors.testing import FakeChannel
from torg.core.actors import Rule as Machine
from torg.dialogue.models import ItemVersion
from torg.dialogue.types import Absorbed, What
from torg.moderation import commands
from torg.moderation.models import Case, Proposal
from torg.moderation.words import Ground, Mark, Measure, Source, Suggestion
from torg.outbox import sending
from torg.people.models import Person
from torg.people.types import Role
from torg.triage import commands as triage

platform: FakeChannel
READER = Machine("tests", "1")
INSULT = "Du er en idiot, og det vet du."


def make(_connection, _credentials):
    return platform


@dataclass
class Room:
    """The house, its deputy, and the rules by code."""

    house: House
    deputy: Person
    rules: dict
    at: datetime
    platform: FakeChannel

    def item(self, text=INSULT, *, at=None, **fields):
        at = at or self.at
        thread = self.house.thread(at=at)
        item = self.house.item(thread, at, text, external_id=self.platform.write(text), **fields)
        index(item)
        triage.assess(absorbed=[Absorbed(item.pk, item, What.NEW, thread.pk, False)], by=READER, at=at)
        return item

    def case(self, text=INSULT, **fields) -> Case:
        item = self.item(text, **fields)
        return commands.open_case(item_id=item.public_id, source=Source.OWN, by=self.house.administrator, at=self.at)

    def marked(self, case, *, rule="respect", ground=Ground.PERSONAL_ATTACK, start=0, end=14):
        mark = Mark(self.rules[rule].public_id, start, min(end, len(case.item.text)))
        return commands.mark_passage(
            case_id=case.public_id, mark=mark, ground=ground, by=self.house.administrator, at=self.at
        )

    def proposed(self, case=None, *, by=None, rule="respect", **fields) -> Proposal:
        case = case or self.case()
        passage = self.marked(case, rule=rule, ground=fields.get("ground", Ground.PERSONAL_ATTACK))
        return commands.propose(
            case_id=case.public_id,
            suggestion=suggestion(**fields),
            passage_id=passage.public_id,
            by=by or self.house.administrator,
            at=self.at,
        )

    def agreed(self, proposal=None, *, by=None, at=None, seen_wordings=0, **fields):
        proposal = proposal or self.proposed(**fields)
        return commands.agree(
            proposal_id=proposal.public_id,
            is_impartial=True,
            seen_wordings=seen_wordings,
            by=by or self.house.officer,
            at=at or self.at,
        )

    def decided(self, **fields):
        return self.agreed(**fields).decisions[0]

    def work(self, at=None):
        """What the worker does at a tick; what it writes is checked as at a commit."""
        self.platform.now = at or self.at
        sending.send_due(at=at or self.at)
        sending.look_due(at=at or self.at)
        sending.tell_owners(at=at or self.at)
        check()


def index(item):
    ItemVersion.objects.create(
        item_id=item.pk,
        scope_id=item.scope_id,
        number=1,
        is_original=True,
        content_hash=b"",
        text=item.text,
        posted_at=item.posted_at,
        received_at=item.received_at,
    )


def suggestion(**fields) -> Suggestion:
    usual = {
        "ground": Ground.PERSONAL_ATTACK,
        "measure": Measure.DELETE,
        "reason": "Kaller en navngitt person idiot.",
        "considered": [Measure.ANSWER, Measure.HIDE],
        "is_impartial": True,
    }
    return Suggestion(**(usual | fields))


def check():
    """What a commit would check."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


@contextmanager
def commit():
    """A transaction of its own, checked at its end, and undone when the check refuses."""
    with transaction.atomic():
        yield
        check()


def build_room(house, at) -> Room:
    global platform
    platform = FakeChannel(now=at)
    able = {**ABLE, "can_hide": True, "can_delete": True, "can_ban": True}
    Connection.objects.filter(pk=house.connection.pk).update(capabilities=able)
    house.connection.refresh_from_db()
    deputy = person("Berit Vold", Role.DEPUTY, None, house.unit)
    adopted = commands.adopt_default_rulebook(by=Machine("set-up", "1"), at=LONG_AGO)
    return Room(house, deputy, {version.rule.code: version.rule for version in adopted}, at, platform)
