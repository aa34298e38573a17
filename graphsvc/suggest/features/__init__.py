"""Features of pairs of organisations as of a day, from blocks that each look at one thing."""

from graphsvc.suggest.features.space import FEATURES_PER_CHUNK, Space

__all__ = ["FEATURES_PER_CHUNK", "Space"]
