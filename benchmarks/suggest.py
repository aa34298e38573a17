"""How long suggestions take as networks grow: made networks, the shipped model, and the fit of time against size."""

from __future__ import annotations

import resource
import sys
from datetime import date, timedelta
from time import perf_counter

import numpy as np

from graphsvc.model.network import Network, table
from graphsvc.suggest import Engine
from graphsvc.suggest.prior import prior_model

SIZES = (1_000, 2_000, 5_000, 20_000)
MEMBERS = 4


def made(organisations: int, seed: int = 0) -> Network:
    """Partnerships of 2 to 2·MEMBERS-2 members of mostly one of many territories; about 5 ties an organisation."""
    rng = np.random.default_rng(seed)
    count, regions = organisations * 2 // MEMBERS, max(organisations // 200, 4)
    home = rng.integers(0, regions, organisations)
    by_region = [np.flatnonzero(home == r) for r in range(regions)]
    orgs = [
        {
            "id": f"o{k}",
            "name": f"Organisation {k}",
            "sector": "ngo",
            "kind": "",
            "territory": f"T{home[k]}",
            "tags": [],
        }
        for k in range(organisations)
    ]
    partnerships, members = [], []
    for k in range(count):
        region = int(rng.integers(0, regions))
        size = int(rng.integers(2, 2 * MEMBERS - 1))
        near = rng.choice(by_region[region], min(size, len(by_region[region])), replace=False)
        start = date(2015, 1, 1) + timedelta(days=int(rng.integers(0, 3000)))
        partnerships.append(
            {"id": f"p{k}", "name": "", "starts_on": start, "themes": [f"t{k % 9}"], "territories": [f"T{region}"]}
        )
        members += [{"organisation": int(m), "partnership": k, "role": "PAR"} for m in near]
    return Network(
        organisations=table("organisations", orgs),
        partnerships=table("partnerships", partnerships),
        memberships=table("memberships", members),
    )


def main() -> None:
    """Print a line per size, and the exponent of time against organisations."""
    sizes = tuple(map(int, sys.argv[1:])) or SIZES
    Engine(made(500), model=prior_model()).overall(10)
    times = []
    for size in sizes:
        network = made(size)
        start = perf_counter()
        engine = Engine(network, model=prior_model())
        engine.overall(10)
        everything = perf_counter() - start
        start = perf_counter()
        engine.for_organisation(0)
        one = perf_counter() - start
        times.append(everything)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
        print(
            f"{size:>8} organisations {len(engine.links.a):>9} links: all {everything:.2f} s, one {1000 * one:.0f} ms, "
            f"peak {memory:.2f} GB",
            flush=True,
        )
    if len(sizes) > 1:
        slope = np.polyfit(np.log(sizes), np.log(times), 1)[0]
        print(f"time grows as organisations^{slope:.2f}")


if __name__ == "__main__":
    main()
