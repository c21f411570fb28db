"""Articles first, posts made from them, the plan, approval, and what became of each (publisering)."""
