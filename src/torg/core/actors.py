"""Who acts: a person, a named rule, or an operator at a shell."""

from dataclasses import dataclass
from typing import Protocol, runtime_checkable


@runtime_checkable
class Actor(Protocol):
    """Anyone who can stand in an audit event. `people.Person` satisfies it, and so do the two below."""

    @property
    def actor_kind(self) -> str:
        """`person`, `rule` or `operator`."""

    @property
    def actor_ref(self) -> str:
        """The person's public id, the rule's name and version, or the operator's shell name."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A named, versioned rule that a person has switched on."""

    name: str
    version: str

    @property
    def actor_kind(self) -> str:
        return "rule"

    @property
    def actor_ref(self) -> str:
        return f"{self.name}@{self.version}"


@dataclass(frozen=True, slots=True)
class Operator:
    """Someone at the server's command line, known by shell name only."""

    shell_name: str

    @property
    def actor_kind(self) -> str:
        return "operator"

    @property
    def actor_ref(self) -> str:
        return self.shell_name
