"""`torg up` on one machine: plain HTTP on loopback."""

from torg.config.settings.base import *  # noqa: F403

DEBUG = False
