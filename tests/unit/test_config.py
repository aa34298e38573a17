from pathlib import Path

import pytest

from graphsvc import config
from graphsvc.errors import ConfigError


@pytest.fixture(autouse=True)
def _fresh(monkeypatch):
    for name in ("NEO4J_URI", "GRAPHSVC_LANG", "GRAPHSVC_DATA_DIR", "GRAPHSVC_NEO4J_HEAP"):
        monkeypatch.delenv(name, raising=False)
    config.load.cache_clear()
    yield
    config.load.cache_clear()


def test_defaults_are_the_embedded_server_and_polish():
    settings = config.load()
    assert settings.neo4j_uri is None
    assert settings.lang == "pl"
    assert settings.data_dir.name == "graphsvc"


def test_the_environment_is_read(monkeypatch):
    monkeypatch.setenv("NEO4J_URI", "bolt://db:7687")
    monkeypatch.setenv("NEO4J_PASSWORD", "secret")
    monkeypatch.setenv("GRAPHSVC_DATA_DIR", "data")
    settings = config.load()
    assert (settings.neo4j_uri, settings.data_dir) == ("bolt://db:7687", Path("data"))
    assert "secret" not in repr(settings)


@pytest.mark.parametrize(
    ("name", "value"), [("GRAPHSVC_LANG", "de"), ("GRAPHSVC_NEO4J_HEAP", "much"), ("GRAPHSVC_MEMORY", "0")]
)
def test_a_wrong_value_is_named_with_its_variable(monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigError, match=f"{name}: The setting can't have the value {value}"):
        config.load()
