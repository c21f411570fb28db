"""The plan as a list and as a calendar, its holds, and the feed for people's own calendars."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Case, Exists, OuterRef, When
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from torg.core import clock
from torg.core.errors import NotFound
from torg.people import queries as people
from torg.people.access import StaffRequest, public, requires
from torg.people.types import Permission
from torg.publishing import commands, feeds, forms, queries, timing
from torg.publishing.models import ArticleState, Goal, TargetGroup
from torg.publishing.types import Moment
from torg.registry.models import Presence, PresenceKind
from torg.ui import respond
from torg.ui.types import Place

BALANCE_OVER = timedelta(days=90)


@requires(Permission.PUBLISH)
@require_GET
def plan(request: StaffRequest) -> HttpResponse:
    """Everything on its way, what needs somebody, and how goals and groups are served."""
    at = clock.now()
    mine, changed = queries.tasks_of(request.person), queries.changed_by_others(request.person, at=at)
    # Whether there is anything is asked along with the rest: mostly there is not.
    commented = queries.commented_for(request.person).filter(pk=OuterRef("pk"))
    on_the_way = queries.on_the_way(request.person, at=at).annotate(
        has_tasks=Exists(mine), has_changed=Exists(changed), is_commented=Exists(commented)
    )
    rows = list(on_the_way.prefetch_related("groups"))
    out = queries.published_lately(request.person, at=at)
    is_any_waiting = any(row.state == ArticleState.WAITING for row in rows)
    goals, groups = list(Goal.objects.current()), list(TargetGroup.objects.current())
    language, hold = get_language() or "nb", queries.hold_in_force()
    context = {
        "at": at,
        "places": views_of("list"),
        "rows": rows,
        "moments": {row.pk: queries.planned_moment(row) for row in rows},
        "published": out,
        "corrections": queries.corrections_for_me(request.person, at=at) if not rows or rows[0].has_changed else [],
        "waiting": queries.waiting_for_me(request.person, at=at) if is_any_waiting else [],
        "tasks": mine if not rows or rows[0].has_tasks else [],
        "stopped": [row for row in rows if row.stopped_because],
        "hold": hold,
        "held": queries.held(request.person, at=at) if hold else [],
        "goals": named(goals, queries.goal_balance([*rows, *out], goals), language),
        "groups": named(groups, queries.group_balance(rows, groups), language),
        "may_approve": hold is not None and people.may_anywhere(request.person, Permission.APPROVE_POSTS, at=at),
    }
    return respond.respond(request, "publishing/plan.html", context)


@requires(Permission.PUBLISH)
@require_GET
def calendar(request: StaffRequest) -> HttpResponse:
    """A month or a week, each day with what it holds; everything can be moved by a form as well as by dragging."""
    at = clock.now()
    today = timing.wall_of(at).day
    day = day_of(request.GET.get("day", "")) or today
    is_week = request.GET.get("view") == "week"
    monday = timing.monday_of(day)
    weeks = [[monday + timedelta(days=n) for n in range(7)]] if is_week else timing.days_of_month(day.year, day.month)
    held = queries.by_day(request.person, weeks[0][0], weeks[-1][-1], at=at)
    step = timedelta(days=7) if is_week else timedelta(days=31)
    before = monday - step if is_week else (day.replace(day=1) - timedelta(days=1)).replace(day=1)
    after = monday + step if is_week else (day.replace(day=1) + step).replace(day=1)
    context = {
        "at": at,
        "places": views_of("week" if is_week else "month"),
        "day": day,
        "today": today,
        "is_week": is_week,
        "view": "week" if is_week else "month",
        "weeks": [[(one, held.get(one, [])) for one in week] for week in weeks],
        "before": before,
        "after": after,
        "weekdays": [name for _number, name in forms.short.WEEKDAYS],
    }
    return respond.respond(request, "publishing/calendar.html", context)


@requires(Permission.PUBLISH)
@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """Write an idea down."""
    at = clock.now()
    form = forms.IdeaForm(request.POST or None, presences=presences_of(request, at))
    if request.method == "GET" or not form.is_valid():
        return respond.respond(request, "publishing/new.html", {"form": form}, status=422 if form.errors else 200)
    respond.redraw_on_refusal(request, "publishing/new.html", {"form": form}, form=form)
    page: Presence = form.cleaned_data["presence"]
    article = commands.add_idea(scope_id=page.scope_id, title=form.cleaned_data["title"], by=request.person, at=at)
    return respond.done(
        request, to=reverse("publishing:edit", args=[article.public_id]), toast=_("The idea is in the plan.")
    )


@requires(Permission.PUBLISH)
@require_POST
def moment(request: StaffRequest, article_id: UUID) -> HttpResponse:
    """Give an article a time: the form under it, and where it was dropped."""
    form = forms.MomentForm(request.POST)
    if form.is_valid():
        typed = form.cleaned_data
        when = Moment(typed["day"], typed["clock"])
        commands.plan(article_id=article_id, moment=when, by=request.person, at=clock.now())
        return respond.done(request, to=back(request, article_id), toast=_("It is in the plan."))
    raise NotFound(_("Choose a day and a time."))


@requires(Permission.PUBLISH)
@require_POST
def no_moment(request: StaffRequest, article_id: UUID) -> HttpResponse:
    """Take an article out of the plan."""
    commands.unplan(article_id=article_id, by=request.person, at=clock.now())
    return respond.done(request, to=back(request, article_id), toast=_("It is out of the plan."))


@requires(Permission.APPROVE_POSTS)
@require_POST
def release(request: StaffRequest, article_id: UUID) -> HttpResponse:
    """Let one article go out although the plan is on hold."""
    commands.release_post(post_id=article_id, by=request.person, at=clock.now())
    return respond.done(request, to=reverse("publishing:plan"), toast=_("It is released."))


@requires(Permission.PUBLISH)
@require_POST
def feed(request: StaffRequest) -> HttpResponse:
    """Make one's own address for the plan; it is shown this once."""
    key = commands.open_feed(by=request.person, at=clock.now())
    address = f"{settings.PUBLIC_ADDRESS}{reverse('publishing:calendar-file', args=[key])}"
    return respond.respond(request, "publishing/feed.html", {"address": address})


