// Form b: the territories and organisations of which there is a diagnosis, for choosing one whose diagnoses to compare.
// returns: subject: STRING, name: STRING, territory: BOOLEAN, diagnoses: INTEGER
MATCH (d:Diagnosis)-[:ABOUT]->(s:Record)
WHERE NOT s:Archived
WITH s, count(DISTINCT d) AS diagnoses
RETURN coalesce(s.code, s.id) AS subject, s.name AS name, s:Territory AS territory, diagnoses
ORDER BY territory DESC, diagnoses DESC, name
