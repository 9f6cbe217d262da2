"""What programs may ask of the metrics."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from qiantang.commons.catalogue.api import ApiSection, Endpoint
from qiantang.corpus.measures.rest import operations, shapes

SECTION = ApiSection(
    key="measures",
    name=_("Indicators"),
    summary=_("Every number of the platform: definition, value or the reason why it is not known, records behind it."),
    order=30,
    endpoints=(
        Endpoint(
            call=operations.list_metrics,
            path="metrics",
            answer=shapes.Definitions,
            summary=_("The dictionary of indicators"),
            example="metrics?limit=5",
        ),
        Endpoint(
            call=operations.read_metric,
            path="metrics/{id}",
            answer=shapes.Measurement,
            summary=_("One indicator: its value, or why it is not known, with a series where it is divided"),
            detail=_(
                "`first` and `last` are years; a stock is that of the end of `last`, or of `day`. `by` names one or two "
                "dimensions, `only` limits as `type=invention`. The other words say how to count; without them the rule of "
                "the indicator holds. What is missing is null with a reason, never 0."
            ),
            example="metrics/PAT-01?by=year",
        ),
        Endpoint(
            call=operations.list_metric_records,
            path="metrics/{id}/records",
            answer=shapes.Records,
            summary=_("The records behind an indicator; of a count as many as it says"),
            example="metrics/PAT-01/records?limit=5",
        ),
        Endpoint(
            call=operations.list_figures,
            path="figures",
            answer=shapes.StatedFigures,
            summary=_("What other bodies state: populations, products, published counts"),
            example="figures?series=population",
        ),
        Endpoint(
            call=operations.list_frozen_values,
            path="frozen-values",
            answer=shapes.FrozenValues,
            summary=_("Numbers as they were published"),
            example="frozen-values",
        ),
        Endpoint(
            call=operations.compare_frozen_value,
            path="frozen-values/{number}",
            answer=shapes.FrozenComparison,
            summary=_("A published number beside what comes out today: what changed, and why"),
            detail=_("At most 1,000 changed records are told; `why` counts all of them."),
            example="frozen-values/1",
        ),
    ),
)
