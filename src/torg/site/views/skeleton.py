"""Publishing the site, and its colour and arms for pages that Django draws; stored pages are answered before Django."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from torg.channels import own_site
from torg.core import clock
from torg.people import queries as people
from torg.people.access import StaffRequest, public, requires, requires_everywhere
from torg.people.types import Permission
from torg.registry import queries as registry
from torg.site import addresses, commands, forms, identity, openness, publication, queries, rendering, years
from torg.site import choices as chosen
from torg.site.types import Part
from torg.ui import respond

REASON = "part of how every page looks, the sign-in page too"


@public(REASON)
@require_safe
def theme(request: HttpRequest) -> HttpResponse:
    """The style sheet with the municipality's colour in all the shades that components use."""
    return served(identity.theme(identity.current()))


@public(REASON)
@require_safe
def arms(request: HttpRequest) -> HttpResponse:
    """The coat of arms; a plain shield in the municipality's colour until one has been uploaded."""
    return served(identity.arms(identity.current()))


@requires(Permission.PUBLISH)
@require_http_methods(["GET", "POST"])
def publish(request: StaffRequest) -> HttpResponse:
    """Publish the pages that every site begins with; from then on they follow what they show."""
    at = clock.now()
    if request.method == "GET":
        context = {
            "is_published": queries.is_published(),
            "can_publish": people.may(request.person, Permission.PUBLISH, scope_id=None, at=at),
            "pages": rendering.places(identity.current()),
            "last_year": at.year - 1,
            "years": years.published(identity.current().language, identity.current()),
        }
        return respond.respond(request, "site/publication.html", context)
    publication.publish_skeleton(by=request.person, at=at)
    return respond.done(request, to=reverse("site:publication"), toast=_("The site is published."))


@requires_everywhere(Permission.PUBLISH)
@require_http_methods(["GET", "POST"])
def choices(request: StaffRequest) -> HttpResponse:
    """Comments, the box for other web sites, the hub, and the link to our statement of accessibility."""
    at, now = clock.now(), chosen.now()
    first = {
        "comments": now.comments,
        "sites": "\n".join(now.embedding_sites),
        "hub": now.hub,
        "statement": now.statement,
    }
    pages = [] if own_site.connection() else [*registry.presences_for(request.person, at=at).filter(closed_at=None)]
    form = forms.ChoicesForm(request.POST or None, initial=first, pages=pages)
    context = {"form": form, "box": addresses.whole(addresses.BOX)}
    if not form.is_bound or not form.is_valid():
        return respond.respond(request, "site/choices.html", context, status=422 if form.errors else 200)
    respond.redraw_on_refusal(request, "site/choices.html", context, form=form)
    commands.change_choices(wanted=form.wanted(), by=request.person, at=at)
    return respond.done(request, to=reverse("site:publication"), toast=_("Saved. The pages follow within a minute."))


@requires(Permission.PUBLISH)
@require_POST
def publish_year(request: StaffRequest) -> HttpResponse:
    """Publish the figures of moderation of one year; they stand as they are until somebody publishes them again."""
    year = request.POST.get("year", "")
    at = clock.now()
    openness.publish_year(year=int(year) if year.isdecimal() and len(year) == 4 else 0, by=request.person, at=at)
    return respond.done(request, to=reverse("site:publication"), toast=_("The figures are published."))


def served(part: Part) -> HttpResponse:
    """The bytes; a drawing can carry a script, so as a page of its own it may do nothing at all."""
    headers = {"ETag": part.etag, "Cache-Control": "no-cache", "Content-Security-Policy": "default-src 'none'"}
    return HttpResponse(part.body, content_type=part.media_type, headers=headers)
