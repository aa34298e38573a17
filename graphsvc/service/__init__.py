"""What the command line and the web both stand on: an open store, cached snapshots, imports, exports."""

from graphsvc.service.core import Service
from graphsvc.service.opening import opened

__all__ = ["Service", "opened"]
