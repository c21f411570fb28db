"""Who acted, by the name that a reader in fifty years can use."""

from torg.people.models import Person


def named(told: str) -> str:
    """The name behind `person:<public id>`; a rule or an operator as it stands."""
    kind, _colon, public_id = told.partition(":")
    if kind != "person":
        return told
    return Person.objects.filter(public_id=public_id).values_list("name", flat=True).first() or told
