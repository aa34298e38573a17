"""Beside each picture a table with the same content; and what is chosen is what is downloaded."""

from __future__ import annotations

import re
from typing import Any

from flask.testing import FlaskClient
from graphsvc_web import create_app, signing

from graphsvc.model.network import Network
from tests.web.memory import MemoryService
from tests.web.test_map import network as placed  # noqa: F401 a fixture
from tests.web.test_view import client_of, network

CELL = re.compile(r"<t[dh][^>]*>(.*?)</t[dh]>", re.S)


def rows(html: str) -> list[list[str]]:
    """The texts of the table's cells."""
    body = html.split("<tbody>", 1)[1].split("</tbody>", 1)[0]
    plain = [[re.sub(r"<[^>]+>|\s+", " ", cell) for cell in CELL.findall(row)] for row in body.split("</tr>")[:-1]]
    return [[" ".join(cell.replace("&nbsp;", " ").split()) for cell in row] for row in plain]


def got(client: FlaskClient, address: str) -> Any:
    """The JSON of an address."""
    return client.get(address).json


def test_the_ties_of_the_picture_are_a_table_of_their_own() -> None:
    """Anna, Bela and Celina in one partnership, Celina and Ąda in two."""
    client = client_of(network(["Anna", "Bela", "Celina", "Ąda"], (0, 1, 2), (2, 3), (2, 3)))
    found = rows(client.get("/network?level=organisations&table=ties&sort=-shared").text)
    assert found[0] == ["Celina", "Ąda", "2", "powiązanie"]
    assert [row[:3] for row in found[1:4]] == [["Anna", "Bela", "1"], ["Anna", "Celina", "1"], ["Bela", "Celina", "1"]]
    assert found[4:] == [[name, "Ąda", "–", "sugerowane powiązanie"] for name in ("Anna", "Bela")]
    by_other = rows(client.get("/network?level=organisations&table=ties&sort=other").text)
    assert [row[1] for row in by_other] == ["Ąda", "Ąda", "Ąda", "Bela", "Celina", "Celina"]


def test_new_and_ended_ties_are_told_in_the_table_too(admin: FlaskClient) -> None:
    address = "/network?level=organisations&year=2010&table=ties&sort="
    assert rows(admin.get(f"{address}kind").text)[0][3] == "zakończone powiązanie"
    marked = {edge.get("change") for edge in got(admin, "/api/picture?level=organisations&year=2010")["edges"]}
    pages = {
        row[3]
        for sort in ("kind", "-kind")
        for n in (1, 40, 99)
        for row in rows(admin.get(f"{address}{sort}&page={n}").text)
    }
    assert marked == {"ended", "began", None}
    assert pages == {"zakończone powiązanie", "nowe powiązanie", "powiązanie"}


def test_the_groups_of_a_far_picture_are_its_table(placed: Network) -> None:  # noqa: F811
    """Three in 026201, one of 021101 works with two of them, one of 021102 with nobody."""
    service = MemoryService(placed)
    service.add_accounts("")
    client = create_app(service, limits=False).test_client()
    client.get(f"/sign-in/{signing.one_time_token(service.accounts, service.accounts.kept['admin'])}")
    html = client.get("/network?level=territories").text
    assert rows(html) == [
        ["", "026201", "3", "2", "021101 2"],
        ["", "021101", "1", "2", "026201 2"],
        ["", "021102", "1", "0", ""],
    ]
    assert "3 grupy" in html
    gaps = {area["code"]: area for area in got(client, "/map/values?measure=gap")["areas"]}
    assert gaps["021101"]["url"] == "/work/demand?territory=021101"
    assert (gaps["026201"]["blank"], gaps["021103"]["blank"]) == (False, True)
    ties = rows(client.get("/map?table=ties").text)
    assert [row[2] for row in ties] == ["2"]
    assert {ties[0][0].split(" (")[0], ties[0][1].split(" (")[0]} == {"Legnica", "Lubin"}


def test_only_what_is_chosen_is_downloaded() -> None:
    client = client_of(network(["Anna", "Bela", "Celina"], (0, 1), (1, 2)))
    names = [line.split(",")[1] for line in client.get("/download/network.csv?only=o0&only=o1").text.splitlines()]
    assert ("Anna" in names, "Bela" in names, "Celina" in names) == (True, True, False)
    graph = client.get("/download/network.graphml?only=o0&only=o1").text
    assert (graph.count("<node "), graph.count("<edge ")) == (2, 1)
    searched = client.get("/download/network.csv?q=celi").text
    assert "Celina" in searched
    assert "Anna" not in searched
    assert "q=celi" in searched
