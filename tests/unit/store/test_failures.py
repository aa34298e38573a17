from __future__ import annotations

import ssl

import pytest
from neo4j import exceptions as driver

from graphsvc.errors import ConfigError, ConflictError, DatabaseError, GraphsvcError, InputError, QueryFileError
from graphsvc.store.failures import Target, explain, translated

TARGET = Target("bolt://db:7687", "neo4j", "owes", embedded=False)


def _answer(code: str) -> Exception:
    return driver.Neo4jError._hydrate_neo4j(code=code, message="told so")


@pytest.mark.parametrize(
    ("code", "kind", "words"),
    [
        ("Neo.ClientError.Security.Unauthorized", DatabaseError, "does not accept the user neo4j"),
        ("Neo.ClientError.Security.AuthenticationRateLimit", DatabaseError, "too many wrong passwords"),
        ("Neo.ClientError.Database.DatabaseNotFound", DatabaseError, "no database owes"),
        ("Neo.ClientError.Schema.ConstraintValidationFailed", ConflictError, "same id or number"),
        ("Neo.ClientError.Statement.SyntaxError", QueryFileError, "can't run a query"),
        ("Neo.TransientError.General.MemoryPoolOutOfMemoryError", DatabaseError, "too busy or short of memory"),
        ("Neo.DatabaseError.General.UnknownError", DatabaseError, "told so"),
    ],
)
def test_answers_of_the_server(code: str, kind: type[GraphsvcError], words: str) -> None:
    found = explain(_answer(code), TARGET)
    assert type(found) is kind
    assert words in str(found)


def test_a_certificate_that_is_not_trusted() -> None:
    error = driver.ServiceUnavailable("no")
    error.__cause__ = ssl.SSLCertVerificationError("self-signed")
    assert "certificate" in str(explain(error, TARGET))


def test_not_reached_names_the_address_and_the_setting() -> None:
    found = str(explain(driver.ServiceUnavailable("no route"), TARGET))
    assert "bolt://db:7687 can't be reached" in found
    assert "NEO4J_URI" in found


def test_a_wrong_scheme() -> None:
    found = explain(driver.ConfigurationError("URI scheme 'http' is not supported"), TARGET)
    assert type(found) is ConfigError


def test_other_errors_pass() -> None:
    with pytest.raises(KeyError), translated(TARGET):
        raise KeyError("x")


def test_half_a_letter_is_no_wrong_address() -> None:
    with pytest.raises(InputError, match="half of a letter"), translated(TARGET):
        "\ud800".encode()


def test_a_wrong_host_is_a_wrong_address() -> None:
    with pytest.raises(ConfigError, match="not an address"), translated(TARGET):
        "a..b".encode("idna")
