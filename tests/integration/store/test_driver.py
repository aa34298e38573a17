from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from pydantic import SecretStr

from graphsvc.config import Settings
from graphsvc.errors import ConfigError, DatabaseError, GraphsvcError, QueryFileError
from graphsvc.store.driver import Store, connect


def _with(settings: Settings, **changes: object) -> Settings:
    return settings.model_copy(update=changes)


@contextmanager
def _port_that_says(answer: bytes) -> Iterator[int]:
    """A port where something answers that is not Neo4j."""
    import threading

    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            try:
                while True:
                    connection, _ = listener.accept()
                    with connection:
                        connection.recv(100)
                        connection.sendall(answer)
            except OSError:
                return

        threading.Thread(target=serve, daemon=True).start()
        yield int(listener.getsockname()[1])
        listener.shutdown(socket.SHUT_RDWR)


def _refused(settings: Settings) -> GraphsvcError:
    with pytest.raises(GraphsvcError) as caught:
        connect(settings).close()
    assert "\n" not in str(caught.value)
    return caught.value


def test_wrong_password(neo4j_server: Settings) -> None:
    error = _refused(_with(neo4j_server, neo4j_password=SecretStr("wrong")))
    assert isinstance(error, DatabaseError)
    assert "does not accept the user neo4j" in str(error)


def test_missing_database(neo4j_server: Settings) -> None:
    assert "has no database nothere" in str(_refused(_with(neo4j_server, neo4j_database="nothere")))


@pytest.mark.parametrize("scheme", ["bolt", "neo4j", "bolt+s", "neo4j+ssc"])
def test_nobody_there(neo4j_server: Settings, scheme: str) -> None:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    error = _refused(_with(neo4j_server, neo4j_uri=f"{scheme}://127.0.0.1:{port}"))
    assert f"{scheme}://127.0.0.1:{port} can't be reached" in str(error)


def test_unknown_host(neo4j_server: Settings) -> None:
    assert "can't be reached" in str(_refused(_with(neo4j_server, neo4j_uri="bolt://nowhere.invalid:7687")))


@pytest.mark.parametrize("uri", ["http://127.0.0.1:7474", "7687", "bolt:/x y"])
def test_not_an_address(neo4j_server: Settings, uri: str) -> None:
    error = _refused(_with(neo4j_server, neo4j_uri=uri))
    assert isinstance(error, ConfigError), error
    assert "is not an address of Neo4j" in str(error)


@pytest.mark.parametrize("answer", [b"HTTP/1.1 400 Bad Request\r\n\r\n", b"\x00\x00\x00\x00"])
def test_not_neo4j_or_too_old(neo4j_server: Settings, answer: bytes) -> None:
    with _port_that_says(answer) as port:
        error = _refused(_with(neo4j_server, neo4j_uri=f"bolt://127.0.0.1:{port}"))
    assert "is not Neo4j 5.26 or newer" in str(error)


def test_encryption_that_the_server_lacks(neo4j_server: Settings) -> None:
    assert neo4j_server.neo4j_uri
    error = _refused(_with(neo4j_server, neo4j_uri=neo4j_server.neo4j_uri.replace("bolt:", "bolt+ssc:")))
    assert "No secure connection" in str(error)


def test_the_routing_scheme_works_too(neo4j_server: Settings) -> None:
    assert neo4j_server.neo4j_uri
    with connect(_with(neo4j_server, neo4j_uri=neo4j_server.neo4j_uri.replace("bolt:", "neo4j:"))) as store:
        assert store.read("store/ping")[0]["ok"] == 1


def test_version_moves_with_writes_and_not_with_reads(store: Store) -> None:
    first = store.version()
    store.read("store/ping")
    assert store.version() == first
    with store.session() as session:
        session.run("CREATE (:Anything)").consume()
    assert store.version() != first


def test_several_queries_in_one_transaction_happen_all_or_not_at_all(store: Store) -> None:
    with pytest.raises(QueryFileError):
        store.write_many(
            [
                ("imports/create_nodes", {"labels": ["Record"], "rows": [{"id": "a"}]}),
                ("imports/create_nodes", {"labels": ["Record"], "rows": [{"id": None}]}),
            ]
        )
    assert store.read("imports/existing", ids=["a"]) == []
    with pytest.raises(QueryFileError, match="ids"):
        store.read("imports/existing")
