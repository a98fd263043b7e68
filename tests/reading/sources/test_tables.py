from selectolax.lexbor import LexborHTMLParser

from closeout.reading.sources.tables import data_tables


def ids_of_data(source: str) -> set[str]:
    body = LexborHTMLParser(source).body
    found = data_tables(body)
    return {table.id for table in body.css("table") if table.mem_id in found}


def test_a_table_with_headings_is_data():
    assert ids_of_data("<table id=a><tr><th>x<td><p>long</p></table>") == {"a"}


def test_a_table_of_short_cells_is_data_without_headings():
    assert ids_of_data("<table id=a><tr><td>1<td>2<tr><td>3<td>4</table>") == {"a"}


def test_a_single_row_or_a_single_column_is_layout():
    assert ids_of_data("<table id=a><tr><td>1<td>2</table>") == set()
    assert ids_of_data("<table id=a><tr><td>1<tr><td>2</table>") == set()


def test_cells_of_paragraphs_or_many_words_are_layout():
    assert ids_of_data("<table id=a><tr><td><p>1</p><td>2<tr><td>3<td>4</table>") == set()
    assert ids_of_data(f"<table id=a><tr><td>{'word ' * 100}<td>2<tr><td>3<td>4</table>") == set()


def test_a_table_around_another_is_layout_even_with_headings():
    inner = "<table id=b><tr><th>x</table>"
    assert ids_of_data(f"<table id=a><tr><th>x<tr><td>{inner}</table>") == {"b"}


def test_a_table_that_says_it_is_layout_is_believed():
    assert ids_of_data("<table id=a role=presentation><tr><th>x</table>") == set()
