"""Full-text search: the same answers on both databases, and no input that breaks it."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from closeout.web.recommendations.models import Recommendation, SearchEntry
from closeout.web.recommendations.search import search, searchable
from tests.web.factories import make_recommendation, make_report


def numbers_found(words: str) -> list[str]:
    return sorted(search(Recommendation.objects.all(), words).values_list("number", flat=True))


@pytest.fixture
def register(store):
    report = make_report(number="ZIG-26-51", title="Lighthouses Lack Keepers")
    make_recommendation(report=report, number="1", text="The Director should staff each lighthouse at night.")
    make_recommendation(report=report, number="2", text="The Director should inspect non-detained buoys.")
    make_recommendation(
        report=report,
        number="3",
        text="The Secretary should publish tide tables.",
        agency="Tide Bureau",
        words="In May 2026 inspectors reported that the tables were printed.",
    )


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("lighthouse night", ["1"]),
        ("inspected buoys", ["2"]),  # by its stem
        ("insp", ["2", "3"]),  # the last word may be unfinished
        ("insp buoys", []),  # but no other word
        ("ZIG-26-51", ["1", "2", "3"]),
        ("zig 26 51 tide", ["3"]),
        ('"tide tables"', ["3"]),
        ('"tables tide"', []),
        ("tables tide", ["3"]),
        ("Tide Bureau", ["3"]),
        ("printed", ["3"]),
        ("non-detained", ["2"]),
        ("walrus", []),
    ],
)
def test_search_finds_what_bears_all_the_words(words, found):
    assert numbers_found(words) == found


@pytest.mark.usefixtures("register")
def test_no_words_leave_the_list_as_it_is():
    assert numbers_found("   ") == ["1", "2", "3"]


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize("words", ['"', "*", "()", "&|!", "'", "\\", "<->", ":*", "---", "\x00", "💥"])
def test_input_without_letters_or_digits_finds_nothing(words):
    assert numbers_found(words) == []


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize(
    "words",
    [
        "tide' OR 1=1 --",
        "tide AND NOT",
        "NEAR(tide tables)",
        "names:tide",
        '"tide',
        "tide:A",
        "tide & | !",
        "^tide",
    ],
)
def test_operators_are_plain_words(words):
    found = set(numbers_found(words))
    assert found <= {"3"}


@pytest.mark.usefixtures("register")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(max_size=60))
def test_any_input_gives_an_answer(words):
    assert set(numbers_found(words)) <= {"1", "2", "3"}


@pytest.mark.usefixtures("register")
def test_a_changed_entry_is_found_by_its_new_words_only():
    SearchEntry.objects.filter(recommendation__number="1").update(asked=searchable(["Dredge the channel."]))
    assert numbers_found("dredge") == ["1"]
    assert numbers_found("lighthouse night") == []


@pytest.mark.usefixtures("register")
def test_a_removed_entry_is_found_no_more():
    SearchEntry.objects.filter(recommendation__number="1").delete()
    assert numbers_found("lighthouse night") == []


def test_searchable_words_are_folded_and_without_marks():
    assert searchable(["OIG-17-51", "Don’t_stop"]) == "oig 17 51 don t stop"
