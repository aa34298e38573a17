// The node that carries the schema's version, and that a migrating process locks. Run before the version is read.
CREATE CONSTRAINT schema_version_id IF NOT EXISTS FOR (s:SchemaVersion) REQUIRE s.id IS UNIQUE;
