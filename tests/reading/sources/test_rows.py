import pytest

from closeout.reading.sources.rows import looks_like_csv
from tests.reading.samples import LETTER


@pytest.mark.parametrize(
    "text",
    [
        "name,number,status\nLamps,1,Open\nWicks,2,Closed\n",
        '"Title, of an export",,\n,,\n"Name","No","Said"\n"A, b","1","It said, ""no"".\nTwice."\n',
        "a,b,c\r\n1,2,3\r\n",
        "a,b,c\n" + "1,2,3\n" * 40_000,
    ],
)
def test_rows_of_equal_width_are_a_table(text):
    assert looks_like_csv(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no commas here\nnor here\n",
        LETTER * 10,
        "Lamps, wicks, and oil were short.\nThe Director said so.\nOil, above all, was.\nNothing else was.\n",
        "key,value\nother,value\n",
        "one,row,only\n",
        'a,b,c\n1,2,"' + "x" * 140_000,
        "a,b,c\x00\n" + "x" * 140_000 + ",",
    ],
)
def test_prose_and_narrow_lists_are_no_table(text):
    assert not looks_like_csv(text)
