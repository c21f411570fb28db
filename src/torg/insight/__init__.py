"""What the house knows about itself: how each clause of the strategy stands."""
