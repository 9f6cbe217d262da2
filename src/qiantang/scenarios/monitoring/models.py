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


class ClusterRun(models.Model):
    """One run of the clusters on one snapshot, with everything it depends on; never changed, so that a re-run can be compared."""

    snapshot = models.PositiveIntegerField()
    last_year = models.PositiveSmallIntegerField(help_text="the last of the years counted together")
    parameters = models.JSONField(help_text="name -> value, of method, weights and places")
    parameters_digest = models.CharField(max_length=64, help_text="SHA-256 of the parameters")
    input_digest = models.CharField(max_length=64, help_text="SHA-256 of the places with their weights")
    clusters = models.JSONField(help_text="heaviest first: codes of its districts, weight, middle in degrees")
    result_digest = models.CharField(max_length=64, help_text="SHA-256 of the clusters")
    kept_at = models.DateTimeField()

    class Meta:
        """One of each snapshot, year and set of parameters, the newest first."""

        ordering = ("-snapshot", "-kept_at")
        constraints = (
            models.UniqueConstraint(
                fields=("snapshot", "last_year", "parameters_digest"), name="monitoring_cluster_run_once"
            ),
        )

    def __str__(self) -> str:
        return f"clusters of snapshot {self.snapshot}, {self.last_year}"
