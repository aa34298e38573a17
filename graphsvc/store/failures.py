"""The one place where the driver's errors become ours: one clear sentence each."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from neo4j import exceptions as driver

from graphsvc.errors import ConfigError, ConflictError, DatabaseError, GraphsvcError, InputError, Place, QueryFileError
from graphsvc.i18n import msg

OLDEST = (5, 26)
"""The oldest Neo4j whose Cypher the queries are written in."""


@dataclass(frozen=True, slots=True)
class Target:
    """What one talks to, for messages: never with the password."""

    uri: str
    username: str
    database: str | None
    embedded: bool


@contextmanager
def translated(target: Target) -> Iterator[None]:
    """Any error of the driver inside becomes a GraphsvcError."""
    try:
        yield
    except (driver.DriverError, driver.Neo4jError, OSError, ValueError) as exc:
        raise explain(exc, target) from exc


def explain(exc: Exception, target: Target) -> GraphsvcError:
    """Our error for one of the driver's."""
    code = getattr(exc, "code", None) or ""
    if isinstance(exc, driver.Neo4jError):
        return _refused(exc, code, target)
    if _cause(exc, driver.UnsupportedServerProduct) or "looks like HTTP" in str(exc.__cause__):
        return too_old("", target)
    if isinstance(exc, UnicodeEncodeError) and exc.encoding == "utf-8":
        return InputError(msg("A text has signs that are none (half of a letter)."), hint=msg("Write it again."))
    if isinstance(exc, driver.ConfigurationError | ValueError) and not _cause(exc, OSError):
        return not_an_address(target)
    if _cause(exc, ssl.SSLError) or "encrypted" in str(exc):
        return DatabaseError(
            msg("No secure connection to %(uri)s: its certificate can't be trusted, or it has none.", uri=target.uri),
            place=Place(field="NEO4J_URI"),
            hint=msg("Use +ssc for a certificate of your own, or bolt:// or neo4j:// without encryption."),
        )
    return unreachable(target)


def not_an_address(target: Target) -> ConfigError:
    """``NEO4J_URI`` is no address of Bolt."""
    return ConfigError(
        msg("NEO4J_URI is not an address of Neo4j: %(uri)s.", uri=target.uri),
        place=Place(field="NEO4J_URI"),
        hint=msg("Write it as bolt://host:7687 or neo4j+s://host."),
    )


def _refused(exc: driver.Neo4jError, code: str, target: Target) -> GraphsvcError:
    """The server answered, with an error."""
    if "Security.AuthenticationRateLimit" in code:
        return DatabaseError(
            msg("%(uri)s refuses sign-ins after too many wrong passwords.", uri=target.uri),
            hint=msg("Wait a few seconds, and check NEO4J_PASSWORD."),
        )
    if "Security." in code:
        return DatabaseError(
            msg("%(uri)s does not accept the user %(user)s with this password.", uri=target.uri, user=target.username),
            place=Place(field="NEO4J_PASSWORD"),
            hint=msg("Check NEO4J_USERNAME and NEO4J_PASSWORD."),
        )
    if "Database.DatabaseNotFound" in code:
        return DatabaseError(
            msg("%(uri)s has no database %(name)s.", uri=target.uri, name=target.database or ""),
            place=Place(field="NEO4J_DATABASE"),
            hint=msg("Check NEO4J_DATABASE; left empty, the server's own default is used."),
        )
    if "ConstraintValidationFailed" in code:
        return ConflictError(
            msg("Another record has the same id or number already: %(why)s.", why=exc.message or code),
            hint=msg("Open that record and change it, or correct the number."),
        )
    if ".Statement." in code:
        return QueryFileError(
            msg("The database can't run a query: %(why)s.", why=exc.message or code),
            hint=msg("This is a fault of the program; please report it."),
        )
    if "Transient" in code:
        return DatabaseError(
            msg("The database is too busy or short of memory: %(why)s.", why=exc.message or code),
            hint=msg("Try again; if it happens often, give it more memory."),
        )
    return DatabaseError(
        msg("The database reports: %(why)s.", why=exc.message or code),
        hint=msg("Look at the database's log and its disk, and try again."),
    )


def unreachable(target: Target) -> DatabaseError:
    """Nothing answers there."""
    if target.embedded:
        hint = msg("It starts again by itself; wait a little and try again, or run: graphsvc db status.")
    else:
        hint = msg("Check NEO4J_URI, that the server runs and that no firewall is in between.")
    return DatabaseError(
        msg("The database at %(uri)s can't be reached.", uri=target.uri), place=Place(field="NEO4J_URI"), hint=hint
    )


def too_old(agent: str, target: Target) -> DatabaseError:
    """Something answers that isn't Neo4j, or too old a Neo4j."""
    wanted = ".".join(map(str, OLDEST))
    found = agent or "?"
    return DatabaseError(
        msg(
            "%(uri)s is not Neo4j %(wanted)s or newer (it says: %(found)s).",
            uri=target.uri,
            wanted=wanted,
            found=found,
        ),
        place=Place(field="NEO4J_URI"),
        hint=msg("Upgrade the server, or check that the port is the one of Bolt (7687)."),
    )


def _cause(exc: BaseException | None, kind: type[BaseException]) -> bool:
    while exc is not None:
        if isinstance(exc, kind):
            return True
        exc = exc.__cause__ or exc.__context__
    return False
