"""Tasks to take media down, and the routine."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from torg.core import clock
from torg.media import commands, forms, queries
from torg.media.models.take_downs import ELSEWHERE
from torg.people.access import StaffRequest, requires
from torg.people.queries import may
from torg.people.types import Permission
from torg.ui import respond

MOST_SHOWN = 100


@requires(Permission.PUBLISH)
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """What must come down, the first due first; or what is done."""
    at, is_done = clock.now(), request.GET.get("state") == "done"
    rows = queries.take_downs_for(request.person, at=at, is_open=not is_done)[:MOST_SHOWN]
    context = {"rows": rows, "is_done": is_done, "at": at, "elsewhere": ELSEWHERE, "stay_form": forms.StayForm()}
    return respond.respond(request, "media/take_downs.html", context)


@requires(Permission.PUBLISH)
@require_POST
def done(request: StaffRequest, take_down_id: UUID) -> HttpResponse:
    """Note that it is down."""
    commands.take_down(take_down_id=take_down_id, by=request.person, at=clock.now())
    return respond.done(request, to=reverse("media:take-downs"), toast=_("Noted: it is down."))


@requires(Permission.PUBLISH)
@require_POST
def staying(request: StaffRequest, take_down_id: UUID) -> HttpResponse:
    """Let it stay, with a ground."""
    because = request.POST.get("because", "")[:1000]
    commands.leave_standing(take_down_id=take_down_id, because=because, by=request.person, at=clock.now())
    return respond.done(request, to=reverse("media:take-downs"), toast=_("Noted: it stays."))


@requires(Permission.READ)
@require_http_methods(["GET", "POST"])
def routine(request: StaffRequest) -> HttpResponse:
    """How pictures of people are taken, and how soon they come down."""
    at, now = clock.now(), queries.routine_in_force()
    names = ("text", "take_down_days", "child_take_down_days", "warn_days")
    typed = request.POST if request.method == "POST" else None
    form = forms.RoutineForm(typed, initial={name: getattr(now, name) for name in names})
    can_change = may(request.person, Permission.MANAGE_PRESENCE, scope_id=None, at=at)
    context = {"routine": now, "form": form, "can_change": can_change}
    if request.method == "GET" or not form.is_valid():
        return respond.respond(request, "media/routine.html", context, status=422 if form.errors else 200)
    respond.redraw_on_refusal(request, "media/routine.html", context, form=form)
    commands.make_routine(**form.cleaned_data, by=request.person, at=at)
    return respond.done(request, to=reverse("media:routine"), toast=_("The routine holds from now on."))
