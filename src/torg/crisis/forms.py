"""What people fill in during an incident: few fields, in plain words, that can be filled in on a phone in the rain."""

import re
from collections.abc import Collection
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from torg.connectors.services.sms import AnswerRule, ReportRule
from torg.crisis.types import GatewayKind, GatewayWanted, Injection, Rebuttal, Severity, SharedAnswer, TeamRole, Wording
from torg.people.models import Person

LANGUAGES = (("nb", _("Norwegian Bokmål")), ("nn", _("Norwegian Nynorsk")), ("en", _("English")))
SCRIPT_LINE = re.compile(r"\s*(\d{1,5})\s*[,;]\s*([^,;]+?)\s*[,;]\s*(.+)")
AREA = {"rows": 4}


def everyone() -> Any:
    """Everyone who works here, by name."""
    return Person.objects.filter(left_at=None).order_by("name")


def person_field(label: Any) -> forms.ModelChoiceField:
    """A person to choose."""
    return forms.ModelChoiceField(label=label, queryset=everyone(), to_field_name="public_id")


class OpenForm(forms.Form):
    """The switch. What it holds is chosen already, so that a name and a press are enough."""

    title = forms.CharField(label=_("What has happened, in a few words"), max_length=120)
    severity = forms.ChoiceField(label=_("How grave it is"), choices=Severity.choices, initial=Severity.SERIOUS)
    owner = person_field(_("Who owns it"))
    is_exercise = forms.BooleanField(label=_("This is an exercise: nothing leaves the house"), required=False)
    holds_plan = forms.BooleanField(label=_("Stop everything that is planned"), required=False, initial=True)
    widens_hours = forms.BooleanField(label=_("Answer every day from 6 to midnight"), required=False, initial=True)
    allows_own_approval = forms.BooleanField(
        label=_("Whoever may approve, may also approve what they wrote themselves"), required=False, initial=True
    )


class ChangeForm(forms.Form):
    """Name, gravity and owner, said anew."""

    title = OpenForm.base_fields["title"]
    severity = OpenForm.base_fields["severity"]
    owner = person_field(_("Who owns it"))


