"""Write docs/reference from the code, or with ``--check`` say which pages are not what the code says today."""

from __future__ import annotations

import argparse
import ast
import json
import os
import sys
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from qiantang.config.env import PROJECT_ROOT, variables
from qiantang.corpus.ingest.methods.mapping import FIELDS, SECTIONS, SETTINGS
from qiantang.corpus.ingest.methods.readers.shipped import shipped
from qiantang.corpus.measures.rules import METRICS
from qiantang.corpus.register.search import DEFAULT, INDEX, QUERY_FIELDS
from qiantang.kernel import errors
from qiantang.scenarios.preexam.methods.checks import rulebook
from qiantang.scenarios.preexam.methods.checks.citing import cited
from qiantang.scenarios.preexam.types import Office
from tools.permissions_page import permissions

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = ROOT / "docs" / "reference"
FIRST_LINE = "<!-- Written by ./run reference from the code. Do not edit: change the code and run it again. -->"

ERROR_KINDS = tuple(sorted(kind.__name__ for kind in errors.DomainError.__subclasses__()))
# A refused decision is raised as NotPermitted with the decision's code.
REFUSED_DECISION = "refuse"


def parsed(folders: tuple[str, ...]) -> Iterator[tuple[str, ast.Module]]:
    """Every Python module below the folders, as (path from the root, syntax tree), in order of path."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def table(header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """A Markdown table; bars inside cells are escaped."""
    lines = [header, tuple("---" for _ in header), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def page(title: str, *blocks: str) -> str:
    return "\n\n".join([FIRST_LINE, f"# {title}", *blocks]) + "\n"


# --- features --------------------------------------------------------------------------------------------------------


def marked(node: ast.AST) -> Iterator[str]:
    """The ids of ``pytest.mark.feature("ID", …)`` in an expression."""
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "feature":
            yield from (given.value for given in call.args if isinstance(given, ast.Constant))  # type: ignore[misc]  # a mark with another constant is an unknown id below


def feature_tests() -> dict[str, list[str]]:
    """Tests by the feature they are marked with: on a function, on its class, or on the whole module."""
    found: dict[str, list[str]] = defaultdict(list)
    for path, module in parsed(("tests", "src")):
        if not path.rpartition("/")[2].startswith("test_"):
            continue
        for node in module.body:
            if isinstance(node, ast.Assign) and any(
                isinstance(t, ast.Name) and t.id == "pytestmark" for t in node.targets
            ):
                for feature in marked(node.value):
                    found[feature].append(path)
        for one in ast.walk(module):
            if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                for feature in (name for decorator in one.decorator_list for name in marked(decorator)):
                    found[feature].append(f"{path}::{one.name}")
    return found


def features() -> str:
    """What is promised and which tests prove it.

    errors  SystemExit 1 where a test is marked with an id that docs/features.toml does not have
    """
    promised = tomllib.loads((ROOT / "docs" / "features.toml").read_text(encoding="utf-8"))
    tests = feature_tests()
    if unknown := sorted(set(tests) - set(promised)):
        for name in unknown:
            print(f"{tests[name][0]}: feature {name!r} is not in docs/features.toml", file=sys.stderr)
        raise SystemExit(1)
    blocks = []
    open_ones = [name for name, feature in promised.items() if feature["tier"] == "M" and not tests.get(name)]
    for name, feature in promised.items():
        proofs = [f"- [{test}](../../{test.partition('::')[0]})" for test in sorted(set(tests.get(name, [])))]
        proof = "\n".join(proofs) if proofs else "**open**: no test proves it yet."
        blocks.append(f"## {name}\n\n{feature['title']}.\n\n{proof}")
    summary = "Every feature that must be there has a test." if not open_ones else f"Open: {', '.join(open_ones)}."
    return page("Features and their proofs", "Titles: [features.toml](../features.toml). " + summary, *blocks)


# --- settings, error codes, index fields -----------------------------------------------------------------------------


def settings() -> str:
    """Every environment variable the platform reads."""
    rows = [
        (
            f"`{one.name}`",
            one.kind,
            f"`{one.default.removeprefix(f'{PROJECT_ROOT}/')}`" if one.default else "none",
            one.meaning,
            one.changed_by.value,
        )
        for one in variables()
    ]
    opening = "One object reads the environment: `qiantang.config.env.Environment`. An empty variable counts as unset."
    return page("Settings", opening, table(("variable", "value", "default", "meaning", "changed by"), rows))


@dataclass(frozen=True, order=True)
class Refusal:
    """One place where the code says no."""

    code: str
    kind: str
    facts: tuple[str, ...]
    module: str


def text_of(node: ast.expr, before: int, module: ast.Module) -> str | None:
    """A text written out, or the text last given to that name above line ``before``; None where neither is so."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    given = [
        one.value.value
        for one in ast.walk(module)
        if isinstance(one, ast.Assign) and isinstance(one.value, ast.Constant) and one.lineno < before
        if isinstance(node, ast.Name) and any(isinstance(t, ast.Name) and t.id == node.id for t in one.targets)
    ]
    return given[-1] if given and isinstance(given[-1], str) else None


