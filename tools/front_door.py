"""Import Linter contract: an app is entered by its front door only.

``apps``   expressions that name packages, e.g. ``qiantang.commons.*``
``doors``  names of modules inside such a package that anyone may import

Import Linter's own ``protected`` contract knows no "own app" when it is given wildcards and would refuse an app its own
modules; that is why this one exists (docs/adr/0002).
"""

from __future__ import annotations

from typing import cast

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class FrontDoorContract(Contract):
    """Broken by every import, from outside an app, of a module that is not behind one of its doors."""

    # Declared as fields, read as values: the linter's base class swaps them when the contract is made.
    apps = cast("list[str]", fields.ListField(subfield=fields.StringField()))
    doors = cast("set[str]", fields.SetField(subfield=fields.StringField()))

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:  # noqa: ARG002, FBT001  the linter's own signature
        """Every trespass in the graph, as (importer, imported, line), apps and modules in alphabetical order."""
        trespasses: list[tuple[str, str, int]] = []
        for expression in self.apps:
            for app in sorted(graph.find_matching_modules(expression)):
                trespasses += self._trespasses_on(app, graph)
        return ContractCheck(kept=not trespasses, metadata={"trespasses": trespasses})

    def _trespasses_on(self, app: str, graph: ImportGraph) -> list[tuple[str, str, int]]:
        rooms = graph.find_descendants(app)
        found: list[tuple[str, str, int]] = []
        for room in sorted(rooms):
            if room.removeprefix(f"{app}.").split(".")[0] in self.doors:
                continue
            visitors = graph.find_modules_that_directly_import(room) - rooms - {app}
            for visitor in sorted(visitors):
                details = graph.get_import_details(importer=visitor, imported=room)
                found += [(visitor, room, line["line_number"]) for line in details]
        return found

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Print one line a trespass: who, where, what, and the way round."""
        for visitor, room, line in check.metadata["trespasses"]:
            output.print_error(f"{visitor}:{line} imports {room}; use its app's api, types or bases", bold=False)
