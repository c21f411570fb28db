"""Everything that speaks to the outside; knows no Django and no domain."""
