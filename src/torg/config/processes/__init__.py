"""The processes that make up a running Torg, and the small supervisor that keeps them up."""
