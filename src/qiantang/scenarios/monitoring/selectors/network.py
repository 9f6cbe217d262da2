"""Who applies together: firms, universities, institutes of the city, and who bridges them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from qiantang.commons.ui.types import Chart, ChartKind, Link, Node
from qiantang.corpus.measures.methods.cooccurrence import PartyNetwork, party_network, top_bridges
from qiantang.corpus.parties import api as parties
from qiantang.scenarios.monitoring.rules import CITY, FLOW_YEARS
from qiantang.scenarios.monitoring.selectors import asking
from qiantang.scenarios.monitoring.selectors.flows import told_by_register
from qiantang.scenarios.monitoring.selectors.holdings import rights
from qiantang.scenarios.monitoring.types import Asked, Figure, Panel, Sheet, SheetCell

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor

_NODES, _BRIDGES = 40, 10


def network_panel(actor: Actor, asked: Asked) -> Panel:  # noqa: ARG001 - public figures; the shape of every selector
    """Joint applications of the last years in which a party of the city stands first."""
    held = [one for one in rights(asked.snapshot) if one.city == CITY and one.filing_date]
    year = asked.year or max((one.filing_date.year for one in held if one.filing_date), default=asked.today.year)
    joint = [
        one
        for one in held
        if one.filing_date and year - FLOW_YEARS < one.filing_date.year <= year and len(one.applicants) > 1
    ]
    known = parties.parties_of({name for one in joint for name in one.applicants})
    documents = [[_key(known, name) for name in one.applicants] for one in joint]
    names = {_key(known, name): name for one in joint for name in one.applicants}
    network = party_network(documents)
    return Panel(
        title=_("Who applies together, %(first)s to %(last)s") % {"first": year - FLOW_YEARS + 1, "last": year},
        lead=_(
            "Joint applications of parties in the city. A bridge stands on many shortest ways between others: without it they would not be linked."
        ),
        figures=(
            Figure(_("Joint applications"), asking.number(len(joint))),
            Figure(_("Parties"), asking.number(len(network.nodes))),
            Figure(_("Links"), asking.number(len(network.links))),
            Figure(_("Density"), "" if network.density is None else f"{network.density:.4f}"),
        ),
        charts=(_chart(asked, network, names),),
        sheets=(_bridges(network, names),),
    )


def _bridges(network: PartyNetwork, names: dict[str, str]) -> Sheet:
    rows = tuple(
        (
            SheetCell(names[one.name], _url(one.name)),
            SheetCell(asking.number(one.weight), right=True),
            SheetCell(asking.number(one.degree), right=True),
            SheetCell(f"{one.betweenness:.4f}", right=True),
        )
        for one in top_bridges(network, _BRIDGES)
    )
    head = (_("Applicant"), _("Joint applications"), _("Partners"), _("Betweenness"))
    note = _("Betweenness: share of the shortest ways between two others that lead through it.")
    return Sheet(_("The ten strongest bridges"), head, rows, note)


def _key(known: dict[str, int], name: str) -> str:
    """A harmonised party by its number, else the name itself."""
    return f"P{known[name]}" if name in known else name


def _url(key: str) -> str:
    return reverse("register:party-page", args=(int(key[1:]),)) if key[:1] == "P" and key[1:].isdecimal() else ""


def _chart(asked: Asked, network: PartyNetwork, names: dict[str, str]) -> Chart:
    shown = sorted(network.nodes, key=lambda node: (-node.strength, node.name))[:_NODES]
    keys = {node.name for node in shown}
    communities = sorted({node.community for node in shown})
    placed = _circle([node.name for node in sorted(shown, key=lambda node: (node.community, node.name))])
    nodes = [
        Node(
            node.name,
            names[node.name],
            node.weight,
            _("Group %(n)s") % {"n": communities.index(node.community) + 1},
            _url(node.name) or None,
            *placed[node.name],
        )
        for node in shown
    ]
    links = [Link(link.one, link.other, link.weight) for link in network.links if {link.one, link.other} <= keys]
    return Chart(
        kind=ChartKind.NETWORK,
        key="network",
        title=_("Who applies together with whom?"),
        unit=_("joint applications"),
        label_head=_("Applicant"),
        nodes=tuple(nodes),
        links=tuple(links),
        citation=told_by_register(
            asked,
            _("Applications with several applicants, harmonised names; groups by modularity, equal on every run."),
        ),
        empty=_("No joint application is on record for these years."),
    )


def _circle(names: list[str]) -> dict[str, tuple[float, float]]:
    """Places on an ellipse, members of a group beside each other: the same on every run."""
    step = 2 * math.pi / max(1, len(names))
    return {name: (0.5 + 0.5 * math.cos(n * step), 0.5 + 0.5 * math.sin(n * step)) for n, name in enumerate(names)}
