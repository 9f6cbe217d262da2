"""Where the examples of captures, sheets, inspections and origin are asked; those of disputes stand in ``examples``."""

from __future__ import annotations

import io
from datetime import timedelta
from functools import cached_property
from typing import ClassVar

from django.utils import timezone

from qiantang.commons.accounts.api import mandates
from qiantang.commons.evidence import api as evidence
from qiantang.commons.evidence.models import CaptureSchedule, WebCapture
from qiantang.commons.evidence.services.depositing import deposit_kept_batch
from qiantang.commons.evidence.types import Kind
from qiantang.scenarios.protection.methods.origin import code_digest
from qiantang.scenarios.protection.models import (
    ActionApplication,
    AlertCopy,
    Authority,
    Indication,
    Inspection,
    OriginBatch,
    OriginCode,
    OriginPlot,
    OriginUser,
    PlotYear,
    SheetAlert,
    SheetShare,
)
from qiantang.scenarios.protection.tests.enforcers import mandate, sheet, uscc
from qiantang.scenarios.protection.tests.examples import SYSTEM, Examples

CODE = "2222-2222-2222-2222"


class AllExamples(Examples):
    """The same for everything of the room."""

    # --- captures and collections ---

    def capture(self):
        asked = evidence.Asked(name="page", digests={}, size_bytes=0, kind=Kind.WEB_PAGE)
        kept = [("page.txt", evidence.custody.keep(io.BytesIO(b"x"), most=10))]
        deposit = deposit_kept_batch(actor=self.owner, asked=asked, files=kept)
        count = WebCapture.objects.count()
        return WebCapture.objects.create(
            number=f"WC-Y{count}", owner_id=self.owner.person_id, url="https://shop.example/", purpose="x",
            state="whole", asked_at=self.now, ended_at=self.now, deposit=deposit,
        ).number  # fmt: skip

    def schedule(self):
        return CaptureSchedule.objects.create(
            number="WS-Y1", owner_id=self.owner.person_id, url="https://shop.example/", purpose="x", every_days=7,
            next_at=self.now + timedelta(days=7),
        ).number  # fmt: skip

    def collection(self, *steps):
        number = evidence.collecting.begin_collection(actor=self.owner, kind="photo", title="x")
        for step in steps:
            evidence.collecting.add_to_collection(actor=self.owner, number=number, step=step, note="x")
        return number

    # --- sheets ---

    @cached_property
    def authority(self):
        """An authority under the key of the examples."""
        return self._authority(91, key=1)

    @cached_property
    def enforced(self):
        """An authority for which the person enforces."""
        made = self._authority(92, key=2)
        mandate(self.owner, self._person("operator", "operator"), made.organisation_id, "protection.enforce")
        return made

    def _authority(self, place, *, key):
        """Each has a key that is told: PostgreSQL would give the one of the examples again."""
        firm = mandates.register_organisation(actor=SYSTEM, uscc=uscc(place), name=f"authority {place}")
        return Authority.objects.create(pk=key, organisation_id=firm.id, kind="market", source="x", added_at=self.now)

    def shared(self, authority=None, holder=None):
        key = sheet(holder or self.owner)
        SheetShare.objects.create(sheet_id=key, authority=authority or self.authority, shared_at=self.now)
        return key

    def alert(self, authority=None, holder=None):
        key = self.shared(authority, holder)
        made = SheetAlert.objects.create(sheet_id=key, kind="place", text="x", sent_at=self.now)
        AlertCopy.objects.create(alert=made, authority=authority or self.authority)
        return f"sheets/{key}/alerts/{made.pk}"

    def application(self, state, **told):
        key = self.shared()
        made = ActionApplication.objects.create(
            sheet_id=key, authority=self.authority, state=state, filed_at=self.now, **told
        )
        return f"sheets/{key}/applications/{made.pk}"

    def granted(self):
        day = timezone.localdate()
        term = {"valid_from": day - timedelta(days=900), "valid_until": day + timedelta(days=10)}
        return self.application("granted", **term)

    # --- inspections ---

    def inspection(self, *, against=False):
        told = {"authority": self.authority, "sheet_id": self.shared()} if against else {"authority": self.enforced}
        return Inspection.objects.create(
            kind="seizure", happened_on=timezone.localdate(), goods="x", unit="x", right_kind="trade_mark",
            right_number="x", outcome="open", recorded_at=self.now, **told,
        ).pk  # fmt: skip

    # --- origin ---

    @cached_property
    def indication(self):
        return Indication.objects.create(pk=1, name="x", product="x", source="x", added_at=self.now)

    def code(self):
        day = timezone.localdate()
        told = {"indication": self.indication, "added_at": self.now}
        user = OriginUser.objects.create(
            name="x", number="x", valid_from=day, valid_until=day + timedelta(days=9), **told
        )
        plot = OriginPlot.objects.create(number="x", district="330106", village="x", area_mu=1, source="x", **told)
        harvest = PlotYear.objects.create(
            plot=plot, year=day.year, grams_per_mu=1000, ceiling_grams=1000, issued_grams=250
        )
        batch = OriginBatch.objects.create(
            plot_year=harvest, user=user, package_grams=250, packages=1, issued_at=self.now
        )
        OriginCode.objects.create(batch=batch, place=1, digest=code_digest(CODE))

    MADE: ClassVar = {
        **Examples.MADE,
        "captures/1": lambda made: f"captures/{made.capture()}",
        "captures/1/files/page.txt": lambda made: f"captures/{made.capture()}/files/page.txt",
        "schedules/1/stop": lambda made: f"schedules/{made.schedule()}/stop",
        "collections/1": lambda made: f"collections/{made.collection()}",
        "collections/1/items": lambda made: f"collections/{made.collection()}/items",
        "collections/1/close": lambda made: f"collections/{made.collection('place', 'overview', 'detail')}/close",
        "sheets/1": lambda made: f"sheets/{sheet(made.owner)}",
        "sheets/1/shares": lambda made: f"sheets/{sheet(made.owner)}/shares/{made.authority.pk}".rpartition("/")[0],
        "sheets/1/shares/1": lambda made: f"sheets/{made.shared()}/shares/{made.authority.pk}",
        "sheets/1/alerts": lambda made: f"sheets/{made.shared()}/alerts",
        "sheets/1/alerts/1": lambda made: made.alert(),
        "sheets/1/alerts/1/answer": lambda made: f"{made.alert(made.enforced, made.other)}/answer",
        "sheets/1/applications": lambda made: f"sheets/{made.shared()}/applications",
        "sheets/1/applications/1": lambda made: made.application("filed"),
        "sheets/1/applications/1/renewal": lambda made: f"{made.granted()}/renewal",
        "inspections": lambda made: made.enforced and "inspections",
        "inspections/1": lambda made: f"inspections/{made.inspection()}",
        "inspections/1/words": lambda made: f"inspections/{made.inspection(against=True)}/words",
        "origin-checks": lambda made: made.code() or "origin-checks",
        "fake-reports": lambda made: made.indication and "fake-reports",
    }
