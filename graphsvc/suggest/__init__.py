"""Which links are worth building, how likely they are, what they would bring, and why."""

from graphsvc.suggest.engine import Engine
from graphsvc.suggest.suggestion import Suggestion
from graphsvc.suggest.whom import Whom, suggest

__all__ = ["Engine", "Suggestion", "Whom", "suggest"]
