"""Forms about media."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from torg.media.forms.fields import ConsentField, DayField, PictureField, PlaceField
from torg.media.languages import LANGUAGES
from torg.media.models import Consent, FilmFrame, Medium
from torg.media.shapes import SHAPES
from torg.media.types import Description, Kind, People, Rights
from torg.people.models import Scope

TOLD = ("title", "people", "holds_text", "text", "owner", "licence", "credit", "until_on", "is_shared")


class DescriptionForm(forms.Form):
    """What is told of a medium."""

    title = forms.CharField(label=_("Title, for colleagues who search"), max_length=200)
    people = forms.ChoiceField(label=_("Who can be recognised in it?"), choices=People, widget=forms.RadioSelect)
    holds_text = forms.BooleanField(label=_("There is text in the picture"), required=False)
    text = forms.CharField(
        label=_("What the text says, what is said in the sound, or what a film shows"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    owner = forms.CharField(label=_("Who owns the rights?"), max_length=200)
    licence = forms.CharField(
        label=_("Terms"), help_text=_("For instance CC BY 4.0, or the agreement."), required=False, max_length=200
    )
    credit = forms.CharField(
        label=_("Name to print"), help_text=_("For instance Photo: Kari Prøve."), required=False, max_length=200
    )
    until_on = DayField(label=_("Last day that we may use it"), required=False)
    is_shared = forms.BooleanField(label=_("Other pages may use it too"), required=False)

    def described(self, *, scope: Scope | None = None, medium: Medium | None = None) -> Description:
        """What was filled in, for a new medium of a page or for one that is there."""
        told = self.cleaned_data
        return Description(
            scope_id=medium.scope_id if medium else cast(Scope, scope).id,
            title=told["title"],
            rights=Rights(told["owner"], told["licence"], told["credit"], told["until_on"]),
            is_graphic=medium.kind == Kind.GRAPHIC if medium else told["is_graphic"],
            people=People(told["people"]),
            holds_text=told["holds_text"],
            text=told["text"],
            is_shared=told["is_shared"],
        )


class AddForm(DescriptionForm):
    """A new medium."""

    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "Pictures and sound (MP3, M4A, WAV, Ogg, FLAC) of at most 20 MB; films (MP4, MOV, WebM) may be longer."
        ),
    )
    scope = PlaceField()
    is_graphic = forms.BooleanField(
        label=_("It is a poster, chart or other graphic"),
        help_text=_("Then we look at its contrast."),
        required=False,
    )
    field_order = ("file", "scope", "title", "is_graphic")

    def __init__(self, *given: Any, places: QuerySet[Scope], **named: Any) -> None:
        super().__init__(*given, **named)
        cast(PlaceField, self.fields["scope"]).offer(places)


class FocusForm(forms.Form):
    """The point that crops keep."""

    x = forms.IntegerField(label=_("From the left (0–1000)"), min_value=0, max_value=1000)
    y = forms.IntegerField(label=_("From the top (0–1000)"), min_value=0, max_value=1000)
    shape = forms.ChoiceField(
        label=_("For"),
        required=False,
        choices=[("", _("All shapes")), *((name, label) for name, (_shape, label) in SHAPES.items())],
    )


class DepictionForm(forms.Form):
    """Somebody who can be recognised, by the consent."""

    consent = ConsentField(label=_("Who has consented"))

    def __init__(self, *given: Any, consents: Iterable[Consent], **named: Any) -> None:
        super().__init__(*given, **named)
        cast(ConsentField, self.fields["consent"]).offer(consents)


class CaptionsForm(forms.Form):
    """Captions of a film."""

    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    captions = forms.FileField(label=_("File with captions (SubRip or WebVTT)"))


class PosterForm(forms.Form):
    """What stands in a film's place until it is played."""

    frame = forms.ChoiceField(label=_("A picture from the film"), required=False, widget=forms.RadioSelect)
    picture = PictureField(label=_("Or a picture from the library"), required=False)
    alt = forms.CharField(
        label=_("What the picture shows"),
        help_text=_("Needed for a picture from the library."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *given: Any, frames: Iterable[FilmFrame], pictures: Iterable[Medium], **named: Any) -> None:
        super().__init__(*given, **named)
        choice = cast(forms.ChoiceField, self.fields["frame"])
        choice.choices = [(str(one.milliseconds), clock_of(one.milliseconds)) for one in frames]
        cast(PictureField, self.fields["picture"]).offer(pictures)

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        told = super().clean() or {}
        if not self.errors and not told.get("frame") and not told.get("picture"):
            raise forms.ValidationError(_("Choose a picture."))
        return told


class AltTextForm(forms.Form):
    """A text alternative."""

    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    text = forms.CharField(
        label=_("Alternative text"),
        help_text=_("What somebody who cannot see the picture needs to know, in a sentence or two."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class SearchForm(forms.Form):
    """What of the library is asked for."""

    text = forms.CharField(label=_("Words"), required=False, max_length=200)
    kind = forms.ChoiceField(label=_("Sort"), required=False, choices=[("", _("All")), *Kind.choices])


def clock_of(milliseconds: int) -> str:
    """A time in a film, as players show it."""
    minutes, seconds = divmod(milliseconds // 1000, 60)
    return f"{minutes}:{seconds:02}"


def told_of(medium: Medium) -> dict[str, Any]:
    """The medium's description as the form's first values."""
    return {name: getattr(medium, name) for name in TOLD}
