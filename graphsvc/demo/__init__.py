"""Data to try the service with: a made-up region, generated. Names are invented; any likeness is chance."""
