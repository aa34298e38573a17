import csv
import io
import json
from dataclasses import replace
from datetime import date
from importlib.metadata import version
from typing import get_args

import networkx as nx
import numpy as np
import openpyxl
import pyarrow.parquet as pq
import pytest

from graphsvc.exports.download import DownloadFormat, download
from graphsvc.exports.tables import TableFormat
from graphsvc.metrics import measure
from graphsvc.snapshot import take
from tests.unit.suggest.conftest import make


def test_the_table_has_measures_and_where_they_come_from(snapshot):
    file = download(snapshot, measure(snapshot), "csv", "pl", "d1g")
    assert file.filename == "graphsvc-csv-2021-01-01.csv"
    rows = list(csv.DictReader(io.StringIO(file.content.decode())))
    assert [r["partners"] for r in rows] == ["1", "1"]
    assert rows[0]["sector_label"] != ""
    assert rows[0]["provenance_as_of"] == "2021-01-01"


KEYS = (
    "as_of", "what_begins_later", "data", "scope", "projection", "filters", "seed", "betweenness", "version",
)  # fmt: skip


def written_with(content: bytes, format: str) -> dict[str, str]:
    """What a file says of how it was made, read as its reader would."""
    if format == "csv":
        row = next(csv.DictReader(io.StringIO(content.decode())))
        return {name.removeprefix("provenance_"): value for name, value in row.items() if "provenance_" in name}
    if format == "json":
        return json.loads(content)["provenance"]
    if format == "xlsx":
        return dict(openpyxl.load_workbook(io.BytesIO(content))["provenance"].values)
    return {k.decode(): v.decode() for k, v in pq.read_schema(io.BytesIO(content)).metadata.items()}


def test_no_two_columns_of_a_csv_have_one_name(snapshot):
    measures = measure(snapshot)
    header, first, *_rows = csv.reader(io.StringIO(download(snapshot, measures, "csv", "en", "").content.decode()))
    assert len(set(header)) == len(header)
    values = dict(zip(header, first, strict=True))
    assert float(values["betweenness"]) == measures.organisations["betweenness"][0]
    assert values["provenance_betweenness"] == "exact"


def test_where_no_day_was_asked_for_the_day_of_the_file_stands(snapshot):
    whole = take(snapshot.network)
    said = written_with(download(whole, measure(whole), "json", "en", "").content, "json")
    assert (said["as_of"], said["what_begins_later"]) == (said["made_on"], "included")


@pytest.mark.parametrize("format", get_args(TableFormat))
def test_a_figure_can_be_got_again(snapshot, format):
    said = written_with(
        download(snapshot, measure(snapshot, seed=7), format, "en", "d1g", filters="sector=ngo").content, format
    )
    assert {k: str(said[k]) for k in KEYS} == {
        "as_of": "2021-01-01",
        "what_begins_later": "left out",
        "data": "d1g",
        "scope": "ever",
        "projection": "weighted",
        "filters": "sector=ngo",
        "seed": "7",
        "betweenness": "exact",
        "version": version("graphsvc"),
    }
    assert said["made_on"]


def test_an_estimate_is_told_where_its_measure_is_defined(snapshot):
    exact = measure(snapshot)
    estimated = replace(exact, parameters={**exact.parameters, "betweenness_bound": 0.01234, "confidence": 0.95})
    for language, said in (
        ("en", "; estimated: with confidence 0.95 within 0.0123 of the exact value"),
        ("pl", "; oszacowane: z ufnością 0.95 nie dalej niż 0.0123 od dokładnej wartości"),
    ):
        files = [json.loads(download(snapshot, of, "json", language, "d1g").content) for of in (exact, estimated)]
        plain, told = (file["definitions"]["organisations"] for file in files)
        assert told["betweenness"] == plain["betweenness"] + said
    assert plain["partners"] == "Partnerzy: Z iloma różnymi organizacjami współpracuje. (stopień, od 0)"


def test_counts_are_whole_numbers_and_shares_are_not(snapshot):
    file = download(snapshot, measure(snapshot), "parquet", "en", "d1g")
    types = pq.read_schema(io.BytesIO(file.content))
    assert [str(types.field(name).type) for name in ("partners", "community", "closeness")] == [
        "int64",
        "int64",
        "double",
    ]


@pytest.mark.parametrize("format", get_args(DownloadFormat))
def test_every_format_has_a_name_a_type_and_content(snapshot, format):
    file = download(snapshot, measure(snapshot), format, "en", "d1g")
    assert file.filename.startswith(f"graphsvc-{format}-")
    assert "/" in file.media_type
    assert len(file.content) > 100


def test_chosen_organisations_keep_the_strength_of_their_ties():
    """Of a partnership of five and one of two: what is chosen are two members of the first."""
    network = make([(date(2010, 1, 1), range(5)), (date(2010, 1, 1), (1, 4))], 5)
    whole = take(network)
    file = download(whole, measure(whole), "json", "en", "", rows=np.array([0, 1, 4]))
    graph = download(whole, measure(whole), "graphml", "en", "", rows=np.array([0, 1, 4]))
    ties = nx.read_graphml(io.BytesIO(graph.content)).edges(data=True)
    assert {(a, b, e["weight"], e["partnerships"]) for a, b, e in ties} == {
        ("o0", "o1", 0.25, 1),
        ("o0", "o4", 0.25, 1),
        ("o1", "o4", 1.25, 2),
    }
    assert [o["weighted_degree"] for o in json.loads(file.content)["organisations"]] == [1.0, 2.0, 2.0]
