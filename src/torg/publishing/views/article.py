"""One article: what it says, how far it has come, and everything that can be done with it."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from torg.channels import queries as channels
from torg.channels.models import Connection, ConnectionState
from torg.core import clock
from torg.outbox import queries as outbox
from torg.people import queries as people
from torg.people.access import StaffRequest, requires
from torg.people.types import Permission
from torg.publishing import approval, checking, commands, forms, going_out, loading, previewing, queries
from torg.publishing.gate import words
from torg.publishing.models import Article, ArticleComment, ArticleKind, ArticleState, ArticleVersion
from torg.publishing.queries.versions import content_of, version_of
from torg.publishing.types import Content, Planning, Words
from torg.registry.models import Presence
from torg.registry.words import PresenceKind
from torg.ui import respond


@requires(Permission.PUBLISH)
@require_GET
def article(request: StaffRequest, article_id: UUID) -> HttpResponse:
    """One article."""
    return respond.respond(request, "publishing/article.html", sheet(request, article_id))


@requires(Permission.PUBLISH)
@require_http_methods(["GET", "POST"])
def edit(request: StaffRequest, article_id: UUID) -> HttpResponse:
    """Write it: every language, picture, film and post on one page."""
    at = clock.now()
    row = seen(request, article_id, at)
    loading.check_carries_no_statement(row)
    version = version_of(row)
    before = content_of(version) if version else Content(row.main_language, {row.main_language: Words(row.title)})
    form = forms.ArticleForm(
        request.POST or None,
        content=before,
        number=row.newest_number,
        media=queries.media_for(before, seen_by=request.person, at=at),
        connections=publishable(request, row, at),
    )
    context = {"article": row, "form": form, "at": at, **asked_for(row), **looked_through(row, version, at)}
    if request.method == "GET" or not form.is_valid():
        return respond.respond(request, "publishing/edit.html", context, status=422 if form.errors else 200)
    respond.redraw_on_refusal(request, "publishing/edit.html", context, form=form)
    commands.save_version(
        article_id=article_id,
        content=form.content,
        seen_number=form.cleaned_data["seen_number"],
        by=request.person,
        at=at,
    )
    to = "publishing:edit" if "go_on" in request.POST else "publishing:article"
    return respond.done(request, to=reverse(to, args=[article_id]), toast=_("The text is saved."))


@requires(Permission.PUBLISH)
@require_POST
def films(request: StaffRequest, article_id: UUID) -> HttpResponse:
    """Take in the captions, pictures and texts that the library has of its films now: a new version."""
    form, at = forms.ApproveForm(request.POST), clock.now()
    version = version_of(seen(request, article_id, at))
    if version is None or not form.is_valid():
        return respond.respond(request, "publishing/article.html", sheet(request, article_id), status=422)
    number = form.cleaned_data["number"]
    commands.save_version(
        article_id=article_id, content=content_of(version), seen_number=number, by=request.person, at=at
    )
    return gone_back(request, article_id, _("The article has them now. They are read and approved with it."))


@requires(Permission.PUBLISH)
@require_POST
def planning(request: StaffRequest, article_id: UUID) -> HttpResponse:
    """What it is for."""
    form = forms.PlanningForm(request.POST, language=get_language() or "nb")
    context = {**sheet(request, article_id), "planning_form": form}
    if not form.is_valid():
        return respond.respond(request, "publishing/article.html", context, status=422)
    typed = form.cleaned_data
    told = Planning(
        topic_id=id_of(typed["topic"]),
        goal_id=id_of(typed["goal"]),
        group_ids=tuple(group.public_id for group in typed["groups"]),
        unit_id=id_of(typed["unit"]),
        responsible_id=id_of(typed["responsible"]),
    )
    commands.arrange(article_id=article_id, planning=told, by=request.person, at=clock.now())
    return gone_back(request, article_id, _("The changes are saved."))


@requires(Permission.PUBLISH)
@require_POST
def submission(request: StaffRequest, article_id: UUID) -> HttpResponse:
    """Ask for approval."""
    row = commands.submit(article_id=article_id, by=request.person, at=clock.now())
    is_done = row.state != ArticleState.WAITING
    return gone_back(request, article_id, _("It is approved.") if is_done else _("It waits for approval."))


@requires(Permission.APPROVE_POSTS)
@require_POST
def approvals(request: StaffRequest, article_id: UUID) -> HttpResponse:
    """Approve the version that was read."""
    form = forms.ApproveForm(request.POST)
    if form.is_valid():
        number = form.cleaned_data["number"]
        commands.approve(article_id=article_id, number=number, by=request.person, at=clock.now())
        return gone_back(request, article_id, _("You have approved it."))
    return respond.respond(request, "publishing/article.html", sheet(request, article_id), status=422)


@requires(Permission.APPROVE_POSTS)
@require_POST
def sending_back(request: StaffRequest, article_id: UUID) -> HttpResponse:
    """Send it back with what should be changed."""
    reason = request.POST.get("reason", "")
    commands.send_back(article_id=article_id, reason=reason, by=request.person, at=clock.now())
    return gone_back(request, article_id, _("It is sent back."))


@requires(Permission.OVERRIDE_GATE)
@require_POST
def override(request: StaffRequest, article_id: UUID) -> HttpResponse:
    """Let something past the gate."""
    context = sheet(request, article_id)
    form = forms.OverrideForm(request.POST, choices=context["override_choices"])
    context["override_form"] = form
    if not form.is_valid():
        return respond.respond(request, "publishing/article.html", context, status=422)
    typed = form.cleaned_data
    commands.override_gate(article_id=article_id, **typed, by=request.person, at=clock.now())
    return gone_back(request, article_id, _("It is let past, and the reason is kept."))


@requires(Permission.PUBLISH)
@require_POST
def publication(request: StaffRequest, article_id: UUID) -> HttpResponse:
    """Publish it now."""
    form = forms.ApproveForm(request.POST)
    if not form.is_valid():
        return respond.respond(request, "publishing/article.html", sheet(request, article_id), status=422)
    number = form.cleaned_data["number"]
    commands.publish(article_id=article_id, number=number, by=request.person, at=clock.now())
    return gone_back(request, article_id, _("It is on our own site, and on its way to the channels."))


@requires(Permission.PUBLISH)
@require_POST
def correction(request: StaffRequest, article_id: UUID) -> HttpResponse:
    """Publish the newer version, and say what was corrected."""
    context = sheet(request, article_id)
    form = forms.CorrectionForm(request.POST, languages=context["language_names"], main=context["main_language"])
    context["correction_form"] = form
    if not form.is_valid():
        return respond.respond(request, "publishing/article.html", context, status=422)
    respond.redraw_on_refusal(request, "publishing/article.html", context, form=form)
    number = form.cleaned_data["number"]
    commands.publish_correction(article_id=article_id, number=number, told=form.told, by=request.person, at=clock.now())
    return gone_back(request, article_id, _("The correction is published."))


@requires(Permission.PUBLISH)
@require_POST
def withdrawal(request: StaffRequest, article_id: UUID) -> HttpResponse:
    """Take it off the site, and where chosen its posts off the channels."""
    commands.withdraw_article(
        article_id=article_id,
        reason=request.POST.get("reason", ""),
        deletes_posts="deletes_posts" in request.POST,
        by=request.person,
        at=clock.now(),
    )
    return gone_back(request, article_id, _("The article is withdrawn."))


@requires(Permission.PUBLISH)
@require_POST
def dropping(request: StaffRequest, article_id: UUID) -> HttpResponse:
    """Put it away."""
    commands.drop(article_id=article_id, by=request.person, at=clock.now())
    return gone_back(request, article_id, _("It is put away."))


@requires(Permission.PUBLISH)
@require_POST
def taking_up(request: StaffRequest, article_id: UUID) -> HttpResponse:
    """Go on with it."""
    commands.take_up(article_id=article_id, by=request.person, at=clock.now())
    return gone_back(request, article_id, _("It is taken up again."))


@requires(Permission.PUBLISH)
@require_POST
def comments(request: StaffRequest, article_id: UUID) -> HttpResponse:
    """Say something to colleagues."""
    text = request.POST.get("text", "")
    commands.comment(article_id=article_id, text=text, by=request.person, at=clock.now())
    return gone_back(request, article_id, _("Your comment is there."))


@requires(Permission.PUBLISH)
@require_POST
def assignments(request: StaffRequest, article_id: UUID) -> HttpResponse:
    """Give somebody a task."""
    context = sheet(request, article_id)
    form = forms.AssignmentForm(request.POST)
    context["assignment_form"] = form
    if not form.is_valid():
        return respond.respond(request, "publishing/article.html", context, status=422)
    respond.redraw_on_refusal(request, "publishing/article.html", context, form=form)
    commands.assign(article_id=article_id, **form.cleaned_data, by=request.person, at=clock.now())
    return gone_back(request, article_id, _("The task is given."))


@requires(Permission.PUBLISH)
@require_POST
def assignment_done(request: StaffRequest, article_id: UUID, assignment_id: UUID) -> HttpResponse:
    """A task is done."""
    commands.finish_assignment(assignment_id=assignment_id, by=request.person, at=clock.now())
    return gone_back(request, article_id, _("The task is done."))


def sheet(request: StaffRequest, article_id: UUID) -> dict[str, Any]:
    """What the article's page is filled with."""
    at = clock.now()
    row = seen(request, article_id, at)
    version = version_of(row)
    looked = looked_through(row, version, at)
    left = [remark for remark, *_said, is_left in looked["remarks"] if is_left]
    codes = {remark.code: words.reason(remark) for remark in left if remark.code != checking.OBSTACLE}
    languages = [(text.language, forms.LANGUAGES.get(text.language, text.language)) for text in row_texts(version)]
    main = version.main_language if version else row.main_language
    may = people.permissions_of(request.person, at=at)
    wall = {"day": row.planned_on, "clock": row.planned_clock}
    return {
        "at": at,
        "article": row,
        **looked,
        "refused": len(left),
        "standing": approval.standing_of(row, version, at=at) if version else None,
        "films_changed": checking.films_changed(version) if version else [],
        "posts": targets(row, version),
        "planned_for": queries.planned_moment(row),
        "is_held": queries.is_on_hold(row),
        "planning_form": forms.PlanningForm(initial=arranged(row), language=get_language() or "nb"),
        "moment_form": forms.MomentForm(initial=wall),
        "approve_form": forms.ApproveForm(initial={"number": row.newest_number}),
        "override_choices": list(codes.items()),
        "override_form": forms.OverrideForm(initial={"number": row.newest_number}, choices=list(codes.items())),
        "main_language": main,
        "correction_form": forms.CorrectionForm(initial={"number": row.newest_number}, languages=languages, main=main),
        "reason_form": forms.ReasonForm(),
        "comment_form": forms.TextForm(),
        "assignment_form": forms.AssignmentForm(),
        "language_names": languages,
        "last_word": last_word(row, version),
        "comments": row.comments.select_related("written_by").order_by("-written_at"),
        "tasks": row.assignments.select_related("person").order_by("done_at", "due_on", "id"),
        "may_approve": Permission.APPROVE_POSTS in may and (version is None or version.made_by_id != request.person.pk),
        "may_override": Permission.OVERRIDE_GATE in may and bool(codes) and row.kind != ArticleKind.STATEMENT,
        "statement_page": statement_page(row),
        "is_local": is_local(row),
        **asked_for(row),
        "is_out": row.state == ArticleState.PUBLISHED,
        "address": checking.link_to(row),
    }


