"""The second process: answers what it is asked, says what went wrong, and ends with whoever started it."""

import atexit
import multiprocessing
import os
import signal
import subprocess
import sys

import pytest

from closeout.assess import second as second_process
from closeout.assess import work
from closeout.assess.second import Second, SecondProcessError
from closeout.duties.faults import PackError
from closeout.duties.pack import load_pack
from closeout.engines import EngineError
from closeout.records.snapshot import open_snapshot
from tests.each import for_each


def test_it_answers_in_a_process_of_its_own():
    with Second() as second:
        second.ask(os.getpid)
        there = second.answer()
        second.ask(os.getpid)
        assert second.answer() == there
    assert there != os.getpid()


def test_answers_come_in_the_order_of_the_questions():
    with Second() as second:
        for number in (3, 1, 2):
            second.ask(abs, -number)
        assert [second.answer() for _ in range(3)] == [3, 1, 2]


def test_what_went_wrong_there_is_raised_here_and_it_goes_on():
    with Second() as second:
        second.ask(int, "many")
        second.ask(int, "7")
        with pytest.raises(ValueError, match="many"):
            second.answer()
        assert second.answer() == 7


def test_what_is_only_begun_has_no_answer_and_takes_none_away(tmp_path):
    with Second() as second:
        second.begin((tmp_path / "begun").touch)
        second.begin(int, "many")  # what it raises is lost
        second.ask(int, "7")
        assert second.answer() == 7
    assert (tmp_path / "begun").exists()


def test_what_it_will_be_asked_for_next_is_loaded_there_and_not_here():
    name = "closeout.evidence.suppression.reaching"
    was_here = name in sys.modules
    with Second() as second:
        second.ask(_is_loaded, name)
        second.load(name)
        second.ask(_is_loaded, name)
        assert [second.answer(), second.answer()] == [False, True]
    assert (name in sys.modules) is was_here


def _is_loaded(name):
    return name in sys.modules


def test_an_end_without_an_answer_says_what_may_be_the_cause():
    with Second() as second:
        second.ask(os._exit, 9)
        with pytest.raises(SecondProcessError, match="too little memory"):
            second.answer()


def test_it_does_not_outlive_whoever_started_it():
    before = {one.pid for one in multiprocessing.active_children()}
    with Second() as second:
        second.ask(signal.pause)  # would wait for ever
        (mine,) = {one.pid for one in multiprocessing.active_children()} - before
    with pytest.raises(ProcessLookupError):
        os.kill(mine, 0)


def forget(path, began):
    """Hold a folder as an engine holds the one it spills to, until it is told to end."""
    path.mkdir()
    try:
        began.touch()
        signal.pause()
    finally:
        path.rmdir()


def test_what_it_put_on_the_disk_goes_with_it_when_it_is_ended_at_work(tmp_path):
    with Second() as second:
        second.ask(forget, tmp_path / "spill", tmp_path / "began")
        while not (tmp_path / "began").exists():
            assert multiprocessing.active_children(), "it ended before it began"
        assert (tmp_path / "spill").is_dir()
    assert not (tmp_path / "spill").exists()


def struck(when):
    """Be told to end at the very moment of ending, as when whoever started it leaves."""
    signal.raise_signal(signal.SIGTERM)
    when.touch()


def end_later(when):
    atexit.register(struck, when)


def leave(when):
    """End by being told to, and be told again while ending."""
    end_later(when)
    signal.raise_signal(signal.SIGTERM)


@for_each("work", [end_later, leave])
def test_being_told_to_end_while_it_ends_leaves_no_trace_on_the_screen(work, tmp_path, capfd):
    here, there = multiprocessing.get_context("spawn").Pipe()
    process = multiprocessing.get_context("spawn").Process(target=second_process._serve, args=(there,))
    process.start()
    there.close()
    here.send((work, (tmp_path / "ended",), True))
    if work is end_later:
        assert here.recv() == (True, None)
    here.close()
    process.join()
    assert (process.exitcode, (tmp_path / "ended").exists()) == (0, True)
    assert capfd.readouterr().err == ""


def test_an_answer_that_nobody_waits_for_is_let_go(tmp_path, capfd):
    here, there = multiprocessing.get_context("spawn").Pipe()
    process = multiprocessing.get_context("spawn").Process(target=second_process._serve, args=(there,))
    process.start()
    there.close()
    here.send((bytes, (1_000_000,), True))  # more than a pipe holds
    assert here.poll(60)
    here.close()
    process.join()
    assert process.exitcode == 0
    assert capfd.readouterr().err == ""


def test_a_run_says_in_its_own_words_that_the_process_ended(monkeypatch, small, pack):
    def ended(*_given):
        message = "it ended"
        raise SecondProcessError(message)

    monkeypatch.setattr(Second, "answer", ended)
    snapshot = open_snapshot(small)
    ground = work.Ground(snapshot, load_pack(pack), snapshot.as_of)
    with pytest.raises(EngineError, match="it ended"):
        work.work_out(ground, ())


def test_a_fault_of_the_rules_found_there_arrives_whole(tmp_path):
    (tmp_path / "pack.yaml").write_text("pack: nothing\n", encoding="utf-8")
    with Second() as second:
        second.ask(load_pack, tmp_path)
        with pytest.raises(PackError) as caught:
            second.answer()
    assert any("title" in str(fault) or "clauses" in str(fault) for fault in caught.value.faults)


ARROW_WITHOUT_PANDAS = """
import sys
from closeout.assess.second import leave_pandas_out
leave_pandas_out()
import pyarrow as pa
rows = pa.table({"duty": ["visit", None]})
assert "pandas" not in sys.modules
assert len(rows.to_pandas()) == 2
assert "pandas" in sys.modules
"""


def test_arrow_does_without_pandas_until_it_is_asked_for_a_frame():
    subprocess.run([sys.executable, "-c", ARROW_WITHOUT_PANDAS], check=True)  # noqa: S603 - a command of ours
