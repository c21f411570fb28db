"""Every act in the media library."""

from torg.media.commands.adding import add
from torg.media.commands.changing import (
    choose_focus,
    delete,
    describe,
    give_captions,
    note_alt_text,
    set_aside,
    take_back,
)
from torg.media.commands.consents import (
    end_consent,
    end_depiction,
    note_depiction,
    register_consent,
    withdraw_consent,
)
from torg.media.commands.films import choose_frame, choose_poster, make_sizes_again, note_size
from torg.media.commands.following import end_rights, note_scan
from torg.media.commands.routines import make_routine
from torg.media.commands.take_downs import leave_standing, take_down

__all__ = [
    "add",
    "choose_focus",
    "choose_frame",
    "choose_poster",
    "delete",
    "describe",
    "end_consent",
    "end_depiction",
    "end_rights",
    "give_captions",
    "leave_standing",
    "make_routine",
    "make_sizes_again",
    "note_alt_text",
    "note_depiction",
    "note_scan",
    "note_size",
    "register_consent",
    "set_aside",
    "take_back",
    "take_down",
    "withdraw_consent",
]
