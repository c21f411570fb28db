"""Torg: a municipality's social media, run by its own strategy and by law."""
