"""What all ways of running share. What a municipality decides is data in the room that owns it, not a setting."""

import shutil
from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from torg.config import env, wiring

PACKAGE = Path(__file__).resolve().parents[2]
DATA = Path(env.text("TORG_DATA", "var")).resolve()

SECRET_KEY = env.text("TORG_SECRET_KEY", "")
# Fernet keys, newest first: the first encrypts, all decrypt. `torg secrets rotate` re-encrypts with the first.
CREDENTIAL_KEYS = env.words("TORG_CREDENTIAL_KEYS")
# Signs the log's checkpoints: 32 bytes in base64. Empty: a key file is made among the data.
CHECKPOINT_KEY = env.text("TORG_CHECKPOINT_KEY", "")
CHECKPOINT_KEY_FILE = DATA / "secrets" / "checkpoint.key"
CHECKPOINT_FORMER_KEYS = env.words("TORG_CHECKPOINT_FORMER_KEYS")
CHECKPOINT_ORIGIN = env.text("TORG_CHECKPOINT_ORIGIN", "")
# A time-stamp authority (RFC 3161), and the PEM file with its root certificates. Empty: no time stamps.
TIME_STAMP_URL = env.text("TORG_TIME_STAMP_URL", "")
TIME_STAMP_ROOTS = env.text("TORG_TIME_STAMP_ROOTS", "")
TIME_STAMP_ALLOW_LOOPBACK = False
ALLOWED_HOSTS = env.words("TORG_HOSTS", "localhost,127.0.0.1")
PUBLIC_ADDRESS = env.text("TORG_ADDRESS", "http://localhost:8000")
CSRF_TRUSTED_ORIGINS = [PUBLIC_ADDRESS]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "template_partials",
    "django_htmx",
    "csp",
    "axes",
    "torg.ui",  # before allauth, whose templates it replaces
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "procrastinate.contrib.django",
    "torg.audit",
    "torg.files",
    "torg.outbox",
    "torg.people",
    "torg.records",
    "torg.openness",
    "torg.media",
    "torg.registry",
    "torg.channels",
    "torg.dialogue",
    "torg.triage",
    "torg.inbox",
    "torg.moderation",
    "torg.guidance",
    "torg.publishing",
    "torg.oversight",
    "torg.crisis",
    "torg.desk",
    "torg.site",
    "torg.api",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "torg.config.language.PersonLanguage",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "torg.ui.middleware.DomainErrors",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "torg.config.urls"
ASGI_APPLICATION = "torg.config.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "torg.ui.appearance.context",
                "torg.config.frame.context",
            ],
        },
    }
]

DATABASES = {
    "default": {
        **env.database(env.text("DATABASE_URL", "postgresql:///torg")),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
}
# The role that serves; migrations take rights from it. Empty: one role does all, and only triggers guard.
APP_DATABASE_ROLE = env.text("TORG_APP_ROLE", "")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Login"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk/"

ACCOUNT_ADAPTER = "torg.people.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key", "reset_password": "5/m/ip,3/h/key"}
# A town hall has one address on the net: who guesses at one log-in locks that log-in, from there, for a while,
# and not all colleagues for ever (which is what the library does unless told).
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=10)
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "torg.ui.views.too_many_attempts"
MFA_ADAPTER = "torg.people.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["recovery_codes", "totp", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Torg"
USERSESSIONS_TRACK_ACTIVITY = False
# Whoever may agree to deletions or open masked text must have a second step, unless an identity provider vouched.
REQUIRE_SECOND_FACTOR = env.flag("TORG_REQUIRE_SECOND_FACTOR", False)

# OpenID Connect (Entra ID, Ansattporten): empty issuer means that it is not offered.
OIDC_ISSUER = env.text("TORG_OIDC_ISSUER", "")
OIDC_NAME = env.text("TORG_OIDC_NAME", "Ansattporten")
OIDC_CLIENT_ID = env.text("TORG_OIDC_CLIENT_ID", "")
OIDC_CLIENT_SECRET = env.text("TORG_OIDC_CLIENT_SECRET", "")
# A private key (JWK as JSON) instead of a secret: what ID-porten and Ansattporten recommend.
OIDC_PRIVATE_KEY = env.text("TORG_OIDC_PRIVATE_KEY", "")

# Without a mail server, letters are laid in a folder where the operator can read them.
EMAIL_HOST = env.text("TORG_SMTP_HOST", "")
EMAIL_PORT = int(env.text("TORG_SMTP_PORT", "587"))
EMAIL_HOST_USER = env.text("TORG_SMTP_USER", "")
EMAIL_HOST_PASSWORD = env.text("TORG_SMTP_PASSWORD", "")
EMAIL_USE_TLS = env.flag("TORG_SMTP_TLS", True)
EMAIL_TIMEOUT = 10
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = DATA / "mail"
DEFAULT_FROM_EMAIL = env.text("TORG_MAIL_FROM", "torg@localhost")

LANGUAGE_CODE = "nb"
# The rooms that are no Django apps, and what libraries say in languages that they lack; the apps' own folders are
# found by themselves.
LOCALE_PATHS = [PACKAGE / name / "locale" for name in ("config", "core", "connectors", "library_texts")]
LANGUAGES = [("nb", _("Norwegian Bokmål")), ("nn", _("Norwegian Nynorsk")), ("en", _("English"))]
TIME_ZONE = "Europe/Oslo"
USE_TZ = True
LANGUAGE_COOKIE_NAME = "torg_language"
LANGUAGE_COOKIE_AGE = 60 * 60 * 24 * 365
LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "torg.ui.views.form_expired"

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILES_FOLDER = DATA / "files"

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 12
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    "camera": [],
    "geolocation": [],
    "microphone": [],
    "payment": [],
    "usb": [],
}

