"""Link prediction on a plain edge list: reading it, the learned model, and the standard experiment."""

from graphsvc.suggest.edgelist.experiment import Result, evaluate
from graphsvc.suggest.edgelist.links import Links

__all__ = ["Links", "Result", "evaluate"]
