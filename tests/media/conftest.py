"""A page with somebody who publishes on it, and short ways into its library."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

import pytest

from tests import factories
from tests.media import films, pictures
from torg.core import ids
from torg.media import commands, tasks
from torg.media.models import Consent, Medium
from torg.media.types import ConsentChannel, ConsentGiven, Description, People, Rights, Use
from torg.people.models import Person
from torg.registry.models import Presence

USES: list[Use] = []


def uses_of(*, medium_ids: list[int]) -> list[Use]:
    """A room above that uses media."""
    return [use for use in USES if use.medium_id in medium_ids]


@dataclass
class Library:
    """The page, its people, and the library between them."""

    page: Presence
    by: Person
    at: datetime

    def described(self, **changed) -> Description:
        told = Description(scope_id=self.page.scope_id, title="Torget i sol", rights=Rights("Kari Prøve"))
        return replace(told, **changed)

    def added(self, data: bytes | None = None, **changed) -> Medium:
        return commands.add(
            data=pictures.jpeg() if data is None else data,
            description=self.described(**changed),
            by=self.by,
            at=self.at,
        )

    def film(self, data: bytes | None = None, **changed) -> Medium:
        """A film that is ready for the web."""
        medium = self.added(films.film() if data is None else data, **changed)
        tasks.make_sizes()
        medium.refresh_from_db()
        return medium

    def given(self, **changed) -> ConsentGiven:
        told = ConsentGiven(
            scope_id=self.page.scope_id,
            name="Ola Avbildet",
            contact="00 00 00 00",
            purpose="Bilder fra skoledagen på våre sider",
            channels=[ConsentChannel.WEBSITE],
            given_on=date(2026, 3, 1),
            until_on=date(2027, 3, 1),
        )
        return replace(told, **changed)

    def consent(self, **changed) -> Consent:
        return commands.register_consent(given=self.given(**changed), by=self.by, at=self.at)

    def depicting(self, **changed) -> tuple[Medium, Consent]:
        """A picture of somebody who has consented."""
        medium, consent = self.added(people=People.CONSENT), self.consent(**changed)
        commands.note_depiction(medium_id=medium.public_id, consent_id=consent.public_id, by=self.by, at=self.at)
        return medium, consent

    def used(self, medium: Medium, *, scope_id: UUID | None = None, **changed) -> Use:
        """The medium stands in an article."""
        place = Use(medium.pk, "publishing.article", ids.new(), scope_id or self.page.scope_id, "Skoledagen")
        USES.append(replace(place, **changed))
        return USES[-1]

    def clear(self) -> None:
        """Every place has let go."""
        USES.clear()


@pytest.fixture
def library(db, at, settings) -> Library:
    USES.clear()
    settings.MEDIA_USES = ["tests.media.conftest.uses_of"]
    page = factories.presence(at=at)
    return Library(page, factories.administrator(page, at=at), at)
