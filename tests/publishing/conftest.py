"""A newsroom: two pages with channels, people who write and approve, a site and platforms in memory."""

from dataclasses import dataclass, field, replace
from datetime import datetime

import pytest

from tests import factories
from tests.publishing.content import GOOD, content
from torg.channels.models import Connection
from torg.connectors.testing import FakeChannel
from torg.outbox import sending
from torg.people.models import Person
from torg.people.types import Role
from torg.publishing import commands
from torg.publishing.models import Article
from torg.publishing.types import ChannelWords, Content
from torg.registry.models import Presence, PresenceKind

PLATFORMS: dict[str, FakeChannel] = {}
SHOWN: dict[str, str] = {}


def make(connection, _credentials):
    """The channel factory: a platform in memory for each connection."""
    return PLATFORMS[connection.external_id]


def show(*, article_id, by, at):
    """Stands for the public site."""
    article = Article.objects.get(public_id=article_id)
    assert article.state == "PUBLISHED", "the site is told of what is published"
    SHOWN[str(article_id)] = "shown"
    return {row.language: f"https://eksempelvik.example/aktuelt/{row.slug}/" for row in article.slugs.all()}


def hide(*, article_id, by, at):
    """Stands for the public site."""
    SHOWN[str(article_id)] = "hidden"


@dataclass
class Newsroom:
    """Who and what there is; `at` is a Tuesday at ten."""

    page: Presence
    writer: Person
    approver: Person
    officer: Person
    channels: list[Connection]
    at: datetime
    platforms: dict[str, FakeChannel] = field(default_factory=lambda: PLATFORMS)

    def written(self, *, by: Person | None = None, channels: int = 1, **changes) -> Article:
        """An article with a text for each of the first channels."""
        writer = by or self.writer
        article = commands.add_idea(scope_id=self.page.scope_id, title="Svømmehallen åpner", by=writer, at=self.at)
        said = tuple(ChannelWords(row.public_id, "Svømmehallen åpner på mandag.") for row in self.channels[:channels])
        self.write(article, content(channels=said, **changes), by=writer)
        return self.now(article)

    def write(self, article: Article, what: Content, *, by: Person | None = None):
        seen = self.now(article).newest_number
        return commands.save_version(
            article_id=article.public_id, content=what, seen_number=seen, by=by or self.writer, at=self.at
        )

    def rewritten(self, article: Article, title: str, **changes):
        said = tuple(ChannelWords(row.public_id, title) for row in self.channels[:1])
        what = content(texts={"nb": replace(GOOD, title=title)}, channels=said, **changes)
        return self.write(article, what)

    def approved(self, **changes) -> Article:
        """An article that another has approved."""
        article = self.written(**changes)
        commands.submit(article_id=article.public_id, by=self.writer, at=self.at)
        self.approve(article)
        return self.now(article)

    def approve(self, article: Article):
        return commands.approve(
            article_id=article.public_id, number=self.now(article).newest_number, by=self.approver, at=self.at
        )

    def published(self, **changes) -> Article:
        article = self.approved(**changes)
        self.publish(article)
        return self.now(article)

    def publish(self, article: Article, *, by: Person | None = None):
        number = self.now(article).newest_number
        return commands.publish(article_id=article.public_id, number=number, by=by or self.writer, at=self.at)

    def now(self, article: Article) -> Article:
        return Article.objects.get(pk=article.pk)

    def platform(self, number: int = 0) -> FakeChannel:
        return PLATFORMS[self.channels[number].external_id]


@pytest.fixture
def newsroom(db, at, settings) -> Newsroom:
    return furnish(at, settings)


def furnish(at, settings) -> Newsroom:
    settings.CHANNEL_FACTORY = "tests.publishing.conftest.make"
    settings.WEBSITE = "tests.publishing.conftest"
    PLATFORMS.clear()
    SHOWN.clear()
    page = factories.presence(at=at)
    writer = factories.person("Frida Forfatter")
    factories.role(writer, Role.CONTRIBUTOR, at=at, scope=page.scope)
    return Newsroom(
        page=page,
        writer=writer,
        approver=factories.administrator(page, at=at),
        officer=factories.officer(at=at),
        channels=[connected(page, number, at) for number in range(4)],
        at=at,
    )


def connected(page: Presence, number: int, at: datetime) -> Connection:
    account = f"100{number}"
    PLATFORMS[account] = FakeChannel(now=at, account_id=account)
    return Connection.objects.create(
        scope_id=page.scope_id,
        presence=page,
        platform="facebook",
        external_id=account,
        name=f"Kanal {number}",
        opened_at=at,
        capabilities={"can_publish": True, "can_edit_own": True, "can_delete": True},
    )


def local_page(at, name="Eksempelvik kino") -> Presence:
    return factories.presence(name, at=at, kind=PresenceKind.LOCAL_PAGE)


def sent(at: datetime) -> int:
    """The outbox at work."""
    return sending.send_due(at=at)
