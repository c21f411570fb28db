"""Fiks Arkiv v1: messages handed over as a folder, a ZIP or an encrypted container, answers read from an inbox."""
