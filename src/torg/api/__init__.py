"""The REST API and outgoing webhooks."""
