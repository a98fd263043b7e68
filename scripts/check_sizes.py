"""Fail when a hand-written file has grown past its budget."""

import sys
from pathlib import Path

BUDGET_LINES = {".py": 400, ".html": 150}


def main() -> int:
    """Print every file over budget and return 1 if there is one."""
    over = [
        f"{path}: {lines} lines, budget {BUDGET_LINES[path.suffix]}"
        for path in sorted(Path("src").rglob("*"))
        if path.suffix in BUDGET_LINES and not {"migrations", "vendor", "demo"} & set(path.parts)
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > BUDGET_LINES[path.suffix]
    ]
    sys.stdout.writelines(f"{line}\n" for line in over)
    return int(bool(over))


if __name__ == "__main__":
    sys.exit(main())
