"""Run a command beside a Spark cluster of its own: ``python -m tools.spark COMMAND [arguments]``.

A master and two workers, one process each, on free ports of loopback, from the jars that come with PySpark; what they
write is in a temporary folder. All are stopped and swept whatever happens. The command finds the address of the master in
``QIANTANG_TEST_SPARK``. ``--find`` says whether this machine can run one, and if not, why not.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tools.cluster import ROOT, free_ports, java_version, jdk, tell
from tools.postgres import leave_on_signal

PACKAGES = ROOT / "var" / "cluster-packages"  # what requirements-cluster.lock names; ``./run`` installs it
WORKERS = 2
WORKER_MEMORY = os.environ.get("QIANTANG_TEST_SPARK_MEMORY", "1g")
STARTED_WITHIN = 90  # seconds, on a busy machine
OLDEST_JAVA = 17


def what_is_missing() -> str | None:
    """Why no Spark can run on this machine; None where it can."""
    programs = jdk()
    if programs is None:
        return "No JDK was found (no javac in JAVA_HOME or on the PATH). Debian, Ubuntu: apt-get install default-jdk-headless"
    if java_version(programs) < OLDEST_JAVA:
        return f"Java {OLDEST_JAVA} or newer is needed; {programs} is older."
    if not (PACKAGES / "pyspark").is_dir():
        return (
            "PySpark is not installed in var/cluster-packages; ./run test --cluster does that where there is a network."
        )
    return None


def _environment(folder: Path) -> dict[str, str]:
    programs = jdk()
    assert programs is not None
    path = f"{PACKAGES}{os.pathsep}{os.environ.get('PYTHONPATH', '')}"
    return {
        **os.environ,
        "JAVA_HOME": str(programs.parent),
        "PYSPARK_PYTHON": sys.executable,
        "PYTHONPATH": path,
        "SPARK_DAEMON_MEMORY": "512m",
        "SPARK_HOME": str(PACKAGES / "pyspark"),
        "SPARK_LOCAL_DIRS": str(folder / "local"),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_WORKER_DIR": str(folder / "work"),
    }


def _wait(said: Path, words: str, count: int, processes: Sequence[subprocess.Popen[bytes]]) -> None:
    """Until words stand so often in what a process said. errors: SystemExit 2 with what was said."""
    ends = time.monotonic() + STARTED_WITHIN
    while time.monotonic() < ends and all(one.poll() is None for one in processes):
        if said.exists() and said.read_text(errors="replace").count(words) >= count:
            return
        time.sleep(0.2)
    for log in sorted(said.parent.glob("*.log")):
        tell(f"--- {log.name}:\n" + log.read_text(errors="replace")[-3000:])
    tell("the Spark cluster did not start")
    raise SystemExit(2)


@contextmanager
def spark() -> Iterator[dict[str, str]]:
    """A running cluster: the environment of who uses it. Processes and folder are gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="qiantang-spark-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        environment = _environment(folder)
        started: list[subprocess.Popen[bytes]] = []

        def start(log: str, *words: str) -> None:
            with (folder / f"{log}.log").open("wb") as said:
                command = [str(PACKAGES / "pyspark" / "bin" / "spark-class"), *words]
                started.append(
                    subprocess.Popen(
                        command,
                        env=environment,
                        stdin=subprocess.DEVNULL,
                        stdout=said,
                        stderr=said,
                        start_new_session=True,
                    )
                )

        port, *web = free_ports(2 + WORKERS)
        url = f"spark://127.0.0.1:{port}"
        host = ("--host", "127.0.0.1")
        try:
            tell(f"==> starting a Spark master and {WORKERS} workers of {WORKER_MEMORY}")
            master = "org.apache.spark.deploy.master.Master"
            start("master", master, *host, "--port", str(port), "--webui-port", str(web[0]))
            _wait(folder / "master.log", "I have been elected leader", 1, started)
            for number in range(1, WORKERS + 1):
                worker = ("org.apache.spark.deploy.worker.Worker", *host, "--webui-port", str(web[number]))
                start(f"worker{number}", *worker, "-c", "1", "-m", WORKER_MEMORY, url)
            _wait(folder / "master.log", "Registering worker", WORKERS, started)
            yield {**environment, "QIANTANG_TEST_SPARK": url}
        finally:
            for one in started:
                one.kill()
            for one in started:
                one.wait()


def main(arguments: Sequence[str]) -> int:
    if not arguments:
        tell("usage: python -m tools.spark (--find | COMMAND [arguments])")
        return 2
    missing = what_is_missing()
    if missing is not None:
        tell(missing)
        return 2
    if list(arguments) == ["--find"]:
        return 0
    signal.signal(signal.SIGTERM, leave_on_signal)
    try:
        with spark() as environment:
            command = subprocess.Popen(list(arguments), env=environment)
            try:
                return command.wait()
            finally:
                command.terminate()
                command.wait()
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
