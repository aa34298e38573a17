"""Which column of a file means what: the likeliest is proposed, and a profile is made of what a person chose."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, repeat
from pathlib import Path
from typing import Any

from graphsvc.errors import InputError, Place
from graphsvc.i18n import msg
from graphsvc.ingest import members, rows
from graphsvc.ingest.clean import clean, one_line
from graphsvc.ingest.csv_reader import open_csv
from graphsvc.ingest.places import named
from graphsvc.ingest.profile import SHIPPED, CellRules, FileRules, MemberRules, PartnershipRules, Profile
from graphsvc.ingest.table import HEADING_WITHIN, LONGEST, Sheet
from graphsvc.ingest.values import TERRITORIES
from graphsvc.ingest.xlsx_reader import is_workbook, open_workbook

NAME, MEMBER, LEAD, MARK = "partnership.name", "members.column", "members.lead", "members.mark"
"""What a file must have: the name of the partnership, and an organisation in it (LEAD: the one that leads it; MARK: the
heading is its name, a mark in the cell says that it takes part)."""
MARKS = ("x", "✓", "✔", "v", "+", "*", "•", "●", "1", "tak", "t", "yes", "y")
_SIGNS = frozenset(MARKS[:-4])
_SURE = 3
"""From so many columns of signs on they are marks beside a column of organisations: fewer may say yes or no to
something else."""
REGISTERS = ("KRS", "NIP", "REGON")
AREAS, THEMES = "partnership.territories", "partnership.themes"
LISTS = (THEMES, AREAS)
_GUESSES = (
    ("members.KRS", r"\bkrs\b"),
    ("members.NIP", r"\bnip\b"),
    ("members.REGON", r"\bregon\b"),
    ("members.website", r"\bwww\b|strona|website|\burl\b"),
    ("members.postcode", r"kod poczt|post ?code|\bzip\b|postal"),
    ("members.town", r"miejscowo|^miasto|\btown\b|\bcity\b"),
    ("members.street", r"ulica|adres|street|address"),
    ("members.lat", r"^lat\b|latitude|szerokość geo"),
    ("members.lon", r"^(lon|lng)\b|longitude|długość geo"),
    (AREAS, r"obszar dzia|teren|zasięg|territor"),
    ("members.territory", r"gmin[aęy]|municipality|commune"),
    ("partnership.signed_on", r"podpis|zawarci|signed"),
    ("members.since", r"^(członek )?od\b|^(member )?(since|from)\b|przystąpi"),
    ("members.until", r"^(członek )?do\b|^(member )?(until|to)\b|wystąpi"),
    ("partnership.starts_on", r"rozpocz|począt|\bstart|begin"),
    ("partnership.ends_on", r"zakończ|koniec|\bend\b|\bends\b|finish"),
    ("members.role", r"\brola\b|\brole\b|funkcja"),
    ("members.sector", r"sektor|sector"),
    ("partnership.kind", r"(rodzaj|typ) partner|(kind|type) of partner|partnership (kind|type)"),
    ("members.kind", r"rodzaj|forma prawna|^typ\b|\bkind\b|\btype\b|legal form"),
    ("partnership.formalisation", r"forma współ|formali"),
    ("partnership.phase", r"\betap\b|\bfaza\b|\bphase\b|^status\b"),
    ("partnership.purpose", r"^cel\b|purpose|\baims?\b|\bgoals?\b"),
    ("partnership.document", r"dokument|document"),
    (THEMES, r"temat|obszar|dziedzin|theme|topic"),
    (LEAD, r"^lider|^lead"),
    (
        NAME,
        r"(nazwa|tytuł) (partner|projek|umow|porozum|konsorc)|^(partnerstw|projekt|konsorc|umowa|porozum|tytuł)"
        r"|^(partnership|project|consortium|agreement|title)",
    ),
    (MEMBER, r"organi[sz]a|podmiot|partner|człon|uczestni|instytucj|institution|member|participant|^nazwa|^name"),
)
"""What a heading mostly means: the first that is found in it."""
_OF_BOTH = {
    "members.kind": "partnership.kind",
    "members.since": "partnership.starts_on",
    "members.until": "partnership.ends_on",
}
"""What an organisation and its partnership both have."""
_MANY = re.compile(r"(partnerzy|organizacje|podmioty|członkowie|uczestnicy|instytucje|ns|rs|ts)\b")
"""Headings of several organisations, in Polish and English."""
MEANINGS = (
    *(f"partnership.{field}" for field in ("name", "kind", "phase", "formalisation", "signed_on", "starts_on")),
    *(f"partnership.{field}" for field in ("ends_on", "purpose", "document", "themes", "territories")),
    MEMBER,
    LEAD,
    MARK,
    *(f"members.{field}" for field in ("role", "since", "until", "sector", "kind", *REGISTERS, "territory")),
    *(f"members.{field}" for field in ("street", "postcode", "town", "website", "lat", "lon")),
)
"""All that a column may mean, in the order of a form: a field of the partnership, then of an organisation in it."""
SEPARATORS = ("", ";", ",")
"""What stands between several organisations in one cell; "" where there is only one."""
_COMMAS = r"[;,\n|]"
SCHEMES = {
    "partnership": rows.SCHEMES | {"territories": TERRITORIES},
    "members": members.SCHEMES | {"role": "partner_role", "territory": TERRITORIES},
}
"""Of fields that take values of a list: which one."""
Meant = tuple[str, str, str, str]
"""Column, scheme, what a cell says, the code that it means."""
MOST_COLUMNS = 200
"""Columns that are asked about, the first ones."""
_SAMPLES = 3


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a file: its heading, some of its first values, and what it likely means (one of ``MEANINGS``, "")."""

    heading: str
    samples: tuple[str, ...]
    meaning: str = ""


