"""One tree of exceptions. Each says what is wrong, where, and what to do; none knows of HTTP or of a terminal."""

from __future__ import annotations

import errno
from dataclasses import dataclass
from typing import ClassVar

from graphsvc.i18n import DEFAULT_LANGUAGE, Message, msg, nmsg, readable


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the input something is wrong; every part is optional. ``row`` counts from 1, the header included."""

    file: str | None = None
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    field: str | None = None

    def message(self) -> Message | None:
        """The place in words, or None when no part is known."""
        parts = [
            msg("file %(value)s", value=readable(self.file)) if self.file else None,
            msg("sheet %(value)s", value=self.sheet) if self.sheet else None,
            msg("row %(value)s", value=self.row) if self.row else None,
            msg("column %(value)s", value=self.column) if self.column else None,
            _named(self.field) if self.field else None,
        ]
        joined: Message | None = None
        for part in filter(None, parts):
            joined = part if joined is None else Message("%(a)s, %(b)s", {"a": joined, "b": part})
        return joined


def _named(field: str) -> Message:
    """A field of a form or a record, or options of a command."""
    if field.startswith("-"):
        return nmsg("option %(value)s", "options %(value)s", field.count(",") + 1, value=field)
    return msg("field %(value)s", value=field)


SYSTEM = {
    errno.EACCES: msg("Permission denied"),
    errno.EADDRINUSE: msg("Address already in use"),
    errno.EADDRNOTAVAIL: msg("Cannot assign requested address"),
    errno.EEXIST: msg("File exists"),
    errno.EIO: msg("Input/output error"),
    errno.EISDIR: msg("Is a directory"),
    errno.ELOOP: msg("Too many levels of symbolic links"),
    errno.EMFILE: msg("Too many open files"),
    errno.ENAMETOOLONG: msg("File name too long"),
    errno.ENOENT: msg("No such file or directory"),
    errno.ENOSPC: msg("No space left on device"),
    errno.ENOTDIR: msg("Not a directory"),
    errno.EPERM: msg("Operation not permitted"),
    errno.EROFS: msg("Read-only file system"),
}
"""What the system says most often, by its number."""


def system_says(exc: Exception) -> Message:
    """Why the system refused, in words; what it says itself where that is seldom."""
    return SYSTEM.get(getattr(exc, "errno", None) or 0) or Message(
        str(getattr(exc, "strerror", None) or exc) or type(exc).__name__
    )


class GraphsvcError(Exception):
    """Base of all errors that a user may see.

    ``exit_code`` is what the command line ends with: 2 where the input or the call is wrong and the user can mend it,
    1 where the surroundings (database, disk, network) failed.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, message: Message, *, place: Place | None = None, hint: Message | None = None) -> None:
        self.message = message
        self.place = place
        self.hint = hint
        super().__init__(message)

    def render(self, language: str = DEFAULT_LANGUAGE) -> str:
        """One or two sentences: the place, what is wrong, what to do."""
        where = self.place.message() if self.place else None
        parts = [
            f"{where.render(language)}:" if where else "",
            self.message.render(language),
            self.hint.render(language) if self.hint else "",
        ]
        return " ".join(filter(None, parts))

    def __str__(self) -> str:
        return self.render("en")


class InputError(GraphsvcError):
    """What the user gave (a file, an option, a value in a form) can't be taken."""

    exit_code = 2


class FileError(InputError):
    """A file is missing, empty, of the wrong kind or unreadable."""


class ProfileError(InputError):
    """An import profile is wrong, or does not fit the file."""


class RecordError(InputError):
    """A record breaks a rule of the model. ``problems``: each field's own, where there are several."""

    problems: tuple[RecordError, ...] = ()


class NotFoundError(InputError):
    """No record of that id or name; ``near`` lists what it may have been."""

    def __init__(
        self,
        message: Message,
        *,
        near: tuple[str, ...] = (),
        place: Place | None = None,
        hint: Message | None = None,
    ) -> None:
        super().__init__(message, place=place, hint=hint)
        self.near = near


class NotSharedError(InputError):
    """It belongs to somebody who does not show it to whoever asks."""


class ConflictError(GraphsvcError):
    """Someone else changed the record since it was read (optimistic locking)."""


class NothingToSuggestError(InputError):
    """The network is too small, complete or without the history that the question needs."""


class ConfigError(InputError):
    """A setting (environment variable, option) has a value that can't be used."""


class AccessError(GraphsvcError):
    """A file or folder of the service may not be read or written, or there is no room."""


class DatabaseError(GraphsvcError):
    """Neo4j can't be reached, refuses, or lacks something."""


class EmbeddedServerError(DatabaseError):
    """The Neo4j that the service runs itself can't be installed, started or stopped."""


class SchemaVersionError(DatabaseError):
    """The database's schema is newer than this code, or a migration failed."""


class QueryFileError(GraphsvcError):
    """A file under ``cypher/`` is malformed or does not fit its declared parameters: a fault of ours."""


class EngineError(GraphsvcError):
    """An engine beside our own (Spark, Neo4j's graph data science) is not installed, can't start, or failed."""
