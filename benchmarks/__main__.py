"""Run every benchmark, or those named: `python -m benchmarks reading`."""

import importlib
import pkgutil
import sys

import benchmarks


def main() -> None:
    """Run the benchmarks named on the command line, all when none is."""
    names = sorted(module.name for module in pkgutil.iter_modules(benchmarks.__path__))
    for name in sys.argv[1:] or [name for name in names if not name.startswith("_")]:
        importlib.import_module(f"benchmarks.{name}").main()


if __name__ == "__main__":
    main()
