"""Results of an evaluation as lines for a person."""

import pytest

from graphsvc.cli.evaluated import print_runs


def test_runs_show_the_model_first_with_its_spread(capsys: pytest.CaptureFixture[str]) -> None:
    figures = {"auc": {"mean": 0.9, "sd": 0.01}}
    print_runs({"model": figures, "baselines": {"katz": figures, "another": figures}})
    lines = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert [line[1] for line in lines] == ["auc", "0.9000 ± 0.0100", "0.9000 ± 0.0100", "0.9000 ± 0.0100"]
    assert lines[3][0] == "another"
