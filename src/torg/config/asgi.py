"""The root of what is served: bare ASGI for intake, the live stream and health, Django through a bridge for pages."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "torg.config.settings.production")
django.setup()

from torg.config.root import make_application  # noqa: E402 — Django must be set up before our models are read

application = make_application()
