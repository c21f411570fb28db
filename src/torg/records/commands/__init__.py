"""What one can do with records; one verb is one function."""

from torg.records.commands.archives import (
    check_archive,
    choose_case_in_archive,
    close_period,
    connect_archive,
    disconnect_archive,
    note_comparison,
    note_core_trouble,
)
from torg.records.commands.assessing import assess
from torg.records.commands.capturing import capture, capture_many
from torg.records.commands.cases import close_case_file, correct_case_file, open_case_file, reopen_case_file
from torg.records.commands.delivering import (
    deliver_again,
    deliver_entry,
    give_up_delivery,
    note_state,
    plan_deliveries,
    take_answer,
)
from torg.records.commands.deposits import fetch_deposit, note_deposit, note_deposit_failed, order_deposit
from torg.records.commands.disposing import (
    approve_disposal_rule,
    decide_disposals,
    dispose,
    keep_after_all,
    propose_disposal_rule,
    propose_disposals,
    withdraw_disposal_rule,
)
from torg.records.commands.documents import keep_variant
from torg.records.commands.entries import archive_entry, correct_entry, expire_entry, refer, remark, set_follow_up
from torg.records.commands.erasing import answer_erasure, receive_erasure
from torg.records.commands.exporting import (
    erase_party_export,
    fetch_party_export,
    look_up_party,
    note_party_export,
    note_party_export_failed,
    order_party_export,
)
from torg.records.commands.gathering import gather, gather_hidden, gather_overlooked
from torg.records.commands.holding import lift_hold, place_hold
from torg.records.commands.indexing import index_captures
from torg.records.commands.journaling import add_version, journal, journal_decision
from torg.records.commands.restricting import keep_restricted, lift, lift_ended, restrict
from torg.records.commands.rules import apply_rules, change_channel, check_reference, switch_rule_off, switch_rule_on
from torg.records.commands.searching import note_search
from torg.records.commands.watching import alarm_of_broken_files
from torg.records.commands.writing_in import add_archive_version, journal_internal

__all__ = [
    "add_archive_version",
    "add_version",
    "alarm_of_broken_files",
    "answer_erasure",
    "apply_rules",
    "approve_disposal_rule",
    "archive_entry",
    "assess",
    "capture",
    "capture_many",
    "change_channel",
    "check_archive",
    "check_reference",
    "choose_case_in_archive",
    "close_case_file",
    "close_period",
    "connect_archive",
    "correct_case_file",
    "correct_entry",
    "decide_disposals",
    "deliver_again",
    "deliver_entry",
    "disconnect_archive",
    "dispose",
    "erase_party_export",
    "expire_entry",
    "fetch_deposit",
    "fetch_party_export",
    "gather",
    "gather_hidden",
    "gather_overlooked",
    "give_up_delivery",
    "index_captures",
    "journal",
    "journal_decision",
    "journal_internal",
    "keep_after_all",
    "keep_restricted",
    "keep_variant",
    "lift",
    "lift_ended",
    "lift_hold",
    "look_up_party",
    "note_comparison",
    "note_core_trouble",
    "note_deposit",
    "note_deposit_failed",
    "note_party_export",
    "note_party_export_failed",
    "note_search",
    "note_state",
    "open_case_file",
    "order_deposit",
    "order_party_export",
    "place_hold",
    "plan_deliveries",
    "propose_disposal_rule",
    "propose_disposals",
    "receive_erasure",
    "refer",
    "remark",
    "reopen_case_file",
    "restrict",
    "set_follow_up",
    "switch_rule_off",
    "switch_rule_on",
    "take_answer",
    "withdraw_disposal_rule",
]
