"""The tests of a deposit, one class each, by what they look at."""
