"""What triage can be told to do."""

from torg.triage.commands.assessing import assess, open_sensitive, reread_links, rerun
from torg.triage.commands.listing import drop_file, list_host, read_file, take_off, take_over_file

__all__ = [
    "assess",
    "drop_file",
    "list_host",
    "open_sensitive",
    "read_file",
    "reread_links",
    "rerun",
    "take_off",
    "take_over_file",
]
