"""How long suggestions take as networks grow: made networks, the shipped model, fits of time and memory to size."""

from __future__ import annotations

import argparse
import resource
from datetime import date, timedelta
from time import perf_counter, process_time

import numpy as np

from graphsvc.model.network import Network, table
from graphsvc.suggest import Engine
from graphsvc.suggest.prior import prior_model

SIZES = (2_000, 5_000, 20_000)
"""``python -m benchmarks.suggest 200000``: the largest. Sizes rise, since memory is told by its peak."""
KINDS = (
    "",
    "GMI",
    "OPS",
    "PUP",
    "PCPR",
    "NGO-FUN",
    "NGO-STO",
    "PS",
    "SPS",
    "ZAZ",
    "CIS",
    "KIS",
    "WTZ",
    "MIK",
    "KUL",
    "OSW",
)
SHAPES = {"near": (1, False), "kinds": (len(KINDS), False), "scattered": (len(KINDS), True)}
"""Kinds of organisations; whether partners come from anywhere, a few of them very often, each partnership in another
territory: who works in many territories has many candidates, and long rows of groups."""
MEMBERS = 4
WARM_UP = 500
ASKED = 20
"""Organisations asked about one by one; the mean is printed."""


def made(organisations: int, shape: str = "near", seed: int = 0) -> Network:
    """Partnerships of 2 to 2·MEMBERS-2 members, who make 7 ties on average, each of one of many territories, where its
    members live unless they are ``scattered``; 5 ties an organisation, some of them double."""
    kinds, scattered = SHAPES[shape]
    rng = np.random.default_rng(seed)
    count, regions = organisations * 5 // 7, max(organisations // 200, 4)
    home = rng.integers(0, regions, organisations)
    by_region = [np.flatnonzero(home == r) for r in range(regions)]
    across = int(np.ceil(np.sqrt(regions)))
    places = np.stack([50 + home // across * 0.2, 16 + home % across * 0.3], axis=1)
    places += np.random.default_rng(seed + 1).uniform(0, 0.2, places.shape)
    orgs = [
        {
            "id": f"o{k}",
            "name": f"Organisation {k}",
            "sector": "ngo",
            "kind": KINDS[k % kinds],
            "territory": f"T{home[k]}",
            "tags": [],
            "lat": places[k, 0],
            "lon": places[k, 1],
        }
        for k in range(organisations)
    ]
    partnerships, members = [], []
    often = np.random.default_rng(seed + 2).pareto(1.5, organisations) + 1
    often /= often.sum()
    for k in range(count):
        region = int(rng.integers(0, regions))
        size = int(rng.integers(2, 2 * MEMBERS - 1))
        here = by_region[region]
        who = rng.choice(organisations, size, p=often) if scattered else rng.choice(here, min(size, len(here)), False)
        start = date(2015, 1, 1) + timedelta(days=int(rng.integers(0, 3000)))
        partnerships.append(
            {"id": f"p{k}", "name": "", "starts_on": start, "themes": [f"t{k % 9}"], "territories": [f"T{region}"]}
        )
        members += [{"organisation": int(m), "partnership": k, "role": "PAR"} for m in np.unique(who)]
    return Network(
        organisations=table("organisations", orgs),
        partnerships=table("partnerships", partnerships),
        memberships=table("memberships", members),
    )


def main() -> None:
    """Print a line per size, and how time and memory grow with the organisations."""
    asked = argparse.ArgumentParser(description=main.__doc__)
    asked.add_argument("sizes", nargs="*", type=int, default=SIZES, help="organisations, rising")
    asked.add_argument("--shape", choices=SHAPES, default="near", help="of the made network")
    options = asked.parse_args()
    sizes, shape = options.sizes, options.shape
    Engine(made(WARM_UP), model=prior_model()).overall(10)
    rows = []
    for size in sizes:
        network = made(size, shape)
        before, start, busy = peak(), perf_counter(), process_time()
        engine = Engine(network, model=prior_model())
        engine.overall(10)
        everything, busy = perf_counter() - start, process_time() - busy
        start = perf_counter()
        for organisation in range(ASKED):
            engine.for_organisation(organisation)
        one = (perf_counter() - start) / ASKED
        rows.append((size, everything, max(peak() - before, 1e-3)))
        print(
            f"{size:>8} organisations {len(engine.ground.tied.indices) // 2:>8} ties {len(engine.links.a):>9} links: "
            f"all {everything:.2f} s ({busy:.2f} s of processor), one {1000 * one:.0f} ms, peak {peak():.2f} GB",
            flush=True,
        )
    if len(rows) > 1:
        size, seconds, memory = np.log(np.array(rows)).T
        print(f"time grows as organisations^{np.polyfit(size, seconds, 1)[0]:.2f}")
        print(f"memory grows as organisations^{np.polyfit(size, memory, 1)[0]:.2f}")


def peak() -> float:
    """The most memory that the process ever held, in GB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


if __name__ == "__main__":
    main()
