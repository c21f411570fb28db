"""`torg up` on one machine: plain HTTP on loopback."""

from torg.config import env
from torg.config.settings.base import *

DEBUG = False
LOG_FORMAT = env.text("TORG_LOG_FORMAT", "console")
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "http"
