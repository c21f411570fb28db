"""What a version says, as it crosses borders."""

from django.db.models import QuerySet

from torg.publishing.models import Article, ArticleText, ArticleVersion
from torg.publishing.types import ChannelWords, Content, FilmUse, PictureUse, Words


def words_of(text: ArticleText) -> Words:
    """One language of a version."""
    return Words(text.title, text.lead, text.body, text.confirmed_number)


def whole() -> QuerySet[ArticleVersion]:
    """Versions with all that belongs to them, in a few questions."""
    return ArticleVersion.objects.select_related("made_by").prefetch_related(
        "texts", "pictures", "films", "channel_texts__connection", "approvals__approved_by", "overrides"
    )


def version_of(article: Article, number: int | None = None) -> ArticleVersion | None:
    """A version with all that belongs to it: the newest, or the one with this number."""
    return whole().filter(article=article, number=number or article.newest_number).first()


def content_of(version: ArticleVersion) -> Content:
    """All that people would read of it."""
    return Content(
        main_language=version.main_language,
        texts={text.language: words_of(text) for text in sorted(version.texts.all(), key=lambda text: text.id)},
        pictures=tuple(
            PictureUse(
                medium_id=row.medium_id,
                is_decorative=row.is_decorative,
                alts=row.alts,
                holds_text=row.holds_text,
                is_text_told=row.is_text_told,
                credit=row.credit,
                contrast=row.contrast,
            )
            for row in sorted(version.pictures.all(), key=lambda row: row.place)
        ),
        films=tuple(
            FilmUse(row.address, row.title, tuple(row.caption_languages), row.has_speech, row.medium_id, row.pins)
            for row in sorted(version.films.all(), key=lambda row: row.place)
        ),
        channels=tuple(
            ChannelWords(
                row.connection.public_id, row.text, row.language, row.has_link, tuple(row.picture_ids), row.film_id
            )
            for row in sorted(version.channel_texts.all(), key=lambda row: row.id)
        ),
    )
