"""A deposit package (arkivuttrekk): everything of a closed period, for an archive that will keep it for ever."""

from torg.noark.writing.deposit.agreement import Agreement, CaseContent, Separation
from torg.noark.writing.deposit.schemas import SchemasMissing
from torg.noark.writing.deposit.writer import Written, write

__all__ = ["Agreement", "CaseContent", "SchemasMissing", "Separation", "Written", "write"]
