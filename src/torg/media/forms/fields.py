"""Fields that several forms have."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from torg.media.models import Consent
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


class ConsentField(forms.ModelChoiceField):
    """One of the consents that hold, told by the person and the last day; a child has the guardian's name beside."""

    def __init__(self, **options: Any) -> None:
        super().__init__(queryset=Consent.objects.none(), to_field_name="public_id", **options)

    def label_from_instance(self, obj: Consent) -> str:
        who = f"{obj.name} ({obj.guardian})" if obj.is_child else obj.name
        return f"{who}, – {obj.until_on:%d.%m.%Y}"
