"""What the demo city's analyst keeps on the search desk: a saved query whose alert fires when the city is loaded, a dossier, a number list."""

from __future__ import annotations

from django_tasks import task

from qiantang.commons.accounts import api as accounts
from qiantang.corpus.register import api as register
from qiantang.corpus.register.types import SearchRequest
from qiantang.kernel.actor import Actor, Channel
from qiantang.kernel.paging import PageRequest
from qiantang.scenarios.query.methods.differences import Change
from qiantang.scenarios.query.selectors import dossiers as kept
from qiantang.scenarios.query.selectors import saved
from qiantang.scenarios.query.services import dossiers, numbering, saving, watching
from qiantang.scenarios.query.types import DeskRequest

_QUERY = "电池 AND (冷却 OR 散热)"
_SAID = ((5, ("液冷", "核心"), "流道结构值得细看，先比对独立权利要求。"), (4, ("液冷",), ""), (3, ("相变材料",), ""))
_NOT_ON_RECORD = ("CN110083831A", "201710601862.5", "电池热管理", "2.02E+12")


def furnish(username: str) -> None:
    """Save the analyst's query, before the city is loaded where that is still to come, and leave the rest to the worker.

    Doing it again changes nothing.
    """
    analyst = _actor(username)
    if not saved.saved_queries(analyst, PageRequest(size=1)).total:
        asked = DeskRequest(_QUERY, ('CC=="CN"',))
        key = saving.save_query(actor=analyst, name="电池热管理", asked=asked, watch=tuple(Change))
        watching.check_saved_query(actor=Actor.system("demo", Channel.COMMAND), key=key)
        saving.save_query(
            actor=analyst, name="本市有效发明", asked=DeskRequest("CI=杭州 AND LS=有效", ('TY=="invention"',), "-AD")
        )
    furnish_dossier.enqueue(username)


@task()
def furnish_dossier(username: str) -> None:
    """Once the city is there: a dossier with ratings, tags and a comment, watched; a list of numbers of every kind."""
    analyst = _actor(username)
    if register.current_snapshot() is None or kept.dossiers(analyst, PageRequest(size=1)).total:
        return
    hits = register.search(SearchRequest(_QUERY, size=12)).hits
    about = "收集液冷与相变散热方向的重点专利，供技术研讨使用。"
    key = dossiers.make_dossier(actor=analyst, name="电池热管理重点专利", about=about)
    dossiers.add_patents(actor=analyst, key=key, patent_ids=[hit.patent_id for hit in hits])
    row = kept.dossier_row(analyst, key)
    for entry, (rating, tags, text) in zip(kept.entries(row, PageRequest()).items, _SAID, strict=False):
        dossiers.describe_patent(actor=analyst, key=key, entry=entry.id, rating=rating, tags=tags)
        if text:
            dossiers.comment(actor=analyst, key=key, entry=entry.id, text=text)
    watch = (Change.STATUS, Change.OWNER)
    dossiers.change_dossier(actor=analyst, key=key, name=row.name, about=about, watch=watch)
    given = [hit.number for hit in hits[:6]]
    text = "\n".join([*given, *(number.lower() for number in given[:2]), *_NOT_ON_RECORD])
    numbering.make_number_list(actor=analyst, name="待核对的号码", text=text)


def _actor(username: str) -> Actor:
    person = accounts.person_by_username(Actor.system("demo", Channel.COMMAND), username)
    return Actor(person_id=person.id, name=person.display_name, roles=person.roles, channel=Channel.COMMAND)
