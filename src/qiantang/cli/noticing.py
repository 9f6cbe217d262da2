"""Commands about notices: send messages again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qiantang.cli.house import open_office
from qiantang.cli.main import DONE
from qiantang.cli.output import print_json, tell
from qiantang.kernel.errors import Invalid

if TYPE_CHECKING:
    import argparse

    from qiantang.kernel.actor import Actor


def notices_command(asked: argparse.Namespace) -> int:
    """``replay ID…`` sends these notices again, ``replay --since DAY`` what did not arrive; ``list`` counts."""
    open_office()
    from qiantang.commons.notices.api import dispatch_counts
    from qiantang.kernel.actor import Actor, Channel

    actor = Actor.system("command line", Channel.COMMAND)
    if asked.action == "list":
        counts = dispatch_counts(actor)
        if asked.json:
            print_json({"messages": counts})
        else:
            tell("  ".join(f"{state}: {count}" for state, count in counts.items()))
        return DONE
    sent = _replayed(actor, asked)
    if asked.json:
        print_json({"replayed": sent})
    else:
        tell(f"queued again: {sent}; the worker sends them")
    return DONE


def _replayed(actor: Actor, asked: argparse.Namespace) -> int:
    from datetime import date

    from qiantang.commons.notices.api import replaying

    if asked.notice:
        return sum(replaying.replay_notice(actor=actor, notice=one) for one in asked.notice)
    try:
        day = date.fromisoformat(asked.since or "")
    except ValueError:
        raise Invalid("command.notices_which", expected="notices replay ID… or --since YYYY-MM-DD") from None
    states = [asked.state] if asked.state else list(replaying.FAILED)
    return replaying.replay_since(actor=actor, since=day, states=states)
