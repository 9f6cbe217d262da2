"""Values of parameters as a city entered them: from a day on, with their source. Rows are added, never changed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class ParameterValue(models.Model):
    """A value in force from a day until the next one begins."""

    rule_set = models.CharField(max_length=80)
    key = models.CharField(max_length=60)
    value = models.IntegerField()
    valid_from = models.DateField()
    source = models.CharField(max_length=300)
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["rule_set", "valid_from"], name="rulebook_values")]

    def __str__(self) -> str:
        return f"{self.rule_set} {self.key} = {self.value} from {self.valid_from}"