@requires(Permission.PUBLISH)
@require_POST
def feed_closing(request: StaffRequest) -> HttpResponse:
    """Close one's address."""
    commands.close_feed(by=request.person, at=clock.now())
    return respond.done(request, to=reverse("publishing:plan"), toast=_("The address is closed."))


@public("calendars cannot sign in; the address holds a secret of 32 bytes, kept as a hash, that its owner can close")
@require_GET
def calendar_file(request: HttpRequest, key: str) -> HttpResponse:
    """The plan for a calendar program."""
    at = clock.now()
    person = feeds.reader_of(key, at=at)
    if person is None:
        raise NotFound(_("There is no calendar at this address."))
    told = feeds.calendar(
        feeds.articles_of(person, at=at),
        name=_("The plan for publishing"),
        address=f"{settings.PUBLIC_ADDRESS}/publishing/articles/",
        at=at,
    )
    answer = HttpResponse(told, content_type="text/calendar; charset=utf-8")
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def views_of(current: str) -> list[Place]:
    """The list, the month and the week."""
    address = reverse("publishing:calendar")
    return [
        Place(_("List"), reverse("publishing:plan"), "page", is_current=current == "list"),
        Place(_("Month"), address, "today", is_current=current == "month"),
        Place(_("Week"), f"{address}?view=week", "clock", is_current=current == "week"),
    ]


def presences_of(request: StaffRequest, at: Any) -> Any:
    """The running pages that the person may publish on: the main page first, the others by name."""
    rows = Presence.objects.visible_to(request.person, at=at, permission=Permission.PUBLISH)
    running = rows.filter(closed_at=None).exclude(kind=PresenceKind.RESERVED_NAME)
    return running.order_by(Case(When(kind=PresenceKind.MAIN_PAGE, then=0), default=1), "name")


def named(kinds: list[Any], shares: Any, language: str) -> list[tuple[str, Any]]:
    """Shares with the names that the reader's language has."""
    names = {row.slug: row.name_in(language) for row in kinds}
    return [(names[share.name], share) for share in shares]


def day_of(typed: str) -> date | None:
    """A day from an address; None for what is none."""
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None


def back(request: StaffRequest, article_id: UUID) -> str:
    """Where the act was asked for: the calendar, or the article."""
    day = day_of(request.POST.get("from_day", ""))
    if day is None:
        return reverse("publishing:article", args=[article_id])
    view = "week" if request.POST.get("from_view") == "week" else "month"
    return f"{reverse('publishing:calendar')}?view={view}&day={day.isoformat()}"
