"""A wrong mapping file is refused before any data is read, with file, line and what to do."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from closeout.records.mapping import MappingError, load_mapping
from closeout.records.mapping.lines import read_lines

GOOD = """\
sources:
- file: areas.csv
  tables:
    countries:
      columns:
        country: code
        label: name
"""


def test_a_right_one_is_read(mapping):
    made = mapping(GOOD)
    assert made.tables("areas.csv") == ("countries",)
    assert made.tables("below/areas.csv") == ("countries",)
    assert made.tables("other.csv") == ()
    assert made.form("areas.csv").delimiter == ","
    assert made.form("other.csv") is None
    assert not made.is_whole("areas.csv")
    assert not made.is_whole("other.csv")


def test_how_a_file_is_written_is_read(mapping):
    text = GOOD.replace("  tables:", '  delimiter: ";"\n  encoding: latin-1\n  skip_lines: 3\n  tables:', 1)
    form = mapping(text).form("areas.csv")
    assert (form.delimiter, form.encoding, form.skip_lines, form.skip_initial_space) == (
        ";",
        "latin-1",
        3,
        False,
    )


def test_the_path_goes_before_the_bare_name(mapping):
    second = (
        GOOD.replace("sources:\n", "").replace("areas.csv", "b/areas.csv").replace("countries", "offices")
    )
    second = second.replace("country: code", "office_id: code\n        time_zone: zone")
    made = mapping(GOOD + second)
    assert made.tables("b/areas.csv") == ("offices",)
    assert made.tables("a/areas.csv") == ("countries",)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("countries:", "countrys:", "mine.yaml, line 4: there is no table 'countrys'; is 'countries' meant?"),
        (
            "label: name",
            "lable: name",
            "mine.yaml, line 7: there is no column of countries 'lable'; is 'label' meant?",
        ),
        (
            "        label: name\n",
            "",
            "mine.yaml, line 6: countries.label may not be empty; say where it comes from",
        ),
        (
            "label: name",
            "country: name",
            "mine.yaml, line 7: 'country' is given twice; keep one",
        ),
        ("file:", "files:", "mine.yaml, line 2: there is no setting of a source 'files'; is 'file' meant?"),
        ("- file: areas.csv\n  tables", "- tables", "mine.yaml, line 2: a source needs `file:`"),
        (
            "sources:",
            "source:",
            "mine.yaml, line 1: there is no part of a mapping 'source'; is 'sources' meant?",
        ),
        (
            "label: name",
            "label: {form: name}",
            "mine.yaml, line 7: there is no setting of a column 'form'; is 'from' meant?",
        ),
        (
            "label: name",
            "label: {join: x}",
            "mine.yaml, line 7: label needs `from:`, `value:`, `number_of:` or `code_of:`",
        ),
        (
            "label: name",
            "label: {from: name, date: '%Y', edge: first, code: yes}",
            "mine.yaml, line 7: `date:` and `code:` exclude each other; keep one",
        ),
        (
            "label: name",
            "label: {from: name, list: areas}",
            "mine.yaml, line 7: 'areas' is not known here; it takes ",
        ),
        (
            "label: name",
            "label: {from: name, date: '%Y-%m'}",
            "mine.yaml, line 7: '%Y-%m' names no day; add `edge: first` or `edge: last`",
        ),
        (
            "label: name",
            "label: {from: name, date: 'Y-m'}",
            "mine.yaml, line 7: 'Y-m' is no date format; write one such as '%m/%d/%Y'",
        ),
        (
            "label: name",
            "label: {from: name, codes: {a: [x], b: [X]}}",
            "mine.yaml, line 7: 'X' stands for 'a' and for 'b'; keep one",
        ),
        (
            "label: name",
            "label: name\n      leave_out: [{when: {code: [x]}}]",
            "line 8: rows are left out with",
        ),
        (
            "label: name",
            "label: name\n      one_each: {last_by: code}",
            "line 8: `one_each:` needs `reason:`",
        ),
        ("label: name", "label: name\n      unpivot: {into: x}", "line 8: `unpivot:` needs `columns:`"),
        ("  tables:", "  skip_lines: two\n  tables:", "line 3: a whole number is expected here, not 'two'"),
        ("  tables:", "  skip_initial_space: si\n  tables:", "line 3: 'si' is not known here; it takes true"),
        (GOOD[GOOD.index("      columns") :], "      leave_out: []\n", "line 5: countries needs `columns:`"),
        ("areas.csv", "[a, b]", "line 2: a single word or number is expected here"),
        ("label: name", "label: {from: name", "line 8: no YAML: "),
        ("      columns:", "      columns: none\n      x:", "line 6: there is no setting of a table 'x'"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(mapping, old, new, told):
    with pytest.raises(MappingError) as raised:
        mapping(GOOD.replace(old, new, 1))
    assert told in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_constant_must_be_a_choice(mapping):
    with pytest.raises(MappingError, match=r"line 6: 'maybe' is no choice; it takes day_90, day_180, annual"):
        mapping(
            """\
            sources:
            - file: a.csv
              tables:
                custody_reviews:
                  columns:
                    kind: {value: maybe}
                    custody_review_id: a
                    case_no: a
                    period_from: a
                    due_on: a
            """
        )


def test_codes_must_be_choices(mapping):
    with pytest.raises(MappingError, match="'JAM' is no choice; it takes JEM, WSO, TFM"):
        mapping(
            """\
            sources:
            - file: a.csv
              tables:
                agreements:
                  columns:
                    agreement_id: a
                    partner_id: a
                    office_id: a
                    model: {from: a, codes: {JAM: [Jail]}}
                    state: {value: active}
                    signed_on: a
            """
        )


AGREEMENTS = """\
lists:
  models: {codes: {JEM: [Jail], %s: [Other]}}