def columns_of(path: Path, like: Profile | None = None) -> tuple[Column, ...]:
    """The columns of the file that have a heading, among its first ones. ``like``: they mean what this profile says,
    otherwise they are guessed.

    Raises FileError where it is no table.
    """
    best = max((found for sheet in _sheets(path) for found in _headings(sheet)), key=lambda found: found[0])
    _, (sheet, row, headings) = best
    below = [cells for number, cells in islice(sheet.rows(), HEADING_WITHIN * 2) if number > row]
    samples = [_samples(below, i) for i in range(len(headings))]
    known = _meanings(like, headings) if like else dict(zip(headings, _guessed(headings, samples), strict=True))
    return tuple(
        Column(heading, some, known.get(heading, ""))
        for heading, some in zip(headings, samples, strict=True)
        if heading
    )


def profile_of(name: str, columns: Sequence[tuple[str, str]], separator: str) -> dict[str, Any]:
    """A profile, as its TOML file would hold it: the rules of names and kinds of the shipped Polish one with these
    columns (heading, what it means; ""  for nothing). What belongs to an organisation stands right of it, up to the
    next one; what stands left of all of them belongs to the first.

    Raises InputError that names the column where something needed is lacking or is said twice.
    """
    marked = "|".join(re.escape(heading) for heading, meaning in columns if meaning == MARK)
    taken = [(heading, meaning) for heading, meaning in columns if meaning in MEANINGS and meaning != MARK]
    places = [i for i, (_, meaning) in enumerate(taken) if meaning in (MEMBER, LEAD)]
    if not [1 for _, meaning in taken if meaning == NAME]:
        raise InputError(msg("Say which column has the name of the partnership."))
    if not places and not marked:
        raise InputError(msg("Say which column has the organisation."))
    partnership: dict[str, Any] = {}
    groups: list[dict[str, Any]] = [{} for _ in places]
    if marked:
        groups.append({"columns_like": marked, "marks": list(MARKS)})
    for i, (heading, meaning) in enumerate(taken):
        of, _, field = meaning.partition(".")
        group = groups[max(0, sum(place <= i for place in places) - 1)]
        into = partnership if of == "partnership" else group.setdefault("numbers", {}) if field in REGISTERS else group
        field = "column" if meaning == LEAD else field
        if field in into:
            raise InputError(
                msg("Two columns mean the same: “%(one)s” does too.", one=_heading(into[field])),
                place=Place(column=heading),
                hint=msg("Choose something else for one of them."),
            )
        into[field] = {"column": heading, "separator": separator or ";"} if meaning in LISTS else heading
    kinds = [taken[place][1] for place in places]
    for group, kind in zip(groups, kinds, strict=False):
        one = kind == LEAD and separator == "," and MEMBER in kinds  # the comma is in its name
        group["list"] = bool(separator) and not one
        if kind == LEAD:
            group["role"] = {"value": "LID"} | ({"column": group["role"]} if "role" in group else {})
    base = tomllib.loads((SHIPPED / "partnerstwa.toml").read_text("utf-8"))
    needed = [partnership["name"], *(group["column"] for group in groups[:1] if places)]
    names = base["names"] | ({"separator": _COMMAS} if separator == "," else {})
    made = {"name": name, "title": name, "file": {"needed": needed}, "partnership": partnership, "members": groups}
    return base | made | {"names": names}


def likely_separator(columns: Sequence[Column]) -> str:
    """Which of ``SEPARATORS`` the first cells with organisations have: a comma only where most have it, or the heading
    says that there are several."""
    cells = [sample for c in columns if c.meaning in (MEMBER, LEAD) for sample in c.samples]
    if any(";" in cell for cell in cells):
        return ";"
    several = [c for c in columns if c.meaning == MEMBER and any("," in sample for sample in c.samples)]
    with_commas = sum("," in cell for cell in cells)
    return "," if with_commas * 2 > len(cells) or any(_MANY.search(c.heading.casefold()) for c in several) else ""


