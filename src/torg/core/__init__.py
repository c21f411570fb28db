"""What every room may lean on: clock, calendar, chance, ids, actors, errors, jobs, database privileges."""
