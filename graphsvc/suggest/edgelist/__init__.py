"""Link prediction on a plain edge list: reading it, the learned model, and the standard experiment."""

from graphsvc.suggest.edgelist.experiment import Result, evaluate

__all__ = ["Result", "evaluate"]
