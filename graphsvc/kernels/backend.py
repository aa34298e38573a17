"""The networkx backend ``graphsvc``: ``nx.X(G, backend="graphsvc")``.

Every function takes networkx's arguments and gives networkx's numbers and exceptions: arguments that no kernel
covers (a choice of nodes, weights that are no positive numbers, loops where they matter, …) go to networkx itself,
and so does every function not in ``backend_info.FUNCTIONS``.
"""

from __future__ import annotations

from typing import Any

from graphsvc.kernels import nx_centrality, nx_structure
from graphsvc.kernels.backend_info import FUNCTIONS
from graphsvc.kernels.graph import KERNEL_CLASSES, NETWORKX_CLASSES, as_class
from graphsvc.kernels.nx_centrality import registered


class Backend:
    """What networkx's dispatcher asks."""

    def __getattr__(self, name: str) -> Any:
        """The function of that name: ours, else networkx's own."""
        for module in (nx_centrality, nx_structure):
            if name in FUNCTIONS and hasattr(module, name):
                return getattr(module, name)
        if name in registered and "networkx" in registered[name].backends:
            return registered[name].orig_func
        raise AttributeError(name)

    @staticmethod
    def convert_from_nx(graph: Any, *, name: str | None = None, **_preserve: object) -> Any:
        """The graph as one of ours, sharing its dictionaries; a copy for functions that change their input."""
        twin = as_class(graph, KERNEL_CLASSES)
        return twin.copy() if name in registered and registered[name].mutates_input else twin

    @staticmethod
    def convert_to_nx(result: Any, **_options: object) -> Any:
        """A graph of ours as networkx's own, sharing its dictionaries; anything else as it is."""
        return as_class(result, NETWORKX_CLASSES)

    @staticmethod
    def can_run(_name: str, _args: Any, _kwargs: Any) -> bool:
        """Always: what kernels lack, networkx does."""
        return True

    @staticmethod
    def should_run(name: str, _args: Any, _kwargs: Any) -> bool:
        """Only what kernels cover is worth handing over unasked."""
        return name in FUNCTIONS


backend = Backend()
