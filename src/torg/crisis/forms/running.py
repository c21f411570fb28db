"""What people fill in during an incident: few fields, in plain words, that can be filled in on a phone in the rain."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from torg.connectors.services.sms import AnswerRule, ReportRule
from torg.crisis.models import TeamMember
from torg.crisis.types import GatewayKind, GatewayWanted, Injection, Severity, TeamRole
from torg.people.models import Person

SCRIPT_LINE = re.compile(r"\s*(\d{1,5})\s*[,;]\s*([^,;]+?)\s*[,;]\s*(.+)")
AREA = {"rows": 4}


def everyone() -> Any:
    """Everyone who works here, by name."""
    return Person.objects.filter(left_at=None).order_by("name")


def person_field(label: Any) -> forms.ModelChoiceField:
    """A person to choose."""
    return forms.ModelChoiceField(
        label=label, queryset=everyone(), to_field_name="public_id", empty_label=_("Choose somebody")
    )


class OpenForm(forms.Form):
    """The switch. What it holds is chosen already, so that a name and a press are enough."""

    # What an exercise never touches.
    without_effect = ("holds_plan", "widens_hours")

    title = forms.CharField(label=_("What has happened, in a few words"), max_length=120)
    severity = forms.ChoiceField(label=_("How grave it is"), choices=Severity.choices, initial=Severity.SERIOUS)
    owner = person_field(_("Who owns it"))
    is_exercise = forms.BooleanField(label=_("This is an exercise: nothing leaves the house"), required=False)
    holds_plan = forms.BooleanField(label=_("Stop everything that is planned"), required=False, initial=True)
    widens_hours = forms.BooleanField(label=_("Answer every day from 6 to midnight"), required=False, initial=True)
    allows_own_approval = forms.BooleanField(
        label=_("Those who may approve, may also approve what they wrote themselves"), required=False, initial=True
    )


class ChangeForm(forms.Form):
    """Name, gravity and owner, said anew."""

    title = OpenForm.base_fields["title"]
    severity = OpenForm.base_fields["severity"]
    owner = person_field(_("Who owns it"))


class SeatForm(forms.Form):
    """A place in the team."""

    person = person_field(_("Person"))
    role = forms.ChoiceField(label=_("What they do"), choices=TeamRole.choices)
    may_approve = forms.BooleanField(label=_("May approve statements alone"), required=False)
    call_order = forms.IntegerField(label=_("Called as number"), min_value=1, max_value=99, initial=1)


class CallForm(forms.Form):
    """What the team is told when it is called."""

    text = forms.CharField(
        label=_("What they need to know to come"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )


class HandOverForm(forms.Form):
    """What the next shift must know."""

    to_person = person_field(_("Who takes over"))
    text = forms.CharField(label=_("What the next shift must know"), widget=forms.Textarea(attrs=AREA))

    def offer(self, members: Sequence[TeamMember], *, by: Person) -> None:
        """Offer those who can take over: the others in the team."""
        others = {member.person_id for member in members} - {by.pk}
        field = self.fields["to_person"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = everyone().filter(pk__in=others)


class LogForm(forms.Form):
    """A line in the log."""

    text = forms.CharField(label=_("What has happened or is decided"), widget=forms.Textarea(attrs={"rows": 2}))


class ReportForm(forms.Form):
    """A situation report on one page."""

    known = forms.CharField(label=_("What we know"), widget=forms.Textarea(attrs=AREA))
    done = forms.CharField(label=_("What we have done"), widget=forms.Textarea(attrs=AREA), required=False)
    coming = forms.CharField(label=_("What comes next"), widget=forms.Textarea(attrs=AREA), required=False)
    needed = forms.CharField(label=_("What we need"), widget=forms.Textarea(attrs=AREA), required=False)


class LessonForm(forms.Form):
    """What was learnt."""

    went_well = forms.CharField(label=_("What went well"), widget=forms.Textarea(attrs=AREA))
    to_improve = forms.CharField(label=_("What must be better"), widget=forms.Textarea(attrs=AREA))


class SourceForm(forms.Form):
    """Somebody else who informs."""

    name = forms.CharField(label=_("Who informs"), max_length=100)
    address = forms.CharField(label=_("Address of their page"), max_length=300, initial="https://")


class NextForm(forms.Form):
    """When the next statement comes."""

    next_at = forms.DateTimeField(
        label=_("The next statement comes at the latest"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
    )


class ScriptForm(forms.Form):
    """The script of an exercise, a message on each line."""

    script = forms.CharField(
        label=_("Messages that arrive"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("One on each line: minutes after the start, name, text. Example: 5; Kari; Can we drink the water?"),
    )

    def clean_script(self) -> list[Injection]:
        """Each line as a message."""
        lines = [line for line in self.cleaned_data["script"].splitlines() if line.strip()]
        found = [SCRIPT_LINE.fullmatch(line) for line in lines]
        if not found or None in found:
            raise forms.ValidationError(_("Write each message on a line: minutes, name, text."))
        return [Injection(int(match[1]), match[2], match[3]) for match in found if match]


class ChecklistForm(forms.Form):
    """A checklist of the plan."""

    title = forms.CharField(label=_("The checklist's name"), max_length=120)
    points = forms.CharField(
        label=_("What is to be done, one thing on each line"), widget=forms.Textarea(attrs={"rows": 8})
    )


def _place(label: Any, example: str) -> forms.CharField:
    """Where something stands in what a gateway says."""
    return forms.CharField(label=label, max_length=200, required=False, help_text=example)


class GatewayForm(forms.Form):
    """A way to reach people."""

    name = forms.CharField(label=_("Name of the gateway"), max_length=60)
    kind = forms.ChoiceField(label=_("How it reaches people"), choices=GatewayKind.choices)
    order = forms.IntegerField(label=_("Tried as number"), min_value=1, max_value=99, initial=1)
    address = forms.CharField(label=_("Address (https)"), max_length=300, required=False)
    template = forms.CharField(
        label=_("What it is sent"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
        help_text=_(
            "JSON, or a form such as to={to}&text={text}. {to} is the number, {msisdn} the same in digits only, {text} "
            "the message, {id} our name for it, {key} the key, {report} the address for delivery reports."
        ),
    )
    header = forms.CharField(
        label=_("Header that carries the key, where {key} does not stand in what it is sent"),
        max_length=60,
        initial="Authorization",
    )
    key = forms.CharField(label=_("Key"), required=False, widget=forms.PasswordInput(attrs={"autocomplete": "off"}))
    statuses = forms.CharField(
        label=_("Statuses that mean taken"), max_length=60, initial="200-299", required=False, help_text="200-299, 202"
    )
    accepted = _place(_("What must stand in the answer"), "messages.0.status=queued|sent")
    failed = _place(_("What means that it is not taken"), "error")
    receipt = _place(_("Where its name for the message stands"), "messages.0.id")
    each = _place(_("Delivery reports: where the list stands, if it sends several at once"), "reports")
    message = _place(_("Delivery reports: where the message is named"), "id")
    delivered = _place(_("Delivery reports: what means delivered"), "status=delivered")
    never = _place(_("Delivery reports: what means that it never will be"), "status=failed|expired")

    @property
    def how_it_is_reached(self) -> list[forms.BoundField]:
        """What must be known to send at all."""
        return [self[name] for name in ("name", "kind", "order", "address", "template", "header", "key")]

    @property
    def how_it_is_read(self) -> list[forms.BoundField]:
        """What its answer and its reports mean."""
        reached = {bound.name for bound in self.how_it_is_reached}
        return [bound for bound in self if bound.name not in reached]

    def wanted(self) -> GatewayWanted:
        """The gateway as it is to be."""
        told = self.cleaned_data
        return GatewayWanted(
            name=told["name"],
            kind=GatewayKind(told["kind"]),
            order=told["order"],
            address=told["address"],
            template=told["template"],
            header=told["header"],
            key=told["key"],
            answer=AnswerRule(told["statuses"] or "200-299", told["accepted"], told["failed"], told["receipt"]),
            report=ReportRule(told["each"], told["message"], told["delivered"], told["never"]),
        )
