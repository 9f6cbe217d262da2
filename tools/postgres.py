"""Run a command beside a PostgreSQL server of its own: ``python -m tools.postgres COMMAND [arguments]``.

The server lives in a temporary folder, listens on loopback only, and is stopped and swept whatever happens. The command
finds its address in ``QIANTANG_DATABASE_URL``. ``--find`` prints where the server's programs are, or why there are none.
"""

from __future__ import annotations

import glob
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

USER = "qiantang"
# A server for one test run need not survive a power cut.
QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=50")


def programs() -> Path | None:
    """The folder of ``initdb`` and ``pg_ctl``: the newest of Debian's, else that on the PATH."""
    debian = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"), key=lambda path: float(Path(path).parts[-3]))  # noqa: PTH207  an absolute pattern
    found = debian[-1] if debian else shutil.which("initdb")
    return Path(found).resolve().parent if found else None


def programs_or_install() -> Path:
    """As ``programs``; as root on Debian or Ubuntu, installs them where they are missing.

    errors  SystemExit 2 with the reason
    """
    found = programs()
    apt = shutil.which("apt-get")
    if found is None and apt and os.geteuid() == 0:
        print("==> installing postgresql with apt-get", file=sys.stderr)
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for arguments in (["update"], ["install", "--yes", "--no-install-recommends", "postgresql"]):
            subprocess.run([apt, "-qq", *arguments], env=environment, stdout=sys.stderr, check=False)
        found = programs()
    if found is None:
        print("PostgreSQL was not found: no initdb in /usr/lib/postgresql or on the PATH.", file=sys.stderr)
        print("Install it (Debian, Ubuntu: apt-get install postgresql), or set QIANTANG_DATABASE_URL.", file=sys.stderr)
        raise SystemExit(2)
    return found


def unprivileged_user() -> pwd.struct_passwd | None:
    """Who runs the server: PostgreSQL refuses root. None: whoever we are."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    return known.get("postgres") or known["nobody"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Cluster:
    """One server: where its programs are, where it lives, who runs it, its port and its password."""

    bin_folder: Path
    place: Path
    user: pwd.struct_passwd | None
    port: int
    password: str

    @property
    def url(self) -> str:
        return f"postgresql://{USER}:{self.password}@127.0.0.1:{self.port}/{USER}"

    def run(self, program: str, *arguments: str) -> None:
        """Run one of PostgreSQL's programs as the server's user. errors: CalledProcessError."""
        subprocess.run(
            [str(self.bin_folder / program), *arguments],
            user=self.user and self.user.pw_uid,
            group=self.user and self.user.pw_gid,
            extra_groups=[] if self.user else None,
            env={**os.environ, "PGPASSWORD": self.password},
            cwd=self.place,
            stdout=subprocess.DEVNULL,
            check=True,
        )

    def create(self) -> None:
        given = self.place / "password"
        given.write_text(self.password)
        if self.user:
            for path in (self.place, given):
                os.chown(path, self.user.pw_uid, self.user.pw_gid)
        who = ("-U", USER, "-A", "scram-sha-256", f"--pwfile={given}")
        self.run("initdb", "-D", str(self.place / "cluster"), *who, "-E", "UTF8", "--locale=C", "-N")
        given.unlink()

    def control(self, verb: str, *arguments: str) -> None:
        self.run("pg_ctl", "-D", str(self.place / "cluster"), "-w", "-s", *arguments, verb)


@contextmanager
def server(bin_folder: Path) -> Iterator[str]:
    """A running server with one empty database; gives its URL. Folder and server are gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="qiantang-pg-", ignore_cleanup_errors=True) as folder:
        place = Path(folder)
        cluster = Cluster(bin_folder, place, unprivileged_user(), free_port(), secrets.token_urlsafe(16))
        cluster.create()
        options = " ".join(["-h 127.0.0.1", f"-p {cluster.port}", f"-k {place}", *(f"-c {one}" for one in QUICK)])
        cluster.control("start", "-l", str(place / "log"), "-o", options)
        try:
            cluster.run("createdb", "-h", "127.0.0.1", "-p", str(cluster.port), "-U", USER, USER)
            yield cluster.url
        finally:
            cluster.control("stop", "-m", "immediate")


def leave_on_signal(number: int, _frame: object) -> None:
    # Only as an exception does the end of the process pass by the clean-up.
    raise SystemExit(128 + number)


def main(arguments: Sequence[str]) -> int:
    if not arguments:
        print("usage: python -m tools.postgres (--find | COMMAND [arguments])", file=sys.stderr)
        return 2
    bin_folder = programs_or_install()
    if arguments == ["--find"]:
        print(bin_folder)
        return 0
    signal.signal(signal.SIGTERM, leave_on_signal)
    try:
        with server(bin_folder) as url:
            environment = {**os.environ, "QIANTANG_DATABASE_URL": url}
            return subprocess.run(list(arguments), env=environment, check=False).returncode
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
