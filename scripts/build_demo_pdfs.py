"""Build the demonstration's PDF files from their Typst sources.

The PDF files are committed, so that `make demo` needs no typesetter. Run this after a change
of a `.typ` file: `.venv/bin/python scripts/build_demo_pdfs.py`.
"""

import sys
from pathlib import Path

import typst

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "scripts" / "demo"
REPORTS = ROOT / "src" / "closeout" / "demo" / "reports"
OUTPUTS = {
    "gao-26-990412.typ": REPORTS / "gao" / "GAO-26-990412.pdf",
    "oig-25-957.typ": REPORTS / "oig" / "OIG-25-957-transmittal.pdf",
}
MADE_AT = 1_767_225_600
"""The creation time written into each file (2026-01-01), so that the same source gives the same bytes."""


def main() -> int:
    """Write every PDF file and print its size."""
    for source, output in OUTPUTS.items():
        typst.compile(SOURCES / source, output=output, ignore_system_fonts=True, timestamp=MADE_AT)
        sys.stdout.write(f"{output.relative_to(ROOT)}: {output.stat().st_size // 1024} KB\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
