"""What employees should know when they write for the municipality: poster, courses, advice, rules and dates."""
