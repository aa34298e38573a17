"""A network small enough to work out by hand.

Partnerships: 0 {a, b}, 1 {a, b, c}, 2 {c, d}, 3 {e, f}; g has none. Ties: a-b 1 + 1/2, a-c and b-c 1/2, c-d 1, e-f 1.
"""

from __future__ import annotations

from datetime import date

from graphsvc.model.network import Network, table

MEMBERS = ((0, 0), (1, 0), (0, 1), (1, 1), (2, 1), (2, 2), (3, 2), (4, 3), (5, 3))


def network() -> Network:
    sectors = ["ngo", "ngo", "ngo", "business", "ngo", "business", "ngo"]
    return Network(
        organisations=table(
            "organisations",
            [
                {"id": i, "name": i.upper(), "sector": s, "territory": t}
                for i, s, t in zip("abcdefg", sectors, ["02", "02", "04", "02", "", "", ""], strict=True)
            ],
        ),
        partnerships=table(
            "partnerships",
            [
                {"id": "0", "starts_on": date(2020, 1, 1), "ends_on": date(2021, 1, 1)},
                {"id": "1", "starts_on": date(2020, 6, 1)},
                {"id": "2", "starts_on": date(2022, 1, 1)},
                {"id": "3"},
            ],
        ),
        memberships=table(
            "memberships",
            [{"organisation": o, "partnership": p} for o, p in (*MEMBERS, (0, 0))],  # entered twice, counted once
        ),
    )
