// The partnerships on record that came from a file of this name.
// params: file: STRING
// returns: id: STRING, name: STRING
MATCH (p:Partnership {source_file: $file})
RETURN p.id AS id, p.name AS name
