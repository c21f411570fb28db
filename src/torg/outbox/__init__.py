"""Every act toward the outside, with a state a person can see."""
