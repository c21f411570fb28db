"""Questions on incidents: who takes part, what the public reads, what happened, what it came to."""

from torg.crisis.queries.aftermath import AfterAction, after_action
from torg.crisis.queries.approval import allows_approval, may_approve
from torg.crisis.queries.carrying import page_of_article
from torg.crisis.queries.gateways import gateway_or_absent, gateways
from torg.crisis.queries.incidents import (
    incident_seen_by,
    listed,
    pages_within_reach,
    running_seen_by,
    targets_of,
)
from torg.crisis.queries.languages import languages_of, main_language
from torg.crisis.queries.log import incident_log
from torg.crisis.queries.seats import acts_as_owner, owner_now, seats_of
from torg.crisis.queries.spreading import Spread, channels_of, spread_of
from torg.crisis.queries.status import html_of, public_incidents, status_page, status_pages, titles_running
from torg.crisis.queries.waiting import calls_unanswered, closings_waiting, shifts_offered

__all__ = [
    "AfterAction",
    "Spread",
    "acts_as_owner",
    "after_action",
    "allows_approval",
    "calls_unanswered",
    "channels_of",
    "closings_waiting",
    "gateway_or_absent",
    "gateways",
    "html_of",
    "incident_log",
    "incident_seen_by",
    "languages_of",
    "listed",
    "main_language",
    "may_approve",
    "owner_now",
    "page_of_article",
    "pages_within_reach",
    "public_incidents",
    "running_seen_by",
    "seats_of",
    "shifts_offered",
    "spread_of",
    "status_page",
    "status_pages",
    "targets_of",
    "titles_running",
]
