"""The notice as it will be sent, for the second person to read before agreeing."""

from dataclasses import dataclass
from datetime import datetime

from torg.inbox.windows import length
from torg.moderation import deadlines, framing, notices, queries, telling, ways
from torg.moderation.models import Target
from torg.moderation.words import NoNotice


@dataclass(frozen=True, slots=True)
class Preview:
    """The text with its way and the moment at which that closes, or why none can be sent.

    `seen` is how many wordings of the proposal's notices lie behind it (`queries.Wordings.count`).

    `parts` can be put in other words; `ending` follows as it stands. Together they are at most `limit` UTF-16 units.
    """

    text: str = ""
    language: str = ""
    closes_at: datetime | None = None
    parts: notices.Parts | None = None
    ending: str = ""
    limit: int = 0
    why_not: str = ""
    seen: int = 0

    @property
    def length(self) -> int:
        """How long the whole is to the channel."""
        return length(self.text)

    @property
    def room_taken(self) -> int:
        """How much of the channel's room goes to what follows as it stands, and to the link's secret."""
        return length(self.ending) - notices.limit_when_covered(0) + 3 * len("\n\n")


def notice_for(target: Target, *, at: datetime) -> Preview:
    """What the author of this target would be told, were it agreed to now.

    Args:
        target: with its proposal, passage, rule and case, and the case's item, thread and connection.
        at: now.
    """
    proposal, item = target.proposal, target.case.item
    if proposal.no_notice:
        return Preview(why_not=f"{NoNotice(proposal.no_notice).label}. {proposal.no_notice_detail}".strip())
    way = ways.way_to_tell(item, is_used=item.pk in ways.used([item]), at=at)
    if way.kind is None:
        return Preview(why_not=str((way.why_not or NoNotice.NO_WAY).label))
    language = proposal.language or notices.language_of(item)
    complain_by = notices.complain_by(at, days=deadlines.setting().complaint_days)
    told = telling.told_of(target.case, target, proposal, language=language, complain_by=complain_by)
    link = notices.Token(notices.COVERED_LINK).link
    limit = notices.limit_when_covered(way.limit)
    wordings = queries.wordings_of(proposal)
    ours = framing.worded(wordings.newest.get(language), told, link=link, limit=limit)
    text = ours or notices.write(told, language=language, link=link, limit=limit)
    fits = notices.fitting(told, language=language, link=link, limit=limit)
    parts = notices.parts_of(fits, language=language)
    ending = notices.ending_of(told, language=language, link=link)
    return Preview(text, language, way.closes_at, parts, ending, way.limit, seen=wordings.count)