PROCRASTINATE_ON_APP_READY = None
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "tasks"

# A body over this is refused with 413 before it is read whole (webhooks have their own, larger limit).
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
UPLOAD_MAX_BYTES = 20 * 1024 * 1024
# Films are taken here only, from people who are signed in; they are written to disk as they come.
FILM_MAX_BYTES = env.number("TORG_FILM_MAX_MB", 500) * 1024 * 1024
LONG_UPLOADS = {"/media/new/": FILM_MAX_BYTES}
# Only for tests and the demonstration: a receiver on this machine.
WEBHOOKS_MAY_REACH_LOOPBACK = False
HUB_MAY_BE_LOOPBACK = False
WEBHOOK_MAX_BYTES = 8 * 1024 * 1024

# Our own form of log lines is set up by each process; see `torg.config.logs`.
LOGGING_CONFIG = None
LOG_LEVEL = env.text("TORG_LOG_LEVEL", "INFO")
LOG_FORMAT = env.text("TORG_LOG_FORMAT", "json")
METRICS_TOKEN = env.text("TORG_METRICS_TOKEN", "")
# Proxies whose word about the sender's address and protocol is believed.
PROXIES = env.words("TORG_PROXIES", "127.0.0.1")

# Lower rooms read these through settings: they may not import `torg.config`.
INBOUND_HANDLER = wiring.INBOUND
SCOPE_IS_SEALED = wiring.SCOPE_IS_SEALED
OUTBOX_HANDLERS = wiring.OUTBOX_HANDLERS
BATCH_CONSUMERS = wiring.BATCH_CONSUMERS
OUTCOME_HANDLERS = wiring.OUTCOME_HANDLERS
CHANNEL_FACTORY = wiring.CHANNEL_FACTORY
INTAKES = wiring.INTAKES
OWN_SITE_BOARD = wiring.OWN_SITE_BOARD
SITE_FRONT_PAGE = wiring.SITE_FRONT_PAGE
WHO_ANSWERED = wiring.WHO_ANSWERED
RECORD_SOURCES = wiring.RECORD_SOURCES
ARCHIVE_FACTORY = wiring.ARCHIVE_FACTORY
MEDIA_USES = wiring.MEDIA_USES
WEBSITE = wiring.WEBSITE
CRISIS_APPROVAL = wiring.CRISIS_APPROVAL
STATEMENT_PAGE = wiring.STATEMENT_PAGE
WEBSITE_STATUS = wiring.WEBSITE_STATUS
PICTURE_VIEWING = wiring.PICTURE_VIEWING
STATED_RECORD_SOURCES = wiring.STATED_RECORD_SOURCES
PROGRAM_RUNNER = wiring.PROGRAM_RUNNER
PARTY_SOURCES = wiring.PARTY_SOURCES
PRESENCE_EXPORT = wiring.PRESENCE_EXPORT
PRESENCE_ACTIVITY = wiring.PRESENCE_ACTIVITY
PRESENCE_COUNTS = wiring.PRESENCE_COUNTS
OPEN_WORK = wiring.OPEN_WORK
HELP_CARD = wiring.HELP_CARD
PRESENCE_IS_CONNECTED = wiring.PRESENCE_IS_CONNECTED
PRESENCE_ENDED = wiring.PRESENCE_ENDED
# Where messages for the archive are laid, and its answers found; shared with whoever carries them.
ARCHIVE_FOLDER = Path(env.text("TORG_ARCHIVE_FOLDER", str(DATA / "archive")))
# The archive in development stands on this machine.
ARCHIVE_MAY_BE_LOOPBACK = False
# Another address for Facebook's Graph API: the stand-in's, in development. Empty: the real one.
GRAPH_ADDRESS = env.text("TORG_STAND_IN", "")
# Deposit packages are written here; who receives them, and the number of the agreement, stand in each.
DEPOSIT_FOLDER = Path(env.text("TORG_DEPOSIT_FOLDER", "") or DATA / "deposits")
DEPOSIT_RECEIVER = env.text("TORG_DEPOSIT_RECEIVER", "")
DEPOSIT_AGREEMENT = env.text("TORG_DEPOSIT_AGREEMENT", "")
# Where `torg noark schemas` has put the official schemas, which every deposit carries.
NOARK_SCHEMAS = Path(env.text("TORG_NOARK_SCHEMAS", "") or DATA / "noark-schemas")
# Deliveries that arrive while PostgreSQL is away wait here.
SPOOL_FOLDER = DATA / "spool"
# Public pages as this machine serves them, also while PostgreSQL is away.
SITE_FOLDER = DATA / "site"
# ClamAV's clamd, which searches uploads for viruses: a socket's path, or host:port. Empty: Debian's usual socket if it
# is there, else uploads are not searched, and their pages say so.
CLAMD = env.text("TORG_CLAMD", "")
# The programs that lay out attachments as PDF/A: found by themselves, or by their path. Empty: such attachments wait
# for a person.
SOFFICE = env.text("TORG_SOFFICE", shutil.which("soffice") or "")
GHOSTSCRIPT = env.text("TORG_GHOSTSCRIPT", shutil.which("gs") or "")
# From where attachments are fetched: the platforms' own hosts, with all below a name that begins with a dot.
MEDIA_HOSTS = env.words("TORG_MEDIA_HOSTS", ".fbcdn.net,.fbsbx.com,.facebook.com,localhost,127.0.0.1")
