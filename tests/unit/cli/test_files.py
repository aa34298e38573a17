"""What the commands say of files they can't take: a sentence that names the place, exit code 2, nothing written."""

import csv
import io
import json

FEW = "nazwa partnerstwa;lider;partnerzy\nDla seniorów;Gmina Lubin;Fundacja Ruszamy\n"


def test_a_file_that_is_not_there(run, tmp_path):
    ended = run("metrics", "--input", tmp_path / "none.csv", "--profile", "denmark")
    assert ended.code == 2
    assert "none.csv" in ended.err


def test_a_folder(run, tmp_path):
    ended = run("metrics", "--input", tmp_path, "--profile", "denmark")
    assert (ended.code, "folder" in ended.err) == (2, True)


def test_an_empty_file(run, tmp_path):
    path = tmp_path / "empty.csv"
    path.touch()
    ended = run("metrics", "--input", path, "--profile", "denmark")
    assert (ended.code, "empty" in ended.err) == (2, True)


def test_a_binary_file_named_csv(run, tmp_path):
    path = tmp_path / "picture.csv"
    path.write_bytes(bytes(range(256)) * 64)
    ended = run("metrics", "--input", path, "--profile", "denmark")
    assert ended.code == 2
    assert "picture.csv" in ended.err
    assert "Traceback" not in ended.err


def test_an_unknown_profile(run, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(FEW, encoding="utf-8")
    ended = run("metrics", "--input", path, "--profile", "nobody")
    assert (ended.code, "nobody" in ended.err) == (2, True)


def test_a_column_that_the_profile_names_and_the_file_lacks(run, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    ended = run("metrics", "--input", path, "--profile", "denmark")
    assert ended.code == 2
    assert "projekttitel" in ended.err


def test_input_and_profile_go_together(run, tmp_path):
    assert "--profile" in run("metrics", "--input", tmp_path / "a.csv").err
    assert "--input" in run("metrics", "--profile", "denmark").err


def test_what_is_read_is_not_written_over(run, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(FEW, encoding="utf-8")
    (tmp_path / "same.csv").symlink_to(path)
    for command in (("metrics",), ("suggest",), ("findings", "gaps")):
        ended = run(*command, "--input", path, "--profile", "denmark", "-o", tmp_path / "same.csv")
        assert (ended.code, "Name another file" in ended.err) == (2, True)
    assert path.read_text("utf-8") == FEW


def test_the_ending_names_the_format(run, tmp_path):
    ended = run("metrics", "-o", tmp_path / "out.pdf")
    assert ended.code == 2
    assert ".csv, .xlsx, .json, .parquet" in ended.err
    assert list(tmp_path.glob("out*")) == []


def test_unknown_options_and_dates_are_usage_errors(run):
    assert run("metrics", "--nonsense").code == 2
    ended = run("metrics", "--as-of", "31.02.2010")
    assert (ended.code, "31.02.2010" in ended.err) == (2, True)


def test_metrics_of_the_real_file_without_a_database(run, tmp_path):
    from importlib.resources import files

    out = tmp_path / "metrics.csv"
    data = files("graphsvc.data") / "denmark" / "projects-2007-2013.csv"
    ended = run("metrics", "--input", data, "--profile", "denmark", "--as-of", "2010-12-31", "-o", out)
    assert ended.code == 0
    rows = list(csv.DictReader(io.StringIO(out.read_text("utf-8"))))
    aalborg = next(r for r in rows if r["name"] == "Aalborg Universitet")
    assert int(float(aalborg["partnerships"])) > 30
    assert aalborg["provenance_as_of"] == "2010-12-31"


def test_spark_alone_takes_its_options_and_gds_no_file(run, tmp_path):
    for option, value in (("--master", "local[2]"), ("--memory", "1g"), ("--pivots", "256")):
        ended = run("metrics", option, value)
        assert (ended.code, "spark" in ended.err) == (2, True)
    ended = run("metrics", "--engine", "gds", "--profile", "denmark")
    assert (ended.code, "database" in ended.err) == (2, True)


def test_a_folder_of_tables_holds_the_whole_network(run, tmp_path):
    ended = run("export", "--format", "parquet", "-o", tmp_path / "tables", "--as-of", "2020-01-01")
    assert (ended.code, "whole network" in ended.err) == (2, True)
    (tmp_path / "tables").touch()
    ended = run("export", "--format", "parquet", "-o", tmp_path / "tables")
    assert (ended.code, "folder" in ended.err) == (2, True)


def test_counts_are_whole_and_what_is_not_known_is_a_dash(run):
    from importlib.resources import files

    data = files("graphsvc.data") / "denmark" / "projects-2007-2013.csv"
    whole = [line.split("\t") for line in run("metrics", "--input", data, "--profile", "denmark").out.splitlines()]
    values = {title: value for title, value, _meaning in whole}
    assert values["Ties"].isdecimal()
    assert "e+" not in "".join(values.values())
    early = run("metrics", "--input", data, "--profile", "denmark", "--as-of", "1990-01-01").out
    assert "\t–\t" in early
    assert "nan" not in early


def test_a_file_of_measures_holds_the_digest_of_what_was_read(run, tmp_path):
    from importlib.resources import files

    out = tmp_path / "metrics.json"
    data = files("graphsvc.data") / "denmark" / "projects-2007-2013.csv"
    found = set()
    for day in ("2010-12-31", "2011-12-31"):
        run("metrics", "--input", data, "--profile", "denmark", "--as-of", day, "-o", out)
        found.add(json.loads(out.read_text("utf-8"))["provenance"]["data"])
    assert [len(digest) for digest in found] == [64]


def test_a_name_that_is_too_long_is_told(run, in_polish, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("Partnerstwo;Organizacja\nP;A\nP;B\n", encoding="utf-8")
    asked = ("--input", path, "--profile", "partnerstwa")
    for ended in (
        run("metrics", *asked, "-o", f"{tmp_path}/{'x' * 300}.csv"),
        run("metrics", "--input", tmp_path / ("x" * 300), "--profile", "denmark"),
    ):
        assert ended.code in (1, 2)
        assert "nazwa pliku jest za długa" in ended.err