def looked_through(row: Article, version: ArticleVersion | None, at: Any) -> dict[str, Any]:
    """What the gate says of the newest version, each with the field where it is mended, and how it will look."""
    if version is None:
        return {"version": None, "remarks": [], "pages": [], "previews": []}
    content, found = content_of(version), checking.remarks_on(row, version, at=at)
    left = checking.refusals_left(row, version, at=at) if any(one.refuses for one in found) else []
    return {
        "version": version,
        "remarks": [
            (
                one,
                words.where(one),
                words.reason(one),
                words.mend(one),
                forms.field_of(one.place, content),
                one in left,
            )
            for one in found
        ],
        "pages": previewing.pages(version),
        "previews": previewing.posts(row, version),
    }


def seen(request: StaffRequest, article_id: UUID, at: Any) -> Article:
    """The article, when the person may work with it; raises NotFound."""
    rows = Article.objects.visible_to(request.person, at=at, permission=Permission.PUBLISH)
    row: Article = loading.found(
        rows.select_related("topic", "goal", "unit", "responsible").prefetch_related("groups", "slugs"), article_id
    )
    return row


def last_word(row: Article, version: ArticleVersion | None) -> ArticleComment | None:
    """What somebody else has said last of a draft since it was written."""
    if version is None or row.state != ArticleState.DRAFT:
        return None
    since = row.comments.filter(written_at__gt=version.made_at).exclude(written_by=version.made_by)
    return since.select_related("written_by").order_by("-written_at").first()


