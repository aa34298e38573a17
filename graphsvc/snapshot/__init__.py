"""An immutable network as of a date: arrays for the kernels, columns for people, a networkx view for analysts."""

from graphsvc.snapshot.csr import Csr
from graphsvc.snapshot.filter import Scope
from graphsvc.snapshot.take import Snapshot, take
from graphsvc.snapshot.ties import Projection, Ties, project

__all__ = ["Csr", "Projection", "Scope", "Snapshot", "Ties", "project", "take"]
