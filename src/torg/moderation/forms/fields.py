"""Fields that the forms of moderation share; a room's forms are its own, so these stand here too."""

from collections.abc import Sequence
from typing import Any

from django import forms


class PlainText(forms.CharField):
    """Text as it was written, of a length that nobody reaches by hand."""

    def __init__(self, *, rows: int = 4, **options: Any) -> None:
        options.setdefault("max_length", 4000)
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **options)


class Listed(forms.ChoiceField):
    """One of the choices that the form was made with."""

    def __init__(self, choices: Sequence[tuple[str, object]], *, empty: object = None, **options: Any) -> None:
        first = [("", empty)] if empty is not None else []
        super().__init__(choices=[*first, *choices], **options)


class Day(forms.DateField):
    """A date of the browser's own field."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)
