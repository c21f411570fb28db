"""Archive cores (arkivkjerner): one contract, and the ways to deliver to them."""
