"""Gateways: set up, tried out, and what they tell of delivery."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from torg.connectors.services import sms
from torg.core import clock
from torg.core.errors import NotFound
from torg.crisis import calling, commands, forms, queries
from torg.crisis.views import plans
from torg.people.access import StaffRequest, public, requires_everywhere
from torg.people.types import Permission
from torg.ui import respond

MOST_BYTES = 64_000


@requires_everywhere(Permission.RUN_CRISIS)
@require_POST
def set_gateway(request: StaffRequest) -> HttpResponse:
    """Set up a gateway; one of the same name gives way."""
    form = forms.GatewayForm(request.POST)
    context = {**plans.context_of(request), "gateway_form": form}
    if not form.is_valid():
        return respond.respond(request, plans.PAGE, context, status=422)
    respond.redraw_on_refusal(request, plans.PAGE, context, form=form)
    commands.set_gateway(wanted=form.wanted(), by=request.person, at=clock.now())
    return respond.done(request, to=_to(), toast=_("The gateway is set up. Send yourself a test now."))


@requires_everywhere(Permission.RUN_CRISIS)
@require_POST
def end_gateway(request: StaffRequest, gateway_id: UUID) -> HttpResponse:
    """Use a gateway no more."""
    commands.end_gateway(gateway_id=gateway_id, by=request.person, at=clock.now())
    return respond.done(request, to=_to(), toast=_("The gateway is used no more."))


@requires_everywhere(Permission.RUN_CRISIS)
@require_POST
def send_test(request: StaffRequest, gateway_id: UUID) -> HttpResponse:
    """Send oneself a test."""
    commands.send_test(gateway_id=gateway_id, by=request.person, at=clock.now())
    return respond.done(request, to=_to(), toast=_("The test is on its way. Load the page again to see how it went."))


@csrf_exempt
@public("a gateway for text messages tells what became of them; the address itself is the secret")
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, token: str) -> HttpResponse:
    """Delivery reports of one gateway; what we cannot place is answered so that it is sent again."""
    gateway = queries.gateway_or_absent(calling.gateway_by_token(token))
    told = request.META.get("QUERY_STRING", "").encode() if request.method == "GET" else request.read(MOST_BYTES + 1)
    if len(told) > MOST_BYTES or not gateway.tells_of_delivery:
        raise NotFound(_("This does not exist, or you do not have access to it."))
    at = clock.now()
    # All of them first: one that we cannot place must not hide those that come after it.
    noted = [
        commands.note_delivery(gateway_id=gateway.public_id, report=one, at=at)
        for one in sms.reports(gateway.report_rule, told)
    ]
    if None in noted:
        raise NotFound(_("This does not exist, or you do not have access to it."))
    return HttpResponse("OK", content_type="text/plain")


def _to() -> str:
    return f"{reverse('crisis:plan')}#gateways"
