"""One test for a long list of values, where a test each would cost more than what it looks at.

A test of its own takes milliseconds to collect in every worker, to begin and to report. Where the list is
long and the look is short, `for_each` goes through the list inside one test: every value is looked at,
whatever the ones before it gave, and the failure names each value that fails.
"""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


def for_each(names: str, values: Iterable[Any]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Return a decorator that calls a test with each value, as `parametrize` would, but in one test.

    Only for tests that leave nothing behind: fixtures are made once for the whole list.

    Args:
        names: The parameters that take a value, separated by commas.
        values: What they take in turn; a tuple each where there are several parameters. Never none.

    """
    taken, listed = [name.strip() for name in names.split(",")], list(values)

    def decorate(test: Callable[..., None]) -> Callable[..., None]:
        def test_each(**fixtures: Any) -> None:
            failed = [error for one in listed if (error := _error(test, fixtures, taken, one))]
            assert listed, "there is no value to look at"
            if failed:
                said = f"{len(failed)} of {len(listed)} fail"
                raise ExceptionGroup(said, failed)

        held = inspect.signature(test)
        test_each.__signature__ = held.replace(  # type: ignore[attr-defined]
            parameters=[parameter for name, parameter in held.parameters.items() if name not in taken]
        )
        test_each.__name__, test_each.__doc__ = test.__name__, test.__doc__
        test_each.__module__, test_each.__qualname__ = test.__module__, test.__qualname__
        test_each.__dict__.update(test.__dict__)
        return test_each

    return decorate


def _error(
    test: Callable[..., None], fixtures: dict[str, Any], taken: list[str], one: Any
) -> Exception | None:
    try:
        test(**fixtures, **dict(zip(taken, (one,) if len(taken) == 1 else one, strict=True)))
    except Exception as error:  # noqa: BLE001 - every value is looked at, whatever the others give
        error.add_note(f"with {', '.join(taken)} = {one!r}")
        return error
    return None