sources:
- file: a.csv
  tables:
    agreements:
      columns:
        agreement_id: a
        partner_id: a
        office_id: a
        model: {from: a, list: models}
        state: {from: a, codes: {active: [Y]}, when_empty: %s}
        signed_on: a
"""


def test_a_list_and_what_an_empty_cell_means_must_be_choices(mapping):
    assert mapping(AGREEMENTS % ("WSO", "ended")).sources
    with pytest.raises(MappingError, match="line 11: 'XYZ' is no choice; it takes JEM, WSO, TFM"):
        mapping(AGREEMENTS % ("XYZ", "ended"))
    with pytest.raises(MappingError, match="line 12: 'gone' is no choice; it takes signed, active"):
        mapping(AGREEMENTS % ("WSO", "gone"))


@pytest.mark.parametrize("text", ["", "# nothing\n"])
def test_an_empty_file_says_what_it_needs(mapping, text):
    with pytest.raises(MappingError, match="the file is empty; it needs `sources:`"):
        mapping(text)


def test_a_file_without_sources_says_so(mapping):
    with pytest.raises(MappingError, match="`sources:` is missing"):
        mapping("title: mine\n")


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(MappingError, match=r"none\.yaml cannot be read"):
        load_mapping(tmp_path / "none.yaml")


def test_a_file_that_is_no_text_is_refused(tmp_path):
    (tmp_path / "a.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(MappingError, match=r"a\.yaml cannot be read"):
        load_mapping(tmp_path / "a.yaml")


def test_an_empty_folder_is_refused(tmp_path):
    with pytest.raises(MappingError, match=r"holds no mapping file \(\*\.yaml\)"):
        load_mapping(tmp_path)


def test_a_folder_is_all_its_files(tmp_path):
    (tmp_path / "a.yaml").write_text(GOOD)
    (tmp_path / "b.yaml").write_text(GOOD.replace("areas", "more"))
    made = load_mapping(tmp_path)
    assert made.tables("areas.csv") == made.tables("more.csv") == ("countries",)


LISTED = """\
lists:
  areas: {file: areas.csv, code: key, names: [name], into: codes}
sources:
- file: a.csv
  tables:
    countries:
      columns:
        country: {from: code, list: areas}
        label: name
"""


def test_a_list_may_lie_beside_the_data(tmp_path):
    (tmp_path / "a.yaml").write_text(LISTED.replace(", into: codes", ""))
    with pytest.raises(MappingError, match=r"a\.yaml, line 2: the list 'areas' cannot be read: .*areas\.csv"):
        load_mapping(tmp_path / "a.yaml")
    (tmp_path / "data" / "below").mkdir(parents=True)
    (tmp_path / "data" / "below" / "areas.csv").write_text("key,name\nGTM,Guatemala\n")
    made = load_mapping(tmp_path / "a.yaml", beside=tmp_path / "data")
    assert made.sources[0].tables[0].columns[0].codes.code(("guatemala",)) == "GTM"


def test_a_list_that_may_be_missing_is_empty_then(tmp_path):
    (tmp_path / "a.yaml").write_text(LISTED.replace("into: codes", "optional: yes"))
    codes = load_mapping(tmp_path / "a.yaml").sources[0].tables[0].columns[0].codes
    assert codes.by_spelling == {}


def test_a_list_goes_through_another(tmp_path):
    (tmp_path / "areas.csv").write_text("key,name\nSaint Paul,Iowa\nNowhere,Ohio\n")
    (tmp_path / "a.yaml").write_text(
        LISTED.replace("lists:\n", "lists:\n  codes: {codes: {SPM: [St Paul, Saint Paul]}}\n")
    )
    codes = load_mapping(tmp_path / "a.yaml").sources[0].tables[0].columns[0].codes
    assert codes.code(("Iowa",)) == "SPM"
    assert codes.code(("Ohio",)) is None


def test_a_list_of_two_meanings_is_refused(mapping):
    with pytest.raises(MappingError, match=r"line 2: the list 'x': 'a' stands for '1' and for '2'"):
        mapping("lists:\n  x: {codes: {'1': [A], '2': [a]}}\nsources: []\n")


def test_words_stay_as_they_were_written(tmp_path):
    (tmp_path / "a.yaml").write_text("a: 2017\nb: no\nc: 007\nd: [yes, 1.0]\n")
    given = read_lines(tmp_path / "a.yaml").pairs()
    assert [given[name].text() for name in "abc"] == ["2017", "no", "007"]
    assert given["d"].texts() == ("yes", "1.0")
    assert given["c"].line == 3


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.text(max_size=80))
def test_any_text_is_read_or_refused_with_its_place(tmp_path, text):
    file = tmp_path / "any.yaml"
    file.write_bytes(text.encode("utf-8", "replace"))
    try:
        load_mapping(file)
    except MappingError as error:
        assert "any.yaml" in str(error)  # noqa: PT017 - either outcome is right


def test_the_example_of_the_guide_is_read(mapping):
    made = mapping(textwrap.dedent(GOOD))
    assert made.sources[0].place.line == 2
