"""``graphsvc suggest`` as a file, and as a table for who owns the database."""

from __future__ import annotations

import json
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from graphsvc.cli.words import likelihood
from graphsvc.model.suggested import Shown
from tests.unit.suggest.conftest import make

IGNORED = "Somebody chose to ignore this suggestion."


@pytest.fixture(autouse=True)
def _database(monkeypatch: pytest.MonkeyPatch) -> None:
    """0–1–2 and 3–4; somebody chose to ignore 0 and 2."""
    began = [(date(2010, 1, 1), (0, 1)), (date(2010, 2, 1), (1, 2)), (date(2010, 3, 1), (3, 4))]
    shown = (Shown("o0", "o2", 1, 1, date(2026, 1, 1), date(2026, 1, 9), ("ola",), 1),)
    kept = SimpleNamespace(shown=lambda: shown)
    places = [
        {"code": code, "name": name, "level": "gmina", "parent": ""}
        for code, name in (("021103", "Rudna"), ("1", "Syddanmark"), ("2", "Syd"), ("3", "syd"))
    ]
    of = {0: {"territory": "021103"}, 2: {"territory": "1"}}
    service = SimpleNamespace(
        network=lambda: make(began, 5, of=of, territories=places), proposals=SimpleNamespace(kept=kept)
    )
    monkeypatch.setattr("graphsvc.service.opened", lambda *_: nullcontext(service))
    monkeypatch.setattr("graphsvc.cli.analysis.read", lambda *_: service.network())


@pytest.mark.parametrize(
    ("options", "filters", "as_of"),
    [
        ((), "preset=quick_wins&limit=10", None),  # the day of the file
        (
            ("--for", "organisation 2", "--preset", "balanced", "--limit", 3, "--as-of", "2011-01-01"),
            "preset=balanced&for=o2&limit=3",
            "2011-01-01",
        ),
        (
            ("--sector", "NGO", "--sector", "business", "--territory", "gm. rudna", "--theme", "care"),
            "preset=quick_wins&limit=10&sector=ngo&sector=business&territory=021103&theme=care",
            None,
        ),
    ],
)
def test_a_file_says_what_was_asked_for(run: Any, tmp_path: Path, options: Any, filters: str, as_of: str) -> None:
    ended = run("suggest", *options, "-o", tmp_path / "found.json")
    assert ended.code == 0
    told = json.loads((tmp_path / "found.json").read_text("utf-8"))["provenance"]
    assert (told["filters"], told["as_of"]) == (filters, as_of or told["made_on"])
    assert told["what_begins_later"] == "left out"
    assert told["likelihood_from"] == "shipped prior"


def test_a_territory_of_the_network_is_found_by_its_name(run: Any) -> None:
    ended = run("suggest", "--territory", "SYDDANMARK")
    assert "Organisation 2" in ended.out
    assert "Organisation 1" in ended.out  # with whom it works
    assert "Organisation 3" in ended.out


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--sector", "schol"), "--sector: “schol” is not a code of this list. Use one of: social_economy,"),
        (("--theme", "hous"), "--theme: “hous” is not on this list. Did you mean: housing"),
        (("--theme", "xx"), "--theme: “xx” is not a code of this list."),
        (("--territory", "Syddanmrk"), "--territory: The network has nobody in “Syddanmrk”. Did you mean: Syddanmark?"),
        (("--territory", "SYD"), "--territory: Several territories have this name: 2, 3. Give the code of one."),
        (("--territory", "02"), "--territory: The network has nobody in “02”. Give a TERC code,"),
        (("--sector", "school"), "Nothing fits these filters. Take one of them away."),
    ],
)
def test_a_filter_that_cannot_be_is_told(run: Any, options: Any, said: str) -> None:
    ended = run("suggest", *options)
    assert (ended.code, ended.out) == (2, "")
    assert said in ended.err.replace("\n", " ")


def test_what_people_did_before_is_for_the_terminal_and_not_for_a_file(run: Any, tmp_path: Path) -> None:
    assert IGNORED in run("suggest").out
    run("suggest", "-o", tmp_path / "found.csv")
    text = (tmp_path / "found.csv").read_text("utf-8")
    assert "o0,Organisation 0,o2,Organisation 2" in text
    assert IGNORED not in text


@pytest.mark.usefixtures("run")
@pytest.mark.parametrize(
    ("probability", "said"),
    [(0.25, "25.0%"), (0.001, "0.1%"), (0.00036, "0.04%"), (3.2e-6, "0.00032%"), (3.14159e-5, "0.00314%"), (0, "0%")],
)
def test_a_small_likelihood_is_not_rounded_to_nothing(probability: float, said: str) -> None:
    assert likelihood(probability) == said
