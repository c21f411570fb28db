"""The register of consents."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from torg.core import clock
from torg.core.errors import NotFound
from torg.files import queries as files
from torg.files.serving import headers_for
from torg.media import commands, forms, queries
from torg.media.types import ConsentChannel
from torg.people.access import StaffRequest, requires
from torg.people.queries import scopes_for
from torg.people.types import Permission
from torg.records.days import day_of
from torg.ui import respond

MOST_SHOWN = 200


@requires(Permission.PUBLISH)
@require_GET
def register(request: StaffRequest) -> HttpResponse:
    """The consents that hold, the first to end first; or those that have ended."""
    at, is_over = clock.now(), request.GET.get("state") == "over"
    text = request.GET.get("text", "")[:100]
    rows = queries.consents_for(request.person, at=at, holding=not is_over, text=text)[:MOST_SHOWN]
    ending = set(queries.ending_consents(request.person, at=at).values_list("pk", flat=True))
    context = {"rows": rows, "is_over": is_over, "text": text, "ending": ending}
    return respond.respond(request, "media/consents.html", context)


@requires(Permission.PUBLISH)
@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """Register a consent."""
    at = clock.now()
    places = scopes_for(request.person, Permission.PUBLISH, at=at).order_by("name")
    first = {"given_on": day_of(at)}
    form = forms.ConsentForm(request.POST or None, request.FILES or None, places=places, initial=first)
    context = {"form": form, "routine": queries.routine_in_force()}
    if request.method == "GET" or not form.is_valid():
        return respond.respond(request, "media/consent_new.html", context, status=422 if form.errors else 200)
    respond.redraw_on_refusal(request, "media/consent_new.html", context, form=form)
    signed = form.cleaned_data["proof"]
    proof = signed.read() if signed else b""
    consent = commands.register_consent(given=form.given(), proof=proof, by=request.person, at=at)
    to = reverse("media:consent", args=[consent.public_id])
    return respond.done(request, to=to, toast=_("The consent is registered. Next: tie it to the pictures."))


@requires(Permission.PUBLISH)
@require_GET
def consent(request: StaffRequest, consent_id: UUID) -> HttpResponse:
    """One consent, the media it is for, and how to withdraw it."""
    at = clock.now()
    shown = queries.consent_or_absent(request.person, consent_id, at=at)
    context = {
        "consent": shown,
        "channels": [ConsentChannel(channel).label for channel in shown.channels],
        "holds": shown.holds(on=day_of(at)),
        "media": [row.medium for row in shown.depictions.select_related("medium").order_by("-medium__added_at")],
        "routine": queries.routine_in_force(),
    }
    return respond.respond(request, "media/consent.html", context)


@requires(Permission.PUBLISH)
@require_GET
def proof(request: StaffRequest, consent_id: UUID) -> HttpResponse:
    """The signed form, as a download."""
    shown = queries.consent_or_absent(request.person, consent_id, at=clock.now())
    if not shown.proof_sha256:
        raise NotFound(_("There is no signed form."))
    headers = headers_for(files.stored(shown.proof_sha256), name=f"samtykke-{shown.given_on}")
    return HttpResponse(files.read(shown.proof_sha256), headers=headers)


@requires(Permission.PUBLISH)
@require_POST
def withdrawal(request: StaffRequest, consent_id: UUID) -> HttpResponse:
    """Register that it is withdrawn."""
    made = commands.withdraw_consent(consent_id=consent_id, by=request.person, at=clock.now())
    told = ngettext(
        "The consent is withdrawn. %(number)d task to take pictures down is made.",
        "The consent is withdrawn. %(number)d tasks to take pictures down are made.",
        made,
    ) % {"number": made}
    return respond.done(request, to=reverse("media:take-downs"), toast=told)
