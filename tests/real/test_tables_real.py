"""Exports of search platforms, and the tables beside them that hold no patents: the real files, where they are present."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import islice

import pytest

from qiantang.corpus.ingest.methods.streams import Source, sources
from qiantang.corpus.ingest.types import FileRefused

from .test_readers_real import DATA, observed

pytestmark = [
    pytest.mark.real,
    pytest.mark.feature("S3-20"),
    pytest.mark.feature("X-29"),
    pytest.mark.skipif(not DATA.is_dir(), reason="the folder of real files is not here"),
]

UNREADABLE = "number_unrecognised"
# file -> reader, rows read as records, refused rows by reason. Both together are the rows which the folder's own description
# counts. Refused for their number: foreign rows without publication number whose application number lacks its series (US), a
# Heisei year without its letter (JP), or fewer digits than tell a number (IL, SG, PT); a translation numbered by application.
TABLES = {
    "cn-wanfang-emerging/dianZiXinXi4.xls.gz": ("wanfang-list", 9883, {UNREADABLE: 1}),
    "cn-wanfang-emerging/dianZiXinXi7.xls.gz": ("wanfang-list", 9693, {UNREADABLE: 2}),
    "cn-wanfang-emerging/dianZiXinXi8.xls.gz": ("wanfang-list", 9183, {}),
    "cn-wanfang-emerging/dianZiXinXi10.xls.gz": ("wanfang-list", 8701, {UNREADABLE: 452}),
    "cn-wanfang-emerging/dianZiXinXi11.xls.gz": ("wanfang-list", 8920, {UNREADABLE: 678}),
    "cn-wanfang-emerging/jiCheng.xls": ("wanfang-list", 3623, {}),
    "cn-wanfang-emerging/xinXingXianShiUrl.xls": ("wanfang-list", 193, {UNREADABLE: 7}),
    "cn-wanfang-emerging/derived_zhejiang.csv.gz": ("wanfang-table", 1963, {}),
    "cn-patsnap-export/20240401085613950.xlsx": ("patsnap-export", 1998, {UNREADABLE: 1}),
    "cn-cnipr-export/cnipr_export_113.xls": ("cnipr-export", 113, {}),
    "cn-cnki-claims/MaterialChemistry_18_19.xlsx": ("cnki-pages", 33, {}),
    "cn-baiten/lidar_titles_abstracts.xlsx": ("baiten-titles", 0, {"number_missing": 2000}),
    "cn-company-lists/haidilao.csv": ("company-patent-list", 108, {}),
    "cn-design-legal-events/design_2012_with_events.csv": ("cn-design-events-table", 138, {"header_repeated": 2}),
    "cn-ipc-titles/oof_predictions.csv.gz": ("ipc-subclass-table", 9740, {}),
    "cn-cpc-samples/sample_train.csv": ("cpc-sample-table", 19, {}),
    "cn-cpc-samples/sample_val.csv": ("cpc-sample-table", 19, {}),
    "google-patents-csv/gp-search.csv.gz": ("google-patents-list", 4264, {}),
    "google-patents-csv/gp-search-1.csv": ("google-patents-list", 1, {}),
    "google-patents-csv/assignee_ALNYLAM_PHARMACEUTICALS_INC.csv": ("google-patents-list", 77, {}),
    "google-patents-csv/assignee_CATALENT_INC.csv": ("google-patents-list", 186, {}),
    "google-patents-csv/assignee_IDENIX_PHARMACEUTICALS_INC.csv": ("google-patents-list", 96, {}),
    "google-patents-csv/oxcsea_energy_storage_cn.csv": ("google-patents-crawl", 19, {}),
    "wipo-training/patentscope_pizza_medium.csv.gz": ("patentscope-list", 9946, {UNREADABLE: 54}),
    "wipo-training/patentscope_pizza_small.csv": ("espacenet-list", 25, {}),
    "wipo-training/lens_pizza_1000_raw.csv": ("lens-export", 1000, {}),
    "wipo-training/drones_families.csv.gz": ("lens-export", 1606, {}),
    "wipo-training/thomson_ritonavir.csv.gz": ("thomson-innovation-export", 804, {}),
}
WITHOUT_PATENTS = {
    "cn-bdci-fewshot/train.json": "texts_without_numbers",
    "cn-bdci-fewshot/pseudo_labelled_part1.json.gz": "texts_without_numbers",
    "cn-company-stats/soopat_company_counts.xlsx": "statistics_only",
    "cn-cpc-samples/selected_labels.json": "symbols_only",
    "cn-infringement-cases/coded_cases_compensation_bands.csv": "judgments_only",
    "cn-infringement-cases/judgment_titles.sql.gz": "judgments_only",
    "cn-regions/cities_centers.json": "places_only",
    "cn-regions/prefecture_level_cities.csv": "places_only",
    "design-invalidation-pairs/test.jsonl": "number_pairs_only",
    "wipo-training/wipo_grants_tech_by_income.csv.gz": "statistics_only",
}


def refused(files: Iterable[Source]) -> list[str]:
    """The reasons for which whole files are refused."""
    codes = []
    for source in files:
        with pytest.raises(FileRefused) as told:
            observed(source)
        codes.append(told.value.refusal.code)
    return codes


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_read_whole_without_a_mapping_being_named(name: str) -> None:
    (source,) = sources(DATA / name)
    reader, table, reasons = observed(source)
    assert (reader, table.num_rows, dict(reasons)) == TABLES[name]


def test_the_rows_of_wanfang_add_up() -> None:
    rows = Counter({name: kept + sum(refused.values()) for name, (_, kept, refused) in TABLES.items()})
    assert sum(n for name, n in rows.items() if name.startswith("cn-wanfang") and ".xls" in name) == 51_336


@pytest.mark.parametrize("name", WITHOUT_PATENTS)
def test_a_file_without_patents_is_told_what_it_is(name: str) -> None:
    assert refused(sources(DATA / name)) == [WITHOUT_PATENTS[name]]


def test_official_statistics_are_no_patents() -> None:
    assert refused(sources(DATA / "cn-stats")) == ["statistics_only"] * 6


def test_annotated_abstracts_have_their_number_in_the_name_alone() -> None:
    """Marks and abstracts stand in turn; twenty of each will do."""
    annotated = islice(sources(DATA / "en-patent-ner" / "TFH_Annotated_Dataset.zip"), 40)
    assert Counter(refused(annotated)) == {"annotations_only": 20, "prose_only": 20}


def test_events_of_real_designs() -> None:
    """The counts of the folder's own description, rows that repeat a design included."""
    (source,) = sources(DATA / "cn-design-legal-events" / "design_2012_with_events.csv")
    _, table, _ = observed(source)
    rows = table.to_pylist()
    kinds = Counter(event["code"] for row in rows for event in row["events"])
    assert len({row["application_number"] for row in rows}) == 122
    assert kinds["授权"] == 138
    assert kinds["未缴年费专利权终止"] == 130
    assert kinds["专利权的转移"] == 5
    assert kinds["专利权人的姓名或者名称、地址的变更"] == 5
    assert (kinds["专利权的保全"], kinds["专利权保全的解除"]) == (2, 1)  # three events of preservation
    assert not any("变更事项:地址" in (event["text"] or "") for row in rows for event in row["events"])


def test_two_digit_years_of_real_exports_are_no_later_than_today() -> None:
    for name in ("lens_pizza_1000_raw.csv", "drones_families.csv.gz"):
        (source,) = sources(DATA / "wipo-training" / name)
        _, table, _ = observed(source)
        days = [p["date"] for row in table.to_pylist() for p in row["publications"] if p["date"]]
        assert min(days).year < 1930
        assert max(days).year <= 2017


def test_ancestors_and_layout_are_gone_from_real_wanfang_rows() -> None:
    (source,) = sources(DATA / "cn-wanfang-emerging" / "jiCheng.xls")
    _, table, _ = observed(source)
    rows = table.to_pylist()
    assert all("/" in one["symbol"] for row in rows for one in row["classifications"])
    assert not any("万方" in text["text"] for row in rows for text in row["texts"])
    assert not any(name["name"][-5:].isdigit() for row in rows for name in row["parties"] if name["role"] == "agency")
    assert not any("  " in name["name"] for row in rows for name in row["parties"] if len(name["name"]) == 4)
