"""The Django app that holds the desk's tables."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """Everything the desk remembers."""

    name = "lastpiece.site.desk.records"
    label = "records"
    verbose_name = "Records"
