"""Base templates, components, htmx answers and error pages."""