def sentences() -> dict[str, str]:
    """What people are told, by code: sentence and next step out of each app's ``REFUSALS``."""
    told: dict[str, str] = {}
    for _, module in parsed(("src",)):
        for node in module.body:
            target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
            if (
                isinstance(target, ast.Name)
                and target.id == "REFUSALS"
                and isinstance(node, ast.Assign | ast.AnnAssign)
            ):
                pairs: dict[str, tuple[str, str]] = ast.literal_eval(node.value) if node.value else {}
                told |= {code: " ".join(filter(None, sentence)) for code, sentence in pairs.items()}
    return told


def refusals() -> Iterator[Refusal]:
    """Every construction of a domain error, or refused decision, whose code is written out."""
    for path, module in parsed(("src",)):
        if "/tests/" in path:
            continue
        for call in ast.walk(module):
            if not isinstance(call, ast.Call):
                continue
            name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
            kind = "NotPermitted" if name == REFUSED_DECISION else name
            if kind not in ERROR_KINDS or not call.args:
                continue
            code = text_of(call.args[0], call.lineno, module)
            if code is not None:
                yield Refusal(code, kind, tuple(keyword.arg or "…" for keyword in call.keywords), path)


def error_codes() -> str:
    """Codes by alphabet: kind, the facts that come along, the modules that say so."""
    grouped: dict[tuple[str, str], list[Refusal]] = defaultdict(list)
    for refusal in refusals():
        grouped[refusal.code, refusal.kind].append(refusal)
    told = sentences()
    rows = []
    for (code, kind), places in sorted(grouped.items()):
        facts = sorted({fact for place in places for fact in place.facts})
        modules = sorted({place.module for place in places})
        where = ", ".join(f"[{module.removeprefix('src/qiantang/')}](../../{module})" for module in modules)
        rows.append((f"`{code}`", kind, told.get(code, ""), ", ".join(f"`{fact}`" for fact in facts) or "none", where))
    kinds = [(f"`{kind}`", (getattr(errors, kind).__doc__ or "").strip()) for kind in ERROR_KINDS]
    opening = "A code is stable; pages and the command line turn it into a sentence. The facts are the values it names."
    codes = table(("code", "kind", "what people read", "facts", "said in"), rows)
    return page("Error codes", opening, table(("kind", "meaning"), kinds), codes)


def index_fields() -> str:
    """The fields of the query language, and the fields of the index behind them."""
    queried = [
        (
            f"`{one.key}`",
            ", ".join(one.names),
            one.kind.value,
            ", ".join(f"`{name}`" for name in one.index),
            f"`{one.facet}`" if one.facet else "no",
            "yes" if one.sort else "no",
        )
        for one in QUERY_FIELDS
    ]
    indexed = [
        (f"`{one.name}`", one.kind.value, "yes" if one.facet else "no", "yes" if one.sortable else "no")
        for one in INDEX.fields
    ]
    return page(
        "Fields of search",
        f"A field may be named by its key or any of its names, in any case. Without a field, `{DEFAULT}` is asked.",
        "## In a query",
        table(("key", "names", "kind", "index fields", "facet", "sorts"), queried),
        f"## In the index\n\nVersion {INDEX.version} of the schema. An index of another version is stale: `./run reindex`.",
        table(("name", "kind", "facet", "sortable"), indexed),
    )


def mapping_files() -> str:
    """The mapping language, and the formats of tables that need no mapping because one is shipped."""
    settings = [
        (
            f"`{name}`",
            one.form.value + (f": {', '.join(f'`{choice}`' for choice in one.choices)}" if one.choices else ""),
            one.meaning,
            "yes" if one.required else "no",
        )
        for name, one in SETTINGS.items()
    ]
    sections = [(f"`[{name}]`", one.keys, one.form.value, one.meaning) for name, one in SECTIONS.items()]
    fields = [(f"`{name}`", one.meaning, "yes" if one.several else "no") for name, one in FIELDS.items()]
    formats = [(f"`{one.name}`", ", ".join(one.mapping.columns)) for one in shipped()]
    return page(
        "Mapping files",
        "A mapping says in TOML which column of a table is which field: [tutorial](../tutorials/import-a-patent-file.md).",
        "## Settings of `[mapping]`",
        table(("setting", "value", "meaning", "required"), settings),
        "## Further sections",
        table(("section", "keys", "value", "meaning"), sections),
        "## Fields",
        table(("field", "meaning", "several"), fields),
        "## Tables that are recognised without a mapping",
        table(("format", "recognised by the columns"), formats),
    )


# --- the open API ----------------------------------------------------------------------------------------------------


