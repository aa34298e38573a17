"""Results of an evaluation as lines for a person."""

from types import SimpleNamespace

import pytest

from graphsvc import config
from graphsvc.cli.evaluated import print_runs, warn_of_runs, warn_of_split
from graphsvc.cli.words import figure
from graphsvc.suggest.edgelist import Result


def test_runs_show_the_model_first_with_its_spread(run: object, capsys: pytest.CaptureFixture[str]) -> None:
    figures = {"auc": {"mean": 0.9, "sd": 0.01}}
    print_runs(Result(figures, {"katz": figures, "another": figures}, 30, 30))
    lines = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert [line[1] for line in lines] == ["AUC", *["0.9000 ± 0.0100"] * 3]
    assert lines[3][0] == "another"


@pytest.mark.parametrize(("hidden", "unlinked", "warned"), [(21, 21, True), (500, 1, True), (22, 22, False)])
def test_a_warning_where_a_run_asks_about_few_pairs(
    hidden: int, unlinked: int, warned: bool, run: object, capsys: pytest.CaptureFixture[str]
) -> None:
    warn_of_runs(Result({}, {}, hidden, unlinked))
    captured = capsys.readouterr()
    assert (captured.out, f"links: {hidden}, pairs" in captured.err) == ("", warned)


@pytest.mark.parametrize(("organisations", "warned"), [(24, True), (25, False)])
def test_a_warning_where_few_organisations_gain_a_partner(
    organisations: int, warned: bool, run: object, capsys: pytest.CaptureFixture[str]
) -> None:
    warn_of_split(SimpleNamespace(all=SimpleNamespace(organisations=organisations)))  # type: ignore[arg-type]
    captured = capsys.readouterr()
    assert (captured.out, "(24)" in captured.err) == ("", warned)


def test_runs_in_polish_have_a_decimal_comma(in_polish: None, capsys: pytest.CaptureFixture[str]) -> None:
    print_runs(Result({"ap": {"mean": 0.9, "sd": 0.01}}, {}, 30, 30))
    assert capsys.readouterr().out == "Metoda\tAP\nModel serwisu\t0,9000 ± 0,0100\n"


@pytest.mark.parametrize(
    ("value", "english", "polish"),
    [(3.0, "3", "3"), (0.25, "0.25", "0,25"), (0.00001234567, "0.00001235", "0,00001235"),
     (123456.7, "123500", "123500"), (-0.5, "-0.5", "-0,5"), (float("nan"), "–", "–"), (None, "–", "–")],
)  # fmt: skip
def test_a_figure_in_either_language(
    value: float | None, english: str, polish: str, run: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert figure(value) == english
    monkeypatch.setenv("GRAPHSVC_LANG", "pl")
    config.load.cache_clear()
    assert figure(value) == polish
