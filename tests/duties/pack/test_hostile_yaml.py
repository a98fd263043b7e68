import re
from importlib.resources import files

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from closeout.duties.faults import PackError
from closeout.duties.marked import read_marked
from closeout.duties.pack import check_pack, load_pack
from tests.duties.pack.making import ON, faults, make_pack

BOMB = "a: &a [x, x]\n" + "".join(
    f"{b}: &{b} [*{a}, *{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)

HOSTILE = [
    (BOMB, "anchors and aliases are not allowed"),
    ("a: &a [*a]\n", "anchors and aliases are not allowed"),
    ("a: *b\n", "anchors and aliases are not allowed"),
    ("- &x duty\n", "anchors and aliases are not allowed"),
    ("a: &b {c: d}\n<<: *b\n", "anchors and aliases are not allowed"),
    ("!!python/object/apply:os.system ['true']\n", "python/object/apply:os.system is not allowed"),
    ("a: !!python/name:os.system\n", "is not allowed"),
    ("- !!python/object/new:type {}\n", "is not allowed"),
    ("- !!binary aGk=\n", "is not allowed"),
    ("- !!str text\n", "is not allowed"),
    ("- !own {}\n", "the tag !own is not allowed"),
    ("- ! text\n", "is not allowed"),
    ("%TAG ! tag:example.org,2000:\n---\n- !x {}\n", "is not allowed"),
    ("a: 1\na: 2\n", "`a` is given twice; keep one"),
    ("? [a, b]\n: c\n", "a key must be a word"),
    ("- a\n---\n- b\n", "but found another document"),
    ("- a: [\n", "is no YAML we read"),
    ("\t- a\n", "is no YAML we read"),
    ("a: 'b\n", "is no YAML we read"),
    ("a: \x07\n", "is no YAML we read"),
    ("[" * 5_000 + "]" * 5_000, "is nested too deeply"),
    ("- " * 5_000 + "a\n", "is nested too deeply"),
]


@pytest.mark.parametrize(("text", "said"), HOSTILE, ids=range(len(HOSTILE)))
def test_what_a_pack_does_not_need_of_yaml_is_refused(tmp_path, text, said):
    path = tmp_path / "clauses.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(PackError) as caught:
        read_marked(path)
    (fault,) = caught.value.faults
    assert fault.path == path
    assert fault.line >= 1
    assert said in fault.message


@pytest.mark.parametrize(("text", "said"), HOSTILE, ids=range(len(HOSTILE)))
def test_a_pack_with_a_hostile_file_is_refused_as_a_whole(tmp_path, text, said):
    assert any(said in line for line in faults(tmp_path, ON, text))
    assert any(said in line for line in faults(tmp_path, ON, head=text))


def test_the_line_of_a_fault_in_the_yaml_is_said(tmp_path):
    path = tmp_path / "clauses.yaml"
    path.write_text("- a\n- b\n- &c d\n", encoding="utf-8")
    with pytest.raises(PackError, match=r"clauses\.yaml:3: "):
        read_marked(path)


def test_a_file_that_is_not_utf_8_is_refused(tmp_path):
    (make_pack(tmp_path) / "other.yaml").write_bytes(b"- duty: caf\xe9\n")
    with pytest.raises(PackError, match=r"other\.yaml:1: is not UTF-8; save it as UTF-8"):
        load_pack(tmp_path)


def test_a_huge_file_is_refused_before_it_is_parsed(tmp_path):
    (make_pack(tmp_path) / "other.yaml").write_text("#" * 1_000_001, encoding="utf-8")
    with pytest.raises(PackError, match=r"other\.yaml:1: is larger than 1,000,000 bytes; split it"):
        load_pack(tmp_path)


def test_a_file_that_cannot_be_read_is_refused(tmp_path):
    (make_pack(tmp_path) / "other.yaml").mkdir()
    with pytest.raises(PackError, match=r"other\.yaml:1: cannot be read: Is a directory"):
        load_pack(tmp_path)


def test_values_stay_as_they_are_written(tmp_path):
    path = tmp_path / "values.yaml"
    path.write_text("on: yes\n2024-01-01: 012\nnull: 1e3\nempty:\ntilde: ~\n", encoding="utf-8")
    found = {key: (marked.value, marked.line) for key, marked in read_marked(path).value.items()}
    assert found == {
        "on": ("yes", 1),
        "2024-01-01": ("012", 2),
        "null": ("1e3", 3),
        "empty": (None, 4),
        "tilde": (None, 5),
    }


SHIPPED = (
    (files("closeout") / "packs" / "ero" / "check_ins.yaml").read_text(encoding="utf-8").splitlines()[:60]
)


@given(data=st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_damaged_pack_is_loaded_or_refused_and_never_breaks(tmp_path, data):
    at = data.draw(st.integers(0, len(SHIPPED) - 1))
    word = data.draw(
        st.sampled_from(["", "-", "  x: y", "{", "on: 1", "versions:", ": :", "- duty: a", "'", "&a"])
    )
    how = data.draw(st.sampled_from(["replace", "insert", "cut", "indent"]))
    line = SHIPPED[at]
    changed = {
        "replace": [word],
        "insert": [line, word],
        "cut": [line[: len(line) // 2]],
        "indent": [f"  {line}"],
    }
    text = "\n".join([*SHIPPED[:at], *changed[how], *SHIPPED[at + 1 :]])
    folder = make_pack(tmp_path, text)
    said = check_pack(folder)
    assert all(re.match(rf"{re.escape(str(folder))}/\S+\.yaml:[1-9][0-9]*: \S", line) for line in said)
    assert said or load_pack(folder).clauses
