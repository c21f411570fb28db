"""Connect, reconnect, close and care for channels; replay what they delivered."""

from torg.channels.commands.by_hand import write_down
from torg.channels.commands.connection import (
    check_connection,
    close,
    close_all,
    connect,
    decide_media,
    destroy_keys,
    import_history,
    mark_broken,
    reconnect,
    rotate_secrets,
)
from torg.channels.commands.delivery import replay, replay_failed

__all__ = [
    "check_connection",
    "close",
    "close_all",
    "connect",
    "decide_media",
    "destroy_keys",
    "import_history",
    "mark_broken",
    "reconnect",
    "replay",
    "replay_failed",
    "rotate_secrets",
    "write_down",
]
