"""The demonstration's media library: drawn pictures, consents that hold, one that ends and one that is withdrawn."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from torg.config.demo import films, pictures
from torg.config.demo import town as cast
from torg.config.demo.town import Town
from torg.core.actors import Rule
from torg.media import commands, sizing
from torg.media.models import Consent, Medium
from torg.media.types import ConsentChannel, ConsentGiven, Description, People, Rights
from torg.people.models import Person

DEMONSTRATION = Rule("media.sizes", "1")
US = Rights("Eksempelvik kommune", "Eget bilde", "Tegning: Eksempelvik kommune")


def fill(town: Town, *, at: datetime) -> None:
    """What page administrators have added and registered, some days ago."""
    market = _add(town, pictures.market(), "Torget i sol", at, is_shared=True)
    _alt(town, market, "Fargerike trehus rundt et tomt torg.", at)
    walk = _add(
        town,
        films.walk(pictures.market()),
        "En tur over torget",
        at,
        text="Filmen går langsomt fra venstre til høyre over torget, forbi trehusene.",
    )
    captions = films.CAPTIONS.encode()
    commands.give_captions(medium_id=walk.public_id, language="nb", data=captions, by=_by(town), at=at)
    for size in walk.sizes.order_by("lines"):
        commands.note_size(size_id=size.pk, made=sizing.make(size, at=at), by=DEMONSTRATION, at=at)
    mayor = _add(town, pictures.mayor(), "Ordføreren åpner torget", at, people=People.NEWS)
    commands.choose_focus(medium_id=mayor.public_id, x=215, y=520, by=_by(town), at=at)
    _posters(town, at)
    school = _add(town, pictures.school(), "Første skoledag", at, people=People.CONSENT)
    for name, is_withdrawn in (("Nora Oppdiktet", False), ("Emil Oppdiktet", True)):
        consent = _consent(town, name, at)
        commands.note_depiction(medium_id=school.public_id, consent_id=consent.public_id, by=_by(town), at=at)
        if is_withdrawn:
            later = at + timedelta(days=cast.AGE.days - 1)
            commands.withdraw_consent(consent_id=consent.public_id, by=_by(town), at=later)


def _posters(town: Town, at: datetime) -> None:
    words = "Sommerfest. Fredag kl. 12."
    _add(
        town,
        pictures.poster(is_pale=False),
        "Plakat: Sommerfest på torget",
        at,
        is_graphic=True,
        holds_text=True,
        text=words,
    )
    _add(town, pictures.poster(is_pale=True), "Plakat, første utkast", at, is_graphic=True, holds_text=True)


def _add(town: Town, data: bytes, title: str, at: datetime, **changed: Any) -> Medium:
    told = Description(scope_id=_scope(town), title=title, rights=US, **changed)
    return commands.add(data=data, description=told, by=_by(town), at=at)


def _alt(town: Town, medium: Medium, text: str, at: datetime) -> None:
    commands.note_alt_text(medium_id=medium.public_id, language="nb", text=text, by=_by(town), at=at)


def _consent(town: Town, name: str, at: datetime) -> Consent:
    given = ConsentGiven(
        scope_id=_scope(town),
        name=name,
        contact="forelder@eksempelvik.example",
        purpose="Bilder fra første skoledag, på nettsiden og på Facebook",
        channels=[ConsentChannel.WEBSITE, ConsentChannel.SOCIAL],
        given_on=at.date(),
        until_on=at.date() + cast.AGE + timedelta(days=20),
        is_child=True,
        guardian=f"Forelder til {name.split()[0]}",
        child_was_heard=True,
    )
    return commands.register_consent(given=given, by=_by(town), at=at)


def _by(town: Town) -> Person:
    return town.people[cast.ADMINISTRATOR]


def _scope(town: Town) -> UUID:
    return town.pages[cast.MAIN].scope_id
