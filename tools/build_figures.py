"""Rebuild ``commons/refdata/figures.csv`` from the reference tables of statistics: what offices and bulletins state.

    python -m tools.build_figures FOLDER

FOLDER  the folder ``stats`` of the reference data; its SOURCES.md says where each table was copied from and how far to trust it
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from pathlib import Path

from qiantang.commons.refdata.api import regions

TABLE = Path(__file__).parents[1] / "src" / "qiantang" / "commons" / "refdata" / "figures.csv"
COLUMNS = ("series", "region", "period", "value", "unit", "as_of", "source", "evidence")
KINDS = {
    "given": "published, to verify",
    "page": "copied page",
    "official page": "official",
    "derived": "derived",
    "recalled": "recalled",
}
NATIONWIDE = {"全国（国内）": "100000", "国内小计": "100000"}
RENAMED = {
    "population_year_end": "population",
    "effective_invention_patents_exact": "effective_inventions",
    "effective_invention_patents": "effective_inventions_rounded",
    "invention_patents_in_force_domestic": "effective_inventions",
    "high_value_invention_patents_per_10k": "high_value_per_10k",
    "invention_patents_per_10k": "inventions_per_10k",
    "invention_grants": "grants_invention",
}
EXACT = {("330108", "effective_invention_patents"), ("330100", "effective_invention_patents", "2023")}
Row = tuple[str, str, str, str, str, str, str, str]


def rows_of(path: Path) -> Iterator[dict[str, str]]:
    """The rows of one table."""
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def code_of(name: str) -> str | None:
    """The code of a region by the short name that a table uses."""
    return NATIONWIDE.get(name) or regions().codes_by_name().get(name)


def facts(folder: Path) -> Iterator[Row]:
    """Single figures, each with its own source."""
    for row in rows_of(folder / "facts.csv"):
        series = row["indicator"]
        exact = (row["adcode"], series) in EXACT or (row["adcode"], series, row["period"]) in EXACT
        name = "effective_inventions" if exact else RENAMED.get(series, series)
        source = row["source"].replace("as in the mission text", "as announced")
        source = source.replace("mission text", "the city's own announcement of 2021")
        yield (name, row["adcode"], row["period"], row["value"], row["unit"], "", source, KINDS[row["evidence"]])
    announced = (
        "gii_cluster_rank",
        "330100",
        "2020",
        "25",
        "",
        "",
        "Global Innovation Index 2020, clusters, as announced",
    )
    yield (*announced, "published, to verify")


def population() -> Iterator[Row]:
    """Year-end population of the city where the reference tables end."""
    source = "Hangzhou bulletin of main population figures of {}, quoted by several pages"
    for year, people in (("2023", "12522000"), ("2024", "12624000")):
        yield ("population", "330100", year, people, "人", "", source.format(year), "copied page")


def districts_2023(folder: Path) -> Iterator[Row]:
    """Grants of 2023 in Hangzhou's districts by type and by kind of applicant."""
    source = "Zhejiang Administration for Market Regulation, notice of 2024-02-27, annex 1"
    for row in rows_of(folder / "hangzhou_district_grants_2023.csv"):
        for name in ("invention", "utility_model", "design", "total"):
            yield (f"grants_{name}", row["adcode"], "2023", row[name], "件", "2024-02-27", source, "official")
        for name in ("university", "research_institute", "enterprise", "government_body", "individual"):
            yield (
                f"grants_by_{name}",
                row["adcode"],
                "2023",
                row[f"by_{name}"],
                "件",
                "2024-02-27",
                source,
                "official",
            )


def census_2020(folder: Path) -> Iterator[Row]:
    """The census by district; the scenic area is counted with the district in which it lies."""
    sums: dict[str, int] = {}
    for row in rows_of(folder / "hangzhou_census_2020.csv"):
        sums[row["adcode"]] = sums.get(row["adcode"], 0) + int(row["population_2020"])
    source = "Hangzhou bulletin of the Seventh National Population Census"
    for code, people in sums.items():
        yield ("population_census", code, "2020", str(people), "人", "2020-11-01", source, "official")


def recalled_2020(folder: Path) -> Iterator[Row]:
    """Population and product of cities as remembered, not looked up."""
    source = "recalled, not looked up: to be checked against the bulletin of the city"
    for row in rows_of(folder / "benchmark_cities_2020_recalled.csv"):
        people, product = row["census_population_2020"], row["gdp_2020_100m_cny"]
        if row["adcode"] != "330100":
            yield ("population_census", row["adcode"], "2020", people, "人", "2020-11-01", source, "recalled")
        yield ("gdp", row["adcode"], "2020", product, "亿元", "", source, "recalled")


def in_force_2009(folder: Path) -> Iterator[Row]:
    """Patents in force at the end of 2009."""
    source = "CNIPA statistical yearbook 2009, patents in force by region"
    for row in rows_of(folder / "cnipa_in_force_2009.csv"):
        if code := code_of(row["region"]):
            for name, series in (
                ("invention", "effective_inventions"),
                ("utility_model", "effective_utility_models"),
                ("design", "effective_designs"),
            ):
                yield (series, code, "2009", row[name], "件", "2009-12-31", source, "official")


def grants_2016(folder: Path) -> Iterator[Row]:
    """Invention grants of the first quarter of 2016."""
    source = "CNIPA monthly statistics, March 2016, table 5"
    for row in rows_of(folder / "cnipa_invention_grants_2016q1.csv"):
        if code := code_of(row["region"]):
            told = ("grants_invention", code, "2016-Q1", row["grants_2016_jan_mar"], "件", "2016-03-31", source)
            yield (*told, "official")


def pct(folder: Path) -> Iterator[Row]:
    """PCT applications by province."""
    source = "CNIPA statistical yearbook 2023, table 6-4"
    for row in rows_of(folder / "cnipa_pct_by_region.csv"):
        if code := code_of(row["region"]):
            for year in ("2018", "2022", "2023"):
                yield ("pct_applications", code, year, row[f"y{year}"], "件", "", source, "official")


def main(folder: Path) -> None:
    """Write the table, in order of series, region and period."""
    parts = (facts, districts_2023, census_2020, recalled_2020, in_force_2009, grants_2016, pct)
    rows = sorted({*population(), *(row for part in parts for row in part(folder))})
    with TABLE.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows)
    print(f"{TABLE.name}: {len(rows)} figures")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
