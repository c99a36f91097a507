"""What both sites have in common."""

from lastpiece.site.settings import env

DEBUG = False
ALLOWED_HOSTS = env.HOSTS
USE_TZ = True
TIME_ZONE = "Europe/London"
LANGUAGE_CODE = "en-gb"
USE_I18N = True
STATIC_URL = "static/"
APPEND_SLASH = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LOGGING_CONFIG = "logging.config.dictConfig"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"without_words": {"()": "lastpiece.site.quiet.WithoutWords"}},
    "handlers": {"quiet": {"class": "logging.StreamHandler", "formatter": "without_words", "level": "ERROR"}},
    "loggers": {"django": {"handlers": ["quiet"], "level": "ERROR", "propagate": False}},
    "root": {"handlers": ["quiet"], "level": "ERROR"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"  # `no-referrer` makes Chromium send `Origin: null`
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
