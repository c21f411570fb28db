"""What is done about one post on its channel, and how all have done."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from torg.core import clock
from torg.people.access import StaffRequest, requires
from torg.people.types import Permission
from torg.publishing import commands, forms, queries
from torg.publishing.models import ChannelPost
from torg.ui import respond


@requires(Permission.PUBLISH)
@require_POST
def retry(request: StaffRequest, post_id: UUID) -> HttpResponse:
    """Try again."""
    post = commands.retry_post(post_id=post_id, by=request.person, at=clock.now())
    return gone_back(request, post, _("It is tried again."))


@requires(Permission.PUBLISH)
@require_POST
def giving_up(request: StaffRequest, post_id: UUID) -> HttpResponse:
    """Give it up."""
    post = commands.give_up_post(post_id=post_id, by=request.person, at=clock.now())
    return gone_back(request, post, _("The post is given up; the article stands."))


@requires(Permission.PUBLISH)
@require_POST
def deletion(request: StaffRequest, post_id: UUID) -> HttpResponse:
    """Delete our own post on its channel."""
    reason = request.POST.get("reason", "")
    post = commands.delete_post(post_id=post_id, reason=reason, by=request.person, at=clock.now())
    return gone_back(request, post, _("The post is being deleted on the channel."))


@requires(Permission.PUBLISH)
@require_GET
def figures(request: StaffRequest) -> HttpResponse:
    """How posts have done, each figure under its definition, and which times have reached most."""
    at = clock.now()
    posts = queries.measured_posts(request.person, at=at)
    told = queries.newest_figures(posts)
    context = {
        "at": at,
        "rows": [(post, told.get(post.pk, [])) for post in posts],
        "definitions": queries.definitions_of(told.values()),
        "achieved": queries.by_goal(posts, told),
        "best_times": queries.best_times(request.person, at=at),
        "weekdays": dict(forms.short.WEEKDAYS),
    }
    return respond.respond(request, "publishing/figures.html", context)


def gone_back(request: StaffRequest, post: ChannelPost, toast: str) -> HttpResponse:
    """To the article that the post was made from."""
    return respond.done(request, to=reverse("publishing:article", args=[post.article.public_id]), toast=toast)
