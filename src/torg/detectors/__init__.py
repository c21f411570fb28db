"""Text to explained findings; knows no Django."""
