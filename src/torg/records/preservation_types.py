"""What is handed to the commands of preservation."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class RuleWanted:
    """A rule of disposal to be: `takes` is one of `preservation_codes.Disposable`, `reference` a legal code.

    `years` are whole years after the case file was finished.
    """

    name: str
    takes: str
    years: int
    reference: str
    because: str = field(repr=False)
    classification: str = ""
    channel: str = ""
