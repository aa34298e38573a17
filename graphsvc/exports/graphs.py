"""The network in the formats of other programs: Gephi, Kumu, Polinode, VOSviewer, networkx.

A partnership is its own object, so each file says which graph it holds: ``projection`` (organisations and their
ties) or ``two-mode`` (organisations, partnerships and memberships).
"""

from __future__ import annotations

import io
import json
import zipfile
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Literal, get_args
from xml.sax.saxutils import escape

import networkx as nx

from graphsvc.exports.provenance import Provenance
from graphsvc.exports.tables import Table, write_tables
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.filter import rows

GraphFormat = Literal["graphml", "gexf", "json", "gephi-csv", "kumu", "kumu-json", "polinode", "vosviewer"]
GRAPH_FORMATS: tuple[GraphFormat, ...] = get_args(GraphFormat)
EXTENSION: Mapping[GraphFormat, str] = {
    "graphml": "graphml", "gexf": "gexf", "json": "json", "gephi-csv": "zip", "kumu": "xlsx", "kumu-json": "json",
    "polinode": "xlsx", "vosviewer": "json",
}  # fmt: skip
Mode = Literal["projection", "two-mode"]


def write_graph(snapshot: Snapshot, format: GraphFormat, provenance: Provenance, mode: Mode = "projection") -> bytes:
    """The snapshot's graph in ``format``; the provenance and the mode stand in the file."""
    graph = snapshot.to_networkx() if mode == "projection" else two_mode(snapshot)
    provenance = replace(provenance, parameters={**provenance.parameters, "mode": mode})
    graph.graph = provenance.as_dict()
    writers: dict[GraphFormat, Callable[[nx.Graph[str], Provenance], bytes]] = {
        "graphml": _graphml,
        "gexf": _gexf,
        "json": _node_link,
        "gephi-csv": _gephi_csv,
        "kumu": _kumu,
        "kumu-json": _kumu_json,
        "polinode": _polinode,
        "vosviewer": _vosviewer,
    }
    return writers[format](graph, provenance)


def two_mode(snapshot: Snapshot) -> nx.Graph[str]:
    """Organisations and partnerships as nodes (attribute ``type``), memberships as edges with ``role``, ``since`` and
    ``until``: of who left and came back those of each time, after one another."""
    graph: nx.Graph[str] = nx.Graph()
    network = snapshot.network
    for key, name, sector in zip(snapshot.ids, snapshot.column("name"), snapshot.column("sector"), strict=True):
        graph.add_node(key, name=name, type="organisation", sector=sector)
    partnerships = network.partnerships.select(["id", "name", "kind", "starts_on", "ends_on"]).to_pylist()
    for p in partnerships:
        graph.add_node(p.pop("id"), type="partnership", **{k: _text(v) for k, v in p.items()})
    keys = network.partnerships["id"].to_pylist()
    table = network.memberships
    for org, partnership, rest in zip(
        rows(table["organisation"]),
        rows(table["partnership"]),
        table.select(["role", "since", "until"]).to_pylist(),
        strict=True,
    ):
        one, other, said = snapshot.ids[org], keys[partnership], {k: _text(v) for k, v in rest.items()}
        if before := graph.get_edge_data(one, other):
            said = {k: f"{before[k]}; {value}" for k, value in said.items()}
        graph.add_edge(one, other, weight=1.0, **said)
    return graph


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _label(graph: nx.Graph[str]) -> None:
    """Gephi calls a node by its ``label``."""
    for _key, data in graph.nodes(data=True):
        data["label"] = data["name"]


def _graphml(graph: nx.Graph[str], _: Provenance) -> bytes:
    _label(graph)
    out = io.BytesIO()
    nx.write_graphml(graph, out)
    return out.getvalue()


def _gexf(graph: nx.Graph[str], _: Provenance) -> bytes:
    """networkx leaves out what is said of the whole graph: it becomes the description. Partnerships and memberships
    last from ``start`` to ``end`` on Gephi's timeline, where they are known; not so who left and came back."""
    _label(graph)
    for data in [*(d for _, d in graph.nodes(data=True)), *(d for *_, d in graph.edges(data=True))]:
        days = {"start": data.get("starts_on") or data.get("since"), "end": data.get("ends_on") or data.get("until")}
        data.update({k: day for k, day in days.items() if day and ";" not in day})
    out = io.BytesIO()
    nx.write_gexf(graph, out)
    said = f"<description>{escape(json.dumps(graph.graph, ensure_ascii=False))}</description></meta>"
    return out.getvalue().replace(b"</meta>", said.encode(), 1)


