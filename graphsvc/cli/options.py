"""Options that several commands take, and what they stand for."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from graphsvc.cli.words import tr
from graphsvc.errors import InputError, Place
from graphsvc.i18n import msg

if TYPE_CHECKING:
    from graphsvc.model.network import Network


F = TypeVar("F", bound=str)


class Scope(StrEnum):
    """See ``graphsvc.snapshot.filter.Scope``."""

    ever = "ever"
    active = "active"


class Projection(StrEnum):
    """See ``graphsvc.snapshot.take.Projection``."""

    weighted = "weighted"
    counted = "count"
    unweighted = "unweighted"


InputOption = Annotated[
    Path | None, typer.Option("--input", help=tr("Work on this file instead of the database; needs --profile."))
]
ProfileOption = Annotated[
    str | None, typer.Option("--profile", help=tr("How the file's columns map to the model: a name or a .toml file."))
]
AsOfOption = Annotated[
    datetime | None,
    typer.Option("--as-of", formats=["%Y-%m-%d"], help=tr("The network as of this day; otherwise all of it.")),
]
AsOfTodayOption = Annotated[
    datetime | None,
    typer.Option("--as-of", formats=["%Y-%m-%d"], help=tr("As it is on this day; otherwise today.")),
]
AsOfOrLastOption = Annotated[
    datetime | None,
    typer.Option(
        "--as-of",
        formats=["%Y-%m-%d"],
        help=tr("The network as of this day; otherwise all of it, and for change the last day on record."),
    ),
]
ScopeOption = Annotated[
    Scope, typer.Option("--scope", help=tr("ever: all that began by the day; active: without what has ended."))
]
ProjectionOption = Annotated[
    Projection, typer.Option("--projection", help=tr("How strong a tie is: by partnership size, by count, or 1."))
]
OutputOption = Annotated[
    Path | None, typer.Option("-o", "--output", help=tr("Write a .csv, .json, .xlsx or .parquet file."))
]
SeedOption = Annotated[int, typer.Option("--seed", min=0, help=tr("The same seed gives the same result."))]


def day(value: datetime | None) -> date | None:
    """The day that an option names."""
    return value.date() if value else None


def read(path: Path | None, profile: str | None) -> Network:
    """The network of a file, or of the database when no file is named.

    Raises InputError when a file comes without a profile or a profile without a file.
    """
    from graphsvc import config
    from graphsvc.cli.progress import downloading

    if path is None and profile is None:
        from graphsvc.service import opened

        with downloading() as progress, opened(config.load(), progress) as service:
            return service.network()
    if path is None:
        raise InputError(msg("Name the file that the profile is for."), place=Place(field="--input"))
    if profile is None:
        raise InputError(msg("Say with --profile how the file is to be read."), place=Place(field="--profile"))
    from graphsvc.ingest.network import to_network
    from graphsvc.ingest.plan import read_plan
    from graphsvc.service.profiles import Profiles

    own = Profiles(config.load().data_dir / "profiles")
    with read_plan(path, own.load(profile)) as plan:
        return to_network(plan)


def _same(path: Path, other: Path) -> bool:
    try:
        return path.samefile(other)
    except (OSError, ValueError):  # one of them is not there, or no file can be called so
        return False


def format_of(path: Path, allowed: tuple[F, ...], input: Path | None = None) -> F:
    """The format that a file's ending names.

    Raises InputError listing the endings that can be written, or where the file is ``input`` itself.
    """
    if input and _same(path, input):
        raise InputError(
            msg("This file is read; what is written would replace it. Name another file."), place=Place(file=str(path))
        )
    ending = path.suffix.lstrip(".").lower()
    for format in allowed:
        if format == ending:
            return format
    raise InputError(
        msg(
            "The file's ending does not name a format. Use one of: %(endings)s.",
            endings=", ".join(f".{a}" for a in allowed),
        ),
        place=Place(file=str(path)),
    )
