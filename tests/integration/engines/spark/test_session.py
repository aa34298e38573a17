from __future__ import annotations

import builtins
import sys
from typing import Any

import pytest

from graphsvc.engines import spark
from graphsvc.errors import EngineError


def test_without_pyspark_one_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *args: Any, **kwargs: Any) -> Any:
        if name.startswith("pyspark"):
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(EngineError, match="PySpark, which is not installed") as caught, spark.session():
        pytest.fail("there is no session")
    assert "graphsvc[spark]" in str(caught.value)


def test_the_active_session_is_used_and_left_open(session: Any) -> None:
    with spark.session("spark://nobody.invalid:7077") as found:
        assert found is session
    assert session.range(3).count() == 3


def test_what_spark_refuses_becomes_one_of_our_errors(session: Any) -> None:
    with pytest.raises(EngineError, match="Spark failed"), spark.session():
        session.sql("SELECT nonsense FROM nowhere").collect()


def test_importing_the_engine_does_not_import_pyspark() -> None:
    assert "graphsvc.engines.spark" in sys.modules
    assert not any(name == "pyspark" for name in vars(spark))
