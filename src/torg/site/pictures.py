"""Pictures on the site: which copies an article shows, in sizes that a bad phone can carry."""

from collections.abc import Sequence
from dataclasses import dataclass

from torg.publishing.types import Published, PublishedPicture
from torg.site import addresses
from torg.site.models import MediumCopy

WEBSITE, PREVIEW = "website", "shared-link"


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture as a page shows it: the copy for old browsers, and all copies to choose from (`srcset`)."""

    told: PublishedPicture
    smallest: MediumCopy
    copies: Sequence[MediumCopy]

    @property
    def srcset(self) -> str:
        """Each copy with its width."""
        return ", ".join(f"{copy.path} {copy.width}w" for copy in self.copies)


def shown(told: Published) -> list[Shown]:
    """The article's pictures whose copies are ready; the others follow when they are."""
    by_medium: dict[object, list[MediumCopy]] = {}
    wanted = [picture.medium_id for picture in told.pictures]
    for copy in MediumCopy.objects.filter(medium_id__in=wanted, shape=WEBSITE).order_by("width"):
        by_medium.setdefault(copy.medium_id, []).append(copy)
    return [
        Shown(picture, by_medium[picture.medium_id][0], by_medium[picture.medium_id])
        for picture in told.pictures
        if picture.medium_id in by_medium
    ]


def preview(told: Published) -> str:
    """The whole address of the picture that others show beside a link to the article, if there is one."""
    if told.picture is None:
        return ""
    copy = MediumCopy.objects.filter(medium_id=told.picture.medium_id, shape=PREVIEW).first()
    return addresses.whole(copy.path) if copy else ""
