"""What is kept on a record's node besides its fields, for constraints that Neo4j can't state otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

SHARES_NIP = "LocalGovernment"
"""Label of organisations that use one NIP together."""


def stored_properties(labels: Sequence[str], properties: Mapping[str, Any], *, unit: bool) -> dict[str, Any]:
    """The properties of a node, with ``nip_unique`` (under a constraint) where a NIP is one organisation's own.

    ``unit``: without legal personality, so that it uses the NIP of who founded it.
    """
    own = {k: v for k, v in properties.items() if k != "nip_unique"}
    nip = properties.get("nip")
    alone = nip and SHARES_NIP not in labels and not unit
    return {**own, "nip_unique": nip} if alone else own
