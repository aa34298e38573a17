"""Learn the model that is shipped for networks with too little history (graphsvc/suggest/data/prior.json) anew.

    tools/learn_prior.py FILE PROFILE DAY    on the Danish partnerships: projects-2007-2013.csv denmark 2013-01-01

To be run whenever the features change. Only coefficients and counts are written, no records. Only what began before
DAY counts: of the end of a programme little is on record, so it would teach that nobody meets.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from graphsvc.ingest.network import to_network
from graphsvc.ingest.plan import read_plan
from graphsvc.snapshot.filter import day
from graphsvc.suggest.attributes import Attributes
from graphsvc.suggest.history import History
from graphsvc.suggest.prior import FILE, to_json
from graphsvc.suggest.train import train

TARGET = Path(__file__).parent.parent / "graphsvc" / "suggest" / "data" / FILE

if __name__ == "__main__":
    file, profile, before = sys.argv[1:]
    with read_plan(file, profile) as plan:
        network = to_network(plan)
    model = train(History.of(network), Attributes(network), day(date.fromisoformat(before)))
    if model.prior:
        sys.exit("Too little history to learn from.")
    TARGET.write_text(to_json(model), encoding="utf-8")
    print(f"Written: {TARGET}, {model.meetings} meetings")
