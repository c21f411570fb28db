"""What somebody fills in who asks for access, complains or comments, and what staff decide about the site."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from torg.openness.types import Ask
from torg.registry.models import Presence
from torg.site.addresses import LANGUAGES
from torg.site.commands import Wanted
from torg.site.commenting import LONGEST, LONGEST_NAME, Written
from torg.site.models import Comments


class AskForm(forms.Form):
    """A request for access. Nothing of it must be filled in: the law asks for no name and no reason."""

    wish = forms.CharField(
        label=_("What would you like to see?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Leave it empty for the whole document. You need not say why, nor who you are."),
    )
    email = forms.EmailField(
        label=_("Your e-mail"),
        required=False,
        help_text=_("We write when there is an answer. Without it, keep the address of the next page."),
    )
    language = forms.ChoiceField(
        label=_("Language of the answer"), choices=[("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English")]
    )
    # Filled in by machines only.
    website = forms.CharField(required=False, widget=forms.HiddenInput())

    def asked(self) -> Ask:
        """The request."""
        given = self.cleaned_data
        return Ask(given["wish"], email=given["email"], language=given["language"])


class AccessComplaintForm(forms.Form):
    """A complaint over a refusal or over silence."""

    text = forms.CharField(
        label=_("What do you think is wrong?"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("You need not give a reason."),
    )


class CommentForm(forms.Form):
    """A comment under an article. `website` is seen by machines only; `opened` comes with the page that shows it."""

    text = forms.CharField(
        label=_("Your comment"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Everyone can read it. Write nothing private, about yourself or others."),
    )
    name = forms.CharField(
        label=_("Your name"),
        max_length=LONGEST_NAME,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail"),
        required=False,
        help_text=_("Only for telling you that we have answered. It is not shown."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    website = forms.CharField(required=False, max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    opened = forms.CharField(widget=forms.HiddenInput, max_length=200, required=False)
    language = forms.CharField(widget=forms.HiddenInput, max_length=2, required=False)

    def clean_website(self) -> str:
        """Raises ValidationError for whoever fills in what is not to be filled in; people are told what to do."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("Leave this field empty."))
        return ""

    def written(self, article_id: UUID) -> Written:
        """What was written."""
        given = self.cleaned_data
        language = given["language"] if given["language"] in LANGUAGES else "nb"
        return Written(article_id, given["text"], given["name"], given["email"], language)


class OwnTextForm(forms.Form):
    """What somebody adds below their own comment, or has instead of it."""

    text = forms.CharField(
        label=_("Your text"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Everyone can read it. Write nothing private, about yourself or others."),
    )


class SeenForm(forms.Form):
    """Which words of a comment were read: when they were last changed."""

    seen_at = forms.DateTimeField(widget=forms.HiddenInput)


class ChoicesForm(forms.Form):
    """How the public site is run."""

    comments = forms.ChoiceField(label=_("Comments on articles"), choices=Comments.choices, widget=forms.RadioSelect)
    presence = forms.ChoiceField(
        label=_("Whose people answer comments"),
        required=False,
        help_text=_("Comments come into this page's inbox. You choose it once."),
    )
    sites = forms.CharField(
        label=_("Web sites that may show our newest articles in a box"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One on each line, such as https://www.example.no."),
    )
    hub = forms.URLField(
        label=_("Hub that passes news on (WebSub)"),
        required=False,
        assume_scheme="https",
        help_text=_("Readers of feeds hear of news at once. May be empty."),
    )
    statement = forms.URLField(
        label=_("Our statement of accessibility"),
        required=False,
        assume_scheme="https",
        help_text=_("Its address at https://uustatus.no/. The law demands one of every municipality."),
    )

    def __init__(self, *arguments: Any, pages: Sequence[Presence] = (), **options: Any) -> None:
        super().__init__(*arguments, **options)
        if pages:
            listed = [("", ""), *((str(page.public_id), page.name) for page in pages)]
            self.fields["presence"] = forms.ChoiceField(
                label=self.fields["presence"].label,
                help_text=self.fields["presence"].help_text,
                required=False,
                choices=listed,
            )
        else:
            del self.fields["presence"]

    def wanted(self) -> Wanted:
        """As the command takes it."""
        given = self.cleaned_data
        return Wanted(
            comments=Comments(given["comments"]),
            presence_id=UUID(given["presence"]) if given.get("presence") else None,
            hub=given["hub"],
            embedding_sites=tuple(line.strip().rstrip("/") for line in given["sites"].splitlines() if line.strip()),
            statement=given["statement"],
        )
