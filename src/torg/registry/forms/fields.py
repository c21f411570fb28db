"""Fields that several forms share."""

from typing import Any

from django import forms
from django.db.models import TextChoices

from torg.people.models import Person, Unit


def one_of(words: type[TextChoices], label: Any, **options: Any) -> forms.TypedChoiceField:
    """A choice among our words; the form gives the word itself."""
    chosen = options.pop("choices", words.choices)
    return forms.TypedChoiceField(label=label, choices=chosen, coerce=words, **options)


def text(label: Any, *, rows: int = 3, most: int = 2000, **options: Any) -> forms.CharField:
    """A text of a few lines."""
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **options)


def day(label: Any, **options: Any) -> forms.DateField:
    """A day, with the browser's own calendar."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


def person(label: Any, **options: Any) -> forms.ModelChoiceField:
    """Somebody who works here."""
    people = Person.objects.filter(left_at=None).order_by("name")
    return forms.ModelChoiceField(label=label, queryset=people, to_field_name="public_id", empty_label="–", **options)


def unit(label: Any, **options: Any) -> forms.ModelChoiceField:
    """A part of the municipality."""
    return forms.ModelChoiceField(
        label=label, queryset=Unit.objects.order_by("name"), to_field_name="public_id", empty_label="–", **options
    )


def figure(label: Any, **options: Any) -> forms.DecimalField:
    """A figure that is not negative, with at most two decimals."""
    return forms.DecimalField(label=label, max_digits=12, decimal_places=2, min_value=0, **options)
