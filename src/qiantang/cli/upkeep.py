"""Commands that care for the register: compact, prune, export, erase, pin."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

from qiantang.cli.house import open_house, open_office
from qiantang.cli.main import DONE
from qiantang.cli.output import print_json, tell
from qiantang.kernel.errors import Invalid

if TYPE_CHECKING:
    import argparse


def compact_command(asked: argparse.Namespace) -> int:
    open_house()
    from qiantang.corpus.register import api as register

    done = register.upkeep.compact(register.register(), everything=asked.everything)
    if asked.json:
        print_json(asdict(done))
    elif done.layers_before == done.layers_after:
        tell(f"{done.layers_before} layers: nothing to do")
    else:
        tell(f"snapshot {done.snapshot}: {done.layers_before} layers are {done.layers_after} now")
    return DONE


def prune_command(asked: argparse.Namespace) -> int:
    open_house()
    from qiantang.config.env import Environment
    from qiantang.corpus.register import api as register

    keep = Environment.read().snapshots_kept if asked.keep is None else asked.keep
    if keep < 1:
        raise Invalid("command.keep", given=keep, expected="1 or more")
    done = register.upkeep.prune(register.register(), keep=keep)
    if asked.json:
        print_json(asdict(done))
    else:
        tell(f"{len(done.pruned)} snapshots went, {len(done.kept)} stay, {done.freed_bytes} bytes are free again")
    return DONE


def export_command(asked: argparse.Namespace) -> int:
    open_office()
    from pathlib import Path

    from qiantang.corpus.register import api as register
    from qiantang.kernel.actor import Actor, Channel

    here = register.register()
    done = register.upkeep.hand_out_open_data(
        actor=Actor.system("command line", Channel.COMMAND),
        register=here,
        folder=Path(asked.out) if asked.out else register.upkeep.dump_folder(here, asked.snapshot),
        snapshot=asked.snapshot,
    )
    if asked.json:
        print_json(asdict(done))
    else:
        for one in done.files:
            print(f"{one.name}.parquet  {one.rows} rows  {one.size_bytes} bytes  {one.sha256}")
        tell(f"snapshot {done.snapshot} is in {done.folder}; {done.resumed} files were there already")
    return DONE


def erase_command(asked: argparse.Namespace) -> int:
    open_office()
    from qiantang.corpus.ingest import api as ingest
    from qiantang.kernel.actor import Actor, Channel

    # From stdin, because arguments are seen by everybody on the machine and kept by shells.
    name = sys.stdin.readline().rstrip("\n") if asked.name_from_stdin else None
    actor = Actor.system("command line", Channel.COMMAND)
    done = ingest.erase_personal_data(actor=actor, numbers=asked.number, name=name, request=asked.request)
    if asked.json:
        print_json(asdict(done))
    else:
        tell(f"{done.patents} patents, {done.removed} of them whole; {done.layers} layers written anew")
        for source in done.sources.values():
            tell(f"still said by the source file {source}: deal with it where it is kept")
    return DONE


def pin_command(asked: argparse.Namespace) -> int:
    open_house()
    from qiantang.corpus.register import api as register

    if asked.remove:
        register.upkeep.unpin(register.register(), asked.snapshot)
    else:
        register.upkeep.pin(register.register(), asked.snapshot, asked.reason)
    if asked.json:
        print_json({"snapshot": asked.snapshot, "pinned": not asked.remove})
    return DONE
