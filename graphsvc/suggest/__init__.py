"""Which links are worth building, how likely they are, what they would bring, and why."""

from graphsvc.suggest.engine import Engine, suggest
from graphsvc.suggest.suggestion import Suggestion

__all__ = ["Engine", "Suggestion", "suggest"]
