"""Bring ``locale/*/LC_MESSAGES/django.po`` up to what the source says, with Babel: no xgettext needed.

New messages are added (English ones are their own translation), those nobody uses are dropped, translations stay.
Besides marked strings it finds the sentences that are told as data: refusals, manifests.
``--check`` writes nothing and fails where a file would change or a translation is missing.
"""

from __future__ import annotations

import ast
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "qiantang"
LOCALES = ("zh_Hans", "en")
KEYWORDS = dict.fromkeys(
    (
        "_",
        "__",
        "gettext",
        "gettext_lazy",
        "gettext_noop",
        "ngettext",
        "ngettext_lazy",
        "pgettext",
        "pgettext_lazy",
    )
)  # None: arguments are taken as they stand
# names of tables whose sentences are message ids; calls and the arguments that are
TABLES = frozenset({"REFUSALS", "_KINDS", "_OF_THE_HOUSE", "_UNKNOWN", "_OF_STATUS"})
CALLS = {"Scenario": ("name", "summary"), "SlotItem": ("label",), "Field": ("description",)}
# functions whose arguments, wherever a sentence stands in them, are told to people: errors of the query language
SPOKEN = frozenset({"syntax_error", "sentence", "_unexpected", "misplaced"})

# Few modules speak; the others need not be taken apart.
_MARKS = re.compile(r"(?<![A-Za-z0-9])__?\(|gettext")
_TELLS = re.compile(rf"\b(?:{'|'.join(sorted(TABLES | SPOKEN | CALLS.keys()))})\b")

Message: TypeAlias = tuple[str | None, str | tuple[str, str]]  # context, id or (singular, plural)


def marked(code: str) -> Iterator[Message]:
    """The messages in Python code, or in a template made to look like it."""
    if not _MARKS.search(code):
        return
    for _, called, found, _ in extract_python(io.BytesIO(code.encode()), KEYWORDS, [], {"encoding": "utf-8"}):
        texts = [str(text) for text in (found if isinstance(found, list | tuple) else (found,)) if text]
        function = str(called)
        if not texts:
            continue
        if function.startswith("pgettext"):
            yield texts[0], texts[1]
        elif function.startswith("ngettext"):
            yield None, (texts[0], texts[1])
        else:
            yield None, texts[0]


def formatted(code: str) -> Iterator[Message]:
    """The messages that stand in the braces of formatted texts: Babel overlooks some of them."""
    if not _MARKS.search(code):
        return
    for text in ast.walk(ast.parse(code)):
        if not isinstance(text, ast.JoinedStr):
            continue
        for node in ast.walk(text):
            if isinstance(node, ast.Call) and _name(node.func) in KEYWORDS and isinstance(node.args[0], ast.Constant):
                yield from marked(ast.unparse(node))


def told(code: str) -> Iterator[Message]:
    """The sentences that stand in tables and manifests."""
    if not _TELLS.search(code):
        return
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if node.value and any(isinstance(one, ast.Name) and one.id in TABLES for one in targets):
                yield from ((None, text) for text in sentences(node.value))
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS:
            for given in node.keywords:
                if given.arg in CALLS[node.func.id] and isinstance(given.value, ast.Constant):
                    yield None, str(given.value.value)
        if isinstance(node, ast.Call) and _name(node.func) in SPOKEN:
            given_ones = [*node.args, *(one.value for one in node.keywords)]
            yield from ((None, text) for given in given_ones for text in sentences(given))


def _name(called: ast.expr) -> str:
    """The name that is called: of a function, or of a method."""
    return called.id if isinstance(called, ast.Name) else called.attr if isinstance(called, ast.Attribute) else ""


def sentences(tree: ast.AST) -> Iterator[str]:
    """String constants with a blank in them: a code or a key has none."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value.strip():
            yield node.value


def spoken() -> dict[Message, str]:
    """Every message of the source with the file that says it first."""
    found: dict[Message, str] = {}
    for file in sorted(SOURCE.rglob("*")):
        if file.suffix not in {".py", ".html", ".txt"} or "tests" in file.parts or "migrations" in file.parts:
            continue
        code, name = file.read_text(), file.relative_to(ROOT).as_posix()
        if file.suffix == ".py":
            messages = [*marked(code), *formatted(code), *told(code)]
        else:
            # the tokenizer minds indentation, which means nothing here
            pseudo = "\n".join(line.strip() for line in templatize(code, origin=name).splitlines())
            messages = list(marked(pseudo))
        for message in messages:
            found.setdefault(message, name)
    return found


def brought_up(locale: str, messages: dict[Message, str]) -> Catalog:
    """The catalogue of a locale with exactly these messages and the translations it had."""
    path = ROOT / "locale" / locale / "LC_MESSAGES" / "django.po"
    old = Catalog(locale=locale)
    if path.exists():
        with path.open("rb") as stream:
            old = read_po(stream, locale=locale)
    new = Catalog(locale=locale, project="Qiantang", header_comment=f"# Qiantang: {locale}.", fuzzy=False)
    for (context, text), place in sorted(messages.items(), key=lambda one: (one[1], str(one[0][1]), one[0][0] or "")):
        known = old.get(text[0] if isinstance(text, tuple) else text, context)
        said: str | list[str] | tuple[str, ...] = (known.string if known else None) or ""
        if locale == "en":
            said = text
        elif isinstance(text, tuple) and isinstance(said, str):
            said = (said,) * new.num_plurals
        new.add(text, said, locations=[(place, 0)], context=context)
    return new


def missing(catalog: Catalog) -> list[str]:
    """The messages that have no translation."""

    def said(text: object) -> bool:
        return all(text) if isinstance(text, list | tuple) else bool(text)

    return [str(message.id) for message in catalog if message.id and not said(message.string)]


def written(catalog: Catalog) -> str:
    stream = io.BytesIO()
    write_po(stream, catalog, width=0, omit_header=False, include_lineno=False)
    # the dates of making would change every file every time
    lines = [
        line
        for line in stream.getvalue().decode().splitlines()
        if not line.startswith(('"POT-Creation-Date', '"PO-Revision-Date', '"Generated-By', '"Last-Translator'))
    ]
    return "\n".join(lines) + "\n"


def main() -> int:
    check = "--check" in sys.argv[1:]
    messages = spoken()
    failed = False
    for locale in LOCALES:
        path = ROOT / "locale" / locale / "LC_MESSAGES" / "django.po"
        catalog = brought_up(locale, messages)
        text = written(catalog)
        if not path.exists() or path.read_text() != text:
            failed = True
            print(f"{path.relative_to(ROOT)}: {'is behind the source' if check else 'written'}")
            if not check:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text)
        for gap in missing(catalog):
            failed = True
            print(f"{path.relative_to(ROOT)}: no translation for {gap!r}")
    return 1 if failed and check else 0


if __name__ == "__main__":
    raise SystemExit(main())
