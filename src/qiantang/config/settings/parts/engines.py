"""Which adapter stands behind each engine's port, and where it keeps what it keeps."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qiantang.config.authorities import AuthorityNamed
from qiantang.config.env import PROJECT_ROOT, Environment, SettingError

_environment = Environment.read()

QIANTANG_HOME: Path = _environment.home
SEARCH_ADAPTER = "qiantang.engines.search.tantivy.TantivyEngine"
SEARCH_SCRATCH_ADAPTER = "qiantang.engines.search.memory.MemoryEngine"  # a few documents, asked once and thrown away
SEARCH_OPTIONS: dict[str, str | int] = {}
if _environment.search_url is not None:
    SEARCH_ADAPTER = "qiantang.engines.search.opensearch.OpenSearchEngine"
    SEARCH_OPTIONS = {
        "url": _environment.search_url,
        "shards": _environment.search_shards,
        "replicas": _environment.search_replicas,
    }
LAKE_ADAPTER = "qiantang.engines.lake.arrow.ArrowLake"
FRAMES_ADAPTER = "qiantang.engines.lake.duckdb.DuckdbFrames"
FRAMES_OPTIONS: dict[str, Any] = {"threads": 2, "memory": "4GB"}  # of one open snapshot, in each process that asks
if _environment.lake_url is not None:
    if not _environment.lake_url.startswith("spark://"):
        raise SettingError("QIANTANG_LAKE_URL: the address of a Spark master, spark://host:7077")
    FRAMES_ADAPTER = "qiantang.engines.lake.spark.SparkFrames"
    FRAMES_OPTIONS = {"url": _environment.lake_url}
SIMILARITY_ADAPTER = "qiantang.engines.similarity.faiss.FaissIndex"
TEXT_MODEL = "qiantang.engines.textmodel.packaged.PackagedModel"  # empty: search by words alone
MAIL_SENDER = _environment.mail_sender
# Without a mail server nothing leaves the machine: mails are files that any mail program opens.
DELIVERY_ADAPTER = "qiantang.engines.delivery.folder.FolderDelivery"
DELIVERY_OPTIONS: dict[str, Any] = {"place": QIANTANG_HOME / "mail"}
if _environment.smtp_url is not None:
    DELIVERY_ADAPTER = "qiantang.engines.delivery.smtp.SmtpDelivery"
    DELIVERY_OPTIONS = {"url": _environment.smtp_url}
# Text messages likewise: without a gateway they are files.
TEXTING_ADAPTER = "qiantang.engines.delivery.text_folder.FolderTexting"
TEXTING_OPTIONS: dict[str, Any] = {"place": QIANTANG_HOME / "texts"}
if _environment.sms_url is not None:
    TEXTING_ADAPTER = "qiantang.engines.delivery.text_gateway.GatewayTexting"
    TEXTING_OPTIONS = {"url": _environment.sms_url}
# Requests to other platforms go through the fence of web captures: public addresses, and networks that the operator allows.
COURIER_ADAPTER = "qiantang.engines.courier.http.FencedCourier"
COURIER_OPTIONS: dict[str, Any] = {
    "fence": "qiantang.engines.capture.fence.Fence",
    "loopback": False,
    "networks": list(_environment.platform_networks or ()),
}
# Calendars are reached behind the same fence, and no network of the operator's is opened to them.
ANCHOR_CALENDARS: tuple[str, ...] = _environment.calendars or ()
ANCHOR_OPTIONS: dict[str, Any] = {"fence": "qiantang.engines.capture.fence.Fence", "loopback": False}
CLAMD_ADDRESS: tuple[str, int] | None = _environment.clamd_address


def _adapter_of(named: AuthorityNamed) -> tuple[str, dict[str, Any]]:
    """An authority of the setting as the adapter and its options."""
    if named.url is None:
        return "qiantang.engines.notary.demo.DemoAuthority", {"folder": QIANTANG_HOME / "demo-authority"}
    told = {"name": named.name, "url": named.url, "roots": named.roots, "policy": named.policy}
    return "qiantang.engines.notary.rfc3161.HttpAuthority", told


NOTARY_AUTHORITIES: tuple[tuple[str, dict[str, Any]], ...] = tuple(map(_adapter_of, _environment.authorities))
PROTECTION_CONNECTORS: dict[str, dict[str, str]] = {
    one.name: {"url": one.url, "public_key": one.public_key} for one in _environment.connectors or ()
}
CAPTURE_ADAPTER = "qiantang.engines.capture.chromium.ChromiumCapturer"
CAPTURE_OPTIONS: dict[str, Any] = {
    "browser": _environment.browser or "",
    "fonts": str(PROJECT_ROOT / "var" / "vendor" / "print"),
    "clocks": _environment.clocks or (),
    "region": _environment.capture_region or "",
}

# What the city's business register says of firms. The simulated one knows two that do not exist.
BUSINESS_REGISTER_ADAPTER: tuple[str, dict[str, Any]] = (
    "qiantang.engines.business_register.simulator.SimulatedRegister",
    {"folder": QIANTANG_HOME / "business-register"},
)

# Who seals documents. The demonstration sealer says of itself that the law does not hear it.
SEAL_ADAPTER: tuple[str, dict[str, Any]] = (
    "qiantang.engines.seal.demo.DemoSealer",
    {"folder": QIANTANG_HOME / "demo-seal"},
)
