"""Words that go into the records: always in the municipality's own language, whoever sits at the screen."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from torg.people import queries as people
from torg.records.documents import wording as words
from torg.records.types import Titles


def archive_language() -> str:
    """The municipality's language."""
    municipality = people.municipality()
    return municipality.language if municipality else settings.LANGUAGE_CODE


@contextmanager
def in_archive_language() -> Iterator[None]:
    """Within this, texts are made in the municipality's language."""
    with translation.override(archive_language()):
        yield


def channel_name(code: str) -> str:
    """The platform as people call it."""
    return words.channel(code)


def answer_to(titles: Titles) -> Titles:
    """The titles of an answer to what has these titles."""
    return Titles(
        full=_("Answer: %(title)s") % {"title": titles.full}, public=_("Answer: %(title)s") % {"title": titles.public}
    )


def suggested_titles(channel: str, said: str) -> Titles:
    """Titles to start from: the full one holds the first words, the public one only where they were written."""
    with in_archive_language():
        public = _("Enquiry on %(channel)s") % {"channel": channel_name(channel)}
    return Titles(full=f"{public}: {said}" if said else public, public=public)
