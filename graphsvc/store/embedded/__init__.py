"""A real Neo4j that the service installs and runs itself, as a child process on loopback.

``server.use`` is for a process that needs the database, ``server.start``/``stop``/``status`` for the command line,
``shell.run`` for the interactive prompt.
"""
