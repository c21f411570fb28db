"""What people fill in about a list of employees."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from torg.people import employee_list

LABELS = {
    "number": _("Employee number"),
    "name": _("Name"),
    "given_name": _("First name"),
    "family_name": _("Last name"),
    "email": _("E-mail address"),
    "user_name": _("User name"),
    "unit": _("Unit"),
    "started_on": _("First day"),
    "left_on": _("Last day"),
}


class EmployeeFileForm(forms.Form):
    """A list in a file."""

    file = forms.FileField(
        label=_("List of employees"),
        help_text=_("CSV with a line of headings, from the payroll system. It must be the whole list."),
    )


class ColumnsForm(forms.Form):
    """Which column of the list is which of our fields. The columns are given by the view."""

    def __init__(self, *arguments: Any, columns: Sequence[str], **named: Any) -> None:
        super().__init__(*arguments, **named)
        choices = [("", _("Not on the list")), *((column, column) for column in columns)]
        for name in employee_list.FIELDS:
            self.fields[name] = forms.ChoiceField(label=LABELS[name], choices=choices, required=False)


class TakeOverForm(forms.Form):
    """That the list is right, though many leave by it."""

    is_confirmed = forms.BooleanField(label=_("So many have left: the list is whole"), required=False)
