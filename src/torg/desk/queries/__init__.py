"""What the staff's screens are composed of."""
