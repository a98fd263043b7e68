"""Joining by hand-made readings: which records become one recommendation, and which stay apart."""

from __future__ import annotations

from closeout.reading.joining import DoubtKind, join
from closeout.reading.model import AuditorStatus, RecommendationKind
from tests.reading.factories import make_mention, make_reading, make_record

ASK = "The Director should count the keys of every field office each week."
OTHER = "The Director should train the clerks who keep the visitor registers."
THIRD = "The Bureau should publish how long each repair of a gate took."


def one_report(*records, **overrides):
    return make_reading(*records, report_number="OIG-24-901", title="Keys and Gates", **overrides)


def test_records_with_the_same_report_and_number_are_one_recommendation():
    register = join([one_report(make_record(ASK, number="1")), one_report(make_record(ASK, number="1"))])
    assert [entry.key for entry in register.entries] == ["dhs-oig/OIG-24-901/1"]
    assert register.entries[0].records == ((0, 0), (1, 0))


def test_a_record_without_a_number_joins_by_its_words():
    register = join([one_report(make_record(ASK, number="1")), one_report(make_record(ASK.upper()))])
    assert [(entry.number, entry.records) for entry in register.entries] == [("1", ((0, 0), (1, 0)))]


def test_a_hyphen_makes_no_other_recommendation():
    hyphen = "Count the non-detained cases of every field office each week."
    register = join([one_report(make_record(hyphen)), one_report(make_record(hyphen.replace("-", "")))])
    assert len(register.entries) == 1
    assert register.doubts == ()


def test_texts_that_are_only_alike_stay_apart_and_are_put_to_a_person():
    almost = ASK.replace("week", "month")
    register = join([one_report(make_record(ASK)), one_report(make_record(almost))])
    assert len(register.entries) == 2
    assert [doubt.kind for doubt in register.doubts] == [DoubtKind.LIKE_TEXTS]
    assert register.doubts[0].keys == tuple(sorted(entry.key for entry in register.entries))
    assert 0.93 <= register.doubts[0].likeness < 1


def test_two_numbers_of_one_report_are_never_doubted_however_alike():
    almost = ASK.replace("week", "month")
    first = one_report(make_record(ASK, number="1"), make_record(almost, number="2"))
    register = join([first, one_report(make_record(ASK, number="1"))])
    assert [entry.number for entry in register.entries] == ["1", "2"]
    assert register.doubts == ()


def test_two_records_of_one_document_are_never_one():
    register = join([one_report(make_record(ASK), make_record(ASK))])
    assert [entry.records for entry in register.entries] == [((0, 0),), ((0, 1),)]
    assert len({entry.key for entry in register.entries}) == 2


def test_withheld_texts_are_distinct_though_equal():
    withheld = make_record("[Description omitted]", is_withheld=True)
    register = join([one_report(withheld, withheld), one_report(withheld)])
    assert len(register.entries) == 3


def test_rows_for_several_agencies_are_one_recommendation():
    rows = [make_record(ASK, number="4", agency=agency) for agency in ("Bureau of Gates", "Office of Keys")]
    register = join([one_report(*rows)])
    assert [entry.agencies for entry in register.entries] == [("Bureau of Gates", "Office of Keys")]
    assert register.entries[0].records == ((0, 0), (0, 1))


def test_rows_for_several_agencies_need_no_number():
    rows = [make_record(ASK, agency=agency) for agency in ("Bureau of Gates", "Office of Keys")]
    register = join([one_report(*rows), one_report(make_record(ASK, agency="Office of Keys"))])
    assert [entry.records for entry in register.entries] == [((0, 0), (0, 1), (1, 0))]


def test_one_number_with_other_words_in_one_document_stays_two():
    register = join([one_report(make_record(ASK, number="1"), make_record(OTHER, number="1"))])
    assert sorted(entry.text for entry in register.entries) == sorted([ASK, OTHER])
    assert len({entry.key for entry in register.entries}) == 2


