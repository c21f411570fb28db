"""Tools for those who develop the project; none of it is installed with it."""
