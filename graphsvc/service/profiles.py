"""Import profiles by name: those that come with the service, and the centre's own, TOML files in the data folder."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Set
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

import tomlkit

from graphsvc.errors import ConflictError, GraphsvcError, InputError, Place, ProfileError, system_says
from graphsvc.i18n import msg
from graphsvc.ingest.columns import Meant, meant_in, taught
from graphsvc.ingest.profile import Profile, load_profile, shipped, text_of

LONGEST = 60
"""Characters of a name."""
_NAME = re.compile(r"\w[\w .()+,-]*\Z")
_ABOUT = "# Made by “Import” in the browser; docs/import.md lists the keys.\n"


class Profiles:
    """The profiles in ``folder`` and the shipped ones; safe to share between threads and processes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def own(self) -> list[str]:
        """Names of the centre's own."""
        return sorted((file.stem for file in self._folder.glob("*.toml") if file.is_file()), key=str.casefold)

    def names(self) -> list[str]:
        """All names: the centre's own first, then the Polish one."""
        return [*self.own(), *sorted(set(shipped()) - set(self.own()), reverse=True)]

    def given(self, name: str) -> str:
        """What ``load_profile`` takes for a name: the path of an own one, else what was given."""
        return str(self._file(name)) if name in self.own() else name

    def load(self, name: str) -> Profile:
        """Raises ProfileError."""
        return load_profile(self.given(name))

    def fitting(self, headings: Set[str]) -> str:
        """The first own one whose columns a file has; "" where there is none."""
        for name in self.own():
            with suppress(ProfileError):  # written by hand, and wrong
                profile = self.load(name)
                like = [re.compile(group.columns_like) for group in profile.members if group.columns_like]
                has = all(any(map(pattern.fullmatch, headings)) for pattern in like)
                if has and headings >= set(profile.file.needed or profile.columns()):
                    return name
        return ""

    def keep(self, data: Mapping[str, Any], *, again: bool = False) -> None:
        """Write a profile under its own name. ``again``: over an own one of this name, whose values mean what they did.

        Raises InputError (name, or what it says), ConflictError where there is one of this name, GraphsvcError where
        the disk refuses.
        """
        name, place = data["name"], Place(field="name")
        if not (_NAME.match(name) and len(name) <= LONGEST) or name != name.rstrip(" ."):
            raise InputError(
                msg("A profile can't be called so."),
                place=place,
                hint=msg("Use at most %(n)s letters, digits, blanks and hyphens.", n=LONGEST),
            )
        if name.casefold() in map(str.casefold, self.names()) and not (again and name in self.own()):
            raise ConflictError(
                msg("There is a profile of this name."),
                place=place,
                hint=msg("Choose it where you send the file, or give this one another name."),
            )
        if name in self.own():
            taught(data, meant_in(self.load(name)))
        self._write(name, _ABOUT + tomlkit.dumps(data))

    def teach(self, name: str, meant: Iterable[Meant]) -> None:
        """Add what values of columns mean; a shipped profile is copied to the centre's own, by the same name.

        Raises ProfileError where there is none, or it is wrong; GraphsvcError where the disk refuses.
        """
        self.load(name)
        document = tomlkit.parse(text_of(self.given(name)))
        taught(document, meant, tomlkit.inline_table)
        self._write(name, tomlkit.dumps(document))

    def _write(self, name: str, text: str) -> None:
        fresh = self._folder / f".{uuid4().hex}"
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            fresh.write_text(text, "utf-8")
            load_profile(fresh)
            fresh.replace(self._file(name))
        except OSError as exc:
            raise GraphsvcError(
                msg("The profile can't be kept: %(why)s.", why=system_says(exc)), place=Place(file=str(self._folder))
            ) from exc
        finally:
            with suppress(OSError):
                fresh.unlink()

    def remove(self, name: str) -> None:
        """Remove an own one; what was imported by it stays."""
        if name in self.own():
            self._file(name).unlink(missing_ok=True)

    def _file(self, name: str) -> Path:
        return self._folder / f"{name}.toml"
