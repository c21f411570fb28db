"""How a batch of events becomes posts, threads, items and versions.

`meaning` reads one event, `sheet` holds what the batch touches, `steps` applies the events one by one in memory,
`storing` writes the outcome in a few statements. Whatever order events arrive in, the outcome is the same: texts and
states are sets of dated facts, of which the newest holds.
"""
