"""A throw-away Spark cluster: one master and two workers on this machine's loopback address.

It ends with the tests, whatever ends them: a watcher kills the three processes as soon as nobody holds
its input any more. Ports are the ones the processes get and write into their logs, so none is guessed.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

HOST = "127.0.0.1"
WORKERS = 2
CORES = 1
MEMORY = "1g"
START_SECONDS = 90.0
MASTER = "org.apache.spark.deploy.master.Master"
WORKER = "org.apache.spark.deploy.worker.Worker"
QUICK_START = "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto"
_WATCH = '"$@" & cat >/dev/null; kill -KILL -$$'
# A statement over few rows takes longest to plan and to compile: interpreting it gives the same rows sooner.
# Nobody looks at the plans that Spark describes for its pages.
_SETTINGS = f"""\
spark.sql.codegen.wholeStage false
spark.sql.codegen.factoryMode NO_CODEGEN
spark.sql.adaptive.enabled false
spark.sql.ui.explainMode simple
spark.sql.maxPlanStringLength 200
spark.driver.memory 1g
spark.driver.extraJavaOptions {QUICK_START}
spark.executor.memory 700m
spark.executor.extraJavaOptions {QUICK_START}
"""
_LOG_SETTINGS = """\
rootLogger.level = {level}
rootLogger.appenderRef.console.ref = console
appender.console.type = Console
appender.console.name = console
appender.console.target = SYSTEM_ERR
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = %d %p %c: %m%n
"""


class ClusterError(RuntimeError):
    """The cluster did not start; the message ends with its logs."""


def why_not() -> str:
    """Return why no cluster can run on this machine; empty if one can."""
    if importlib.util.find_spec("pyspark") is None:
        return "pyspark is not installed (extra `spark`)"
    if shutil.which("java") is None:
        return "there is no java on this machine"
    return ""


class Cluster:
    """A master and its workers, with their logs in a folder."""

    def __init__(self, folder: Path) -> None:
        """Put everything the cluster writes under a folder, which must exist."""
        self.folder = folder
        self.address = ""
        self._watchers: list[subprocess.Popen[bytes]] = []
        self._spark = Path(importlib.util.find_spec("pyspark").origin).parent

    def environment(self, level: str = "error") -> dict[str, str]:
        """Return the environment in which the cluster and its users start Java."""
        settings = self.folder / f"conf-{level}"
        settings.mkdir(exist_ok=True)
        (settings / "spark-defaults.conf").write_text(_SETTINGS)
        (settings / "log4j2.properties").write_text(_LOG_SETTINGS.format(level=level))
        return {
            **os.environ,
            "SPARK_HOME": str(self._spark),
            "SPARK_CONF_DIR": str(settings),
            "SPARK_LOCAL_IP": HOST,
            "SPARK_LOCAL_DIRS": str(self.folder),
            "SPARK_DAEMON_MEMORY": "256m",
            "SPARK_DAEMON_JAVA_OPTS": QUICK_START,
            "PYSPARK_PYTHON": sys.executable,
        }

    def start(self) -> None:
        """Start the master, then the workers, and wait until they are registered."""
        master = self._run("master", MASTER, "--host", HOST, "--port", "0", "--webui-port", "0")
        self.address = self._wait(master, r"Starting Spark master at (spark://\S+)")[0]
        for number in range(WORKERS):
            self.add_worker(f"worker-{number}")
        self._wait(master, r"Registering worker (\S+)", times=WORKERS)

    def add_worker(self, name: str, *, cores: int = CORES, memory: str = MEMORY) -> None:
        """Start one more worker."""
        work = self.folder / name
        sizes = ("--cores", str(cores), "--memory", memory)
        self._run(name, WORKER, "--host", HOST, "--webui-port", "0", "-d", str(work), *sizes, self.address)

    def stop(self) -> None:
        """End every process of the cluster."""
        for watcher in self._watchers:
            watcher.communicate()
        self._watchers.clear()

    def _run(self, name: str, *arguments: str) -> Path:
        log = self.folder / f"{name}.log"
        with log.open("wb") as file:
            program = str(self._spark / "bin" / "spark-class")
            self._watchers.append(
                subprocess.Popen(  # noqa: S603 - pyspark's own programs, named here
                    ["/bin/sh", "-c", _WATCH, "watch", program, *arguments],
                    stdin=subprocess.PIPE,
                    stdout=file,
                    stderr=file,
                    cwd=self.folder,
                    env=self.environment("info"),
                    start_new_session=True,
                )
            )
        return log

    def _wait(self, log: Path, pattern: str, times: int = 1) -> list[str]:
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            found = re.findall(pattern, log.read_text(errors="replace"))
            if len(found) >= times:
                return found
            time.sleep(0.1)
        said = "\n".join(f"{file.name}:\n{file.read_text()[-2000:]}" for file in self.folder.glob("*.log"))
        self.stop()
        msg = f"no {pattern!r} in {log.name} after {START_SECONDS:.0f} seconds\n{said}"
        raise ClusterError(msg)
