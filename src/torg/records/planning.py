"""From a conversation to the registrations that it becomes, before anything is written."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from torg.records import days, splitting, wording
from torg.records.codes import EntryType, PartyRole
from torg.records.splitting import Turn
from torg.records.types import Captured, Party, Registration, Snapshot, Titles


@dataclass(frozen=True, slots=True)
class Planned:
    """One registration with the part of the conversation that is its document."""

    registration: Registration
    snapshot: Snapshot


def as_turns(snapshot: Snapshot, titles: Titles, *, registered: frozenset[str]) -> list[Planned]:
    """One incoming registration for each turn of theirs, one outgoing for each of ours; not what is registered."""
    planned, last_asked = [], _writers(snapshot, registered)
    for turn in splitting.turns_of(snapshot, without=registered):
        if turn.is_own:
            registration = _outgoing(turn, wording.answer_to(titles), last_asked, snapshot.place)
        else:
            last_asked = turn.items
            registration = _incoming(turn, titles, snapshot.place)
        planned.append(Planned(registration, splitting.part_of(snapshot, turn)))
    return planned


def as_one(snapshot: Snapshot, titles: Titles, *, entry_type: EntryType) -> Planned:
    """The whole as one document (krav 3.1.10; strategy D3, D4): a net meeting, a blog post, or an archive note."""
    theirs = [item for item in snapshot.items if not item.author.is_own]
    said = theirs or list(snapshot.items)
    received = min((item.received_at for item in said), default=snapshot.taken_at)
    last = max((item.posted_at or item.received_at for item in snapshot.items), default=snapshot.taken_at)
    is_ours = entry_type == EntryType.OUTGOING
    return Planned(
        Registration(
            entry_type=entry_type,
            titles=titles,
            parties=_both_sides(theirs, snapshot.place, is_ours=is_ours),
            document_on=days.day_of(last),
            received_at=received if entry_type == EntryType.INCOMING else None,
            sent_at=last if is_ours else None,
            items=tuple(item.id for item in snapshot.items),
        ),
        snapshot,
    )


def _incoming(turn: Turn, titles: Titles, place: str) -> Registration:
    first = turn.items[0]
    return Registration(
        entry_type=EntryType.INCOMING,
        titles=titles,
        parties=(*_people(turn.items, PartyRole.SENDER), Party(PartyRole.INTERNAL_RECIPIENT, place)),
        document_on=days.day_of(first.posted_at or first.received_at),
        received_at=first.received_at,
        items=turn.ids,
    )


def _outgoing(turn: Turn, titles: Titles, asked: Sequence[Captured], place: str) -> Registration:
    last = turn.items[-1]
    sent_at = last.posted_at or last.received_at
    wrote = dict.fromkeys(item.facts.get("answered_by") or place for item in turn.items)
    recipients = _people(asked, PartyRole.RECIPIENT) or [Party(PartyRole.GROUP_RECIPIENT, _("The public"))]
    return Registration(
        entry_type=EntryType.OUTGOING,
        titles=titles,
        parties=(*recipients, *(Party(PartyRole.INTERNAL_SENDER, name) for name in wrote)),
        document_on=days.day_of(sent_at),
        sent_at=sent_at,
        items=turn.ids,
    )


def _writers(snapshot: Snapshot, registered: frozenset[str]) -> Sequence[Captured]:
    """Whom an answer goes to whose question was registered before."""
    return [item for item in snapshot.items if item.id in registered and not item.author.is_own]


def _both_sides(theirs: Sequence[Captured], place: str, *, is_ours: bool) -> tuple[Party, ...]:
    number = len({_key(item) for item in theirs})
    if is_ours or not number:
        return (Party(PartyRole.GROUP_RECIPIENT, _("The public")), Party(PartyRole.INTERNAL_SENDER, place))
    others = list(_people(theirs, PartyRole.SENDER))
    if number > 1:
        # One line for the many: names of a crowd do not belong in a journal.
        crowd = ngettext("Participants (%(count)d)", "Participants (%(count)d)", number) % {"count": number}
        others = [Party(PartyRole.SENDER, crowd)]
    return (*others, Party(PartyRole.INTERNAL_RECIPIENT, place))


def _people(items: Sequence[Captured], role: PartyRole) -> list[Party]:
    return list(_parties(items, role))


def _parties(items: Sequence[Captured], role: PartyRole) -> Iterator[Party]:
    for item in {_key(item): item for item in items if not item.author.is_own}.values():
        yield Party(role, item.author.name or "", is_person=True, external_id=item.author.external_id or "")


def _key(item: Captured) -> str:
    return item.author.external_id or item.author.name or item.id
