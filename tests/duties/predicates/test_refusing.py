from pathlib import Path

import ibis
import pytest
from hypothesis import given
from hypothesis import strategies as st

from closeout.duties.clauses import Text
from closeout.duties.faults import PackError
from closeout.duties.predicates import build, check, kind_of
from closeout.records.snapshot import arrow_schema
from closeout.records.tables import TABLES
from tests.each import for_each

AGREEMENTS = TABLES["agreements"]
KINDS = "boolean or date or instant or string or number"

HOSTILE = [
    "model = 'WSO'; drop table agreements",
    "true; select 1",
    "; true",
    "true --",
    "true -- and state = 'active'",
    "true /* and */",
    "/* */ true",
    "(select true)",
    "exists (select 1)",
    "model in (select model from agreements)",
    "model = any (select 'WSO')",
    "model = all (select 'WSO')",
    "select true",
    "true union select true",
    "with x as (select 1) select true from x",
    "values (true)",
    "model = 'WSO' or 1 = 1 union all select null",
    "read_csv('/etc/passwd') is null",
    "read_text('/etc/passwd') = 'x'",
    "getenv('HOME') = 'x'",
    "current_setting('memory_limit') = 'x'",
    "pragma_version() = 'x'",
    "attach 'other.db'",
    "copy agreements to 'x.csv'",
    "install httpfs",
    "load httpfs",
    "set memory_limit = '1GB'",
    "create table x (a int)",
    "delete from agreements",
    "update agreements set model = 'JEM'",
    "insert into agreements values (1)",
    "drop table agreements",
    "count(*) > 0",
    "sum(1) > 0",
    "row_number() over () = 1",
    "max(signed_on) over (partition by model) is null",
    "first_value(model) over (order by signed_on) = 'WSO'",
    "*",
    "agreements.*",
    "columns('.*') is null",
    "agreements.model = 'WSO'",
    "cases.case_no = 'C-000001'",
    "main.agreements.model = 'WSO'",
    "case_no = 'C-000001'",
    "cast(model as int) = 1",
    "model::int = 1",
    "try_cast(model as int) = 1",
    "cast(signed_on as timestamp) is null",
    "cast('2024-01-01' as timestamp) is null",
    "$1 = 1",
    "? = 1",
    ":name = 1",
    "@name = 1",
    "current_date > signed_on",
    "current_timestamp is null",
    "now() is null",
    "today() > signed_on",
    "random() > 0.5",
    "uuid() = 'x'",
    "model like 'W%'",
    "model ilike 'w%'",
    "model similar to 'W.*'",
    "regexp_matches(model, '.*')",
    "model ~ '.*'",
    "model glob '*'",
    "model || 'x' = 'WSOx'",
    "concat(model, 'x') = 'WSOx'",
    "model collate nocase = 'WSO'",
    "[model] = ['WSO']",
    "model[1] = 'W'",
    "{'a': model} is null",
    "struct_pack(a := 1) is null",
    "list_transform([1], x -> x) is null",
    "(model, state) = ('WSO', 'active')",
    "(model, state) in (('WSO', 'active'))",
    "model is distinct from 'WSO'",
    "model is true",
    "1 / 0 = 1",
    "2 * 2 = 4",
    "2 % 2 = 0",
    "2 ^ 2 = 4",
    "2 << 2 = 8",
    "abs(-1) = 1",
    "signed_on + 1 > operational_on",
    "signed_on - operational_on > 1",
    "signed_on + interval (1) day > operational_on",
    "signed_on + interval 1 hour > operational_on",
    "signed_on + interval '1 day 2 hours' > operational_on",
    "signed_on + interval 99999 day > operational_on",
    "signed_on at time zone 'UTC' is null",
    "extract(year from signed_on) = 2024",
    "date_trunc('month', signed_on) = signed_on",
    "case model when 'WSO' then true end",
    "case when model then true end",
    "if(true, true, false)",
    "nullif(model, 'WSO') is null",
    "length(model, 'x') = 1",
    "upper(model, 'x') = 'X'",
    "signed_on between symmetric '2024-01-01' and '2023-01-01'",
    "model in ()",
    "model in ('WSO', null)",
    "model in (state)",
    "model in ('WSO', (select 'JEM'))",
    "model in unnest(['WSO'])",
    "model = null",
    "null is null",
    "null",
    "model",
    "model = 'WSX'",
    "model in ('WSO', 'WSX')",
    "model = state",
    "model < 'WSO'",
    "state between 'a' and 'b'",
    "signed_on = 'yesterday'",
    "signed_on = '2024-13-01'",
    "signed_on = 20240101",
    "signed_on = model",
    "1 = true",
    "not 1",
    "not model",
    "true and 1",
    "true and null",
    "1 + model = 2",
    "- model = 1",
    "upper(1) = 'X'",
    "length(signed_on) = 1",
    "date(model) is null",
    "date() is null",
    "coalesce(model, 1) = 1",
    "coalesce(null, null) is null",
    "case when true then 1 else 'x' end = 1",
    "1e400 = 1",
    "9999999999999 = 1",
    "model as m",
    "model 'WSO'",
    "true true",
    "model = 'WSO",
    "model = WSO",
    'model = "WSO"',
    "Model = 'WSO'",
    "mödel = 'WSO'",
    "model = 'WSO' and",
    "and",
    "()",
    "(",
    ")",
    "",
    " ",
    "'",
    '"',
    "\\",
    "\x00",
    "$$true$$",
    "E'\\x41' = 'A'",
    "x'41' = 'A'",
    "#1 = 1",
    "lambda x: true",
    "__import__('os').system('true')",
    "{{ model }}",
    "${model}",
    "interval 1 day",
    "(" * 900 + "true" + ")" * 900,
    "not " * 300 + "true",
    " and ".join(["true"] * 300),
    "true or " * 2_000 + "true",
    "'" + "a" * 3_000 + "' = 'b'",
]


