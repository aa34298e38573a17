"""Measures of organisations and of the network, each with its meaning in one plain sentence."""

from graphsvc.metrics.compute import Measures, measure
from graphsvc.metrics.definitions import BY_NAME, MEASURES, NETWORK_MEASURES, ORGANISATION_MEASURES, Measure

__all__ = ["BY_NAME", "MEASURES", "NETWORK_MEASURES", "ORGANISATION_MEASURES", "Measure", "Measures", "measure"]
