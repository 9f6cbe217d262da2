"""The words of the command line, and what an exit code means.

0 done · 1 done with findings or refusals · 2 could not be done. With ``--json`` one JSON document goes to stdout;
messages go to stderr.
"""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Protocol

from qiantang.kernel.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

DONE, FINDINGS, FAILED = 0, 1, 2


class _Words(Protocol):
    """Adds one word of the command line."""

    def __call__(self, name: str, run: str, told: str) -> argparse.ArgumentParser: ...


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="qiantang", description="Qiantang: a city's public services for patents.")
    words = parser.add_subparsers(dest="word", required=True, metavar="COMMAND")

    def word(name: str, run: str, told: str) -> argparse.ArgumentParser:
        made = words.add_parser(name, help=told, description=told)
        made.set_defaults(run=run)
        made.add_argument("--json", action="store_true", help="one JSON document on stdout")
        return made

    _words_of_loading(word)
    _words_of_reading(word)
    _words_of_measuring(word)
    _words_of_upkeep(word)
    _words_of_serving(word)
    _words_of_office(word)
    _words_of_evidence(word)
    return parser


def _words_of_loading(word: _Words) -> None:
    one = word("import", "loading.import_command", "load patent files or folders into the register")
    one.add_argument("paths", nargs="+", metavar="PATH")
    one.add_argument("--format", help="read every file as this format instead of recognising it")
    one.add_argument("--mapping", metavar="FILE", help="TOML mapping for tables: column -> field")
    one.add_argument(
        "--by-folder", action="store_true", help="sum the report by folder instead of telling it file by file"
    )
    one.add_argument("--licence", default="", metavar="TEXT", help="licence or terms under which the files came")
    one.add_argument(
        "--published", action="store_true", help="the applications whose texts as filed are among them are published"
    )
    one = word("old-files", "old_files.old_files_command", "bring in a list of old case files; their numbers find them")
    one.add_argument("path", metavar="FILE", help="CSV or XLSX, heads in the first row")
    one.add_argument("--origin", required=True, metavar="NAME", help="the register or office that gave the numbers")
    one = word("watch", "loading.watch_command", "load the complete files of a folder, look again every minute")
    one.add_argument("--folder", metavar="FOLDER", help="without: the one that QIANTANG_WATCH_FOLDER names")
    one.add_argument("--once", action="store_true", help="look once and end")
    one = word(
        "quality", "loading.quality_command", "the quality report of a load: fill rates, findings, outliers, drift"
    )
    one.add_argument(
        "load", nargs="?", type=int, default=None, help="number of the load; the newest where none is named"
    )
    word("snapshots", "loading.snapshots_command", "list the snapshots of the register")
    word("coverage", "loading.coverage_command", "what is loaded, by office, type, year, field and source")
    word("reindex", "loading.reindex_command", "build the search index again from the newest snapshot")


def _words_of_reading(word: _Words) -> None:
    one = word("number", "number.number_command", "parse any patent number")
    one.add_argument("text", nargs="+")
    _word_of_checking(word)
    one = word("patent", "reading.patent_command", "one record by any number")
    one.add_argument("number", nargs="+")
    one.add_argument("--as-of", metavar="DATE", help="legal status of that day (YYYY-MM-DD)")
    one = word("search", "reading.search_command", "run a query")
    one.add_argument("query")
    one.add_argument("--limit", type=int, default=20)
    one.add_argument("--page", metavar="CURSOR")
    one.add_argument("--sort", default="relevance", metavar="F", help="relevance, AD, -AD, PD, -PD ...")
    one.add_argument("--count", action="store_true", help="only how many")
    one.add_argument(
        "--facets",
        default="",
        metavar="F,G",
        help="field names, e.g. PA,AY,CI; a region's value is its code, its label the name",
    )
    one.add_argument("--export", metavar="FILE", help="all hits into a file: .csv .xlsx .json .ris .bib .txt (numbers)")
    one.add_argument("--columns", default="", metavar="C,D", help="of the file; without: those the page proposes")
    one.add_argument(
        "--spelling", default="publication", help="of numbers: publication, plain, application, digits ..."
    )
    one.add_argument("--language", default="zh-hans", help="of heads and words in the file: zh-hans, en")