def refusal(sql, wants="boolean", declared=AGREEMENTS):
    with pytest.raises(PackError) as caught:
        check(Text(sql, Path("packs/partners.yaml"), 17), declared, wants)
    (fault,) = caught.value.faults
    assert (fault.path, fault.line) == (Path("packs/partners.yaml"), 17)
    return fault.message


@for_each("sql", HOSTILE)
def test_what_is_not_on_the_list_is_refused_with_its_place(sql):
    assert refusal(sql).startswith("`")


@for_each("sql", HOSTILE)
def test_what_is_refused_inside_a_longer_expression_is_refused(sql):
    refusal(f"state = 'active' and ({sql})")


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("modl = 'WSO'", "`modl` is no column of agreements. Did you mean model?"),
        ("qqqq = 1", "`qqqq` is no column of agreements. It has agreement_id, partner_id"),
        (
            "model = 'WS0'",
            "`model = 'WS0'` can never be true: the choices are JEM, TFM, WSO. Did you mean WSO?",
        ),
        ("signed_on = model", "`signed_on = model` compares a date with a string."),
        ("signed_on < 'soon'", "`'soon'` is compared with a date but is no date like '2024-01-31'."),
        (
            "current_date > signed_on",
            "`CURRENT_DATE` reads the clock; what is owed depends on the as-of date",
        ),
        ("model = null", "`model = NULL` compares with null, which is never true; use `is null`."),
        (
            "model like 'W%'",
            "`model LIKE 'W%'` is of the form Like, which is not allowed. Allowed: columns of",
        ),
        ("true; true", "`;` starts a comment or another statement; write one expression."),
        ("coalesce(model, 1) is null", "`COALESCE(model, 1)` mixes number and string."),
        ("state < 'active'", "`state < 'active'` orders strings; only = and <> are allowed here."),
        ("not length(model)", "`LENGTH(model)` is a number, where a boolean is needed."),
    ],
)
def test_a_refusal_says_what_is_wrong_and_what_would_be_right(sql, said):
    assert refusal(sql).startswith(said)


@pytest.mark.parametrize(
    ("sql", "wants"),
    [
        ("model = 'WSO'", "date"),
        ("signed_on", "boolean"),
        ("agreement_id", "date or instant"),
        ("1", "string"),
        ("'soon'", "date"),
    ],
)
def test_an_expression_of_the_wrong_type_is_refused(sql, wants):
    refusal(sql, wants)


@pytest.mark.parametrize(
    ("sql", "wants"),
    [
        ("model = 'WSO' and state in ('active', 'suspended')", "boolean"),
        ("operational_on + interval 12 months", "date"),
        ("signed_on", "date or instant"),
        ("'2024-01-01'", "date"),
        ("office_id", "string"),
        ("case when notice_on is null then 1 else -2.5 end", "number"),
        ("partner_id = 'a; b -- c /* d */'", "boolean"),
        ("partner_id = 'O''Neil;--'", "boolean"),
        ("\"model\" = 'WSO'", "boolean"),
        ("(((true)))", "boolean"),
    ],
)
def test_an_expression_on_the_list_is_allowed(sql, wants):
    check(Text(sql, Path("pack.yaml"), 1), AGREEMENTS, wants)


def test_an_instant_is_compared_with_instants_only():
    complaints = TABLES["complaints"]
    assert kind_of(Text("received_at", Path("p"), 1), complaints) == "instant"
    check(Text("received_at > '2024-01-31 08:00:00'", Path("p"), 1), complaints, "boolean")
    assert "is none like" in refusal("received_at > '2024-01-31'", declared=complaints)
    assert "is none like" in refusal("received_at > '2024-01-31 08:00:00+01:00'", declared=complaints)
    assert "compares an instant with a date" in refusal("received_at > resolved_on", declared=complaints)
    check(Text("date(received_at) > resolved_on", Path("p"), 1), complaints, "boolean")


@given(sql=st.text(max_size=60))
def test_any_text_is_either_refused_or_built(sql):
    text = Text(sql, Path("pack.yaml"), 1)
    try:
        check(text, AGREEMENTS, KINDS)
    except PackError:
        return
    build(text, ibis.table(ibis.schema(arrow_schema("agreements")), name="agreements"), AGREEMENTS)


TOKENS = """
    model state signed_on agreements 'WSO' '2024-01-01' 1 -2 null true ( ) , ; . * = <> < in not and or is
    between case when then else end select from where union interval day date cast as :: -- /* */ over count
    coalesce upper [ ] { } -> || + - like any exists $1 ? current_date "
"""


@given(tokens=st.lists(st.sampled_from(TOKENS.split()), max_size=12))
def test_any_heap_of_words_is_either_refused_or_built(tokens):
    text = Text(" ".join(tokens), Path("pack.yaml"), 1)
    try:
        check(text, AGREEMENTS, KINDS)
    except PackError:
        return
    build(text, ibis.table(ibis.schema(arrow_schema("agreements")), name="agreements"), AGREEMENTS)