def separator_of(profile: Profile) -> str:
    """Which of ``SEPARATORS`` a profile was made with."""
    if not any(group.list for group in profile.members):
        return ""
    return "," if profile.names.separator == _COMMAS else ";"


def taught(profile: Mapping[str, Any], meant: Iterable[Meant], table: Callable[[], Any] = dict) -> None:
    """Adds to a profile, as its TOML file holds it, what values of columns mean. ``table`` makes what is new in it."""
    parts = [("partnership", profile["partnership"]), *(("members", group) for group in profile["members"])]
    for column, scheme, value, code in meant:
        for of, part in parts:
            for field in [f for f in part if SCHEMES[of].get(f) == scheme and _heading(part[f]) == column]:
                if isinstance(part[field], str):
                    part[field] = table()
                    part[field]["column"] = column
                if "values" not in part[field]:
                    part[field]["values"] = table()
                part[field]["values"][value] = code


def meant_in(profile: Profile) -> Iterator[Meant]:
    """What values of columns mean in a profile."""
    for of, part in _parts(profile):
        for field, scheme in SCHEMES[of].items():
            rules = getattr(part, field)
            yield from ((rules.column, scheme, *pair) for pair in (rules.values.items() if rules else ()))


def _parts(profile: Profile) -> list[tuple[str, PartnershipRules | MemberRules]]:
    return [("partnership", profile.partnership), *(("members", group) for group in profile.members)]


def _heading(cell: str | Mapping[str, str]) -> str:
    return cell if isinstance(cell, str) else cell.get("column", "")


def _sheets(path: Path) -> list[Sheet]:
    return open_workbook(path, FileRules()) if is_workbook(path) else [open_csv(path, FileRules(), ())]


_Found = tuple[tuple[int, int, int], tuple[Sheet, int, list[str]]]


def _headings(sheet: Sheet) -> Iterator[_Found]:
    """Each row that may be the heading, by how many of its cells mean something, then by how many it has."""
    for number, cells in islice(sheet.rows(), HEADING_WITHIN):
        headings = [one_line(cell[:LONGEST]) for cell in cells[:MOST_COLUMNS]]
        meant = len(set(_guessed(headings)) - {""})
        yield (meant, len(set(headings) - {""}), -number), (sheet, number, headings)


def _guessed(headings: Sequence[str], samples: Sequence[Sequence[str]] = ()) -> list[str]:
    """What each heading likely means: only organisations stand in several columns."""
    first = list(map(_guess, headings, samples or repeat(())))
    if first.count(MARK) < _SURE and {MEMBER, LEAD} & set(first):
        first = ["" if m == MARK else m for m in first]
    if NAME in first:  # what stands between the partnership and its first organisation is the partnership's
        begin, end = first.index(NAME), next((i for i, m in enumerate(first) if m in (MEMBER, LEAD, MARK)), 0)
        first[begin:end] = [m if _OF_BOTH.get(m, m) in first else _OF_BOTH[m] for m in first[begin:end]]
    found: list[str] = []
    for meaning in first:
        found.append("" if meaning in found and meaning not in (MEMBER, MARK) else meaning)
    if found.count(MEMBER) > 1:  # a territory is then all of theirs
        found = [AREAS if m == "members.territory" and AREAS not in found else m for m in found]
    return found


def _guess(heading: str, samples: Sequence[str] = ()) -> str:
    signs = {sample.casefold() for sample in samples} - members.NO_MARKS
    if heading and signs and signs <= _SIGNS:
        return MARK
    likely = [m for m, pattern in _GUESSES if len(heading) < 60 and re.search(pattern, heading.casefold())]
    if {AREAS, THEMES} <= set(likely) and samples and not any(map(_is_place, samples)):
        likely.remove(AREAS)  # “Obszar działania” may be either
    return next(iter(likely), "")


def _is_place(text: str) -> bool:
    return any(named(part.strip()) for part in re.split("[;,]", text))


def _meanings(profile: Profile, headings: Sequence[str]) -> dict[str, str]:
    """What each heading means in a profile."""
    like = [re.compile(group.columns_like) for group in profile.members if group.marks]
    said = {heading: MARK for heading in headings if any(pattern.fullmatch(heading) for pattern in like)}
    for of, part in _parts(profile):
        for field in type(part).model_fields:
            rules = getattr(part, field)
            if isinstance(rules, CellRules) and rules.column:
                said[rules.column] = f"{of}.{field}"
    for group in profile.members:
        said |= {heading: f"members.{register}" for register, heading in group.numbers.items()}
        said |= {group.column: LEAD if group.role.value == "LID" else MEMBER} if group.column else {}
    return {heading: meaning for heading, meaning in said.items() if meaning in MEANINGS}


def _samples(cells: Sequence[Sequence[str]], column: int) -> tuple[str, ...]:
    values = dict.fromkeys("; ".join(clean(row[column])[:200].split("\n")) for row in cells if column < len(row))
    return tuple(islice(filter(None, values), _SAMPLES))
