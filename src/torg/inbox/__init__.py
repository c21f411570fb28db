"""The queue: assignment, deadlines, answers, notes, promises."""
