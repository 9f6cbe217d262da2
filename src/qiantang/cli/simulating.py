"""The simulated platforms: small servers beside the house, for development and demonstration."""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING

from qiantang.cli.main import DONE
from qiantang.cli.output import print_json, tell

if TYPE_CHECKING:
    import argparse


def simulate_command(asked: argparse.Namespace) -> int:
    """Run until stopped. Needs no database: the platform is another one than ours."""
    if asked.platform == "sms":
        return _gateway(asked)
    from qiantang.portal.exchange.methods.simulators.serving import running

    with running(asked.platform, house=asked.house, port=asked.port) as server:
        if asked.json:
            print_json({"platform": asked.platform, "address": server.address, "events": f"{server.address}/events"})
        tell(f"simulated {asked.platform}: {server.address}  events go to {server.address}/events, what came: /state")
        Event().wait()
    return DONE


def _gateway(asked: argparse.Namespace) -> int:
    from qiantang.commons.notices.methods.gateway_simulator import gateway

    with gateway(port=asked.port) as server:
        if asked.json:
            print_json({"platform": "sms", "address": server.address, "url": server.url})
        tell(f"simulated sms gateway: {server.address}  start the platform with QIANTANG_SMS_URL={server.url}")
        Event().wait()
    return DONE
