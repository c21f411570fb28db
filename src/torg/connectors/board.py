"""What our own site's comments look like to their connector: the site keeps them, the connector asks and acts."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from torg.connectors.contract import PlatformState

# The code of the channel. Screens show it as its name, as they do with the platforms'.
OWN_SITE = "nettstedet"
# Whatever stands there as ours was sent from here: there is no other way to write on it.
APPLICATION = "torg"


@dataclass(frozen=True, slots=True)
class Standing:
    """A comment, or our answer to one (`parent_id`), as it stands on our own site.

    `changed_at` is when its text or state last changed. `permalink` leads to it on the page. `writer_id` is the same
    for all that one person wrote below one comment; who that is nobody knows.
    """

    external_id: str
    article_id: str
    parent_id: str | None
    name: str = field(repr=False)
    text: str = field(repr=False)
    is_own: bool
    state: PlatformState
    written_at: datetime
    changed_at: datetime
    permalink: str = ""
    writer_id: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """An article that people may comment on."""

    article_id: str
    title: str
    lead: str
    permalink: str
    at: datetime


class Unsure(Exception):
    """The board fell silent in the middle of an act, which may have taken effect."""


class Board(Protocol):
    """The comments of our own site. Every act takes effect whole or not at all; each may raise Unsure."""

    def find(self, external_id: str) -> Standing | None:
        """The comment as it stands now; None when there never was one."""

    def answers(self, parent_id: str, *, since: datetime) -> Sequence[Standing]:
        """Our answers to a comment that were written after `since`."""

    def changed(self, since: datetime | None, *, limit: int) -> Sequence[Standing]:
        """Comments and answers that changed at `since` or later, the oldest change first."""

    def answer(self, parent_id: str, text: str) -> Standing:
        """Put our answer below a comment."""

    def edit(self, external_id: str, text: str) -> Standing:
        """Give an answer of ours another text, marked as changed."""

    def change(self, external_id: str, state: PlatformState) -> Standing:
        """Hide a comment, show it again, or take it away for good with its text."""

    def write_privately(self, external_id: str, text: str) -> bool:
        """Send an e-mail to whoever wrote the comment; False when they left no address."""
