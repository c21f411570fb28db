"""Behind the secret link of whoever wrote a comment: what became of it, and to answer, change it or take it back."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from torg.core import clock
from torg.people.access import public
from torg.site import addresses, commands, commenting, discussion, forms, identity, rendering, writers
from torg.site.models import Comment
from torg.site.views import frame
from torg.ui import respond

BY_LINK = "whoever has the secret link is the one who wrote the comment, who has no account here"
PAGE = "site/own_comment.html"


@public(BY_LINK)
@require_safe
def page(request: HttpRequest, secret: str) -> HttpResponse:
    """What was written, where it stands, and our answers."""
    return _shown(request, secret)


# There is nothing to forge without the secret in the address, and a cookie would be one that the page does without.
@csrf_exempt
@public(BY_LINK)
@require_POST
def answer(request: HttpRequest, secret: str) -> HttpResponse:
    """Go on below one's own comment."""
    form = forms.OwnTextForm(request.POST)
    if refused := _refused(request, secret, form):
        return refused
    commands.answer_in_branch(secret=secret, text=form.cleaned_data["text"], at=clock.now())
    return _done(secret, request)


@csrf_exempt
@public(BY_LINK)
@require_POST
def change(request: HttpRequest, secret: str, own_comment_id: UUID) -> HttpResponse:
    """Give it another text."""
    form = forms.OwnTextForm(request.POST)
    if refused := _refused(request, secret, form, changed=own_comment_id):
        return refused
    text = form.cleaned_data["text"]
    commands.change_comment(secret=secret, comment_id=own_comment_id, text=text, at=clock.now())
    return _done(secret, request)


@csrf_exempt
@public(BY_LINK)
@require_POST
def withdrawal(request: HttpRequest, secret: str, own_comment_id: UUID) -> HttpResponse:
    """Take it back."""
    _in_its_language(writers.comment_by(secret))
    commands.take_back_comment(secret=secret, comment_id=own_comment_id, at=clock.now())
    return _done(secret, request)


def _refused(
    request: HttpRequest, secret: str, form: forms.OwnTextForm, *, changed: UUID | None = None
) -> HttpResponse | None:
    """The page with the form's errors; None when it can be sent on. Counts what comes from one address."""
    filled = _filled(secret, form=form, changed=changed)
    if not form.is_valid():
        return frame.unlisted(respond.respond(request, PAGE, filled, status=422), is_secret=True)
    respond.redraw_on_refusal(request, PAGE, filled, form=form)
    commenting.count(request.META.get("REMOTE_ADDR", ""))
    return None


def _shown(request: HttpRequest, secret: str) -> HttpResponse:
    return frame.unlisted(respond.respond(request, PAGE, _filled(secret)), is_secret=True)


def _filled(secret: str, *, form: forms.OwnTextForm | None = None, changed: UUID | None = None) -> dict[str, object]:
    root = writers.comment_by(secret)
    return {
        **_in_its_language(root),
        "branch": [(row, _form_of(row, form, changed)) for row in writers.branch_of(root)],
        "answer_form": form if form is not None and changed is None else forms.OwnTextForm(auto_id="answer_%s"),
        "form": form,
        "permalink": discussion.permalink(root, identity.current()),
        "discussion": discussion.of_article(root.article_id),
        "secret": secret,
        "own_address": writers.link_of(root),
    }


def _form_of(row: Comment, form: forms.OwnTextForm | None, changed: UUID | None) -> forms.OwnTextForm | None:
    """The form that changes a comment, for those that can be changed."""
    if row.is_own or not row.can_be_changed:
        return None
    if form is not None and changed == row.public_id:
        return form
    return forms.OwnTextForm(initial={"text": row.text}, auto_id=f"change_{row.public_id}_%s")


def _in_its_language(root: Comment) -> dict[str, object]:
    spoken = addresses.frame_language(root.language, identity.current())
    return frame.context({}, language=spoken, kind=rendering.NEWS)


def _done(secret: str, request: HttpRequest) -> HttpResponse:
    """Back to the page, which shows what has happened: a notice of its own would need a cookie."""
    return frame.unlisted(respond.done(request, to=reverse("site:own-comment", args=[secret])), is_secret=True)
