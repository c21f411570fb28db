"""Orders from units without a page, and tips from local pages."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from torg.core import clock
from torg.core.errors import NotFound
from torg.people import queries as people
from torg.people.access import StaffRequest, requires, signed_in
from torg.people.types import Permission
from torg.publishing import commands, forms, queries
from torg.ui import respond


@signed_in
@require_http_methods(["GET", "POST"])
def orders(request: StaffRequest) -> HttpResponse:
    """One's own orders, those to take on, and a form for a new one: anybody who works here may order."""
    at = clock.now()
    form = forms.OrderForm(request.POST or None)
    context = {
        "at": at,
        "form": form,
        "orders": queries.orders_for(request.person, at=at),
        "may_take": people.may_anywhere(request.person, Permission.PUBLISH, at=at),
    }
    if request.method == "GET" or not form.is_valid():
        return respond.respond(request, "publishing/orders.html", context, status=422 if form.errors else 200)
    respond.redraw_on_refusal(request, "publishing/orders.html", context, form=form)
    typed = form.cleaned_data
    wish = commands.Wish(
        unit_id=typed["unit"].public_id,
        title=typed["title"],
        wish=typed["wish"],
        wanted_on=typed["wanted_on"],
        group_id=typed["group"].public_id if typed["group"] else None,
    )
    commands.order(wish=wish, by=request.person, at=at)
    toast = _("The order is sent. You see here what becomes of it.")
    return respond.done(request, to=reverse("publishing:orders"), toast=toast)


@requires(Permission.PUBLISH)
@require_POST
def order_taking(request: StaffRequest, order_id: UUID) -> HttpResponse:
    """Take an order on."""
    article = commands.take_order(order_id=order_id, by=request.person, at=clock.now())
    return respond.done(
        request, to=reverse("publishing:edit", args=[article.public_id]), toast=_("The order is an idea in the plan.")
    )


@requires(Permission.PUBLISH)
@require_POST
def order_declining(request: StaffRequest, order_id: UUID) -> HttpResponse:
    """Decline an order, with a reason."""
    answer = request.POST.get("answer", "")
    commands.decline_order(order_id=order_id, answer=answer, by=request.person, at=clock.now())
    return respond.done(request, to=reverse("publishing:orders"), toast=_("The order is declined, with your reason."))


@requires(Permission.READ)
@require_GET
def tips(request: StaffRequest) -> HttpResponse:
    """Tips to the main page."""
    at = clock.now()
    context = {
        "at": at,
        "tips": queries.tips_for(request.person, at=at),
        "may_take": people.may_anywhere(request.person, Permission.PUBLISH, at=at),
    }
    return respond.respond(request, "publishing/tips.html", context)


@requires(Permission.READ)
@require_POST
def tip_giving(request: StaffRequest) -> HttpResponse:
    """Tip the main page of something, from wherever it stands."""
    try:
        source_id = UUID(request.POST.get("source_id", ""))
    except ValueError as error:
        raise NotFound(_("This does not exist, or you do not have access to it.")) from error
    kind = request.POST.get("source_kind", "")
    commands.give_tip(source_kind=kind, source_id=source_id, by=request.person, at=clock.now())
    return respond.done(request, to=reverse("publishing:tips"), toast=_("The main page has your tip."))


@requires(Permission.PUBLISH)
@require_POST
def tip_taking(request: StaffRequest, post_tip_id: UUID) -> HttpResponse:
    """Take a tip on."""
    article = commands.take_tip(tip_id=post_tip_id, by=request.person, at=clock.now())
    return respond.done(
        request, to=reverse("publishing:edit", args=[article.public_id]), toast=_("The tip is an idea in the plan.")
    )


@requires(Permission.PUBLISH)
@require_POST
def tip_declining(request: StaffRequest, post_tip_id: UUID) -> HttpResponse:
    """Put a tip aside."""
    commands.decline_tip(tip_id=post_tip_id, by=request.person, at=clock.now())
    return respond.done(request, to=reverse("publishing:tips"), toast=_("The tip is put aside."))
