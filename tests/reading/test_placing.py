"""Which report a record is of, when its document does not say."""

from __future__ import annotations

from closeout.reading.joining import DoubtKind, join, join_keys
from tests.reading.factories import make_mention, make_reading, make_record

ASKS = (
    "Count the keys of every field office each week and publish the count.",
    "Train the clerks who keep the visitor registers at least once a year.",
    "Publish how long each repair of a gate took and what it cost.",
    "Agree with the Department of Doors on who may hold a master key.",
)
PARAPHRASE = "The office wants better keys and happier clerks, and soon."


def report(*texts, number="OIG-24-901", **overrides):
    records = [make_record(text, number=str(n + 1)) for n, text in enumerate(texts)]
    return make_reading(*records, report_number=number, **overrides)


def article(*texts):
    return make_reading(
        *(make_record(text) for text in texts), is_secondary=True, issuer="The Daily Gate", title="Keys"
    )


def homes(register):
    return {entry.text: entry.report_key for entry in register.entries}


def places(register):
    return sorted(entry.records for entry in register.entries)


def test_an_article_of_the_same_words_joins_record_by_record():
    register = join([report(*ASKS), article(*ASKS)])
    assert places(register) == [((0, n), (1, n)) for n in range(4)]


def test_a_record_follows_the_others_when_it_differs_by_a_lead_in():
    led_in = "We recommend that the Director " + ASKS[3][0].lower() + ASKS[3][1:]
    register = join([report(*ASKS[:3], led_in), article(*ASKS)])
    assert places(register) == [((0, n), (1, n)) for n in range(4)]
    assert register.doubts == ()


def test_a_record_follows_the_others_when_it_is_alike_and_a_person_decides():
    almost = ASKS[3].replace("who may", "whom may")
    register = join([report(*ASKS), article(*ASKS[:3], almost)])
    assert set(homes(register).values()) == {"dhs-oig/OIG-24-901"}
    assert [doubt.kind for doubt in register.doubts] == [DoubtKind.LIKE_TEXTS]


def test_a_paraphrase_never_adds_a_recommendation_to_the_report():
    register = join([report(*ASKS), article(*ASKS[:3], PARAPHRASE)])
    assert homes(register)[PARAPHRASE] == "unknown/unidentified"
    (doubt,) = register.doubts
    assert (doubt.kind, doubt.keys[1:]) == (DoubtKind.UNPLACED, ("dhs-oig/OIG-24-901",))


def test_one_record_in_common_does_not_draw_the_others_along():
    almost = ASKS[3].replace("who may", "whom may")
    register = join([report(*ASKS), article(ASKS[0], almost, PARAPHRASE)])
    assert homes(register)[almost] == "unknown/unidentified"


def test_records_of_two_reports_in_one_article_go_to_their_own():
    register = join([report(*ASKS[:2]), report(*ASKS[2:], number="OIG-24-902"), article(*ASKS)])
    assert places(register) == [((0, 0), (2, 0)), ((0, 1), (2, 1)), ((1, 0), (2, 2)), ((1, 1), (2, 3))]


def test_words_that_two_reports_share_are_put_to_a_person():
    register = join([report(ASKS[0]), report(ASKS[0], number="OIG-24-902"), article(ASKS[0])])
    (doubt,) = register.doubts
    assert doubt.kind is DoubtKind.UNPLACED
    assert set(doubt.keys[1:]) == {"dhs-oig/OIG-24-901", "dhs-oig/OIG-24-902"}


def test_an_auditors_list_joins_only_its_own_reports():
    list_of_gao = make_reading(make_record(ASKS[0]), issuer="GAO")
    register = join([report(*ASKS[:1]), list_of_gao])
    assert sorted(entry.report_key for entry in register.entries) == [
        "dhs-oig/OIG-24-901",
        "gao/unidentified",
    ]


def test_a_withheld_text_tells_no_report():
    withheld = "[Description omitted, since it is for limited official use]"
    known = make_reading(make_record(withheld, number="1", is_withheld=True), report_number="OIG-24-901")
    register = join([known, make_reading(make_record(withheld, is_withheld=True))])
    assert [entry.report_key for entry in register.entries] == ["dhs-oig/OIG-24-901", "dhs-oig/unidentified"]


def test_a_page_about_one_report_gives_its_records_to_it():
    page = make_reading(make_record(ASKS[0]), reports=[make_mention("Keys", number="OIG-24-901")])
    assert homes(join([page])) == {ASKS[0]: "dhs-oig/OIG-24-901"}


def test_a_page_about_two_reports_gives_its_nameless_records_to_neither():
    mentions = [make_mention(number=number) for number in ("OIG-24-901", "OIG-24-902")]
    assert homes(join([make_reading(make_record(ASKS[0]), reports=mentions)])) == {
        ASKS[0]: "dhs-oig/unidentified"
    }


def test_a_cited_report_does_not_take_the_records_of_the_document_that_cites_it():
    mentions = [make_mention(number="OIG-24-901"), make_mention(number="OIG-20-1", is_cited_only=True)]
    register = join([make_reading(make_record(ASKS[0]), reports=mentions)])
    assert homes(register) == {ASKS[0]: "dhs-oig/OIG-24-901"}


def test_a_mention_without_a_name_is_of_the_report_that_the_records_are_of():
    named = make_mention(number="OIG-24-901", declared_count=4)
    news = article(*ASKS[:3])
    nameless = make_reading(
        *news.records, is_secondary=True, issuer="x", title="y", reports=[make_mention(declared_count=5)]
    )
    register = join([report(*ASKS[:3], reports=[named]), nameless])
    (found,) = register.reports
    assert found.mentions == ((0, 0), (1, 0))
    assert found.declared_count == 4  # the first-hand count; the article's five is a conflict
    assert [value.value for value in found.conflicts[0].values] == ["4", "5"]


def test_what_can_join_shares_a_key():
    one, other = join_keys(report(*ASKS)), join_keys(article(ASKS[0]))
    assert {key.partition(":")[0] for key in one & other} == {"text"}
    assert not join_keys(report(ASKS[0])) & join_keys(report(ASKS[1], number="OIG-24-902"))


def test_keys_name_numbers_titles_texts_and_the_place_of_the_nameless():
    keys = join_keys(make_reading(make_record(ASKS[0]), issuer="GAO", reports=[make_mention("Keys")]))
    assert sorted(key.partition(":")[0] for key in keys) == ["text", "title", "unidentified"]
    assert "unidentified:gao" in keys