def _node_link(graph: nx.Graph[str], _: Provenance) -> bytes:
    return json.dumps(nx.node_link_data(graph, edges="edges"), ensure_ascii=False).encode()


def _nodes(graph: nx.Graph[str], key: str, label: str, rename: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Columns of the nodes: the id as ``key``, the name as ``label``, then every attribute."""
    names = list(dict.fromkeys(k for _, data in graph.nodes(data=True) for k in data if k not in ("name", "label")))
    columns: dict[str, Any] = {key: list(graph), label: [d["name"] for _, d in graph.nodes(data=True)]}
    for name in names:
        columns[(rename or {}).get(name, name)] = [d.get(name, "") for _, d in graph.nodes(data=True)]
    return columns


def _edges(graph: nx.Graph[str], source: str, target: str, weight: str, **constant: str) -> dict[str, Any]:
    edges = list(graph.edges(data=True))
    others = list(dict.fromkeys(k for _, _, data in edges for k in data if k != "weight"))
    return {
        source: [a for a, _, _ in edges],
        target: [b for _, b, _ in edges],
        **{name: [value] * len(edges) for name, value in constant.items()},
        weight: [d["weight"] for _, _, d in edges],
        **{name: [d.get(name, "") for _, _, d in edges] for name in others},
    }


def _gephi_csv(graph: nx.Graph[str], provenance: Provenance) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        nodes = Table("nodes", _nodes(graph, "Id", "Label"))
        edges = Table("edges", _edges(graph, "Source", "Target", "Weight", Type="Undirected"))
        for table in (nodes, edges):
            archive.writestr(f"{table.name}.csv", write_tables([table], provenance, "csv"))
    return out.getvalue()


def _kumu(graph: nx.Graph[str], provenance: Provenance) -> bytes:
    elements = Table("Elements", _nodes(graph, "ID", "Label", {"type": "Type", "sector": "Sector"}))
    connections = Table("Connections", _edges(graph, "From", "To", "Strength", Type="partnership"))
    return write_tables([elements, connections], provenance, "xlsx", mark_extra=True)


def _kumu_json(graph: nx.Graph[str], _: Provenance) -> bytes:
    elements = [
        {"id": key, "label": d["name"], "type": d.get("type", "organisation"), "sector": d.get("sector", "")}
        for key, d in graph.nodes(data=True)
    ]
    connections = [{"from": a, "to": b, "strength": d["weight"]} for a, b, d in graph.edges(data=True)]
    whole = {"elements": elements, "connections": connections, "provenance": graph.graph}
    return json.dumps(whole, ensure_ascii=False).encode()


def _polinode(graph: nx.Graph[str], provenance: Provenance) -> bytes:
    """Polinode joins by ``Name``, so a name that stands twice gets the id after it."""
    counts = Counter(d["name"] for _, d in graph.nodes(data=True))
    names = {k: d["name"] if counts[d["name"]] == 1 else f"{d['name']} ({k})" for k, d in graph.nodes(data=True)}
    named = nx.relabel_nodes(graph, names)
    nodes = Table("Nodes", _nodes(named, "Name", "Label"))
    return write_tables([nodes, Table("Edges", _edges(named, "Source", "Target", "Weight"))], provenance, "xlsx")


def _vosviewer(graph: nx.Graph[str], provenance: Provenance) -> bytes:
    items = [
        {"id": key, "label": d["name"], "weights": {"Partners": graph.degree[key]}} for key, d in graph.nodes(data=True)
    ]
    links = [{"source_id": a, "target_id": b, "strength": d["weight"]} for a, b, d in graph.edges(data=True)]
    network = {"network": {"items": items, "links": links}, "info": {"description": json.dumps(provenance.as_dict())}}
    return json.dumps(network, ensure_ascii=False).encode()
