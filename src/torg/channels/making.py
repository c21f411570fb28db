"""Which connector speaks for a connection; the one place that knows the platforms by name."""

from collections import defaultdict
from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string

from torg.channels.credentials import Credentials
from torg.channels.models import Connection
from torg.connectors.board import OWN_SITE, Board
from torg.connectors.channels.facebook import connector as facebook
from torg.connectors.channels.facebook.budget import Budget
from torg.connectors.channels.facebook.graph import BASE_URL, Access
from torg.connectors.channels.hand import written as hand
from torg.connectors.channels.hand.channel import HandChannel
from torg.connectors.channels.ownsite.connector import OwnSiteConnector
from torg.connectors.contract import Channel
from torg.core import clock

# One budget for each account and process: all its calls draw on the same allowance.
_budgets: dict[tuple[str, str], Budget] = defaultdict(Budget)


def make_channel(connection: Connection, secrets: Credentials) -> Channel:
    """The connector for this account, with its credentials."""
    if connection.platform == hand.PLATFORM:
        return HandChannel()
    if connection.platform == OWN_SITE:
        return OwnSiteConnector(cast(Board, import_string(settings.OWN_SITE_BOARD)()), site=connection.external_id)
    if connection.platform != "facebook":
        raise LookupError(f"There is no connector for {connection.platform}.")
    access = Access(
        page_id=connection.external_id,
        token=secrets.token,
        app_id=connection.app_id,
        app_secret=secrets.app_secret,
        scopes=frozenset(connection.granted_scopes) if connection.granted_scopes else None,
        base_url=settings.GRAPH_ADDRESS or BASE_URL,
    )
    budget = _budgets[connection.platform, connection.external_id]
    # The stand-in is on this machine; nothing else that is asked for by settings may be.
    return facebook.connect(access, now=clock.now, budget=budget, allow_loopback=bool(settings.GRAPH_ADDRESS))
