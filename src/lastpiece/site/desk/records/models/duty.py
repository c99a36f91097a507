"""The duty rota: who is paged, from when until when, for which kind of alert."""

from django.conf import settings
from django.db import models

from lastpiece.site.desk.records.models.alert import AlertKind


class Duty(models.Model):
    """One person's turn of duty. Several may be on duty at once; `turn` says who is paged first."""

    staff = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="duties")
    kind = models.CharField(max_length=20, choices=AlertKind.choices)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    turn = models.PositiveSmallIntegerField(default=1)
    """1 is paged at once, 2 when 1 does not answer, and so on."""
    reach = models.CharField(max_length=80, blank=True)
    """Number or address that the pager command is given; empty means the work e-mail address."""

    class Meta:
        ordering = ("kind", "starts_at", "turn", "id")
        verbose_name_plural = "duties"
        constraints = (
            models.CheckConstraint(condition=models.Q(ends_at__gt=models.F("starts_at")), name="duty_ends_after_start"),
        )
        indexes = (models.Index(fields=("kind", "starts_at", "ends_at"), name="duty_now"),)

    def __str__(self) -> str:
        return f"Duty {self.pk}"
