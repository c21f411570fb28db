"""arkivering.avskrivning.opprett and .slett: an entry is followed up, or is not after all."""

from torg.noark.objects import EntryReference, FollowUp
from torg.noark.writing.arkivmelding.messages import PROTOCOL, Message, Sender, message, payload
from torg.noark.writing.arkivmelding.parts import add_entry_reference, fill_follow_up

CREATE_FOLLOW_UP = f"{PROTOCOL}avskrivning/opprett/v1"
DELETE_FOLLOW_UP = f"{PROTOCOL}avskrivning/slett/v1"


def add_follow_up(entry: EntryReference, follow_up: FollowUp, *, correspondent: str, sender: Sender) -> Message:
    """A message that follows up one correspondent of an entry, named by the archive's id of it."""
    root = payload("nyAvskrivning", CREATE_FOLLOW_UP)
    fill_follow_up(root.branch("avskrivning"), follow_up, sender)
    add_entry_reference(root, "referanseTilJournalpost", entry)
    root.need("korrespondansepartID", correspondent)
    return message("arkivering.avskrivning.opprett", "avskrivning-opprett.xml", root)


def delete_follow_up(entry: EntryReference, *, correspondent: str) -> Message:
    """A message that takes the follow-up of one correspondent away."""
    root = payload("slettAvskrivning", DELETE_FOLLOW_UP)
    add_entry_reference(root, "referanseTilJournalpost", entry)
    root.need("korrespondansepartID", correspondent)
    return message("arkivering.avskrivning.slett", "avskrivning-slett.xml", root)
