"""The audit: one row for every action, kept for ever (Data Protection Act 2018, section 62)."""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models


class AuditRowFixed(Exception):
    """Somebody tried to change or delete an audit row."""

    def __init__(self) -> None:
        super().__init__("Audit rows are only ever added; they cannot be changed or deleted.")


class AppendOnlyRows(models.QuerySet["AuditRow"]):
    """Rows that can be read and added, nothing else."""

    def update(self, **_values: object) -> NoReturn:
        """Refuse."""
        raise AuditRowFixed

    def delete(self) -> NoReturn:
        """Refuse."""
        raise AuditRowFixed

    def bulk_update(self, *_args: object, **_options: object) -> NoReturn:
        """Refuse."""
        raise AuditRowFixed


class AuditRow(models.Model):
    """Who did what to which record, when and why; never any report text."""

    at = models.DateTimeField(db_index=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    actor_name = models.CharField(max_length=120)
    role = models.CharField(max_length=20, blank=True)
    verb = models.CharField(max_length=60, db_index=True)
    kind = models.CharField(max_length=40)
    object_id = models.CharField(max_length=64, blank=True)
    reason = models.TextField(blank=True)
    detail = models.JSONField(default=dict)

    objects = AppendOnlyRows.as_manager()

    class Meta:
        ordering = ("-at", "-id")
        indexes = (
            models.Index(fields=("kind", "object_id"), name="audit_object"),
            models.Index(fields=("actor", "at"), name="audit_actor"),
        )

    def __str__(self) -> str:
        return f"{self.verb} {self.kind} {self.object_id}".strip()

    def save(self, **options: Any) -> None:  # noqa: ANN401 - Django's own options, passed on
        """Add the row; refuse to change one that is there."""
        if not self._state.adding:
            raise AuditRowFixed
        super().save(**options)

    def delete(self, *_args: object, **_options: object) -> NoReturn:
        """Refuse."""
        raise AuditRowFixed