class SpokenForm(forms.Form):
    """What is said in the municipality's own language, and in the others where there is time."""

    # Name, what it is called, its longest, its rows in the first language and in the others; 1 for a single line.
    parts: ClassVar[tuple[tuple[str, Any, int, int, int], ...]] = ()

    def __init__(self, *arguments: Any, main: str, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.main = main
        own = list(self.fields)
        for code, name in self.languages:
            for part, label, longest, rows, fewer in self.parts:
                tall = rows if code == main else fewer
                self.fields[f"{part}_{code}"] = forms.CharField(
                    label=f"{label} ({name})",
                    max_length=longest,
                    widget=forms.TextInput() if rows == 1 else forms.Textarea(attrs={"rows": tall}),
                    required=code == main,
                )
        self.order_fields([*(name for name in self.fields if name not in own), *own])

    @property
    def languages(self) -> list[tuple[str, Any]]:
        """The language that is written first, and then the others."""
        return sorted(LANGUAGES, key=lambda each: each[0] != self.main)

    @property
    def main_fields(self) -> list[forms.BoundField]:
        """What must be filled in."""
        return [bound for bound in self if bound.name.endswith(f"_{self.main}")]

    @property
    def other_fields(self) -> list[forms.BoundField]:
        """The same in the other languages."""
        ends = tuple(f"_{code}" for code, _name in LANGUAGES if code != self.main)
        return [bound for bound in self if bound.name.endswith(ends)]

    @property
    def own_fields(self) -> list[forms.BoundField]:
        """What is the same in every language."""
        ends = tuple(f"_{code}" for code, _name in LANGUAGES)
        return [bound for bound in self if not bound.name.endswith(ends)]

    @property
    def has_others(self) -> bool:
        """Whether something is written in them, or is wrong there."""
        return any(bound.value() or bound.errors for bound in self.other_fields)

    def spoken(self, code: str) -> list[str]:
        """The parts in one language, in their order."""
        return [self.cleaned_data[f"{part}_{code}"] for part, *_more in self.parts]


class StatementForm(SpokenForm):
    """A statement."""

    parts = (
        ("title", _("Heading"), 120, 1, 1),
        ("body", _("What people must know and do"), 20_000, 7, 4),
    )

    def wordings(self) -> dict[str, Wording]:
        """The texts by language."""
        return {code: Wording(*self.spoken(code)) for code, _name in LANGUAGES}


class CorrectionForm(StatementForm):
    """A correction says what was wrong, in each language."""

    def __init__(self, *arguments: Any, main: str, said: Collection[str], **named: Any) -> None:
        super().__init__(*arguments, main=main, **named)
        for code, name in self.languages:
            if code in said and code != main:
                label = _("This text still fits as it is (%(language)s)") % {"language": name}
                self.fields[f"fits_{code}"] = forms.BooleanField(label=label, required=False)
            self.fields[f"told_{code}"] = forms.CharField(
                label=_("What was corrected (%(language)s)") % {"language": name},
                widget=forms.Textarea(attrs={"rows": 3}),
                help_text=_("Everybody reads this below the statement: “We wrote three minutes. Five is right.”"),
                required=code == main,
            )
        parts = ("told", "title", "body", "fits")
        self.order_fields([f"{part}_{code}" for code, _name in self.languages for part in parts])

    def told(self) -> dict[str, str]:
        """What was corrected, by language."""
        return {code: self.cleaned_data[f"told_{code}"] for code, _name in LANGUAGES}

    def fitting(self) -> set[str]:
        """The languages that are right although nobody has changed them."""
        return {code for code, _name in LANGUAGES if self.cleaned_data.get(f"fits_{code}")}


class WithdrawalForm(forms.Form):
    """Why a statement is taken back: for ourselves, and for those who have read it."""

    def __init__(self, *arguments: Any, main: str, says_why: bool, **named: Any) -> None:
        super().__init__(*arguments, **named)
        for code, name in sorted(LANGUAGES, key=lambda each: each[0] != main) if says_why else ():
            self.fields[f"withdrawn_{code}"] = forms.CharField(
                label=_("What people read in its place (%(language)s)") % {"language": name},
                widget=forms.Textarea(attrs={"rows": 2}),
                max_length=500,
                required=code == main,
            )
        self.fields["why"] = forms.CharField(
            label=_("Why it is withdrawn, for the log"), widget=forms.Textarea(attrs={"rows": 2}), max_length=500
        )
        self.fields["deletes_posts"] = forms.BooleanField(
            label=_("Also delete our posts on the channels"), required=False, initial=True
        )

    def told(self) -> dict[str, str]:
        """What the public reads, by language."""
        return {code: self.cleaned_data.get(f"withdrawn_{code}", "") for code, _name in LANGUAGES}


class AnswerForm(SpokenForm):
    """One answer to all who asked."""

    parts = (
        ("question", _("The question, as everybody can read it"), 300, 1, 1),
        ("answer", _("The answer"), 8_000, 6, 4),
    )
    is_public = forms.BooleanField(label=_("Show it on the status page"), required=False, initial=True)
    is_confirmed = forms.BooleanField(
        label=_("I have looked at what the check remarks, and send it as it is"), required=False
    )

    def answers(self) -> dict[str, SharedAnswer]:
        """Question and answer by language."""
        return {code: SharedAnswer(*self.spoken(code)) for code, _name in LANGUAGES}


class SeatForm(forms.Form):
    """A place in the team."""

    person = person_field(_("Person"))
    role = forms.ChoiceField(label=_("What they do"), choices=TeamRole.choices)
    may_approve = forms.BooleanField(label=_("Lets statements out by one approval"), required=False)
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


class RumourForm(SpokenForm):
    """What is said, and what is right."""

    parts = (
        ("rumour", _("What is said"), 300, 1, 1),
        ("correction", _("What is right"), 4_000, 3, 3),
    )

    def rebuttals(self) -> dict[str, Rebuttal]:
        """Both by language."""
        return {code: Rebuttal(*self.spoken(code)) for code, _name in LANGUAGES}


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
