"""The public site's rows: its pages ready to send, what search knows of them, comments, and what was decided."""

from torg.site.models.choices import Comments, SiteChoices
from torg.site.models.comments import NEXT_STATES, Comment, CommentState
from torg.site.models.listing import Listing
from torg.site.models.media import MediumCopy
from torg.site.models.pages import SiteCopy, SitePage

__all__ = [
    "NEXT_STATES",
    "Comment",
    "CommentState",
    "Comments",
    "Listing",
    "MediumCopy",
    "SiteChoices",
    "SiteCopy",
    "SitePage",
]
