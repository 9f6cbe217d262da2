"""Changing chains: in a draft first, published as a version with a number, or brought in as a file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from qiantang.commons.audit import api as audit
from qiantang.kernel.errors import Conflict, Invalid
from qiantang.scenarios.navigation.methods import chains
from qiantang.scenarios.navigation.models import ChainVersion
from qiantang.scenarios.navigation.rules import LARGEST_PACK
from qiantang.scenarios.navigation.selectors import chains as reads
from qiantang.scenarios.navigation.types import Place

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qiantang.kernel.actor import Actor
    from qiantang.scenarios.navigation.types import Chain, Node, Vocabulary


@transaction.atomic
def put_node(*, actor: Actor, key: str, node: Node, code: str = "") -> Chain:
    """Add a node to the draft, or write another in the place of the one named: renamed, re-bound. Returns the draft.

    errors  NotPermitted ``navigation.analysts_only`` · NotFound · Invalid, as ``methods.chains.ensure_sound``
    """
    draft = _draft(actor, key)
    if code:
        reads.node_of(draft, code)
        nodes = [replace(node, code=code, place=node.place) if one.code == code else one for one in draft.nodes]
    else:
        if draft.node(node.code):
            raise Invalid("navigation.node_taken", node=node.code)
        nodes = [*draft.nodes, node]
    return _keep(actor, replace(draft, nodes=chains.in_order(nodes)), "node", node.code)


@transaction.atomic
def describe_chain(
    *, actor: Actor, key: str, told: Mapping[str, str], words: Mapping[str, Sequence[Vocabulary]]
) -> Chain:
    """Write names, what it covers, sources, effects and means of the draft anew. Returns the draft.

    told    ``zh``, ``en``, ``about_zh``, ``about_en``, ``sources`` (one a line)
    words   ``effects`` and ``means``
    errors  as ``put_node``
    """
    draft = replace(
        _draft(actor, key),
        zh=told["zh"].strip(),
        en=told["en"].strip(),
        about_zh=told["about_zh"].strip(),
        about_en=told["about_en"].strip(),
        sources=tuple(line.strip() for line in told["sources"].splitlines() if line.strip()),
        effects=tuple(words["effects"]),
        means=tuple(words["means"]),
    )
    return _keep(actor, draft, "describe", "")


@transaction.atomic
def move_node(*, actor: Actor, key: str, code: str, to: str) -> Chain:
    """Give a node another number, with all below it: another place in the tree. Returns the draft.

    errors  as ``put_node`` · Invalid ``navigation.node_inside_itself`` · ``navigation.node_taken``
    """
    draft = _draft(actor, key)
    chains.ensure_number(to)
    moved = reads.node_of(draft, code)
    if to == code:
        return draft
    if to.startswith(f"{code}."):
        raise Invalid("navigation.node_inside_itself", node=code)
    if draft.node(to):
        raise Invalid("navigation.node_taken", node=to)
    nodes = []
    for one in draft.nodes:
        if one.code == code or one.code.startswith(f"{code}."):
            number = to + one.code[len(code) :]
            place = (one.place or moved.place or _place_above(draft, code)) if "." not in number else None
            nodes.append(replace(one, code=number, place=place))
        else:
            nodes.append(one)
    return _keep(actor, replace(draft, nodes=chains.in_order(nodes)), "move", f"{code}>{to}")


def _place_above(draft: Chain, code: str) -> Place | None:
    first = draft.node(code.partition(".")[0])
    return first.place if first else None


@transaction.atomic
def remove_node(*, actor: Actor, key: str, code: str) -> Chain:
    """Take a node and all below it out of the draft. Errors as for ``put_node``."""
    draft = _draft(actor, key)
    reads.node_of(draft, code)
    nodes = tuple(one for one in draft.nodes if one.code != code and not one.code.startswith(f"{code}."))
    return _keep(actor, replace(draft, nodes=nodes), "remove", code)


@transaction.atomic
def drop_draft(*, actor: Actor, key: str) -> None:
    """Throw the draft away.

    errors  NotPermitted · Conflict ``navigation.no_draft``
    """
    reads.ensure_may_keep(actor)
    gone, _ = ChainVersion.objects.filter(key=key, number=None).delete()
    if not gone:
        raise Conflict("navigation.no_draft")
    audit.record(actor=actor, verb="navigation.chain.drop", subject=f"chain:{key}", facts={})


@transaction.atomic
def publish_chain(*, actor: Actor, key: str, note: str) -> Chain:
    """Make the draft the next version. Projects that use an older one keep it.

    errors  NotPermitted · Conflict ``navigation.no_draft`` · Invalid ``navigation.chain_incomplete``
    """
    reads.ensure_may_keep(actor)
    row = ChainVersion.objects.filter(key=key, number=None).first()
    if row is None:
        raise Conflict("navigation.no_draft")
    return _publish(actor, chains.from_plain(row.body), note, row)


@transaction.atomic
def import_pack(*, actor: Actor, data: bytes, note: str) -> Chain:
    """Bring in a pack as the next version of its industry, or as a new industry.

    errors  NotPermitted · Invalid ``navigation.pack_*`` · ``navigation.chain_incomplete``; as ``ensure_sound``
    """
    reads.ensure_may_keep(actor)
    if len(data) > LARGEST_PACK:
        raise Invalid("navigation.pack_too_large", most=LARGEST_PACK)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid("navigation.pack_unreadable", what="UTF-8") from error
    return _publish(actor, chains.read_pack(text), note, None)


def _publish(actor: Actor, chain: Chain, note: str, row: ChainVersion | None) -> Chain:
    lacking = chains.missing(chain)
    if lacking:
        raise Invalid("navigation.chain_incomplete", what=", ".join(lacking[:10]))
    pack = reads.shipped().get(chain.key)
    newest = ChainVersion.objects.filter(key=chain.key).exclude(number=None).order_by("-number").first()
    number = max(newest.number or 0 if newest else 0, pack.version if pack else 0) + 1
    chain = replace(chain, version=number)
    kept = row or ChainVersion(key=chain.key)
    kept.number, kept.body, kept.note = number, chains.to_plain(chain), note.strip()
    kept.author_name, kept.changed_at = actor.name, timezone.now()
    kept.save()
    audit.record(actor=actor, verb="navigation.chain.publish", subject=f"chain:{chain.key}", facts={"version": number})
    return chain


def _draft(actor: Actor, key: str) -> Chain:
    reads.ensure_may_keep(actor)
    return reads.draft_or_newest(actor, key)


def _keep(actor: Actor, draft: Chain, act: str, what: str) -> Chain:
    chains.ensure_sound(draft)
    ChainVersion.objects.update_or_create(
        key=draft.key,
        number=None,
        defaults={
            "body": chains.to_plain(replace(draft, version=0)),
            "author_name": actor.name,
            "changed_at": timezone.now(),
        },
    )
    facts = {"act": act, "node": what}
    audit.record(actor=actor, verb="navigation.chain.change", subject=f"chain:{draft.key}", facts=facts)
    return draft
