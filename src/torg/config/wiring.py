"""The one place where a lower room is told of a higher one, by dotted path; it reaches them through settings."""

# Takes each batch of normalised events, in the transaction that marks their deliveries as processed.
INBOUND = "torg.inbox.commands.take_in"

# The handler of each kind of outbox act; what a handler must be, `torg.outbox.types.Handler` says.
OUTBOX_HANDLERS: dict[str, str] = {
    "api.webhook": "torg.api.outgoing",
}

# Functions that the worker calls with `limit` and `at` until they say that nothing waits.
BATCH_CONSUMERS: dict[str, str] = {
    "webhooks": "torg.api.outgoing.fan_out",
}
