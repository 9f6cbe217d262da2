"""The seventeen questions answered in plain Python: loops over rows, no engine, no SQL, no Arrow."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations
from typing import Any

Rows = list[dict[str, Any]]


class Answers:
    """One method a question, named as it; each gives rows in the order that is asked for."""

    def __init__(self, tables: dict[str, Rows], given: dict[str, Rows]) -> None:
        self.t = tables
        self.field = {row["subclass"]: row["field"] for row in given["fields"]}
        self.industry = {row["subclass"]: row["industry"] for row in given["industries"]}
        self.population = given["population"]
        for p in tables["patents"]:
            p["city"] = p["region_code"][:4] if p["region_code"] else None
            p["subclass"] = p["main_ipc"][:4] if p["main_ipc"] else None
        self.placed = [p for p in tables["patents"] if p["city"]]
        self.forward = Counter(link["cited"] for link in tables["links"])

    def trend(self, since: int) -> Rows:
        n = Counter((p["city"], p["filing_year"], p["type"]) for p in self.placed if (p["filing_year"] or 0) >= since)
        rows = []
        for (city, year, kind), count in n.items():
            before = n.get((city, year - 1, kind))
            if before:
                told = {"city": city, "filing_year": year, "type": kind, "n": count, "before": before}
                rows.append({**told, "growth": (count - before) / before})
        return sorted(rows, key=lambda r: (r["city"], r["filing_year"], r["type"]))

    def dashboard(self, city: str, since: int) -> Rows:
        cells: dict[tuple, list[int]] = defaultdict(lambda: [0, 0, 0])
        for p in self.placed:
            if p["city"] == city and (p["filing_year"] or 0) >= since:
                industry = self.industry.get(p["subclass"], "")
                cell = cells[p["region_code"], p["filing_year"], industry, p["status"]]
                cell[0] += 1
                cell[1] += p["grant_date"] is not None
                cell[2] += p["claim_count"] or 0
        names = ("region_code", "filing_year", "industry", "status", "n", "granted", "claims")
        return [dict(zip(names, (*cell, *sums), strict=True)) for cell, sums in sorted(cells.items())]

    def city_rank(self, granted_from: Any) -> Rows:
        n = Counter(
            p["city"]
            for p in self.placed
            if p["type"] == "invention" and p["grant_date"] and p["grant_date"] >= granted_from
        )
        rows = [{"city": c, "n": k, "rank": 1 + sum(o > k for o in n.values())} for c, k in n.items()]
        return sorted(rows, key=lambda r: (-r["n"], r["city"]))[:50]

    def industry_rank(self, city: str, year: int) -> Rows:
        held: dict[str, Rows] = defaultdict(list)
        for p in self.placed:
            if p["city"] == city and p["type"] == "invention" and p["subclass"] in self.industry:
                held[self.industry[p["subclass"]]].append(p)
        rows = [
            {
                "industry": name,
                "this_year": sum(p["filing_year"] == year for p in own),
                "year_before": sum(p["filing_year"] == year - 1 for p in own),
                "n": len(own),
                "applicants": len({p["applicant"] for p in own} - {None}),
            }
            for name, own in held.items()
        ]
        return sorted(rows, key=lambda r: (-r["n"], r["industry"]))

    def specialisation(self, cities: list[str], since: int) -> Rows:
        n = Counter(
            (p["city"], self.field[p["subclass"]])
            for p in self.placed
            if p["type"] == "invention" and (p["filing_year"] or 0) >= since and p["subclass"] in self.field
        )
        of_city, of_field = Counter(), Counter()
        for (city, field), count in n.items():
            of_city[city] += count
            of_field[field] += count
        total = sum(n.values())
        return [
            {"city": c, "field": f, "n": k, "rta": (k / of_city[c]) / (of_field[f] / total)}
            for (c, f), k in sorted(n.items())
            if c in cities
        ]

    def high_value(self, filed_before: Any, year: int) -> Rows:
        abroad = {p["simple_family_id"] for p in self.t["patents"] if p["office"] != "CN"} - {None}
        pledged = {row["patent"] for row in self.t["flags"] if row["flag"] == "pledged"}
        n = Counter(
            p["city"]
            for p in self.placed
            if (p["office"], p["type"], p["status"]) == ("CN", "invention", "granted")
            and (
                p["simple_family_id"] in abroad
                or p["patent"] in pledged
                or (p["filing_date"] and p["filing_date"] < filed_before)
            )
        )
        people = {row["city"]: row["tens_of_thousands"] for row in self.population if row["year"] == year}
        rows = [
            {"city": c, "n": k, "tens_of_thousands": people[c], "rate": k / people[c]}
            for c, k in n.items()
            if c in people
        ]
        return sorted(rows, key=lambda r: (-r["rate"], r["city"]))

    def international(self, cities: list[str]) -> Rows:
        wo = {p["simple_family_id"] for p in self.t["patents"] if p["office"] == "WO"} - {None}
        held: dict[tuple, Rows] = defaultdict(list)
        for p in self.placed:
            if p["city"] in cities and p["simple_family_id"] in wo:
                held[p["city"], p["filing_year"]].append(p)
        return [
            {"city": c, "filing_year": y, "n": len(own), "applicants": len({p["applicant"] for p in own} - {None})}
            for (c, y), own in sorted(held.items())
        ]

    def most_cited(self) -> Rows:
        shown = ("patent_id", "region_code", "applicant", "main_ipc")
        cited = [p for p in self.t["patents"] if p["patent"] in self.forward]
        rows = [{**{name: p[name] for name in shown}, "n": self.forward[p["patent"]]} for p in cited]
        return sorted(rows, key=lambda r: (-r["n"], r["patent_id"]))[:100]

    def h_index(self) -> Rows:
        counts: dict[str, list[int]] = defaultdict(list)
        for p in self.t["patents"]:
            if p["applicant"] and p["patent"] in self.forward:
                counts[p["applicant"]].append(self.forward[p["patent"]])
        rows = []
        for name, own in counts.items():
            h = 0
            while h < len(own) and sorted(own, reverse=True)[h] >= h + 1:
                h += 1
            rows.append({"applicant": name, "h": h})
        return sorted(rows, key=lambda r: (-r["h"], r["applicant"]))[:100]

    def percentiles(self) -> Rows:
        cohorts: dict[tuple, list[tuple[str, int]]] = defaultdict(list)
        for p in self.placed:
            if p["subclass"] in self.field:
                cohort = self.field[p["subclass"]], p["filing_year"]
                cohorts[cohort].append((p["city"], self.forward[p["patent"]]))
        top: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
        for members in cohorts.values():
            for city, cited in members:
                rank = 1 + sum(other > cited for _, other in members)
                top[city][0] += rank * 100 <= len(members)
                top[city][1] += rank * 10 <= len(members)
                top[city][2] += 1
        return [{"city": c, "top1": one, "top10": ten, "n": n} for c, (one, ten, n) in sorted(top.items())]

    percentiles_by_histogram = percentiles

    def families(self) -> Rows:
        held: dict[str, Rows] = defaultdict(list)
        for p in self.t["patents"]:
            if p["simple_family_id"]:
                held[p["simple_family_id"]].append(p)
        rows = [
            {
                "simple_family_id": name,
                "n": len(own),
                "offices": len({p["office"] for p in own}),
                "first": min(p["patent_id"] for p in own),
            }
            for name, own in held.items()
        ]
        return sorted(rows, key=lambda r: (-r["n"], -r["offices"], r["simple_family_id"]))[:100]

    def layout(self, city: str) -> Rows:
        own = {p["simple_family_id"] for p in self.placed if p["city"] == city} - {None}
        n = Counter((p["office"], p["filing_year"]) for p in self.t["patents"] if p["simple_family_id"] in own)
        return [{"office": o, "filing_year": y, "n": k} for (o, y), k in sorted(n.items())]

    def _pairs(self, held: dict[int, set[str]], names: tuple[str, str], limit: int) -> Rows:
        n = Counter(pair for own in held.values() for pair in combinations(sorted(own), 2))
        rows = [{names[0]: a, names[1]: b, "n": k} for (a, b), k in n.items()]
        return sorted(rows, key=lambda r: (-r["n"], r[names[0]], r[names[1]]))[:limit]

    def co_applicants(self) -> Rows:
        held: dict[int, set[str]] = defaultdict(set)
        for row in self.t["parties"]:
            if row["role"] == "applicant":
                held[row["patent"]].add(row["name"])
        return self._pairs(held, ("name", "other"), 100)

    def co_occurrence(self, since: int) -> Rows:
        recent = {p["patent"] for p in self.t["patents"] if (p["filing_year"] or 0) >= since}
        held: dict[int, set[str]] = defaultdict(set)
        for row in self.t["classifications"]:
            if row["scheme"] == "ipc" and row["patent"] in recent:
                held[row["patent"]].add(row["symbol"][:4])
        return self._pairs(held, ("subclass", "other"), 500)

    def life_cycle(self) -> Rows:
        held: dict[tuple, Rows] = defaultdict(list)
        for p in self.t["patents"]:
            if p["subclass"] in self.field:
                held[self.field[p["subclass"]], p["filing_year"]].append(p)
        return [
            {"field": f, "filing_year": y, "n": len(own), "applicants": len({p["applicant"] for p in own} - {None})}
            for (f, y), own in sorted(held.items())
        ]

    def quality(self) -> Rows:
        patents = {p["patent"]: p for p in self.t["patents"]}
        citing: dict[int, Rows] = defaultdict(list)
        cited: dict[int, Rows] = defaultdict(list)
        early: Counter = Counter()
        for link in self.t["links"]:
            source, target = patents[link["citing"]], patents[link["cited"]]
            citing[link["cited"]].append(source)
            cited[link["citing"]].append(target)
            if source["filing_year"] and target["filing_year"]:
                early[link["cited"]] += source["filing_year"] - target["filing_year"] <= 5
        scope: dict[int, set[str]] = defaultdict(set)
        for row in self.t["classifications"]:
            if row["scheme"] == "ipc":
                scope[row["patent"]].add(row["symbol"][:4])
        size = Counter(p["simple_family_id"] for p in patents.values())
        row = dict.fromkeys(("n", "fwd", "fwd5", "fss", "bwd", "bss", "scope", "size", "claim_count"), 0)
        spread = {"generality": 0.0, "originality": 0.0}
        for n, p in patents.items():
            row["n"] += 1
            row["fwd5"] += early[n]
            row["scope"] += len(scope[n])
            row["size"] += size[p["simple_family_id"]] if p["simple_family_id"] else 0
            row["claim_count"] += p["claim_count"] or 0
            for told, squares, name, others in (
                ("fwd", "fss", "generality", citing[n]),
                ("bwd", "bss", "originality", cited[n]),
            ):
                shares = Counter(other["subclass"] for other in others)
                own = sum(k * k for k in shares.values())
                row[told] += len(others)
                row[squares] += own
                spread[name] += 1 - own / len(others) ** 2 if others else 0
        return [{**row, **{name: round(value, 2) for name, value in spread.items()}}]
