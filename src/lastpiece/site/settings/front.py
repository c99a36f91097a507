"""The public process: it can only seal. No login, no database, no private key, no cookie."""

from pathlib import Path

from lastpiece.site.settings.base import *  # noqa: F403 - the point of the file

SECRET_KEY = "the front signs nothing and sets no cookie, so this key guards nothing"  # noqa: S105 - as it says
ROOT_URLCONF = "lastpiece.site.front.urls"
INSTALLED_APPS = ["django.contrib.staticfiles", "lastpiece.site.parts.apps.PartsConfig"]
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("cy", "Cymraeg"), ("pl", "Polski"), ("ro", "Română"), ("ar", "العربية")]
LOCALE_PATHS = [Path(__file__).parents[1] / "front" / "locale"]
MIDDLEWARE = [
    "lastpiece.site.front.middleware.speak",
    "lastpiece.site.front.middleware.guard",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "lastpiece.site.front.middleware.refuse_cross_site_posts",
]
DATABASES: dict[str, object] = {}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"
STATIC_URL = "/static/"
STATICFILES_DIRS = [Path(__file__).parents[1] / "front" / "static"]
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parents[1] / "front" / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django.template.loaders.filesystem.Loader", "django.template.loaders.app_directories.Loader"],
                )
            ],
            "context_processors": ["lastpiece.site.front.around.around"],
            "builtins": ["lastpiece.site.parts.templatetags.parts"],
        },
    }
]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 3600
DATA_UPLOAD_MAX_NUMBER_FIELDS = 60
DATA_UPLOAD_MAX_NUMBER_FILES = 100  # ten are taken; more are left out with a sentence
FILE_UPLOAD_MAX_MEMORY_SIZE = 0
