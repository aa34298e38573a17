"""One Spark in local mode for all tests of the engine; small steps, so no code is generated and nothing is split."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("pyspark", reason="PySpark is not installed: pip install 'graphsvc[spark]'")

from graphsvc.engines import spark

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

SMALL = {
    "spark.sql.shuffle.partitions": "1",
    "spark.default.parallelism": "1",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
}


JAVA = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
"""A short life does not repay the optimising compiler."""


@pytest.fixture(scope="session")
def session() -> Iterator[SparkSession]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JDK_JAVA_OPTIONS", JAVA)
        with spark.session("local[2]", "512m", SMALL) as found:
            yield found
