import json
from pathlib import Path

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import closeout
from closeout.reading.contract import contract, schema
from closeout.reading.fold import fold_key
from closeout.reading.folder import read_paths
from closeout.reading.joining import Register, join
from closeout.reading.model import AuditorStatus, DocumentReading, Position, PromiseKind, Record
from tests.reading.factories import make_promise, make_record
from tests.reading.modelvalues import values_of
from tests.reading.samples import make_pdf

SHARED = Path(closeout.__file__).parents[3] / "shared" / "reports"
DEMO = Path(closeout.__file__).parent / "demo" / "reports"
PROMISED = {
    "documents": [
        "path",
        "sha256",
        "family",
        "title",
        "issuer",
        "report_number",
        "report_date",
        "declared_total",
    ],
    "records": ["document", "report_title", "report_number", "number", "text", "text_span", "agency"],
    "register": ["report_key", "number", "text", "records", "conflicts"],
}
PROMISED["documents"] += ["shown", "complete", "problems", "pages"]
PROMISED["records"] += [
    "status_printed",
    "status",
    "status_basis",
    "position_printed",
    "position",
    "promises",
]
PROMISED["records"] += ["closed_on", "truncated"]


def check(values: dict) -> None:
    """Hold values to the schema and to what JSON can say."""
    jsonschema_rs.validator_for(schema()).validate(json.loads(json.dumps(values)))


@pytest.fixture(scope="module")
def demo():
    readings = list(read_paths([DEMO], workers=0))
    return readings, contract(readings, join(readings))


def test_the_schema_itself_is_sound():
    jsonschema_rs.meta.validate(schema())


def test_the_demonstration_keeps_the_contract(demo):
    check(demo[1])


def test_everything_promised_is_there(demo):
    for name, fields in PROMISED.items():
        assert demo[1][name]
        for values in demo[1][name]:
            assert set(fields) <= set(values)


@settings(max_examples=30)
@given(st.lists(values_of(DocumentReading), max_size=3))
def test_whatever_was_read_can_be_printed(readings):
    values = contract(readings, Register())
    assert len(values["records"]) == sum(len(reading.records) for reading in readings)
    assert json.loads(json.dumps(values)) == values


def test_register_records_are_indexes_into_the_records(demo):
    readings, values = demo
    seen = [index for entry in values["register"] for index in entry["records"]]
    assert sorted(seen) == list(range(len(values["records"])))
    for entry in values["register"]:
        texts = {values["records"][index]["text"] for index in entry["records"]}
        assert entry["text"] in texts or entry["declared_only"]
    assert [record["document"] for record in values["records"]] == [
        reading.document.path for reading in readings for _ in reading.records
    ]


def test_spans_lead_back_to_the_words(demo):
    readings, values = demo
    texts = {reading.document.path: reading.document.text for reading in readings}
    told = [record for record in values["records"] if record["text"]]
    assert told
    for record in told:
        start, end = record["text_span"]
        there = fold_key(texts[record["document"]][start:end])
        assert there[:20] == fold_key(record["text"])[:20]


def test_a_record_of_a_pdf_names_its_page(tmp_path):
    path = tmp_path / "lamps.pdf"
    path.write_bytes(make_pdf("Cover.", "Words."))
    (reading,) = read_paths([path], workers=0)
    values = contract([reading], Register())
    assert values["documents"][0]["pages"] == [
        {"number": 1, "span": [0, 7]},
        {"number": 2, "span": [8, 15]},
    ]


def make_values(record: Record, text: str = "x" * 900) -> dict:
    reading = next(iter(read_paths([DEMO / "other" / "audit-notice-letter.txt"], workers=0)))
    reading = DocumentReading(document=reading.document, family="unknown", records=(record,))
    values = contract([reading], join([reading]))
    check(values)
    return values["records"][0]


def test_what_a_document_does_not_say_is_null():
    values = make_values(Record(text=None, text_span=None, number="3"))
    empty = [
        "text",
        "text_span",
        "page",
        "agency",
        "status",
        "status_basis",
        "position",
        "closed_on",
        "report_title",
    ]
    assert [values[name] for name in empty] == [None] * len(empty)
    assert (values["number"], values["promises"], values["truncated"]) == ("3", [], False)


def test_normal_forms_stand_beside_the_printed_words():
    record = make_record(
        status=AuditorStatus.RESOLVED_OPEN,
        status_printed="resolved and open",
        position=Position.NON_CONCUR,
        position_printed="did not concur",
    )
    values = make_values(record)
    assert (values["status"], values["status_printed"], values["status_basis"]) == (
        "resolved-open",
        "resolved and open",
        "printed",
    )
    assert (values["position"], values["position_printed"]) == ("non-concur", "did not concur")


def test_promises_carry_the_standard_form_and_both_ends():
    record = make_record(promises=(make_promise("2017-12", kind=PromiseKind.MILESTONE, share=0.7),))
    (promise,) = make_values(record)["promises"]
    assert (promise["edtf"], promise["earliest"], promise["latest"]) == (
        "2017-12",
        "2017-12-01",
        "2017-12-31",
    )
    assert (promise["kind"], promise["share"], promise["page"]) == ("milestone", 0.7, None)


def test_nothing_read_is_an_empty_contract():
    values = contract([], join([]))
    check(values)
    assert (values["documents"], values["records"], values["register"]) == ([], [], [])
    assert values["made_by"]["version"] == closeout.__version__


@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/reports is not on this machine")
def test_real_documents_keep_the_contract():
    readings = list(read_paths([SHARED / "seeds", SHARED / "practice"], workers=0))
    check(contract(readings, join(readings)))
