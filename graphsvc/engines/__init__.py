"""The same measures on other engines: Spark for graphs that outgrow memory, GDS where the Neo4j server has it.

Nothing here imports neo4j: what is read from a database comes in through the caller.
"""
