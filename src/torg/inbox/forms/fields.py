"""Fields that the forms of the inbox share."""

from typing import Any

from django import forms


class PlainText(forms.CharField):
    """Text as it was written: no NUL, which PostgreSQL cannot hold, and a length that nobody reaches by hand."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", 20_000)
        options.setdefault("widget", forms.Textarea(attrs={"rows": 4}))
        super().__init__(**options)


class Moment(forms.DateTimeField):
    """A date and time of the browser's own field."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"))
        super().__init__(**options)


class Day(forms.DateField):
    """A date of the browser's own field."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        super().__init__(**options)


class Ticked(forms.MultipleChoiceField):
    """Values of boxes that a page made for the moment; what they may be, the command decides."""

    def __init__(self, **options: Any) -> None:
        super().__init__(choices=[], **options)

    def valid_value(self, value: str) -> bool:
        return len(value) <= 80
