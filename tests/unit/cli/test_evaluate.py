"""``graphsvc evaluate`` on a file, without a database: figures by hand, and clear sentences for what can't be asked."""

import json
import re
from contextlib import nullcontext
from datetime import date
from types import SimpleNamespace

import pytest

from graphsvc.model.suggested import Shown
from graphsvc.suggest.edgelist import model
from tests.unit.suggest.conftest import make

PROFILE = """
name = "small"
[file]
dates = ["%Y-%m-%d"]
[partnership]
name = "what"
key = ["what"]
starts_on = "from"
[[members]]
column = "who"
list = true
[names]
separator = ";"
"""
PAST = "what,from,who\na,2010-01-01,Ala;Ola\nb,2010-02-01,Ola;Ula\nc,2010-03-01,Ela;Iza\n"
ALONE = "what,from,who\na,2010-01-01,Ala\nb,2010-01-01,Ola\nc,2010-01-01,Ula\nd,2012-01-01,Ala;Ola\n"
COMPLETE = "what,from,who\na,2010-01-01,Ala;Ola\nb,2010-01-01,Ola;Ula\nc,2011-01-01,Ala;Ula\n"


@pytest.fixture
def evaluate(run, tmp_path):
    """Evaluates a file of the lines given, split at a day."""
    profile = tmp_path / "small.toml"
    profile.write_text(PROFILE, "utf-8")

    def evaluate(lines, split, *more):
        file = tmp_path / "file.csv"
        file.write_text(lines, "utf-8")
        return run("evaluate", "--split-date", split, "--input", file, "--profile", profile, *more)

    return evaluate


def test_the_shape_that_is_printed(evaluate):
    """Ala and Ula share Ola and meet later; Ela and Iza are apart: common partners rank it first for both."""
    ended = evaluate(PAST + "d,2012-01-01,Ala;Ula\n", "2011-01-01", "--format", "json")
    result = json.loads(ended.out, parse_constant=lambda name: pytest.fail(f"{name} is no JSON"))
    figures = {"hit_at_10", "precision_at_10", "mrr", "auc", "map", "global_auc", "global_ap"}
    assert ended.code == 0
    assert (result["organisations"], result["pairs"], result["prior"]) == (2, 1, True)
    assert set(result["model"]) == figures
    assert set(result["model"]["map"]) == {"mean", "low", "high"}
    assert result["baselines"]["common_neighbors"]["mrr"]["mean"] == 1.0
    assert {"random", "jaccard", "adamic_adar", "resource_allocation", "preferential_attachment", "l3", "katz"} < set(
        result["baselines"]
    )
    assert "Few organisations gain a partner (2)" in ended.err
    assert "about 35 percentage points" in ended.err
    assert result["gains"]["common_neighbors"]["mrr"]["mean"] == pytest.approx(result["model"]["mrr"]["mean"] - 1)


def test_as_tables_every_part_has_its_title(evaluate):
    ended = evaluate(PAST + "d,2012-01-01,Ala;Ula\n", "2011-01-01")
    assert ended.code == 0
    assert "All organisations that gain a partner: 2, pairs: 1" in ended.out
    assert "Organisations without a partnership so far: 0, pairs: 0" in ended.out
    assert "The service's model" in ended.out


def test_where_only_newcomers_join_it_is_said_and_their_figures_are_told(evaluate):
    ended = evaluate(PAST + "d,2012-01-01,Ola;Ewa\n", "2011-01-01")
    assert ended.code == 0
    out = " ".join(ended.out.split())
    assert "No two organisations known by 2011-01-01 first work together later" in out
    assert "Organisations without a partnership so far: 1, pairs: 1" in out
    assert "Partners before" not in out
    assert "Few organisations gain a partner (1)" in ended.err


def test_in_polish_tables_have_words_and_a_decimal_comma(evaluate, run, in_polish, tmp_path):
    """``jest 0,500 [0,500; 0,500]``: no point in a number, no name of the code."""
    lines = PAST + "d,2012-01-01,Ala;Ula\n"
    for ended in (
        evaluate(lines, "2011-01-01"),
        run("suggest", "--input", tmp_path / "file.csv", "--profile", tmp_path / "small.toml"),
    ):
        assert ended.code == 0
        assert re.search(r"\d,\d", ended.out)
        assert not re.search(r"\d\.\d|hit_at|\bother\b|0-0|\b(map|gain|Group)\b", ended.out), ended.out
    assert re.search(r"\t\d,\d{3} \[\d,\d{3}; \d,\d{3}\]", evaluate(lines, "2011-01-01").out)


@pytest.mark.parametrize(
    ("lines", "split", "said"),
    [
        (PAST, "2009-01-01", "Nothing is on record before 2009-01-01."),
        (PAST + "d,,Ela;Ola\n", "2009-01-01", "Nothing is on record before 2009-01-01."),
        (PAST, "2013-01-01", "Nothing has begun from 2013-01-01 on."),
        (ALONE, "2011-01-01", "No two organisations work together before 2011-01-01."),
        (PAST + "d,2012-01-01,Ada;Eda\n", "2011-01-01", "No two organisations known by 2011-01-01 meet later."),
        ("what,from,who\na,2010-01-01,Ala;Ola\n", "2010-06-01", "Nothing has begun from 2010-06-01 on."),
        (COMPLETE, "2010-06-01", "All who could meet after 2010-06-01 do meet, so there is nothing to rank."),
    ],
    ids=[
        "before the first",
        "before the first with a date",
        "after the last",
        "each alone",
        "nobody meets",
        "two organisations",
        "complete",
    ],
)
def test_what_can_not_be_asked_ends_with_a_sentence(evaluate, lines, split, said):
    ended = evaluate(lines, split)
    assert ended.code == 2
    assert said in ended.err
    assert not ended.out


