"""The whole of an article in one form that needs no script: languages, pictures, films and posts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.forms.boundfield import BoundField
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from torg.channels.models import Connection
from torg.media import languages
from torg.media.models import Medium
from torg.publishing.gate import Place
from torg.publishing.limits.counting import FILMS
from torg.publishing.types import ChannelWords, Content, FilmUse, PictureUse, Words

LANGUAGES = dict(languages.LANGUAGES)
EXTRA_PICTURES, EXTRA_FILMS = 1, 1
# The languages that most articles are written in; the others are folded away until somebody wants them.
USUAL = frozenset({"nb", "nn", "en"})


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that belong together on the page."""

    key: str
    name: str
    fields: Sequence[BoundField]
    is_open: bool
    medium: Medium | None = None
    elsewhere: Sequence[BoundField] = ()


class ArticleForm(forms.Form):
    """All that people will read of an article. `content` is what was filled in."""

    # The title that is demanded is that of the main language, which may be chosen anew on the page.
    use_required_attribute = False

    seen_number = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    main_language = forms.ChoiceField(label=_("Main language"), choices=LANGUAGES.items())

    def __init__(
        self,
        *args: Any,
        content: Content,
        number: int,
        media: Sequence[Medium],
        connections: Sequence[Connection],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._before, self._connections = content, list(connections)
        self._media = {str(medium.public_id): medium for medium in media if medium.is_picture}
        self._played = {str(medium.public_id): medium for medium in media if not medium.is_picture}
        self._films_shown = {key for key, medium in self._played.items() if medium.is_film}
        self.fields["seen_number"].initial = number
        self.fields["main_language"].initial = content.main_language
        self._main = self.data.get("main_language", content.main_language)
        self._shown_languages = [*content.texts, *(code for code in LANGUAGES if code not in content.texts)]
        for code in self._shown_languages:
            self._add_language(code, content)
        self._pictures = [*content.pictures, *(None for _ in range(EXTRA_PICTURES))]
        for place, picture in enumerate(self._pictures):
            self._add_picture(place, picture)
        self._films = [*content.films, *(None for _ in range(EXTRA_FILMS))]
        for place, film in enumerate(self._films):
            self._add_film(place, film)
        for connection in self._connections:
            self._add_channel(connection, content)

    @property
    def usual_languages(self) -> list[Group]:
        """The languages with a text, open, and those that most articles are written in."""
        return [group for group in self._languages() if group.is_open or group.key in USUAL]

    @property
    def other_languages(self) -> list[Group]:
        """The rest of the languages."""
        return [group for group in self._languages() if not (group.is_open or group.key in USUAL)]

    def _languages(self) -> Iterator[Group]:
        for code in self._shown_languages:
            names = [f"title_{code}", f"lead_{code}", f"body_{code}", f"confirm_{code}"]
            is_open = code in self._before.texts or code == self._main or any(self[name].errors for name in names[:3])
            yield Group(code, LANGUAGES.get(code, code), self._bound(names), is_open)

    @property
    def pictures(self) -> Iterator[Group]:
        """The pictures, and one more."""
        for place, picture in enumerate(self._pictures):
            names = [name for name in self.fields if name.startswith(f"picture_{place}_")]
            medium = self._media.get(str(picture.medium_id)) if picture else None
            yield Group(str(place + 1), medium.title if medium else "", self._bound(names), picture is not None, medium)

    @property
    def films(self) -> Iterator[Group]:
        """The films, and one more."""
        for place, film in enumerate(self._films):
            own = [f"film_{place}_{part}" for part in ("medium", "title")]
            elsewhere = [f"film_{place}_{part}" for part in ("address", "captions", "silent")]
            title = film.title if film else ""
            yield Group(str(place + 1), title, self._bound(own), film is not None, elsewhere=self._bound(elsewhere))

    @property
    def channels(self) -> Iterator[Group]:
        """The channels that one may publish on."""
        used = {channel.connection_id for channel in self._before.channels}
        for connection in self._connections:
            names = [name for name in self.fields if name.startswith(f"channel_{connection.public_id.hex}_")]
            name = f"{connection.name or connection.presence.name} ({connection.platform_name})"
            yield Group(connection.public_id.hex, name, self._bound(names), connection.public_id in used)

    @property
    def content(self) -> Content:
        """What was filled in, as the commands take it."""
        return Content(
            main_language=self.cleaned_data["main_language"],
            texts={code: self._words(code) for code in self._shown_languages if self._typed(f"title_{code}").strip()},
            pictures=tuple(self._filled_pictures()),
            films=tuple(self._filled_films()),
            channels=tuple(self._filled_channels()),
        )

    def _bound(self, names: Sequence[str]) -> list[BoundField]:
        return [self[name] for name in names if name in self.fields]

    def _typed(self, name: str) -> Any:
        return self.cleaned_data.get(name) or ""

    def _add_language(self, code: str, content: Content) -> None:
        words = content.texts.get(code, Words(""))
        self.fields[f"title_{code}"] = forms.CharField(
            label=_("Title"),
            initial=words.title,
            max_length=200,
            required=code == self._main,
            widget=_in(code, forms.TextInput()),
        )
        self.fields[f"lead_{code}"] = forms.CharField(
            label=_("Lead"),
            initial=words.lead,
            required=False,
            max_length=1000,
            widget=_in(code, forms.Textarea(attrs={"rows": 3})),
        )
        self.fields[f"body_{code}"] = forms.CharField(
            label=_("Text"),
            help_text=_("## begins a heading, - a list, and [what one finds](https://…) makes a link."),
            initial=words.body,
            required=False,
            max_length=50_000,
            widget=_in(code, forms.Textarea(attrs={"rows": 12})),
        )
        is_behind = words.confirmed_number < content.main.confirmed_number
        if code in content.texts and code != content.main_language and is_behind:
            self.fields[f"confirm_{code}"] = forms.BooleanField(
                label=_("I have read this, and it still fits the main text"), required=False
            )

    def _words(self, code: str) -> Words:
        was = self._before.texts.get(code)
        confirmed = was.confirmed_number if was else 0
        if self._typed(f"confirm_{code}"):
            confirmed = self._before.main.confirmed_number
        title, lead, body = (self._typed(f"{part}_{code}").replace("\r\n", "\n") for part in ("title", "lead", "body"))
        return Words(title, lead, body, confirmed)

    def _add_picture(self, place: int, picture: PictureUse | None) -> None:
        choices = [("", _("No picture")), *((key, medium.title) for key, medium in self._media.items())]
        prefix = f"picture_{place}"
        self.fields[f"{prefix}_medium"] = forms.ChoiceField(
            label=_("Picture from the library"),
            choices=choices,
            initial=str(picture.medium_id) if picture else "",
            required=False,
        )
        for code in self._before.texts or (self._before.main_language,):
            self.fields[f"{prefix}_alt_{code}"] = forms.CharField(
                label=format_lazy("{} ({})", _("What the picture tells"), LANGUAGES.get(code, code)),
                initial=picture.alts.get(code, "") if picture else "",
                required=False,
                max_length=1000,
                widget=_in(code, forms.Textarea(attrs={"rows": 2})),
            )
        self.fields[f"{prefix}_decorative"] = forms.BooleanField(
            label=_("The picture is decoration, and tells nothing"),
            initial=picture.is_decorative if picture else False,
            required=False,
        )
        self.fields[f"{prefix}_told"] = forms.BooleanField(
            label=_("The article says all that is written in the picture"),
            initial=picture.is_text_told if picture else False,
            required=False,
        )

    def _filled_pictures(self) -> Iterator[PictureUse]:
        for place in range(len(self._pictures)):
            prefix = f"picture_{place}"
            chosen = self._typed(f"{prefix}_medium")
            if chosen:
                names = [name for name in self.fields if name.startswith(f"{prefix}_alt_")]
                yield PictureUse(
                    medium_id=UUID(chosen),
                    is_decorative=bool(self._typed(f"{prefix}_decorative")),
                    alts={name.removeprefix(f"{prefix}_alt_"): self._typed(name) for name in names},
                    is_text_told=bool(self._typed(f"{prefix}_told")),
                )

    def _add_film(self, place: int, film: FilmUse | None) -> None:
        prefix = f"film_{place}"
        self.fields[f"{prefix}_medium"] = forms.ChoiceField(
            label=_("Film or sound from the library"),
            help_text=_("Its captions are added in the library, and people see it without leaving our site."),
            choices=[("", _("No film from the library")), *((key, one.title) for key, one in self._played.items())],
            initial=str(film.medium_id) if film and film.medium_id else "",
            required=False,
        )
        self.fields[f"{prefix}_address"] = forms.URLField(
            label=_("Address of a film elsewhere"),
            initial=film.address if film else "",
            required=False,
            assume_scheme="https",
            max_length=500,
        )
        self.fields[f"{prefix}_title"] = forms.CharField(
            label=_("What the film shows"), initial=film.title if film else "", required=False, max_length=200
        )
        self.fields[f"{prefix}_captions"] = forms.MultipleChoiceField(
            label=_("Captions of the film elsewhere"),
            choices=LANGUAGES.items(),
            initial=list(film.caption_languages) if film and film.medium_id is None else [],
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
        self.fields[f"{prefix}_silent"] = forms.BooleanField(
            label=_("Nobody speaks in the film elsewhere"),
            initial=film is not None and film.medium_id is None and not film.has_speech,
            required=False,
        )

    def _filled_films(self) -> Iterator[FilmUse]:
        for place in range(len(self._films)):
            prefix = f"film_{place}"
            address, chosen = self._typed(f"{prefix}_address"), self._typed(f"{prefix}_medium")
            if chosen:
                yield FilmUse("", self._typed(f"{prefix}_title"), medium_id=UUID(chosen))
            elif address:
                captions = tuple(self._typed(f"{prefix}_captions") or ())
                title, is_silent = self._typed(f"{prefix}_title"), bool(self._typed(f"{prefix}_silent"))
                yield FilmUse(address, title, captions, not is_silent)

    def _add_channel(self, connection: Connection, content: Content) -> None:
        prefix = f"channel_{connection.public_id.hex}"
        was = next((one for one in content.channels if one.connection_id == connection.public_id), None)
        self.fields[f"{prefix}_use"] = forms.BooleanField(
            label=_("Publish here"), initial=was is not None, required=False
        )
        self.fields[f"{prefix}_text"] = forms.CharField(
            label=_("Text of the post"),
            help_text=_("The link to the article is added by itself."),
            initial=was.text if was else "",
            required=False,
            max_length=70_000,
            widget=forms.Textarea(attrs={"rows": 4}),
        )
        self.fields[f"{prefix}_language"] = forms.ChoiceField(
            label=pgettext_lazy("of a post", "Language"),
            choices=LANGUAGES.items(),
            initial=was.language if was else content.main_language,
        )
        shown = [(str(one.medium_id), self._media[str(one.medium_id)].title) for one in content.pictures
                 if str(one.medium_id) in self._media]  # fmt: skip
        if shown:
            self.fields[f"{prefix}_pictures"] = forms.MultipleChoiceField(
                label=_("Pictures in the post"),
                choices=shown,
                initial=[str(picture_id) for picture_id in was.picture_ids] if was else [],
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )

        films = [(str(one.medium_id), one.title) for one in content.films if str(one.medium_id) in self._films_shown]
        if films and connection.platform in FILMS:
            self.fields[f"{prefix}_film"] = forms.ChoiceField(
                label=_("Film in the post"),
                help_text=_("Shown as a film, with its captions; the link to the article stands in the text."),
                choices=[("", _("No film: the post leads to the article")), *films],
                initial=str(was.film_id) if was and was.film_id else "",
                required=False,
            )

    def _filled_channels(self) -> Iterator[ChannelWords]:
        for connection in self._connections:
            prefix = f"channel_{connection.public_id.hex}"
            if self._typed(f"{prefix}_use"):
                yield ChannelWords(
                    connection_id=connection.public_id,
                    text=self._typed(f"{prefix}_text").replace("\r\n", "\n"),
                    language=self._typed(f"{prefix}_language"),
                    picture_ids=tuple(UUID(key) for key in self._typed(f"{prefix}_pictures") or ()),
                    film_id=UUID(film) if (film := self._typed(f"{prefix}_film")) else None,
                )


def _in(code: str, widget: forms.Widget) -> forms.Widget:
    widget.attrs["lang"] = code
    if code == "ar":
        widget.attrs["dir"] = "rtl"
    return widget


def field_of(place: Place, content: Content) -> str:
    """The field in which something that the gate has found is mended."""
    number = place.number - 1
    if place.part == "channel":
        return f"channel_{content.channels[number].connection_id.hex}_text"
    if place.part == "picture":
        return f"picture_{number}_alt_{place.language}" if place.language else f"picture_{number}_medium"
    if place.part == "film":
        return f"film_{number}_medium"
    part = place.part if place.part in {"title", "lead"} else "body"
    return f"{part}_{place.language or content.main_language}"
