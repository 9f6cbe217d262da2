"""Checks an evidence package without the platform that made it and without a network.

    python3 verify.py PACKAGE.zip [--root CA.pem] [--log-key HEX] [--headers FILE] [--json]
    python3 verify.py evidence.json --file THE_FILE

Needs Python 3.10 or later and, for timestamps, the openssl command. --root and --log-key are what you trust, got from
elsewhere; without them the package is checked against what it brings itself. --headers are headers of Bitcoin blocks got from
a node, a line each: height, blank, 160 hexadecimal digits; an anchor proves its time only with the header of its block.
Exit code 0: everything holds. 1: something does not, and which. 2: nothing could be checked.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from qiantang.commons.evidence.methods.verifier.anchors import headers_in
from qiantang.commons.evidence.methods.verifier.packages import verify
from qiantang.commons.evidence.methods.verifier.reporting import OK, Report


def lines_of(report: Report) -> str:
    """The report for people."""
    lines = [
        f"{'ok   ' if one.passed else 'FAILS'}  {one.name}"
        + (f" [{one.code}]" if one.code != OK else "")
        + (f": {one.detail}" if one.detail else "")
        for one in report.checks
    ]
    lines.append("everything holds" if report.valid else "NOT everything holds")
    return "\n".join(lines) + "\n"


def main(arguments: list[str] | None = None) -> int:
    """The command of the single file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("package", type=Path)
    parser.add_argument("--file", type=Path, help="the file itself, where the package does not hold it")
    parser.add_argument("--root", type=Path, help="certificates (PEM) to which timestamps must lead")
    parser.add_argument("--log-key", metavar="HEX", help="a key of the log that you know")
    parser.add_argument("--headers", type=Path, help="headers of Bitcoin blocks: height, blank, 160 hexadecimal digits")
    parser.add_argument("--json", action="store_true", help="one JSON document")
    asked = parser.parse_args(arguments)
    try:
        root = asked.root.read_bytes() if asked.root else None
        headers = headers_in(asked.headers.read_text("ascii")) if asked.headers else None
        report = verify(asked.package, file=asked.file, root=root, log_key=asked.log_key, headers=headers)
    except (OSError, ValueError) as fault:
        sys.stderr.write(f"{fault}\n")
        return 2
    sys.stdout.write(json.dumps(report.told(), ensure_ascii=False, indent=2) + "\n" if asked.json else lines_of(report))
    return 0 if report.valid else 1
