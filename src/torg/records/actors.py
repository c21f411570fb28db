"""Who acted, as text that stays: kind and reference, never a name."""

from torg.core.actors import Actor


def told(by: Actor) -> str:
    """`person:<public id>`, `rule:<name>@<version>` or `operator:<shell name>`."""
    return f"{by.actor_kind}:{by.actor_ref}"[:120]
