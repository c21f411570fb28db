"""What is published, and whether what was withdrawn is gone everywhere."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db.models import Max, QuerySet

from torg.core.actors import Actor
from torg.people.types import Permission
from torg.site.models import Comment, CommentState, SiteCopy, SitePage

# A sound among them may fill 20 MB.
AT_ONCE = 5


def newest_version() -> int:
    """The number of the site's last change; 0 before the first."""
    return SitePage.objects.aggregate(newest=Max("version"))["newest"] or 0


def changed_since(version: int) -> Iterator[SitePage]:
    """Pages published or withdrawn after `version`, in the order of change."""
    return SitePage.objects.filter(version__gt=version).order_by("version").iterator(chunk_size=AT_ONCE)


def etags_standing() -> dict[str, str]:
    """The tag of every page that stands now, by its address."""
    return dict(SitePage.objects.filter(withdrawn_at=None).values_list("path", "etag"))


def paths_withdrawn() -> set[str]:
    """The addresses from which a page was taken away."""
    return set(SitePage.objects.exclude(withdrawn_at=None).values_list("path", flat=True))


def front_page() -> QuerySet[SitePage]:
    """The site's front page, where it stands."""
    return SitePage.objects.filter(path="/", withdrawn_at=None)


def is_published() -> bool:
    """Whether the site's front page stands."""
    return front_page().exists()


def copies_behind(version: int) -> QuerySet[SiteCopy]:
    """Serving processes that have not said that they hold `version` or a later one."""
    return SiteCopy.objects.filter(version__lt=version).order_by("host", "process")


def is_gone(page: SitePage) -> bool:
    """Whether a withdrawn page is gone from every server; only then is the withdrawal shown as done.

    A server that is silent counts as one that still shows the page.
    """
    return page.withdrawn_at is not None and not copies_behind(page.version).exists()


def etags_of(paths: Iterable[str]) -> dict[str, str]:
    """What stands at these addresses, with its mark."""
    return dict(SitePage.objects.filter(withdrawn_at=None, path__in=list(paths)).values_list("path", "etag"))


def etags_ending(end: str) -> dict[str, str]:
    """What stands at addresses that end so, with its mark."""
    return dict(SitePage.objects.filter(withdrawn_at=None, path__endswith=end).values_list("path", "etag"))


def comments_waiting(actor: Actor, *, at: datetime) -> QuerySet[Comment]:
    """Comments that somebody must look at before they are shown, the oldest first."""
    rows: QuerySet[Comment] = Comment.objects.visible_to(actor, at=at, permission=Permission.HIDE)
    return rows.filter(state=CommentState.HELD, is_taken_in=True, is_own=False).order_by("written_at", "id")


def etags_below(beginning: str) -> dict[str, str]:
    """What stands at addresses that begin so, with its mark."""
    return dict(SitePage.objects.filter(withdrawn_at=None, path__startswith=beginning).values_list("path", "etag"))
