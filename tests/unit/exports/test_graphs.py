import io
import json
import zipfile
from dataclasses import replace
from datetime import date

import networkx as nx
import openpyxl
import pytest

from graphsvc.exports.graphs import GRAPH_FORMATS, two_mode, write_graph
from graphsvc.model.network import table


def test_graphml_and_gexf_read_back(snapshot, provenance):
    graph = nx.read_graphml(io.BytesIO(write_graph(snapshot, "graphml", provenance)))
    assert graph.edges["a", "b"]["weight"] == 1.0
    assert graph.graph["mode"] == "projection"
    assert graph.nodes["b"]["label"] == graph.nodes["b"]["name"] == 'Łódź, "Żagiel"'
    gexf = nx.read_gexf(io.BytesIO(write_graph(snapshot, "gexf", provenance)))
    assert gexf.nodes["b"]["label"] == 'Łódź, "Żagiel"'


def test_gexf_of_partnerships_has_a_timeline(snapshot, provenance):
    rows = [
        {"organisation": 0, "partnership": 0, "role": "LID", "since": date(2020, 6, 1), "until": date(2020, 7, 1)},
        {"organisation": 1, "partnership": 0, "role": "PAR", "since": date(2020, 6, 1)},
        {"organisation": 1, "partnership": 0, "role": "PAR", "since": date(2020, 9, 1)},
    ]
    again = replace(snapshot, network=replace(snapshot.network, memberships=table("memberships", rows)))
    text = write_graph(again, "gexf", provenance, "two-mode").decode()
    assert '<node id="p" label="Umowa" start="2020-05-01">' in text
    assert 'mode="dynamic" name="" timeformat="date"' in text
    graph = nx.read_gexf(io.BytesIO(text.encode()))
    assert (graph.edges["a", "p"]["start"], graph.edges["a", "p"]["end"]) == ("2020-06-01", "2020-07-01")
    assert "start" not in graph.edges["b", "p"]


def test_two_mode_keeps_the_partnership_as_an_object(snapshot):
    graph = two_mode(snapshot)
    assert graph.nodes["p"] == {
        "name": "Umowa",
        "type": "partnership",
        "kind": "",
        "starts_on": "2020-05-01",
        "ends_on": "",
    }
    assert sorted(graph.edges) == [("a", "p"), ("b", "p")]
    assert graph.edges["a", "p"]["role"] == "PAR"


def test_gephi_headers(snapshot, provenance):
    archive = zipfile.ZipFile(io.BytesIO(write_graph(snapshot, "gephi-csv", provenance)))
    assert archive.read("nodes.csv").decode().splitlines()[0].startswith("Id,Label,sector,kind,territory")
    assert archive.read("edges.csv").decode().splitlines()[1].startswith("a,b,Undirected,1.0,1,")


def test_who_left_and_came_back_keeps_both_times(snapshot):
    rows = [
        {"organisation": 0, "partnership": 0, "role": "LID", "since": date(2020, 6, 1), "until": date(2020, 7, 1)},
        {"organisation": 0, "partnership": 0, "role": "PAR", "since": date(2020, 9, 1)},
        {"organisation": 1, "partnership": 0, "role": "PAR"},
    ]
    again = replace(snapshot, network=replace(snapshot.network, memberships=table("memberships", rows)))
    said = two_mode(again).edges["a", "p"]
    assert (said["role"], said["since"], said["until"]) == ("LID; PAR", "2020-06-01; 2020-09-01", "2020-07-01; ")


def test_kumu_sheets(snapshot, provenance):
    book = openpyxl.load_workbook(io.BytesIO(write_graph(snapshot, "kumu", provenance, "two-mode")))
    assert book.sheetnames == ["Elements", "Connections", "definitions (ignore)", "provenance (ignore)"]
    assert [c.value for c in book["Elements"][1]][:3] == ["ID", "Label", "Type"]
    assert [c.value for c in book["Connections"][1]] == ["From", "To", "Type", "Strength", "role", "since", "until"]


def test_polinode_names_are_unique(snapshot, provenance):
    book = openpyxl.load_workbook(io.BytesIO(write_graph(snapshot, "polinode", provenance)))
    assert [c.value for c in book["Edges"][2]][:2] == ["=HYPERLINK(1)", 'Łódź, "Żagiel"']
    assert book["Nodes"]["A2"].data_type == "s"


@pytest.mark.parametrize(
    "format", ["graphml", "gexf", "json", "gephi-csv", "kumu", "kumu-json", "polinode", "vosviewer"]
)
def test_every_format_says_when_and_from_what_it_was_made(snapshot, provenance, format):
    content = write_graph(snapshot, format, replace(provenance, data="the digest of it all"))
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            content = b"".join(archive.read(name) for name in archive.namelist())
    assert b"the digest of it all" in content
    assert provenance.made_on.isoformat().encode() in content


@pytest.mark.parametrize("format", ["json", "kumu-json", "vosviewer"])
def test_json_formats_hold_both_organisations_and_the_tie(snapshot, provenance, format):
    content = json.loads(write_graph(snapshot, format, provenance))
    content = content.get("network", content)
    nodes = content.get("nodes") or content.get("elements") or content["items"]
    links = content.get("edges") or content.get("connections") or content["links"]
    assert (len(nodes), len(links)) == (2, 1)


def test_files_of_tables_and_of_vosviewer_say_which_graph_they_hold_too(snapshot, provenance):
    archive = zipfile.ZipFile(io.BytesIO(write_graph(snapshot, "gephi-csv", provenance, "two-mode")))
    heading, first, *_ = archive.read("edges.csv").decode().splitlines()
    assert dict(zip(heading.split(","), first.split(","), strict=True))["provenance_mode"] == "two-mode"
    for format, sheet in (("kumu", "provenance (ignore)"), ("polinode", "provenance")):
        book = openpyxl.load_workbook(io.BytesIO(write_graph(snapshot, format, provenance)))
        assert ("mode", "projection") in list(book[sheet].values)
    said = json.loads(write_graph(snapshot, "vosviewer", provenance))["info"]["description"]
    assert json.loads(said)["mode"] == "projection"


def test_every_format_is_written(snapshot, provenance):
    assert all(len(write_graph(snapshot, f, provenance, "two-mode")) > 50 for f in GRAPH_FORMATS)
