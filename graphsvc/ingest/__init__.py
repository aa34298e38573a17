"""Files into records: readers, profiles, names, matching; everything that is refused is reported."""

from graphsvc.ingest.network import to_network
from graphsvc.ingest.plan import read_plan
from graphsvc.ingest.profile import Profile, load_profile, shipped

__all__ = ["Profile", "load_profile", "read_plan", "shipped", "to_network"]
