"""The parts as a Django app, so that templates and tags of both sites find them."""

from django.apps import AppConfig


class PartsConfig(AppConfig):
    """HTML components both sites are made of."""

    name = "lastpiece.site.parts"
    label = "parts"
