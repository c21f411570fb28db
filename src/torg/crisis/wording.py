"""What a statement says on the site and on each channel: number and time first, and as much as there is room for."""

from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.translation import gettext as _

from torg.channels.models import Connection
from torg.crisis import queries, speaking
from torg.crisis.models import Statement, StatementVersion
from torg.publishing import limits
from torg.publishing.types import ChannelWords, Content, Words

LOCAL = ZoneInfo("Europe/Oslo")
# No shorter than the links that we make; counted with each text, for the real one is known only afterwards.
LINK = "https://" + "x" * 120


def content(
    row: Statement, version: StatementVersion, connections: Sequence[Connection], *, number: int = 1
) -> Content:
    """The article: the statement in each language, and a text for each channel in the language of its page.

    `number` is the article's version that it becomes: every language has been written or confirmed for it.
    """
    texts = {
        code: Words(_headed(row, code, said["title"]), body=said["body"], confirmed_number=number)
        for code, said in version.texts.items()
    }
    spoken = queries.languages_of(connections, said=texts, main=row.language)
    corrected = list(row.versions.exclude(told={}).order_by("number")) if row.number else []
    return Content(
        main_language=row.language,
        texts=texts,
        channels=[_on_channel(one, texts, spoken[one.public_id], corrected) for one in connections],
    )


def fitted(platform: str, text: str) -> str:
    """The text as long as the platform takes it with a link, cut between words; the whole stands behind the link."""
    words = text.split(" ")
    low, high = 1, len(words)
    if not _is_over(platform, text):
        return text
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (low, middle - 1) if _is_over(platform, _cut(words, middle)) else (middle, high)
    return _cut(words, low)


def _on_channel(
    one: Connection, texts: Mapping[str, Words], language: str, corrected: Sequence[StatementVersion]
) -> ChannelWords:
    said = texts[language]
    whole = "\n\n".join([said.title, *speaking.corrections(corrected, language), said.body])
    return ChannelWords(one.public_id, fitted(one.platform, whole), language)


def _cut(words: Sequence[str], count: int) -> str:
    return f"{' '.join(words[:count]).rstrip()} …"


def _is_over(platform: str, text: str) -> bool:
    return any(one.is_over for one in limits.count(platform, text, link=LINK))


def _headed(row: Statement, language: str, title: str) -> str:
    """“Kunngjøring 3, kl. 14.05: …”: the number and the time stand in what people read everywhere."""
    published = row.published_at or row.made_at
    with translation.override(language):
        head = _("Statement %(number)d, %(time)s") % {
            "number": row.number or 0,
            "time": f"{published.astimezone(LOCAL):%H.%M}",
        }
    return f"{head}: {title}"
