"""The widget of a field that takes files, on both sites."""

from django import forms


class ManyFiles(forms.FileInput):
    """Takes several files at once. What comes is sealed by an upload handler while it comes; no form ever holds it."""

    allow_multiple_selected = True