def row_texts(version: Any) -> list[Any]:
    """The languages of a version; none without one."""
    return list(version.texts.all()) if version else []


def targets(row: Article, version: ArticleVersion | None) -> list[tuple[Any, Any, Any, str]]:
    """Each channel's post, how its act stands, its figures, and what it keeps though the article has other things."""
    figures = queries.figures_of(row) if row.published_at else {}
    posts, kept = queries.posts_of(row), previewing.kept(row, version) if version else {}
    return [
        (
            post,
            outbox.state_of(going_out.SUBJECT, post.public_id),
            figures.get(post.pk, []),
            kept.get(post.connection_id, ""),
        )
        for post in posts
    ]


def publishable(request: StaffRequest, row: Article, at: Any) -> list[Connection]:
    """The channels of the article's page, and others that the person may publish on, that take posts."""
    rows = Connection.objects.visible_to(request.person, at=at, permission=Permission.PUBLISH)
    running = rows.exclude(state=ConnectionState.CLOSED).select_related("presence").order_by("name", "id")
    able = [one for one in running if channels.capabilities_of(one).can_publish]
    return sorted(able, key=lambda one: one.scope_id != row.scope_id)


def arranged(row: Article) -> dict[str, Any]:
    """What the form of the planning begins with."""
    return {
        **{name: id_of(getattr(row, name)) for name in ("topic", "goal", "unit", "responsible")},
        "groups": [group.public_id for group in row.groups.all()],
    }


def statement_page(row: Article) -> str:
    """Where the statement that it carries is corrected and withdrawn; empty for any other article."""
    if row.kind != ArticleKind.STATEMENT:
        return ""
    address: str = import_string(settings.STATEMENT_PAGE)(row.public_id)
    return address


def asked_for(row: Article) -> dict[str, Any]:
    """The orders and tips that it comes from: whoever writes has their words at hand."""
    return {"orders": row.orders.select_related("unit", "ordered_by"), "tips": row.tips.select_related("given_by")}


def is_local(row: Article) -> bool:
    """Whether it is another page's than the main one's."""
    return Presence.objects.filter(scope_id=row.scope_id).exclude(kind=PresenceKind.MAIN_PAGE).exists()


def id_of(chosen: Any) -> UUID | None:
    """The public id of what was chosen."""
    return chosen.public_id if chosen else None


def gone_back(request: StaffRequest, article_id: UUID, toast: str) -> HttpResponse:
    """To the article, with what was done."""
    return respond.done(request, to=reverse("publishing:article", args=[article_id]), toast=toast)
