"""Comments on our own site as a channel like any other: signed deliveries in, acts out."""
