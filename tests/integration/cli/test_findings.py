"""``graphsvc findings``: printed, or written with how it was made."""

import json
import re
from importlib.resources import files

import pytest

DENMARK = ("--input", files("graphsvc.data") / "denmark" / "projects-2007-2013.csv", "--profile", "denmark")


@pytest.mark.parametrize(
    "asked", [("roles",), ("gaps",), ("robustness",), ("trends",), ("change",), ("change", "--of", "ties"),
              ("change", "--of", "organisations")], ids=" ".join)  # fmt: skip
def test_in_polish_headings_are_words_and_numbers_have_a_comma(run, in_polish, asked):
    header, *rows = run("findings", *asked, *DENMARK).out.splitlines()
    assert not re.search(r"_|\b(name|sector|territory|ties|change|day|left|earlier|organisations?)\b", header)
    assert not re.search(
        r"\t-?\d*\.\d|\t-?\d[\d,]*e-\d|\bFalse|\bTrue|\tsector|\t(joined|left|stayed|began|ended)", "\n".join(rows)
    )
    assert any(re.search(r"\d,\d", row) for row in rows) or asked[0] == "gaps" or asked[-1] == "ties"


@pytest.mark.parametrize("about", ["roles", "gaps", "robustness", "trends", "change"])
def test_what_is_found_is_printed_or_written(run, tmp_path, about):
    shown = run("findings", about, *DENMARK)
    assert shown.code == 0
    assert "nan" not in shown.out
    lines = shown.out.splitlines()
    assert 2 < len(lines) <= 21
    assert ("first 20" in shown.err) == (len(lines) == 21)
    file = tmp_path / "found.json"
    assert run("findings", about, *DENMARK, "--as-of", "2012-12-31", "-o", file).code == 0
    assert json.loads(file.read_text("utf-8"))["provenance"]["as_of"] == "2012-12-31"


def test_a_table_that_is_not_there_is_named(run):
    ended = run("findings", "change", *DENMARK, "--of", "nothing")
    assert (ended.code, "organisations" in ended.err) == (2, True)


def test_communities_have_the_numbers_of_the_whole_network_as_on_the_page(run, tmp_path):
    found = []
    for day in ((), ("--as-of", "2010-12-31")):
        file = tmp_path / "measures.json"
        run("metrics", *DENMARK, *day, "-o", file)
        found.append(json.loads(file.read_text("utf-8")))
    whole, dated = ({o["id"]: o["community"] for o in one["organisations"]} for one in found)
    assert dated.items() < whole.items()
    assert found[1]["provenance"]["communities"] == "of the whole network"
