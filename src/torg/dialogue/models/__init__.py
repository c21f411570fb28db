"""Posts, items and their versions, threads, authors, attachments: what people and we have written."""

from torg.dialogue.models.author import Author
from torg.dialogue.models.item import Item, ItemKind, ItemVersion
from torg.dialogue.models.marks import Attachment, AttachmentState, Reaction, ReactionMark, StateChange, UnknownEvent
from torg.dialogue.models.post import Post
from torg.dialogue.models.states import FINAL, PlatformState
from torg.dialogue.models.thread import Thread, ThreadKind

__all__ = [
    "FINAL",
    "Attachment",
    "AttachmentState",
    "Author",
    "Item",
    "ItemKind",
    "ItemVersion",
    "PlatformState",
    "Post",
    "Reaction",
    "ReactionMark",
    "StateChange",
    "Thread",
    "ThreadKind",
    "UnknownEvent",
]
