"""The one place where a lower room is told of a higher one, by dotted path; it reaches them through settings."""

# Takes each batch of normalised events, in the transaction that marks their deliveries as processed.
INBOUND = "torg.inbox.commands.take_in"

# Whether what happens in a scope must be sealed in the log, which lies below the room that knows.
SCOPE_IS_SEALED = "torg.people.queries.is_secret"

# The handler of each kind of outbox act; what a handler must be, `torg.outbox.types.Handler` says.
OUTBOX_HANDLERS: dict[str, str] = {
    "api.webhook": "torg.api.outgoing",
    "channels.act": "torg.channels.outbound",
    "channels.leave": "torg.channels.farewell",
    "crisis.alert": "torg.crisis.alerting",
    "crisis.sandbox": "torg.crisis.sandbox",
    "openness.einnsyn": "torg.openness.einnsyn",
    "publishing.film": "torg.publishing.film_sending",
    "records.deliver": "torg.records.outbound",
    "site.websub": "torg.site.websub",
}

# Functions that the worker calls with `limit` and `at` until they say that nothing waits.
BATCH_CONSUMERS: dict[str, str] = {
    "channels": "torg.channels.processing.process_pending",
    "webhooks": "torg.api.outgoing.fan_out",
    "site-comments": "torg.site.commands.take_in_comments",
    "moderation": "torg.moderation.commands.open_from_findings",
    "moderation-cards": "torg.moderation.commands.open_from_cards",
    "moderation-evidence": "torg.moderation.commands.take_evidence",
    "moderation-outside": "torg.moderation.commands.watch_outside",
}

# Who is told the outcome of an act, by the kind of its subject: `f(*, subject_id, act, at)`.
OUTCOME_HANDLERS: dict[str, str] = {
    "crisis.alert": "torg.crisis.commands.note_alert_outcome",
    "crisis.sandbox_post": "torg.crisis.commands.note_sandbox_outcome",
    "inbox.answer": "torg.inbox.commands.note_outcome",
    "moderation.decision": "torg.moderation.commands.note_decision_outcome",
    "moderation.hiding": "torg.moderation.commands.note_hiding_outcome",
    "moderation.notice": "torg.moderation.commands.note_notice_outcome",
    "moderation.sanction": "torg.moderation.commands.note_sanction_outcome",
    "moderation.complaint": "torg.moderation.commands.note_restoration",
    "publishing.post": "torg.publishing.commands.note_post_outcome",
}

# The connectors: how a connection gets its channel, and who checks and reads a platform's deliveries.
CHANNEL_FACTORY = "torg.channels.making.make_channel"
INTAKES = {
    "facebook": "torg.connectors.channels.facebook.intake.FacebookIntake",
    "nettstedet": "torg.connectors.channels.ownsite.intake.OwnSiteIntake",
}

# Where the comments of our own site are kept; what it offers, `torg.connectors.board.Board` says.
OWN_SITE_BOARD = "torg.site.board.SiteBoard"

# Whether the public site stands, for the last of the first steps: the desk and the site do not know each other.
SITE_FRONT_PAGE = "torg.site.queries.front_page"

# Who of us wrote the answers among some items: the inbox knows, dialogue asks when evidence is captured.
WHO_ANSWERED = "torg.inbox.authorship.who_answered"

# Who knows the subjects of the records room, by kind; what such a module offers, `torg.records.types.Source` says.
RECORD_SOURCES = {
    "dialogue.thread": "torg.inbox.recording.threads",
    "dialogue.post": "torg.inbox.recording.posts",
    "openness.request": "torg.openness.recording",
    "crisis.incident": "torg.crisis.recording",
}

# Of these, the kinds that stand on a platform, where others than us may hide or delete them.
STATED_RECORD_SOURCES = ("dialogue.thread", "dialogue.post")

# What runs LibreOffice and Ghostscript over attachments.
PROGRAM_RUNNER = "torg.config.processes.confined_programs.run"

# Who holds something about a person; what such a module offers, `torg.records.party_types.PartySource` says.
PARTY_SOURCES = {
    "dialogue": "torg.dialogue.party",
    "moderation": "torg.moderation.party",
}

# How a connected archive core gets its connector.
ARCHIVE_FACTORY = "torg.records.archive_making.make_archive"

# What the register asks of the rooms above: the contents of a presence for an export, and how busy presences are.
PRESENCE_EXPORT = "torg.dialogue.exporting.contents_of"
PRESENCE_ACTIVITY = "torg.dialogue.activity.activity"
# What we count week by week for the goals of presences; `torg.registry.types.CountSource` says how.
PRESENCE_COUNTS = "torg.oversight.counting.counts"
# Who knows the open work that somebody leaves to a stand-in, by kind; `torg.people.handing.OpenWorkSource` says what.
OPEN_WORK = {
    "enquiry": "torg.inbox.open_work.ENQUIRIES",
    "draft": "torg.inbox.open_work.DRAFTS",
    "case": "torg.moderation.open_work.CASES",
    "complaint": "torg.moderation.open_work.COMPLAINTS",
    "advice": "torg.guidance.open_work.ADVICE",
}

# The help card beside a form in which one answers: `f(*, signs, language, at) -> torg.ui.types.HelpCard`.
HELP_CARD = "torg.guidance.cards.card"

# Who uses media: functions `f(*, medium_ids: list[int]) -> list[torg.media.types.Use]`.
MEDIA_USES: list[str] = ["torg.publishing.uses.uses_of"]

# How a person wants pictures shown; the library lies below the room that knows.
PICTURE_VIEWING = "torg.moderation.queries.viewing_of"

# The public site, which shows articles before any channel gets them; `torg.publishing.website.Website` says what it is.
WEBSITE = "torg.site.articles"

# Whether somebody may approve alone in an incident: `f(*, incident_id, person, at) -> bool`; empty without crisis mode.
CRISIS_APPROVAL = "torg.crisis.queries.allows_approval"

# Where the statement is changed that an article carries: `f(article_id) -> str`, an address, or empty.
STATEMENT_PAGE = "torg.crisis.queries.page_of_article"

# The status page of the public site; `torg.crisis.website.StatusSite` says what it is.
WEBSITE_STATUS = "torg.site.status"

# Whether a presence is connected to a platform: a person's private profile must not be.
PRESENCE_IS_CONNECTED = "torg.channels.queries.is_connected"
# What ends with a presence that closes or merges: its channels, `f(*, scope_id, by, at)`.
PRESENCE_ENDED = "torg.channels.commands.close_all"