def test_a_matter_for_congress_is_not_the_recommendation_of_its_number():
    matter = make_record("Congress should consider fees.", number="1", kind=RecommendationKind.MATTER)
    register = join([one_report(make_record(ASK, number="1"), matter)])
    assert [entry.key for entry in register.entries] == [
        "dhs-oig/OIG-24-901/1",
        "dhs-oig/OIG-24-901/matter-1",
    ]


def test_quite_different_words_under_one_number_are_joined_and_doubted():
    register = join([one_report(make_record(ASK, number="1")), one_report(make_record(THIRD, number="1"))])
    assert len(register.entries) == 1
    assert DoubtKind.DIFFERENT_WORDS in {doubt.kind for doubt in register.doubts}


def test_equal_words_under_two_numbers_for_two_agencies_stay_two():
    first = one_report(make_record(ASK, number="1", agency="Bureau of Gates"))
    second = one_report(make_record(ASK, number="2", agency="Office of Keys"))
    register = join([first, second])
    assert [entry.number for entry in register.entries] == ["1", "2"]
    assert [doubt.kind for doubt in register.doubts] == [DoubtKind.SAME_TEXT]


def test_equal_words_that_fit_two_recommendations_follow_the_agency():
    list_of_two = one_report(
        make_record(ASK, number="1", agency="Bureau of Gates"),
        make_record(ASK, number="2", agency="Office of Keys"),
    )
    register = join([list_of_two, one_report(make_record(ASK, agency="Office of Keys"))])
    assert {entry.number: entry.records for entry in register.entries} == {
        "1": ((0, 0),),
        "2": ((0, 1), (1, 0)),
    }


def test_equal_words_that_fit_two_recommendations_without_an_agency_are_put_to_a_person():
    list_of_two = one_report(
        make_record(ASK, number="1", agency="Bureau of Gates"),
        make_record(ASK, number="2", agency="Office of Keys"),
    )
    register = join([list_of_two, one_report(make_record(ASK))])
    assert len(register.entries) == 3
    assert {doubt.kind for doubt in register.doubts} == {DoubtKind.SAME_TEXT}
    assert len(register.doubts[0].keys) == 3


def test_a_trackers_own_number_joins_the_numbered_recommendation_by_its_words():
    tracker = make_reading(
        make_record(ASK, number="24-K-01-901.01", report_number="OIG-24-901"), issuer="DHS OIG"
    )
    register = join([tracker, one_report(make_record(ASK, number="1"))])
    assert [(entry.key, entry.number) for entry in register.entries] == [("dhs-oig/OIG-24-901/1", "1")]
    assert register.entries[0].conflicts == ()


def test_byte_identical_documents_speak_once():
    first = one_report(make_record(None, status=AuditorStatus.RESOLVED_OPEN), path="a.txt")
    copy = one_report(make_record(None, status=AuditorStatus.RESOLVED_OPEN), document=first.document)
    register = join([first, copy])
    assert [entry.records for entry in register.entries] == [((0, 0), (1, 0))]


def test_a_part_belongs_to_the_number():
    parts = [make_record(text, number="1", part=part) for text, part in ((ASK, "a"), (OTHER, "b"))]
    register = join([one_report(*parts), one_report(make_record(ASK, number="1a"))])
    assert {entry.number: len(entry.records) for entry in register.entries} == {"1a": 2, "1b": 1}


def test_the_fullest_first_hand_text_is_shown():
    cut = make_record("The Director should count the keys", number="1", is_truncated=True)
    news = make_reading(
        make_record(ASK + " And more so.", number="1", report_number="OIG-24-901"), is_secondary=True
    )
    register = join([one_report(cut), news, one_report(make_record(ASK, number="1"))])
    assert register.entries[0].text == ASK


def test_recommendations_come_in_the_order_people_count():
    records = [make_record(f"{ASK} {n}", number=n) for n in ("10", "2", "1")]
    matter = make_record("Congress should consider fees.", kind=RecommendationKind.MATTER)
    register = join([one_report(*records, matter)])
    assert [entry.number for entry in register.entries] == ["1", "2", "10", None]


def test_nothing_makes_an_empty_register():
    register = join([])
    assert (register.reports, register.entries, register.doubts) == ((), (), ())


