"""Everything that can be done in the guidance."""

from torg.guidance.commands.advice import (
    answer_advice,
    ask_advice,
    pass_on_advice,
    put_back_advice,
    reopen_advice,
    set_advice_term,
    take_advice,
)
from torg.guidance.commands.elections import add_election, withdraw_election
from torg.guidance.commands.guide import edit_entry, make_entry, retire_entry
from torg.guidance.commands.learning import acknowledge, complete_course
from torg.guidance.commands.routine import set_routine
from torg.guidance.commands.texts import word_text

__all__ = [
    "acknowledge",
    "add_election",
    "answer_advice",
    "ask_advice",
    "complete_course",
    "edit_entry",
    "make_entry",
    "pass_on_advice",
    "put_back_advice",
    "reopen_advice",
    "retire_entry",
    "set_advice_term",
    "set_routine",
    "take_advice",
    "withdraw_election",
    "word_text",
]
