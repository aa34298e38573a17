"""What the network holds, told from the store's version: signing in or saving a view moves the latter only."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields
from typing import Self

import pyarrow as pa

from graphsvc.model.network import Network


@dataclass(frozen=True, slots=True, eq=False)
class Content:
    """A network and the digest (SHA-256, hexadecimal) of its tables: equal digests, equal networks."""

    network: Network
    digest: str

    @classmethod
    def of(cls, network: Network) -> Self:
        """The content of a network."""
        sha = hashlib.sha256()
        for field in fields(network):
            sink = pa.BufferOutputStream()
            table: pa.Table = getattr(network, field.name).combine_chunks()
            with pa.ipc.new_stream(sink, table.schema) as writer:
                writer.write_table(table)
            sha.update(sink.getvalue())
        return cls(network, sha.hexdigest())
