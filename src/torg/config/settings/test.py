"""For tests: cheap hashing, a fixed key, no compression of static files."""

from torg.config.settings.base import *

SECRET_KEY = "only-for-tests"
CHECKPOINT_KEY = "dGVzdC1rZXktdGVzdC1rZXktdGVzdC1rZXktdGVzdC0="
TIME_STAMP_ALLOW_LOOPBACK = True
CREDENTIAL_KEYS = ["dGVzdC1rZXktdGVzdC1rZXktdGVzdC1rZXktdGVzdC0="]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
APP_DATABASE_ROLE = "torg_app"
AXES_ENABLED = False
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
# Static files straight from the source, for the browser tests.
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
ARCHIVE_MAY_BE_LOOPBACK = True
# What a machine has must not change what tests find.
SOFFICE = GHOSTSCRIPT = ""
