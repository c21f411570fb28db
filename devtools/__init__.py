"""Tools of the checkout: the environment, checks, the Graph stand-in. Not in the wheel."""