def _word_of_checking(word: _Words) -> None:
    one = word("check", "checking.check_command", "pre-examination checks of a draft: DOCX, XML, PDF, zip or text")
    one.add_argument("paths", nargs="+", metavar="PATH")
    one.add_argument("--type", choices=["invention", "utility_model", "design"], help="without: as the draft shows")
    one.add_argument("--as-of", metavar="DATE", help="the rules of that day (YYYY-MM-DD); without: of today")
    one.add_argument("--office", default="cn", choices=["cn", "us", "ep", "pct"], help="whose rules")
    one.add_argument("--without", default="", metavar="R,S", help="rules switched off, e.g. CL-27,DS-05")
    one.add_argument("--including", default="", metavar="R,S", help="rules switched on that are off by default")
    one.add_argument("--language", default="zh-hans", choices=["zh-hans", "en"], help="of the sentences")


def _words_of_measuring(word: _Words) -> None:
    one = word("metric", "measuring.metric_command", "a number with its definition, or why it is not known")
    one.add_argument("id", help="as in the list that `metrics` prints: RB-01, C-05 ...")
    one.add_argument("--region", metavar="C", help="code after GB/T 2260 or name; without: everything on record")
    one.add_argument("--from", dest="first", metavar="Y", help="first year")
    one.add_argument("--to", dest="last", metavar="Y", help="last year; a stock is that of its end")
    one.add_argument("--day", metavar="DATE", help="of a stock, instead of --to")
    one.add_argument(
        "--by", default="", metavar="DIM", help="year, month, region, district, type, kind, field, industry ..."
    )
    one.add_argument("--only", action="append", default=[], metavar="DIM=VALUE", help="a further limit: type=invention")
    one.add_argument("--address", metavar="WHOSE", help="holder, applicant, inventor")
    one.add_argument("--sharing", metavar="HOW", help="first, whole, fractional: of several regions")
    one.add_argument("--boundaries", metavar="WHEN", help="then, today")
    one.add_argument("--classes", metavar="HOW", help="whole, fractional: of several fields or industries")
    one.add_argument("--basis", metavar="WHICH", help="effect, gazette: when a loss of rights counts")
    one.add_argument("--scheme", metavar="NAME", help="of industries: city, sei")
    one.add_argument("--snapshot", metavar="N", help="of the register; the newest unless named")
    one.add_argument("--records", action="store_true", help="also the records behind it")
    one.add_argument("--limit", type=int, default=None, help="records in a page; without: all")
    one.add_argument("--page", metavar="CURSOR")
    word("metrics", "measuring.metrics_command", "the dictionary of indicators")
    one = word("figures", "measuring.figures_command", "import a table of figures that another body states")
    one.add_argument("file", metavar="FILE", help="CSV in UTF-8 with the columns series, region, period, value, unit")
    one.add_argument("--source", required=True, help="who states it, and where")
    one.add_argument("--as-of", required=True, metavar="DATE", help="for which day it is stated")
    one.add_argument("--title", default="", help="what the table is called; without: the file's name")
    one.add_argument("--sample", action="store_true", help="the figures are invented, for demonstration")

    one = word(
        "condition", "measuring.condition_command", "import a list of patents that meet a condition of high value"
    )
    one.add_argument("condition", choices=("pledge", "award"), help="4: pledged for much; 5: state award")
    one.add_argument(
        "file", metavar="FILE", help="CSV in UTF-8 with the columns number, day, reference, perhaps amount"
    )
    one.add_argument("--source", required=True, help="who states it, and where")
    one.add_argument("--as-of", required=True, metavar="DATE", help="day up to which the list is complete")
    one.add_argument("--title", default="", help="what the list is called; without: the file's name")
    one.add_argument("--sample", action="store_true", help="the list is invented, for demonstration")


