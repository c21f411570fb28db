"""Fields that several forms have."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from torg.media.models import Consent, Medium
from torg.people.models import Scope


class DayField(forms.DateField):
    """A day, in the browser's own calendar."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


class PlaceField(forms.ModelChoiceField):
    """The page whose people keep something; the choices are those where the person publishes."""

    def __init__(self) -> None:
        super().__init__(label=_("Page"), queryset=Scope.objects.none(), empty_label=None)

    def offer(self, places: QuerySet[Scope]) -> None:
        """Let it choose among these."""
        self.queryset = places

    def label_from_instance(self, obj: Scope) -> str:
        return obj.name


class ConsentField(forms.TypedChoiceField):
    """One of some consents, by public id, told by the person and the last day; a child has the guardian's name too."""

    def __init__(self, **options: Any) -> None:
        super().__init__(coerce=UUID, **options)

    def offer(self, consents: Iterable[Consent]) -> None:
        """Let it choose among these."""
        self.choices = [(str(consent.public_id), _told(consent)) for consent in consents]


class PictureField(forms.TypedChoiceField):
    """One of some pictures of the library, by public id; None when nobody chose one."""

    def __init__(self, **options: Any) -> None:
        super().__init__(coerce=UUID, empty_value=None, **options)

    def offer(self, pictures: Iterable[Medium]) -> None:
        """Let it choose among these."""
        told = [(str(picture.public_id), picture.title) for picture in pictures]
        self.choices = [("", _("No picture from the library")), *told]


def _told(consent: Consent) -> str:
    who = f"{consent.name} ({consent.guardian})" if consent.is_child else consent.name
    return f"{who}, – {consent.until_on:%d.%m.%Y}"
