"""What is done with the public site: pages, comments, and what is decided about it."""

from torg.site.commands.choices import Wanted, change_choices
from torg.site.commands.comments import receive_comment, show_comment, take_in_comments
from torg.site.commands.pages import CHANNEL, forget_copy, publish_page, withdraw_page

__all__ = [
    "CHANNEL",
    "Wanted",
    "change_choices",
    "forget_copy",
    "publish_page",
    "receive_comment",
    "show_comment",
    "take_in_comments",
    "withdraw_page",
]
