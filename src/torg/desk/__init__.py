"""The staff's screens, composed of the other rooms' parts."""
