"""The map: counts by territory worked out by hand, drawn in a browser, and the same as a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from urllib.parse import urljoin

import numpy as np
import pyarrow as pa
import pytest
from graphsvc_web import signing
from graphsvc_web.areas import Area, areas, steps, ties
from playwright.sync_api import Browser

from graphsvc.model.network import Network, table
from graphsvc.snapshot import take
from graphsvc.snapshot.filter import select
from tests.web.conftest import served
from tests.web.memory import MemoryService
from tests.web.test_accessibility import violations

DAY = date(2026, 3, 1)


@pytest.fixture(scope="module")
def network() -> Network:
    """Three organisations in Legnica (026201), one in Lubin (021101), one alone in the gmina beside it (021102)."""
    places = ["026201", "026201", "026201", "021101", "021102"]
    return Network(
        organisations=table(
            "organisations",
            [
                {"id": f"o{i}", "name": f"Organizacja {i}", "sector": "ngo", "kind": "", "territory": t}
                for i, t in enumerate(places)
            ],
        ),
        partnerships=table("partnerships", [{"id": p, "name": p, "kind": "", "phase": "", "themes": []} for p in "ab"]),
        memberships=table(
            "memberships",
            [{"organisation": o, "partnership": p} for p, members in ((0, (0, 1, 3)), (1, (1, 2))) for o in members],
        ),
        needs=table(
            "needs",
            [
                {"organisation": None, "territory": "021101", "area": area, "level": 3.0, "people": 40.0, **met}
                for area, met in (("care", {}), ("care", {}), ("telecare", {}), ("taxi", {"met_on": date(2026, 3, 1)}))
            ],
        ),
        offers=table("offers", [{"organisation": 3, "territory": "021101", "area": "care", "capacity": 1.0}]),
        deliveries=table(
            "deliveries", [{"organisation": 0, "territory": "021101", "area": "telecare", "capacity": 10.0}]
        ),
    )


def test_an_area_counts_for_its_gmina_and_a_gmina_that_the_map_lacks_for_none(network: Network) -> None:
    home = network.organisations.schema.get_field_index("territory")
    codes = pa.array(["026201:rynek", "020909", *network.organisations["territory"].to_pylist()[2:]])
    moved = replace(network, organisations=network.organisations.set_column(home, "territory", codes))
    found = {a.code: a for a in areas(take(moved), "gmina", take(moved), moved, DAY)}
    assert found["026201"].organisations == 2
    assert ties(take(moved), "gmina") == [("021101", "026201", 1)]


def test_territories_are_counted(network: Network) -> None:
    found = {a.code: a for a in areas(take(network), "gmina", take(network), network, DAY)}
    assert found["026201"] == Area("026201", "Legnica", 3, 2, 2, 0, 0)
    assert found["021101"].outside == 2
    assert found["021101"].gap == 3 + 2, "care is offered and not delivered, telecare to too few"
    before = areas(take(network), "gmina", take(network), network, date(2026, 2, 28))
    assert {a.code: a.gap for a in before}["021101"] == 8
    assert found["021102"].alone == 1
    assert found["021103"].organisations == 0
    assert "020101" not in found


def test_who_is_elsewhere_has_a_place_and_who_is_alone_is_so_without_filters(network: Network) -> None:
    rows = [
        row | {"territory": "" if row["id"] == "o3" else row["territory"]} for row in network.organisations.to_pylist()
    ]
    unplaced = replace(network, organisations=table("organisations", rows))
    found = {a.code: a for a in areas(take(unplaced), "gmina", take(unplaced), unplaced, DAY)}
    assert found["026201"].outside == 0
    chosen = take(select(network, np.array([False, False, False, True, True])))  # o3 without its partners, o4
    found = {a.code: a for a in areas(chosen, "gmina", take(network), network, DAY)}
    assert (found["021101"].alone, found["021102"].alone) == (0, 1)


def test_powiats_sum_their_gminas(network: Network) -> None:
    found = {a.code: a for a in areas(take(network), "powiat", take(network), network, DAY)}
    assert (found["0211"].organisations, found["0211"].alone, found["0262"].organisations) == (2, 1, 3)


def test_ties_between_territories_are_counted_once(network: Network) -> None:
    assert ties(take(network), "gmina") == [("021101", "026201", 2)]


def test_classes_hold_about_equal_numbers() -> None:
    assert steps([0, 0, 1, 2, 3, 4, 5]) == [2, 3, 4, 5]
    assert steps([0, 0]) == []


@pytest.fixture(scope="module")
def address(network: Network) -> Iterator[str]:
    """A server over the small network, with its one-time address."""
    service = MemoryService(network)
    service.add_accounts("")
    token = signing.one_time_token(service.accounts, service.accounts.kept["admin"])
    with served(service) as found:
        yield f"{found}/sign-in/{token}"


def test_the_map_is_drawn_and_leads_to_the_list(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}?next=/map")
    page.wait_for_selector(".map a")
    labels = page.locator(".map a").evaluate_all("links => links.map(a => a.getAttribute('aria-label'))")
    assert "Legnica: 3" in labels
    assert len(labels) == 3
    assert page.locator(".map path.blank").count() > 0
    assert violations(page) == []
    assert "Legnica" in (page.text_content("table") or "")
    page.locator(".map a[aria-label='Legnica: 3']").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/network?territory=026201*")
    assert page.locator("table tbody tr").count() == 3
    page.go_back()
    page.wait_for_selector(".map .ties", state="attached")
    page.uncheck("[data-map-ties]")
    page.goto(urljoin(address, "/help"))
    page.go_back()
    page.wait_for_selector(".map .ties", state="attached")
    assert not page.is_checked("[data-map-ties]")
    assert page.locator(".map .ties[hidden]").count() == 1
    page.goto(urljoin(address, "/help"))
    page.route("**/map/values*", lambda route: route.abort())
    page.go_back()
    page.wait_for_selector("#map-failed:visible")
    page.close()
