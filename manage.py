"""Django's own commands for the desk, for developers: `uv run python manage.py makemigrations`."""

import os

from django.core.management import execute_from_command_line

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lastpiece.site.settings.desk")
execute_from_command_line()
