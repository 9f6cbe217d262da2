"""Run a command beside an OpenSearch cluster of its own: ``python -m tools.cluster COMMAND [arguments]``.

Three nodes, one process each, on free ports of loopback, their data in a temporary folder. A node that dies is started
again after ten seconds, as a service manager would. All are stopped and swept whatever happens. The command finds the
address in ``QIANTANG_TEST_CLUSTER`` and the nodes, with their process ids, in the file ``QIANTANG_TEST_CLUSTER_NODES``.
``--find`` says whether this machine can run one, and if not, why not.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from tools.postgres import leave_on_signal

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "tools" / "opensearch"
PLACE = ROOT / "var" / "cluster"
NODES = 3
HEAP_MB = int(os.environ.get("QIANTANG_TEST_CLUSTER_HEAP_MB", "448"))
# Tests end before the second compiler would pay off; a bench wants it.
JVM = os.environ.get("QIANTANG_TEST_CLUSTER_JVM", "-XX:TieredStopAtLevel=1").split()
STARTED_WITHIN = 120  # seconds for all nodes together, on a busy machine
REVIVED_AFTER = 10.0  # seconds
OLDEST_JAVA = 11


def tell(message: str) -> None:
    print(message, file=sys.stderr)


# --- what it takes ----------------------------------------------------------------------------------------------------


def jdk() -> Path | None:
    """The folder of ``java`` and ``javac``: that of JAVA_HOME, else that on the PATH."""
    home = os.environ.get("JAVA_HOME")
    for compiler in (home and shutil.which("javac", path=f"{home}/bin"), shutil.which("javac")):
        if compiler:
            return Path(compiler).resolve().parent
    return None


def java_version(programs: Path) -> int:
    told = subprocess.run([str(programs / "javac"), "-version"], capture_output=True, text=True, check=False)
    number = (told.stdout + told.stderr).split()[-1]
    return int(number.split(".")[0])


def version_folder() -> Path:
    """Where jars and class of what is in ``tools/opensearch`` now are kept."""
    told = hashlib.sha256(b"".join(one.read_bytes() for one in sorted(SOURCE.iterdir()))).hexdigest()
    return PLACE / told[:12]


def what_is_missing() -> str | None:
    """Why no cluster can run on this machine; None where it can."""
    programs = jdk()
    if programs is None:
        return "No JDK was found (no javac in JAVA_HOME or on the PATH). Debian, Ubuntu: apt-get install default-jdk-headless"
    if java_version(programs) < OLDEST_JAVA:
        return f"Java {OLDEST_JAVA} or newer is needed; {programs} is older."
    if not version_folder().is_dir() and shutil.which("mvn") is None:
        return "Maven was not found, and the jars are not there yet. Debian, Ubuntu: apt-get install maven"
    return None


def installed() -> Path:
    """The folder with the jars and the compiled node; fetched from Maven Central where they are missing.

    errors  SystemExit 2 with the reason
    """
    folder = version_folder()
    if folder.is_dir():
        return folder
    tell("==> fetching the jars of OpenSearch with Maven")
    PLACE.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix="draft-", dir=PLACE))
    try:
        goal = ("dependency:copy-dependencies", f"-DoutputDirectory={draft / 'jars'}")
        _run("mvn", "--batch-mode", "--quiet", "-f", str(SOURCE / "pom.xml"), *goal)
        programs = jdk()
        assert programs is not None
        _run(
            str(programs / "javac"),
            "-cp",
            f"{draft}/jars/*",
            "-d",
            str(draft / "classes"),
            str(SOURCE / "TestNode.java"),
        )
        shutil.copy(SOURCE / "log4j2.properties", draft / "classes")
        if not folder.exists():
            draft.rename(folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return folder


def _run(*command: str) -> None:
    done = subprocess.run(list(command), stdin=subprocess.DEVNULL, stdout=sys.stderr, check=False)
    if done.returncode:
        tell(f"{command[0]} failed; the reason stands above. Behind a mirror: name it in Maven's settings.xml.")
        raise SystemExit(2)


# --- nodes ------------------------------------------------------------------------------------------------------------


@dataclass
class ClusterNode:
    """One node: its name, its ports, and its process while it lives."""

    name: str
    http: int
    transport: int
    process: subprocess.Popen[bytes] | None = None
    died_at: float = 0.0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.http}"


@dataclass
class Cluster:
    """Three nodes that know each other; ``folder`` holds their data, what they say, and the list of them."""

    installed: Path
    folder: Path
    nodes: list[ClusterNode] = field(default_factory=list)

    def __post_init__(self) -> None:
        ports = iter(free_ports(2 * NODES))
        self.nodes = [ClusterNode(f"node{number}", next(ports), next(ports)) for number in range(1, NODES + 1)]

    @property
    def url(self) -> str:
        return "http://" + ",".join(f"127.0.0.1:{node.http}" for node in self.nodes)

    @property
    def list_file(self) -> Path:
        return self.folder / "nodes.json"

    def start(self, node: ClusterNode) -> None:
        programs = jdk()
        assert programs is not None
        seeds = ",".join(f"127.0.0.1:{one.transport}" for one in self.nodes)
        settings = {
            "cluster.name": "qiantang-test",
            "cluster.initial_cluster_manager_nodes": ",".join(one.name for one in self.nodes),
            "cluster.routing.allocation.disk.threshold_enabled": "false",
            "discovery.seed_hosts": seeds,
            "http.port": str(node.http),
            "network.host": "127.0.0.1",
            "node.name": node.name,
            "path.home": str(self.folder / node.name),
            "transport.port": str(node.transport),
        }
        with (self.folder / f"{node.name}.log").open("ab") as said:
            node.process = subprocess.Popen(
                [
                    str(programs / "java"),
                    f"-Xms{HEAP_MB}m",
                    f"-Xmx{HEAP_MB}m",
                    "-XX:+UseSerialGC",
                    *JVM,
                    "-Dlog4j2.disable.jmx=true",
                    "-cp",
                    f"{self.installed}/classes:{self.installed}/jars/*",
                    "TestNode",
                    *(f"{name}={value}" for name, value in settings.items()),
                ],
                stdin=subprocess.PIPE,
                stdout=said,
                stderr=said,
                start_new_session=True,  # Ctrl-C is ours; we stop the nodes
            )
        node.died_at = 0.0
        self._list()

    def _list(self) -> None:
        told = [{"name": one.name, "url": one.url, "pid": one.process and one.process.pid} for one in self.nodes]
        draft = self.list_file.with_suffix(".new")
        draft.write_text(json.dumps(told))
        draft.replace(self.list_file)

    def wait(self) -> None:
        """Until all nodes have found each other. errors: SystemExit 2 with what the nodes said."""
        ends = time.monotonic() + STARTED_WITHIN
        while time.monotonic() < ends:
            if any(one.process and one.process.poll() is not None for one in self.nodes):
                break
            try:
                address = f"{self.nodes[0].url}/_cluster/health?wait_for_nodes={NODES}&timeout=5s"
                with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310 - loopback
                    if json.load(answer)["number_of_nodes"] == NODES:
                        return
            except (OSError, urllib.error.URLError):
                time.sleep(0.3)
        for node in self.nodes:
            tell(f"--- {node.name}:\n" + (self.folder / f"{node.name}.log").read_text(errors="replace")[-3000:])
        tell("the test cluster did not start")
        raise SystemExit(2)

    def revive(self) -> None:
        """Start again what has been dead for a while."""
        for node in self.nodes:
            if node.process is None or node.process.poll() is None:
                continue
            if not node.died_at:
                node.died_at = time.monotonic()
            elif time.monotonic() - node.died_at > REVIVED_AFTER:
                self.start(node)

    def stop(self) -> None:
        for node in self.nodes:
            if node.process is not None:
                node.process.kill()  # nothing of theirs is kept
        for node in self.nodes:
            if node.process is not None:
                node.process.wait()
                _close(node.process.stdin)


def _close(pipe: IO[bytes] | None) -> None:
    if pipe is not None:
        pipe.close()


def free_ports(count: int) -> list[int]:
    probes = [socket.socket() for _ in range(count)]
    try:
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [int(probe.getsockname()[1]) for probe in probes]
    finally:
        for probe in probes:
            probe.close()


@contextmanager
def cluster() -> Iterator[Cluster]:
    """A running cluster; nodes and folder are gone afterwards. errors: SystemExit 2 with the reason."""
    place = installed()
    with tempfile.TemporaryDirectory(prefix="qiantang-cluster-", ignore_cleanup_errors=True) as folder:
        made = Cluster(place, Path(folder))
        try:
            tell(f"==> starting {NODES} OpenSearch nodes of {HEAP_MB} MB")
            for node in made.nodes:
                made.start(node)
            made.wait()
            yield made
        finally:
            made.stop()


def main(arguments: Sequence[str]) -> int:
    if not arguments:
        tell("usage: python -m tools.cluster (--find | COMMAND [arguments])")
        return 2
    missing = what_is_missing()
    if missing is not None:
        tell(missing)
        return 2
    if list(arguments) == ["--find"]:
        return 0
    signal.signal(signal.SIGTERM, leave_on_signal)
    try:
        with cluster() as made:
            told = {"QIANTANG_TEST_CLUSTER": made.url, "QIANTANG_TEST_CLUSTER_NODES": str(made.list_file)}
            command = subprocess.Popen(list(arguments), env={**os.environ, **told})
            try:
                while command.poll() is None:
                    made.revive()
                    time.sleep(0.2)
            finally:
                command.terminate()
                command.wait()
            return command.returncode
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