def test_a_seed_below_zero_is_no_seed(evaluate, run):
    for ended in (
        evaluate(PAST, "2011-01-01", "--seed", -1),
        run("metrics", "--seed", -1),
        run("suggest", "--seed", -1),
    ):
        assert (ended.code, ended.out) == (2, "")
        assert "--seed" in ended.err


def test_suggestions_need_somebody_left_to_meet(run, tmp_path, evaluate):
    evaluate(PAST, "2009-01-01")
    for lines, said in (
        ("what,from,who\na,2010-01-01,Ala;Ola\n", "A network of 2 organisations has nothing to suggest."),
        ("what,from,who\na,2010-01-01,Ala;Ola;Ula;Ela\n", "All that could meet have worked together"),
        ("what,from,who\na,2010-01-01,Ala\nb,2010-01-01,Ola\nc,2010-01-01,Ula\n", "No two organisations have worked"),
    ):
        file = tmp_path / "file.csv"
        file.write_text(lines, "utf-8")
        ended = run("suggest", "--input", file, "--profile", tmp_path / "small.toml")
        assert (ended.code, ended.out) == (2, "")
        assert said in ended.err


def test_a_suggestion_is_printed_with_what_speaks_against_it(run, tmp_path, evaluate):
    evaluate(PAST, "2009-01-01")
    ended = run("suggest", "--for", "ala", "--input", tmp_path / "file.csv", "--profile", tmp_path / "small.toml")
    header, *rows = (line.split("\t") for line in ended.out.splitlines())
    assert ended.code == 0
    assert header[-1] == "Against it"
    of = {row[1]: row for row in rows}
    assert of["Ela"][-1] == "No common partner could introduce them."
    assert of["Ula"][-1] == ""
    assert of["Ula"][2].endswith("%")
    assert "." in of["Ula"][2]


def test_of_the_database_what_was_shown_in_vain_comes_later(run, monkeypatch):
    """On 0–1–2 and 3–4 the likeliest pair is 0–2, until its page has shown it for nine days."""
    began = [(date(2010, 1, 1), (0, 1)), (date(2010, 2, 1), (1, 2)), (date(2010, 3, 1), (3, 4))]
    kept = SimpleNamespace(shown=lambda: shown)
    service = SimpleNamespace(network=lambda: make(began, 5), proposals=SimpleNamespace(kept=kept))
    monkeypatch.setattr("graphsvc.service.opened", lambda *_: nullcontext(service))
    shown = ()
    first, *_ = run("suggest").out.splitlines()[1:]
    shown = (Shown("o0", "o2", 9, 0, date(2026, 1, 1), date(2026, 1, 9), ("ola",), 9),)
    rows = run("suggest").out.splitlines()[1:]
    assert first.startswith("Organisation 0\tOrganisation 2\t")
    assert not rows[0].startswith("Organisation 0\tOrganisation 2\t")
    assert [row.endswith("It was shown on 9 days and nobody took it up.") for row in rows].count(True) == 1


def test_an_unknown_organisation_gets_near_names(run, tmp_path, evaluate):
    evaluate(PAST, "2009-01-01")
    file, profile = tmp_path / "file.csv", tmp_path / "small.toml"
    ended = run("suggest", "--for", "Alla", "--input", file, "--profile", profile)
    assert ended.code == 2
    assert "Did you mean: Ala" in ended.err
    kept = tmp_path / "data" / "profiles"
    kept.mkdir(parents=True)
    profile.rename(kept / "our own.toml")
    assert run("suggest", "--for", "Alla", "--input", file, "--profile", "our own") == ended


def test_links_of_a_file_are_hidden_and_guessed_without_a_day(run, tmp_path, evaluate, monkeypatch):
    monkeypatch.setattr(model, "MOST_REPEATS", 1)
    evaluate(PAST, "2009-01-01")
    file, profile = tmp_path / "file.csv", tmp_path / "small.toml"
    ring = [f"p{i},2010-01-01,o{i};o{(i + 1) % 20};o{(i + 2) % 20}" for i in range(20)]
    file.write_text("what,from,who\n" + "\n".join(ring) + "\n", "utf-8")
    ended = run("evaluate", "--input", file, "--profile", profile, "--runs", 1, "--format", "json")
    assert ended.code == 0
    printed = json.loads(ended.out)
    assert printed["model"]["auc"]["mean"] > printed["baselines"]["preferential_attachment"]["auc"]["mean"]
    assert "hidden links: 4, pairs without a link: 4" in ended.err
    file.write_text("what,from,who\n" + "\n".join(reversed(ring)) + "\n", "utf-8")
    again = run("evaluate", "--input", file, "--profile", profile, "--runs", 1, "--format", "json")
    assert again.out == ended.out
    for wrong in (
        ("--edges", file, "--input", file, "--profile", profile),
        ("--edges", file, "--profile", profile),
        ("--edges", file, "--split-date", "2010-01-01"),
    ):
        ended = run("evaluate", *wrong)
        assert (ended.code, ended.out) == (2, "")
        assert "Leave out --split-date, --input and --profile." in ended.err