def test_a_record_with_neither_words_nor_number_is_an_entry_of_its_own():
    register = join([one_report(make_record(None, status=AuditorStatus.RESOLVED_OPEN))])
    assert register.entries[0].text is None
    assert register.entries[0].key.startswith("dhs-oig/OIG-24-901/record-")


def test_former_keys_lead_from_what_was_known_before():
    before = join([make_reading(make_record(ASK), title="Keys and Gates")])
    after = join(
        [one_report(make_record(ASK, number="1")), make_reading(make_record(ASK), title="Keys and Gates")]
    )
    assert before.entries[0].key in after.entries[0].former_keys
    assert before.reports[0].key in after.reports[0].former_keys


def test_an_article_read_before_its_report_keeps_its_trail():
    article = make_reading(make_record(ASK), issuer="Daily Gate", title="Keys lost", is_secondary=True)
    before = join([article])
    after = join([article, one_report(make_record(ASK, number="1"))])
    assert before.reports[0].is_unidentified
    assert before.entries[0].key in after.entries[0].former_keys


def test_a_reports_mention_of_itself_is_listed():
    mention = make_mention("Keys and Gates", number="OIG-24-901", declared_count=1)
    register = join([one_report(make_record(ASK, number="1"), reports=[mention])])
    assert register.reports[0].mentions == ((0, 0),)
    assert register.reports[0].documents == (0,)


def test_a_text_cut_short_that_begins_like_another_is_put_to_a_person():
    cut = make_record(ASK[:45], is_truncated=True)
    register = join([one_report(cut), one_report(make_record(ASK, number="1"))])
    assert len(register.entries) == 2
    (doubt,) = register.doubts
    assert (doubt.kind, doubt.message.startswith("One recommendation is cut short")) == (
        DoubtKind.LIKE_TEXTS,
        True,
    )


def test_where_the_report_is_unknown_a_count_is_no_name():
    lists = [make_reading(make_record(text, number="1"), issuer="DOJ OIG") for text in (ASK, OTHER)]
    keys = [entry.key for entry in join(lists).entries]
    assert all(key.startswith("doj-oig/unidentified/text-") for key in keys)
    assert set(keys) == {join([each]).entries[0].key for each in lists}


def test_a_trackers_lead_in_makes_no_other_recommendation():
    led_in = f"We recommend that the Director of Gates {ASK[20:]}"
    tracker = make_reading(make_record(led_in, number="24-K-01.01", report_number="OIG-24-901"))
    register = join([tracker, one_report(make_record(ASK[20:], number="1"))])
    assert [(entry.number, len(entry.records), entry.conflicts) for entry in register.entries] == [
        ("1", 2, ())
    ]


def test_a_lead_in_joins_no_two_records_of_one_document():
    led_in = f"We recommend that the Director of Gates {ASK[20:]}"
    assert len(join([one_report(make_record(led_in), make_record(ASK[20:]))]).entries) == 2


def test_blanks_and_hyphens_make_no_other_recommendation():
    texts = (
        "Hold peer-to-peer reviews of keys at all offices.",
        "Hold peer to peer reviews of keys at all offices.",
    )
    register = join([one_report(make_record(text)) for text in texts])
    assert [(len(entry.records), entry.conflicts) for entry in register.entries] == [(2, ())]


def test_the_tag_of_a_matter_is_not_part_of_its_words():
    matters = [
        make_record(f"Congress should consider fees for lost keys. ({tag} 1)", kind=RecommendationKind.MATTER)
        for tag in ("Matter", "Matter for Consideration")
    ]
    assert len(join([one_report(matter) for matter in matters]).entries) == 1


def test_words_printed_two_ways_join_records_that_share_either():
    wordings = (ASK, ASK.replace("each week", "weekly"))
    numbered = [one_report(make_record(text, number="1")) for text in wordings]
    nameless = [one_report(make_record(text)) for text in wordings]
    register = join([*numbered, *nameless])
    assert [entry.records for entry in register.entries] == [((0, 0), (1, 0), (2, 0), (3, 0))]
