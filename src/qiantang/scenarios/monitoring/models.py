"""What the rules of monitoring found."""

from __future__ import annotations

from django.db import models


class AlertFinding(models.Model):
    """One rule that fired for one thing in one period; never changed, so that the same thing is told once."""

    rule = models.CharField(max_length=40)
    subject = models.CharField(max_length=200)
    period = models.CharField(max_length=10)
    value = models.FloatField(null=True)
    expected = models.FloatField(null=True)
    bound = models.FloatField(null=True)
    snapshot = models.PositiveIntegerField()
    found_on = models.DateField()
    url = models.CharField(max_length=400)

    class Meta:
        """Each thing once a period, the newest first."""

        ordering = ("-found_on", "rule", "subject")
        constraints = (models.UniqueConstraint(fields=("rule", "subject", "period"), name="monitoring_finding_once"),)

    def __str__(self) -> str:
        return f"{self.rule} {self.subject} {self.period}"
