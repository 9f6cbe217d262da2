"""Compile every ``locale/*/LC_MESSAGES/django.po`` to the ``.mo`` beside it, with Babel: no msgfmt needed.

Run at every set-up; what is compiled already is left alone. A message without translation stays English; that none is
missing is the business of ``extract_messages.py --check``.
"""

from __future__ import annotations

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).resolve().parent.parent / "locale"


def compile_one(source: Path) -> bool:
    """Write the compiled file unless it is newer than its source; says whether it was written."""
    target = source.with_suffix(".mo")
    if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
        return False
    with source.open("rb") as stream:
        catalog = read_po(stream, locale=source.parent.parent.name)
    # in one step: a server that is starting must not read half a file
    draft = target.with_suffix(".mo.new")
    with draft.open("wb") as stream:
        write_mo(stream, catalog)
    draft.replace(target)
    return True


def main() -> int:
    written = [source for source in sorted(LOCALE.glob("*/LC_MESSAGES/django.po")) if compile_one(source)]
    for source in written:
        print(f"messages: {source.parent.parent.name} compiled")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
