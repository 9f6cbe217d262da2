"""A chart in a template: its contract for the script, its tables, its citation, the addresses of its files."""

from __future__ import annotations

from django import template
from django.utils.html import json_script
from django.utils.safestring import SafeString

from qiantang.commons.ui.methods.charts import Cell, Table
from qiantang.commons.ui.selectors import charts
from qiantang.commons.ui.types import Chart

register = template.Library()


@register.filter
def contract_script(chart: Chart) -> SafeString:
    """The contract as a block of data that runs nothing."""
    return json_script(charts.chart_contract(chart), f"chart-{chart.key}-contract")


@register.filter
def tables(chart: Chart) -> list[Table]:
    return charts.chart_tables(chart)


@register.filter
def citation_line(chart: Chart) -> str:
    return charts.citation_line(chart)


@register.filter
def file_url(chart: Chart, form: str) -> str:
    """Where the same page hands out the chart as a file; empty where the chart has no permanent address."""
    link = chart.citation.permalink
    return f"{link}{'&' if '?' in link else '?'}chart={chart.key}&as={form}" if link else ""


@register.filter
def figure(cell: Cell, places: int) -> str:
    """A number with thousands parted by commas and the chart's places."""
    return "" if cell.value is None else f"{cell.value:,.{places}f}"
