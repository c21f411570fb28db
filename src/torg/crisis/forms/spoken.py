"""What people fill in that the public reads: in the municipality's own language, and in the others."""

from collections.abc import Collection
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from torg.crisis.types import Rebuttal, SharedAnswer, Wording

LANGUAGES = (("nb", _("Norwegian Bokmål")), ("nn", _("Norwegian Nynorsk")), ("en", _("English")))
ANSWER_PARTS = (
    ("question", _("The question, as everybody can read it"), 300, 1, 1),
    ("answer", _("The answer"), 8_000, 6, 4),
)


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


class CorrectingForm(SpokenForm):
    """What is corrected says in each language what was wrong, or that it still fits."""

    told_help: ClassVar[Any] = ""

    def __init__(self, *arguments: Any, main: str, said: Collection[str], **named: Any) -> None:
        super().__init__(*arguments, main=main, **named)
        for code, name in self.languages:
            if code in said and code != main:
                label = _("This text still fits as it is (%(language)s)") % {"language": name}
                self.fields[f"fits_{code}"] = forms.BooleanField(label=label, required=False)
            self.fields[f"told_{code}"] = forms.CharField(
                label=_("What was corrected (%(language)s)") % {"language": name},
                widget=forms.Textarea(attrs={"rows": 3}),
                help_text=self.told_help,
                max_length=1000,
                required=code == main,
            )
        parts = ("told", *(part for part, *_more in self.parts), "fits")
        self.order_fields([f"{part}_{code}" for code, _name in self.languages for part in parts])

    def told(self) -> dict[str, str]:
        """What was corrected, by language."""
        return {code: self.cleaned_data[f"told_{code}"] for code, _name in LANGUAGES}

    def fitting(self) -> set[str]:
        """The languages that are right although nobody has changed them."""
        return {code for code, _name in LANGUAGES if self.cleaned_data.get(f"fits_{code}")}


class CorrectionForm(CorrectingForm, StatementForm):
    """A statement, corrected."""

    told_help = _("Everybody reads this below the statement: “We wrote three minutes. Five is right.”")


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

    parts = ANSWER_PARTS
    is_public = forms.BooleanField(label=_("Show it on the status page"), required=False, initial=True)
    is_confirmed = forms.BooleanField(
        label=_("I have looked at what the check remarks, and send it as it is"), required=False
    )

    def answers(self) -> dict[str, SharedAnswer]:
        """Question and answer by language."""
        return {code: SharedAnswer(*self.spoken(code)) for code, _name in LANGUAGES}


class AnswerCorrectionForm(CorrectingForm):
    """An answer that many have got, corrected. Who is told is chosen already."""

    parts = ANSWER_PARTS
    told_help = _("Everybody who got the answer reads this first: “We wrote three minutes. Five is right.”")
    tells = forms.BooleanField(label=_("Write to everyone who got the earlier answer"), required=False, initial=True)
    shows = forms.BooleanField(label=_("Show it on the status page"), required=False)
    is_confirmed = AnswerForm.base_fields["is_confirmed"]

    def answers(self) -> dict[str, SharedAnswer]:
        """Question and answer by language."""
        return {code: SharedAnswer(*self.spoken(code)) for code, _name in LANGUAGES}

    def as_sent(self) -> dict[str, SharedAnswer]:
        """The same as those who got the first one read it: after what was wrong."""
        told = self.told()
        return {
            code: SharedAnswer(said.question, f"{told[code]}\n\n{said.answer}".strip())
            for code, said in self.answers().items()
        }


class RumourForm(SpokenForm):
    """What is said, and what is right."""

    parts = (
        ("rumour", _("What is said"), 300, 1, 1),
        ("correction", _("What is right"), 4_000, 3, 3),
    )

    def rebuttals(self) -> dict[str, Rebuttal]:
        """Both by language."""
        return {code: Rebuttal(*self.spoken(code)) for code, _name in LANGUAGES}
