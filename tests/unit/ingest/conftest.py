"""A small Polish table and profile, written anew for each test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from graphsvc.ingest import read_plan
from graphsvc.model.imports import ImportPlan, KnownOrganisation

PROFILE = """
name = "table"
[file]
needed = ["Partnerstwo", "Organizacja"]
[partnership]
name = "Partnerstwo"
starts_on = "Od"
ends_on = "Do"
themes = { column = "Obszary", separator = ";" }
territories = "Teren"
[[members]]
column = "Organizacja"
role = { column = "Rola", value = "PAR" }
numbers = { KRS = "KRS", NIP = "NIP", XX = "Numer" }
sector = "Sektor"
territory = "Gmina"
website = "WWW"
[names.legal_forms]
"sp. z o.o." = ["sp. z o.o."]
"S.A." = ["S.A."]
"""

Plan = Callable[..., ImportPlan]


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    """The profile's file."""
    path = tmp_path / "table.toml"
    path.write_text(PROFILE, "utf-8")
    return path


@pytest.fixture
def plan(tmp_path: Path, profile: Path) -> Plan:
    """Makes a plan of lines of text (a CSV with semicolons)."""

    def make(*lines: str, known: tuple[KnownOrganisation, ...] = ()) -> ImportPlan:
        path = tmp_path / "table.csv"
        path.write_text("\n".join(lines) + "\n", "utf-8")
        return read_plan(path, profile, known)

    return make


def members(plan: ImportPlan) -> dict[str, list[tuple[str, str]]]:
    """Partnership -> its members' names and roles."""
    return {p.name: [(plan.organisations[m.id].name, m.role) for m in p.members] for p in plan.partnerships}


def refusals(plan: ImportPlan) -> list[tuple[int | None, str, str]]:
    """Row, column and value of each refusal."""
    return [(r.row, r.column, r.value) for r in plan.refused]
