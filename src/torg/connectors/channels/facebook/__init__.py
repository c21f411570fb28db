"""Facebook Pages and Messenger."""
