"""Profiles: which column of a person's own file means what, and the rules of names. Data, not code."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from graphsvc.errors import Place, ProfileError, system_says
from graphsvc.i18n import Message, msg
from graphsvc.model.territories import Territory

SHIPPED = files("graphsvc.ingest") / "profiles"
_MAX_BYTES = 1_000_000
_TABLE = msg("Write a table here, as in docs/import.md.")
_LIST = msg('Write a list, as ["a", "b"].')
_NUMBER = msg("Write a number.")
WANTED = {
    "string_type": msg("Write a text between quotes."),
    "model_type": _TABLE,
    "model_attributes_type": _TABLE,
    "dict_type": _TABLE,
    "tuple_type": _LIST,
    "list_type": _LIST,
    "int_type": _NUMBER,
    "int_parsing": _NUMBER,
    "float_type": _NUMBER,
    "bool_type": msg("Write true or false."),
    "bool_parsing": msg("Write true or false."),
    "column_twice": msg("Give either “column” or “columns_like”."),
    "marks_alone": msg("“marks” needs “columns_like”."),
}
"""What to write, by pydantic's name of what is wrong."""


class Part(BaseModel):
    """A part of a profile; a key that is not known is an error, so that a slip of the pen is found."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as exc:
        raise PydanticCustomError("pattern", "{pattern}", {"pattern": text, "at": (exc.pos or 0) + 1}) from None
    return text


Pattern = Annotated[str, AfterValidator(_pattern)]


class CellRules(Part):
    """What is taken from one column, or the same for all rows."""

    column: str = ""
    """Heading of the column."""
    value: str = ""
    """The same for all rows; also where the column's cell is empty."""
    values: dict[str, str] = {}
    """What a cell says -> what it means (a code); compared without regard to case."""
    unlisted: Literal["keep", "drop", "refuse"] = "keep"
    """What happens to a value that ``values`` does not list."""
    separator: str = ""
    """Several values in one cell."""

    @cached_property
    def meanings(self) -> dict[str, str]:
        return {k.casefold(): v for k, v in self.values.items()}


Cell = Annotated[CellRules, BeforeValidator(lambda given: {"column": given} if isinstance(given, str) else given)]
"""A heading, or a table with ``column``, ``value``, ``values``, ``unlisted``, ``separator``."""


class FileRules(Part):
    """How the file is written; what is empty is found out."""

    encoding: str = ""
    separator: str = ""
    sheets: tuple[str, ...] = ()
    needed: tuple[str, ...] = ()
    """Headings that the file must have, the others may be lacking; empty: all that the profile names."""
    dates: tuple[str, ...] = ()
    """Forms of dates as in ``strptime``, for example ``%d.%m.%Y``."""


class PartnershipRules(Part):
    """Columns that describe the partnership of a row."""

    name: Cell
    key: tuple[str, ...] = ()
    """Headings whose values together tell one partnership from another; empty: the name."""
    kind: Cell | None = None
    phase: Cell | None = None
    formalisation: Cell | None = None
    signed_on: Cell | None = None
    starts_on: Cell | None = None
    ends_on: Cell | None = None
    purpose: Cell | None = None
    rules: Cell | None = None
    document: Cell | None = None
    themes: Cell | None = None
    territories: Cell | None = None


class MemberRules(Part):
    """Columns in which members of the row's partnership stand. One row may have several such groups."""

    column: str = ""
    """Heading of the column with the name (or with a list of names, then ``list = true``)."""
    columns_like: Pattern = ""
    """A regular expression: every column whose heading it matches holds a member."""
    marks: tuple[str, ...] = ()
    """With ``columns_like``: the heading is the name, and these cells say that it takes part."""
    list: bool = False
    required: bool = False
    role: Cell = CellRules(value="PAR")
    numbers: dict[str, str] = {}
    """Register -> heading; ``KRS``, ``REGON``, ``NIP``, any other name is a foreign register (``CVR``)."""
    since: Cell | None = None
    until: Cell | None = None
    sector: Cell | None = None
    kind: Cell | None = None
    territory: Cell | None = None
    street: Cell | None = None
    postcode: Cell | None = None
    town: Cell | None = None
    website: Cell | None = None
    lat: Cell | None = None
    lon: Cell | None = None

    @model_validator(mode="after")
    def _one_place(self) -> MemberRules:
        if bool(self.column) == bool(self.columns_like):
            raise PydanticCustomError("column_twice", "columns")
        if self.marks and not self.columns_like:
            raise PydanticCustomError("marks_alone", "marks")
        return self


class NameRules(Part):
    """How lists of names are split, how names are cleaned, and which names are the same."""

    separator: Pattern = r"[;\n|]"
    """Where one name may end and the next begin."""
    not_before: tuple[Pattern, ...] = ()
    """Not an end when the text after the separator begins so."""
    end: tuple[Pattern, ...] = ()
    """Certainly an end when the text before it ends so (a pattern should end in ``$``)."""
    not_end: tuple[Pattern, ...] = ()
    """Otherwise not an end when the text before it ends so: abbreviations, initials."""
    joins: tuple[Pattern, ...] = ()
    """A whole piece like this belongs to the name before it."""
    not_names: tuple[Pattern, ...] = ()
    """A whole piece like this is no organisation; it is reported."""
    remove: tuple[Pattern, ...] = ()
    """Taken out of each name: stray commas and the like."""
    legal_forms: dict[str, tuple[str, ...]] = {}
    """Legal form -> how people write it, before or after the name."""
    fold: dict[str, str] = {}
    """Spellings that mean the same letter or word, written small: ``aa`` -> ``å``."""
    weak_words: tuple[str, ...] = ()
    """Words that say little about which organisation it is: ``fonden``, ``holding``."""
    telling: tuple[Pattern, ...] = ()
    """Words (places) that tell organisations apart: two names that differ in such a word are not shown as doubtful."""
    abbreviations: dict[str, str] = {}
    """Word -> what it stands for, compared when doubtful pairs are looked for."""
    same: tuple[tuple[str, str], ...] = ()
    """Pairs of names that a person found to be one organisation."""
    different: tuple[tuple[str, str], ...] = ()
    """Pairs of names that a person found to be two."""
    doubtful_from: float = Field(default=90, ge=50, le=100)
    """From which likeness (0–100) on two names are shown to a person."""


