"""What the network holds, told from the store's version: signing in or saving a view moves the latter only."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields
from typing import Self

import pyarrow as pa

from graphsvc.model.network import Network


@dataclass(frozen=True, slots=True, eq=False)
class Content:
    """A network and the digest (SHA-256, hexadecimal) of its tables: equal digests, equal networks.

    ``ties`` is the digest of all but outreach: what was said about a suggestion moves no measure, no place in the
    picture and no likelihood, so that none of them is computed again.
    """

    network: Network
    digest: str
    ties: str

    @classmethod
    def of(cls, network: Network) -> Self:
        """The content of a network."""
        sha, ties = hashlib.sha256(), ""
        for field in sorted(fields(network), key=lambda f: f.name == "outreach"):
            ties = sha.hexdigest()
            sink = pa.BufferOutputStream()
            table: pa.Table = getattr(network, field.name).combine_chunks()
            with pa.ipc.new_stream(sink, table.schema) as writer:
                writer.write_table(table)
            sha.update(sink.getvalue())
        return cls(network, sha.hexdigest(), ties)