def _words_of_upkeep(word: _Words) -> None:
    one = word("compact", "upkeep.compact_command", "write small layers of the newest snapshot as one")
    one.add_argument("--everything", action="store_true", help="all layers as one, whatever their sizes")
    one = word("prune", "upkeep.prune_command", "let old snapshots go and sweep what nobody names any more")
    one.add_argument("--keep", type=int, default=None, metavar="N", help="the newest N stay, besides pinned ones")
    one = word("export", "upkeep.export_command", "write the register as open data: Parquet with a data package")
    one.add_argument(
        "--out",
        metavar="FOLDER",
        help="empty, or that of an export to go on with; unless named, where the open API hands it out",
    )
    one.add_argument("--snapshot", type=int, default=None, metavar="N", help="the newest unless named")
    one = word("erase", "upkeep.erase_command", "remove a name from patents, or whole patents, on lawful request")
    one.add_argument("number", nargs="+", help="patent numbers in any style")
    one.add_argument("--name-from-stdin", action="store_true", help="remove this name only; it is read from stdin")
    one.add_argument("--request", required=True, metavar="REFERENCE", help="reference of the request, for the journal")
    one = word("pin", "upkeep.pin_command", "keep a snapshot whatever pruning would do")
    one.add_argument("snapshot", type=int)
    one.add_argument("--reason", default="", help="why; shown in the list of snapshots")
    one.add_argument("--remove", action="store_true", help="take the pin away")


def _words_of_evidence(word: _Words) -> None:
    whole = word("evidence", "evidence.log_command", "deposit evidence, and check packages without the platform")
    acts = whole.add_subparsers(dest="act", required=True, metavar="ACT")

    def act(name: str, run: str, told: str) -> argparse.ArgumentParser:
        made = acts.add_parser(name, help=told, description=told)
        made.set_defaults(run=f"{run}.{name}_command")
        made.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="one JSON document on stdout")
        return made

    _word_of_depositing(act)
    _word_of_capturing(act)
    one = act("verify", "evidence", "check a package, offline")
    one.add_argument("package", metavar="PACKAGE", help="the package, or its evidence.json")
    one.add_argument("--file", help="the file itself, where the package does not hold it")
    one.add_argument("--root", metavar="PEM", help="certificates to which the timestamps must lead")
    one.add_argument("--log-key", metavar="HEX", help="a key of the log that you know")
    one.add_argument(
        "--headers", metavar="FILE", help="headers of Bitcoin blocks, for anchors: height, blank, hexadecimal"
    )
    one = act("open", "evidence", "open a sealed container, offline; the password is read from stdin")
    one.add_argument("container", metavar="CONTAINER")
    one.add_argument(
        "--out", default=".", metavar="FOLDER", help="where the file goes; one that is there is left alone"
    )
    one = act("log", "evidence", "size, root and newest signed checkpoint of the log")
    one.add_argument("--out", metavar="FILE", help="write the checkpoint with what proves it against older ones")
    one = act("consistency", "evidence", "prove that one log extends another, offline")
    one.add_argument("older", metavar="OLDER", help="a package or a checkpoint")
    one.add_argument("newer", metavar="NEWER", help="a later one")


def _word_of_depositing(act: _Words) -> None:
    one = act(
        "deposit", "evidence", "deposit files by their digests; they stay where they are. A folder becomes one batch"
    )
    one.add_argument("paths", nargs="+", metavar="FILE")
    one.add_argument("--batch", metavar="NAME", help="all files as one entry; each can still be proved alone")
    one.add_argument("--keep", action="store_true", help="the platform keeps a copy")
    one.add_argument(
        "--secret",
        action="store_true",
        help="seal each file into an encrypted container FILE.qtsc and deposit that; the password is read from stdin",
    )
    one.add_argument("--name", help="what the object is called; unless named, as the file")
    one.add_argument("--kind", default="file", help="file, video, chat, source_code, design_draft")
    one.add_argument("--statement", default="", help="what it is to show, in your words")
    one.add_argument("--owner", metavar="USERNAME", help="whose deposit it is; unless named, the platform's")
    one.add_argument("--out", default=".", metavar="FOLDER", help="where the packages go")
    one.add_argument("--no-package", action="store_true", help="write no packages")


def _word_of_capturing(act: _Words) -> None:
    one = act("capture", "capturing", "capture a public web page with a clean browser, and deposit what it shows")
    one.add_argument("url", metavar="URL", help="http or https")
    one.add_argument("--purpose", required=True, help="what it is to show")
    one.add_argument("--pages", type=int, default=1, metavar="N", help="pages of a list to follow")
    one.add_argument("--shop", action="store_true", help="also read price, seller, licence and comments")
    one.add_argument("--owner", metavar="USERNAME", help="whose deposit it is; unless named, the platform's")
    one.add_argument("--out", default=".", metavar="FOLDER", help="where the package goes")
    one.add_argument("--no-package", action="store_true", help="write no package")


