"""Opening and closing an engine, and what is said when it cannot be had."""

import socket
import subprocess
import sys
import threading

import pyarrow as pa
import pytest

from closeout.engines import EngineError, connect
from closeout.engines import spark as spark_module


def test_duckdb_is_what_one_gets_without_asking():
    opened = connect()
    assert opened.name == "duckdb"
    opened.close()


@pytest.mark.parametrize("address", ["postgres://x", "", "spark", "mysql://localhost"])
def test_an_address_that_names_no_engine_is_refused(address):
    with pytest.raises(EngineError, match="names no engine; give duckdb:// or spark://host:port"):
        connect(address)


@pytest.mark.parametrize("address", ["spark://", "spark://:7077", "spark://host:port"])
def test_an_address_that_names_no_master_is_refused(address):
    with pytest.raises(EngineError, match="is no address of a Spark master"):
        connect(address)


def test_a_master_that_is_not_there_is_said_to_be_so():
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port = held.getsockname()[1]
        with pytest.raises(EngineError, match=rf"no Spark master answers at 127\.0\.0\.1:{port}"):
            connect(f"spark://127.0.0.1:{port}")


def test_without_java_the_message_says_what_to_install(monkeypatch):
    monkeypatch.setattr(spark_module.shutil, "which", lambda _: None)
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(EngineError, match="Spark needs Java 17"):
        connect("spark://127.0.0.1:7077")


@pytest.mark.parametrize("missing", ["pandas", "pyspark"])
def test_without_the_extra_the_message_says_how_to_install_it(monkeypatch, missing):
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(EngineError, match=r"Spark needs .*pip install 'closeout\[spark\]'"):
        connect("spark://127.0.0.1:7077")


def test_duckdb_needs_neither_pandas_nor_pyspark():
    script = (
        "import sys\n"
        "class Absent:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name.partition('.')[0] in {'pandas', 'pyspark'}: raise ModuleNotFoundError(name)\n"
        "sys.meta_path.insert(0, Absent())\n"
        "import ibis, pyarrow as pa\n"
        "from closeout.engines import connect\n"
        "engine = connect()\n"
        "rows = engine.from_arrow('rows', pa.table({'n': [1, 2]}))\n"
        "word = ibis.memtable(pa.table({'n': [2]}))\n"
        "print(engine.to_arrow(rows.join(word, 'n')).to_pylist())\n"
        "engine.close()\n"
    )
    ran = subprocess.run([sys.executable, "-W", "error", "-c", script], capture_output=True, check=False)  # noqa: S603
    assert ran.stdout.decode().strip() == "[{'n': 2}]", ran.stderr.decode()


@pytest.mark.spark
def test_a_second_session_in_one_process_is_refused(spark_engine, cluster):
    with pytest.raises(EngineError, match="already open in this process"):
        connect(cluster.address)


@pytest.mark.spark
def test_a_cluster_without_room_is_noticed_and_does_not_hang(said_without_room):
    assert "has no worker to spare: it ran nothing in 3 seconds" in said_without_room


def test_duckdb_can_be_closed_while_another_is_used():
    first, second = connect(), connect()
    rows = pa.table({"n": [1]})
    first.from_arrow("rows", rows)
    table = second.from_arrow("rows", rows)
    first.close()
    assert second.to_arrow(table).num_rows == 1
    second.close()


def test_engines_in_threads_do_not_meet():
    sums = {}

    def work(number):
        opened = connect(threads=1)
        table = opened.from_arrow("rows", pa.table({"n": [number] * 10}))
        sums[number] = opened.to_arrow(table.agg(n=table.n.sum())).to_pylist()[0]["n"]
        opened.close()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sums == {0: 0, 1: 10, 2: 20, 3: 30}
