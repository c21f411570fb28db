"""What is done with the public site: pages, comments, and what is decided about it."""

from torg.site.commands.choices import Wanted, change_choices
from torg.site.commands.comments import receive_comment, show_comment, take_in_comments
from torg.site.commands.own_comments import answer_in_branch, change_comment, take_back_comment
from torg.site.commands.pages import CHANNEL, forget_copy, publish_page, withdraw_page

__all__ = [
    "CHANNEL",
    "Wanted",
    "answer_in_branch",
    "change_choices",
    "change_comment",
    "forget_copy",
    "publish_page",
    "receive_comment",
    "show_comment",
    "take_back_comment",
    "take_in_comments",
    "withdraw_page",
]
