"""Who applies together: firms, universities, institutes of the city, and who bridges them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qiantang.commons.ui.types import Chart, ChartKind, Link, Node
from qiantang.corpus.measures.methods.cooccurrence import PartyNetwork, top_bridges
from qiantang.corpus.measures.methods.holders import HolderKind, holder_kind
from qiantang.scenarios.monitoring.rules import FLOW_YEARS
from qiantang.scenarios.monitoring.selectors import asking, numerals, ties
from qiantang.scenarios.monitoring.selectors.flows import told_by_register
from qiantang.scenarios.monitoring.selectors.moves import names_changed
from qiantang.scenarios.monitoring.selectors.moving import moved_people
from qiantang.scenarios.monitoring.selectors.ties import Joint, joint_applications
from qiantang.scenarios.monitoring.selectors.waiting import how_far, waiting_panel
from qiantang.scenarios.monitoring.types import Asked, Figure, Panel, Sheet, SheetCell, Tied

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qiantang.kernel.actor import Actor
    from qiantang.scenarios.monitoring.selectors.moving import MovedPeople

_NODES, _BRIDGES, _PAIRS = 40, 10, 50


def list_url(asked: Asked, what: Tied, *ends: str) -> str:
    """The list behind a number of the network, of the same years and snapshot."""
    snapshot = asking.snapshot_number(asked)
    parts = [("what", str(what)), *(("party", one) for one in ends)]
    parts += [("year", str(asked.year))] if asked.year else []
    parts += [("snapshot", str(snapshot))] if snapshot else []
    return f"{reverse('monitoring:network-list')}?{urlencode(parts)}"


def network_panel(actor: Actor, asked: Asked) -> Panel:  # noqa: ARG001 - public figures; the shape of every selector
    """Joint applications of the last years in which a party of the city stands first."""
    joint = joint_applications(asked)
    if joint is None:
        return waiting_panel(_("Who applies together"))
    year, names, network = joint.year, joint.names, ties.joint_network(asked.snapshot, joint)
    title = _("Who applies together, %(first)s to %(last)s") % {"first": year - FLOW_YEARS + 1, "last": year}
    if why := asking.nothing_loaded(asked):  # not known, which is not 0
        return Panel(title=title, notes=(why,))
    people = moved_people(asked.snapshot)
    return Panel(
        title=title,
        lead=_(
            "Joint applications of parties in the city, and bodies whose inventors stand on applications of both. A bridge stands on many shortest ways between others: without it they would not be linked."
        ),
        figures=_figures(asked, joint, network),
        charts=(_chart(asked, network, names), *([_shared_chart(asked, people)] if people else [])),
        sheets=(_bridges(asked, network, names), *([_pairs(people)] if people else [])),
        notes=(
            _(
                "Shared inventors are told of all years, as at least so many: a name is taken for one person only in the company of a colleague. Fewer than three people are not shown."
            ),
            *(names_changed(people) if people else ()),
        ),
        waiting=None if people else how_far(),
    )


def _figures(asked: Asked, joint: Joint, network: PartyNetwork) -> tuple[Figure, ...]:
    return (
        Figure(
            _("Joint applications"),
            asking.number(len(joint.documents)),
            url=list_url(asked, Tied.APPLICATIONS),
        ),
        Figure(
            pgettext("in a network", "Parties"),
            asking.number(len(network.nodes)),
            url=list_url(asked, Tied.PARTIES),
        ),
        Figure(_("Links"), asking.number(len(network.links)), url=list_url(asked, Tied.LINKS)),
        Figure(
            _("Density"),
            "" if network.density is None else f"{network.density:.4f}",
            note=_("2 × links ÷ (parties × (parties − 1))"),
        ),
    )


def _bridges(asked: Asked, network: PartyNetwork, names: dict[str, str]) -> Sheet:
    rows = tuple(
        (
            SheetCell(names[one.name], party_url(one.name)),
            numerals.number(one.weight, url=list_url(asked, Tied.APPLICATIONS, one.name)),
            numerals.number(one.degree, url=list_url(asked, Tied.LINKS, one.name)),
            numerals.number(one.betweenness, 4),
        )
        for one in top_bridges(network, _BRIDGES)
    )
    head = (_("Applicant"), _("Joint applications"), _("Partners"), _("Betweenness"))
    note = _("Betweenness: share of the shortest ways between two others that lead through it.")
    if network.estimated:
        note += " " + _("It is estimated from a part of the parties, the same on every run: the network is large.")
    return Sheet(_("The ten strongest bridges"), head, rows, note)


def party_url(key: str) -> str:
    """The page of a harmonised party; empty for a name alone."""
    return reverse("register:party-page", args=(int(key[1:]),)) if key[:1] == "P" and key[1:].isdecimal() else ""


def _drawn(network: PartyNetwork | MovedPeople, names: Mapping[str, str]) -> tuple[tuple[Node, ...], tuple[Link, ...]]:
    """The strongest parties on a circle, and what ties them."""
    shown = sorted(network.nodes, key=lambda node: (-node.strength, node.name))[:_NODES]
    keys = {node.name for node in shown}
    communities = sorted({node.community for node in shown})
    placed = _circle([node.name for node in sorted(shown, key=lambda node: (node.community, node.name))])
    shown = sorted(shown, key=lambda node: (node.community, node.name))
    nodes = [
        Node(
            node.name,
            names[node.name],
            node.weight,
            _("Group %(n)s") % {"n": communities.index(node.community) + 1},
            party_url(node.name) or None,
            *placed[node.name],
        )
        for node in shown
    ]
    links = [Link(link.one, link.other, link.weight) for link in network.links if {link.one, link.other} <= keys]
    return tuple(nodes), tuple(links)


def _chart(asked: Asked, network: PartyNetwork, names: Mapping[str, str]) -> Chart:
    nodes, links = _drawn(network, names)
    nodes = tuple(one._replace(url=list_url(asked, Tied.APPLICATIONS, one.key)) for one in nodes)
    links = tuple(one._replace(url=list_url(asked, Tied.APPLICATIONS, one.source, one.target)) for one in links)
    return Chart(
        kind=ChartKind.NETWORK,
        key="network",
        title=_("Who applies together with whom?"),
        unit=_("joint applications"),
        label_head=_("Applicant"),
        nodes=nodes,
        links=links,
        citation=told_by_register(
            asked,
            _("Applications with several applicants, harmonised names; groups by modularity, equal on every run."),
        ),
        empty=_("No joint application is on record for these years."),
    )


def _shared_chart(asked: Asked, people: MovedPeople) -> Chart:
    """Bodies that have inventors in common."""
    nodes, links = _drawn(people, people.called)
    return Chart(
        kind=ChartKind.NETWORK,
        key="shared",
        title=_("Which bodies have inventors in common?"),
        unit=_("people, at least"),
        label_head=_("Applicant"),
        nodes=nodes if links else (),
        links=links,
        citation=told_by_register(
            asked, _("People who stand on applications of both, not only on joint ones; three or more.")
        ),
        empty=_("No two bodies have three inventors in common."),
    )


def _pairs(people: MovedPeople) -> Sheet:
    names = people.called
    words = {HolderKind.ENTERPRISE: _("Company"), HolderKind.UNIVERSITY: _("University")}
    rows = tuple(
        (
            SheetCell(names[link.one], party_url(link.one)),
            SheetCell(names[link.other], party_url(link.other)),
            SheetCell(" – ".join(words.get(holder_kind(names[end]), _("other")) for end in (link.one, link.other))),
            numerals.number(link.weight),
        )
        for link in people.links[:_PAIRS]
    )
    head = (_("Applicant"), _("Other applicant"), pgettext("of applicants", "Kinds"), _("People, at least"))
    return Sheet(_("Bodies with inventors in common"), head, rows)


def _circle(names: list[str]) -> dict[str, tuple[float, float]]:
    """Places on an ellipse, members of a group beside each other: the same on every run."""
    step = 2 * math.pi / max(1, len(names))
    return {name: (0.5 + 0.5 * math.cos(n * step), 0.5 + 0.5 * math.sin(n * step)) for n, name in enumerate(names)}
