"""Tags of moderation's templates."""
