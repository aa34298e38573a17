"""The powiats that lists offer to filter by: those of the voivodeships where the network is."""

from __future__ import annotations

from graphsvc.model.poland import poland
from graphsvc.model.territories import Territory
from graphsvc_web.current import service


def powiats() -> list[Territory]:
    """By code; none for a network outside Poland."""
    near = {t[:2] for t in service().snapshot().column("territory") if t.isdecimal()}
    return [t for t in poland() if t.level == "powiat" and t.code[:2] in near]