def _open_api() -> tuple[dict[str, Any], Sequence[Any], Sequence[Any]]:
    """The OpenAPI document, the scopes, the sections. They come from the running house, so Django is set up for them."""
    os.environ.setdefault("QIANTANG_ENV", "test")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qiantang.config.settings.test")
    import django  # noqa: PLC0415 - no other page needs it

    django.setup()
    from qiantang.commons.accounts.types import SCOPES  # noqa: PLC0415 - after django.setup
    from qiantang.commons.catalogue.api import api_sections  # noqa: PLC0415 - likewise
    from qiantang.portal.gateway.views.operations import document  # noqa: PLC0415 - likewise

    return document(), tuple(SCOPES), api_sections()


def openapi() -> str:
    """The OpenAPI document: what programs rely on, so that a change of it shows in review."""
    document, _, _ = _open_api()
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def api_operations() -> str:
    """Operations by room with the token each needs; scopes."""
    document, scopes, sections = _open_api()
    told = {
        one["operationId"]: (method.upper(), path)
        for path, methods in document["paths"].items()
        for method, one in methods.items()
    }
    rooms = []
    for section in sections:
        rows = [
            (
                f"`{told[one.operation][0]}`",
                f"`{told[one.operation][1]}`",
                one.summary,
                f"`{one.scope}`" if one.scope else "none",
            )
            for one in section.endpoints
        ]
        rooms += [f"## {section.name}\n\n{section.summary}", table(("method", "address", "gives", "scope"), rows)]
    opening = (
        "The whole, with parameters and answers, is the [OpenAPI document](openapi.json); a running house shows it under "
        "`/api`. Refusals are problem documents with the [codes](error-codes.md) of the pages. How to ask: "
        "[use the API](../howto/use-the-api.md)."
    )
    kept = table(("scope", "lets a token"), [(f"`{one.key}`", one.title) for one in scopes])
    return page("Open API", opening, *rooms, "## Scopes", kept)


# --- pre-examination rules -------------------------------------------------------------------------------------------


def check_rules() -> str:
    """Every rule of the check engine."""
    blocks = []
    for office in Office:
        rows = [
            (f"`{one.id}`", one.severity.value, one.applies, one.title.en, one.title.zh, cited(one.source, date.max))
            for one in rulebook().values()
            if one.office is office
        ]
        blocks += [f"## {office.value}", table(("rule", "severity", "applies to", "what", "名称", "source"), rows)]
    opening = (
        "Rules of `qiantang check` and of the page *Check a draft*. Severity: E error, W warning, I information. Applies to: "
        "I invention, U utility model, D design. A rule is switched off by `--without`. How good they are: "
        "[pre-examination checks](../explanation/pre-examination-checks.md)."
    )
    return page("Pre-examination rules", opening, *blocks)


def indicators() -> str:
    """The dictionary of indicators that the register can answer."""
    rows = [
        (
            f"`{one.id}`",
            f"{one.name.en}<br>{one.name.zh}",
            one.definition.en,
            one.formula.en,
            one.unit.en,
            str(one.rule.time),
        )
        for one in METRICS
        if not one.same_as
    ]
    same = [(f"`{one.id}`", f"`{one.same_as}`") for one in METRICS if one.same_as]
    opening = "A value, or why it is not known: the page `/indicators`, `qiantang metric ID`, `/api/v1/metrics/{id}`."
    head = ("id", "name", "definition", "formula", "unit", "time")
    return page(
        "Indicators", opening, table(head, rows), "The same under the ids of other lists:", table(("id", "is"), same)
    )


PAGES: dict[str, Callable[[], str]] = {
    "permissions.md": lambda: page("Permissions", *permissions(table)),
    "metrics.md": indicators,
    "check-rules.md": check_rules,
    "features.md": features,
    "settings.md": settings,
    "error-codes.md": error_codes,
    "index-fields.md": index_fields,
    "mapping-files.md": mapping_files,
    "api.md": api_operations,
    "openapi.json": openapi,
}


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--check", action="store_true", help="write nothing; exit 1 where a page is not current")
    check = arguments.parse_args().check
    written = {REFERENCE / name: make() for name, make in PAGES.items()}
    strangers = sorted(set(REFERENCE.glob("*.md")) - set(written))
    stale = [path for path, text in written.items() if not path.is_file() or path.read_text(encoding="utf-8") != text]
    if check:
        for path in stale:
            print(f"{path.relative_to(ROOT)} is not current; run ./run reference", file=sys.stderr)
        for path in strangers:
            print(f"{path.relative_to(ROOT)} is not made by ./run reference", file=sys.stderr)
        return 1 if stale or strangers else 0
    REFERENCE.mkdir(parents=True, exist_ok=True)
    for path in stale:
        path.write_text(written[path], encoding="utf-8")
        print(f"wrote {path.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
