"""Papers written in the second process, and here where that has ended."""

import os
from functools import partial

import pytest

from closeout.assess.papers import beside
from closeout.assess.second import Second


def paper(data):
    """Return a paper and the process that made it."""
    return data + str(os.getpid()).encode()


@pytest.mark.parametrize("has_ended", [False, True])
def test_papers_are_written_beside_or_else_here(tmp_path, has_ended):
    given = [(tmp_path / name, partial(paper, name.encode())) for name in ("a", "b")]
    with Second() as second:
        if has_ended:
            second.begin(os._exit, 9)
            second._process.join()
        made = beside(second)(given)()
    assert [one[:1] for one in made] == [b"a", b"b"]
    assert [path.read_bytes() for path, _ in given] == made
    assert all((one[1:] == str(os.getpid()).encode()) is has_ended for one in made)


def test_without_a_second_process_nothing_is_beside():
    assert beside(None) is None
