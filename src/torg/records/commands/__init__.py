"""What one can do with records; one verb is one function."""

from torg.records.commands.assessing import assess
from torg.records.commands.capturing import capture
from torg.records.commands.cases import close_case_file, correct_case_file, open_case_file, reopen_case_file
from torg.records.commands.documents import keep_variant
from torg.records.commands.entries import archive_entry, correct_entry, expire_entry, refer, remark, set_follow_up
from torg.records.commands.gathering import gather, gather_overlooked
from torg.records.commands.journaling import add_version, journal, journal_decision
from torg.records.commands.restricting import lift, restrict
from torg.records.commands.rules import (
    apply_rules,
    change_channel,
    check_reference,
    switch_rule_off,
    switch_rule_on,
)

__all__ = [
    "add_version",
    "apply_rules",
    "archive_entry",
    "assess",
    "capture",
    "change_channel",
    "check_reference",
    "close_case_file",
    "correct_case_file",
    "correct_entry",
    "expire_entry",
    "gather",
    "gather_overlooked",
    "journal",
    "journal_decision",
    "keep_variant",
    "lift",
    "open_case_file",
    "refer",
    "remark",
    "reopen_case_file",
    "restrict",
    "set_follow_up",
    "switch_rule_off",
    "switch_rule_on",
]