class OrganisationRule(Part):
    """Facts about organisations whose name or address matches; for each fact the first rule that gives it counts."""

    name: Pattern = ""
    postcode: Pattern = ""
    town: Pattern = ""
    sector: str = ""
    kind: str = ""
    territory: str = ""


class TerritoryRules(Part):
    """A territory that the file speaks of."""

    code: str
    name: str
    level: str = "region"
    parent: str | None = None
    borders: tuple[str, ...] = ()
    lat: float | None = None
    lon: float | None = None
    population: int | None = None


class Profile(Part):
    """All of a profile file."""

    name: str
    title: str = ""
    file: FileRules = FileRules()
    partnership: PartnershipRules
    members: tuple[MemberRules, ...] = Field(min_length=1)
    names: NameRules = NameRules()
    organisations: tuple[OrganisationRule, ...] = ()
    territories: tuple[TerritoryRules, ...] = ()

    def columns(self) -> tuple[str, ...]:
        """All headings that the profile names."""
        cells = [getattr(self.partnership, f) for f in PartnershipRules.model_fields if f != "key"]
        for group in self.members:
            cells += [getattr(group, f) for f in MemberRules.model_fields]
        named = [c.column for c in cells if isinstance(c, CellRules)]
        named += [h for g in self.members for h in (g.column, *g.numbers.values())]
        return tuple(dict.fromkeys(h for h in (*named, *self.partnership.key) if h))

    def territory_records(self) -> tuple[Territory, ...]:
        """The profile's territories as records."""
        return tuple(Territory(**t.model_dump(exclude_none=True)) for t in self.territories)


def shipped() -> tuple[str, ...]:
    """Names of the profiles that come with the service."""
    return tuple(sorted(p.name.removesuffix(".toml") for p in SHIPPED.iterdir() if p.name.endswith(".toml")))


def load_profile(given: str | Path) -> Profile:
    """A profile by the name of a shipped one or by the path of a TOML file.

    Raises ProfileError naming the file and the key.
    """
    given = str(given)
    try:
        data = tomllib.loads(text_of(given))
    except tomllib.TOMLDecodeError as exc:
        line = re.search(r"line (\d+), column (\d+)", str(exc))
        raise ProfileError(
            msg("The profile is not valid TOML: line %(line)s, column %(column)s.", line=line[1], column=line[2])
            if line
            else msg("The profile is not valid TOML: it ends too early."),
            place=Place(file=given),
            hint=msg("Mend that line; docs/import.md shows a whole profile."),
        ) from None
    return _checked(given, data)


def text_of(given: str) -> str:
    """What the file of a profile says. Raises ProfileError."""
    if given in shipped():
        return (SHIPPED / f"{given}.toml").read_text("utf-8")
    try:
        if Path(given).is_fifo():  # to open it would wait for ever
            raise FileNotFoundError
        with Path(given).open("rb") as stream:
            return stream.read(_MAX_BYTES).decode("utf-8-sig")
    except UnicodeDecodeError:
        problem = msg("The profile is not a UTF-8 text file.")
    except FileNotFoundError:
        problem = msg("There is no such profile.")
    except OSError as exc:
        problem = msg("The profile can't be read: %(why)s.", why=system_says(exc))
    except ValueError:
        problem = msg("There is no such profile.")
    raise ProfileError(
        problem,
        place=Place(file=given),
        hint=msg("Give the path of a TOML file or one of: %(names)s.", names=", ".join(shipped())),
    )


def _checked(given: str, data: dict[str, Any]) -> Profile:
    try:
        return Profile.model_validate(data)
    except ValidationError as exc:
        first = exc.errors()[0]
        raise ProfileError(
            _reason(first["type"], first["msg"], first.get("ctx", {})),
            place=Place(file=given, field=".".join(str(part) for part in first["loc"]) or None),
            hint=msg("docs/import.md lists the keys of a profile."),
        ) from None


def _reason(kind: str, text: str, about: Mapping[str, Any]) -> Message:
    if kind == "missing":
        return msg("The profile lacks this key.")
    if kind == "extra_forbidden":
        return msg("A profile has no such key.")
    if kind in WANTED:
        return WANTED[kind]
    if kind == "pattern":
        return msg("“%(pattern)s” is not a regular expression: see character %(at)s.", **about)
    if kind == "literal_error":
        return msg("Give one of: %(names)s.", names=str(about["expected"]).replace(" or ", ", "))
    why = about.get("expected") or text.removeprefix("Value error, ")
    return msg("The profile's value can't be used: %(why)s.", why=why)