def _words_of_office(word: _Words) -> None:
    one = word("notices", "noticing.notices_command", "count messages by what came of them, or send some again")
    one.add_argument("action", choices=["list", "replay"])
    one.add_argument("notice", nargs="*", type=int, metavar="ID", help="numbers of the notices to send again")
    one.add_argument("--since", metavar="DATE", help="instead: messages queued from this day on (YYYY-MM-DD)")
    one.add_argument(
        "--state",
        choices=["taken", "refused", "given_up", "in_doubt", "dropped"],
        help="with --since: only those that ended so; without: all that did not arrive",
    )
    one = word(
        "archive", "archiving.archive_command", "records of cases: propose what is due, make a package, check one"
    )
    one.add_argument("action", choices=["due", "export", "verify"])
    one.add_argument("what", nargs="?", metavar="NUMBER|FILE", help="of the case to export, or the package to check")
    one.add_argument("--out", metavar="FILE", help="where the package goes; without: the number of the case, .zip")


def _words_of_serving(word: _Words) -> None:
    one = word("demo", "serving.demo_command", "build the synthetic demo city and serve it")
    one.add_argument("--patents", type=int, default=None, help="size of the city")
    word("serve", "serving.serve_command", "serve the pages")
    word("worker", "serving.worker_command", "work off queued jobs")
    one = word(
        "backup", "keeping.backup_command", "write database, files, keys and register into a folder, with digests"
    )
    one.add_argument("folder", metavar="FOLDER", help="new or empty")
    one.add_argument("--check", action="store_true", help="only hold a backup that is there against its digests")
    one = word("restore", "keeping.restore_command", "bring a backup into a new home, and prove what was restored")
    one.add_argument("folder", metavar="FOLDER")
    one = word(
        "simulate", "simulating.simulate_command", "run a simulated platform or text message gateway on this machine"
    )
    one.add_argument("platform", choices=["city-brain", "enterprise", "sms"])
    one.add_argument("--port", type=int, default=0, help="without: a free one")
    one.add_argument("--house", default="http://127.0.0.1:8000", metavar="URL", help="the Qiantang it belongs to")
    one = word("operator", "serving.operator_command", "create an operator account; the password is read from stdin")
    one.add_argument("username")
    one = word("audit", "journal.audit_command", "check the audit journal's chain, or a receipt against it")
    one.add_argument("action", choices=["verify", "receipt"])
    one.add_argument("file", nargs="?", metavar="FILE", help="the receipt to check")
    one = word("consent", "journal.consent_command", "give or withdraw a person's consent that is there in writing")
    one.add_argument("action", choices=["give", "withdraw"])
    one.add_argument("purpose", help="its code, as on the page about the use of personal data")
    one.add_argument("username")
    one.add_argument("--evidence", required=True, metavar="REFERENCE", help="reference of the document")


def _command(path: str) -> Callable[[argparse.Namespace], int]:
    from importlib import import_module

    module, _, name = path.partition(".")
    found: Callable[[argparse.Namespace], int] = getattr(import_module(f"qiantang.cli.{module}"), name)
    return found


def _descending(arguments: Sequence[str]) -> list[str]:
    """``--sort -AD`` as argparse can take it: by itself it holds -AD to be an option."""
    joined: list[str] = []
    for one in arguments:
        if joined and joined[-1] == "--sort" and one.startswith("-"):
            joined[-1] = f"--sort={one}"
        else:
            joined.append(one)
    return joined


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    asked = _parser().parse_args(_descending(sys.argv[1:] if arguments is None else arguments))
    try:
        return _command(asked.run)(asked)
    except DomainError as error:
        from qiantang.cli.output import print_error

        print_error(error, as_json=asked.json)
        return FAILED
    except BrokenPipeError:
        sys.stderr.close()
        return DONE
    except OSError as error:  # a file that is not there or may not be read: nothing of ours, and nothing was done
        print(f"qiantang: {error}", file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        return FAILED
