// Form b: the diagnoses of a territory or organisation, newest first.
// params: subject: STRING
// returns: id: STRING, name: STRING, made_on: DATE, needs: INTEGER, potentials: INTEGER
MATCH (d:Diagnosis)-[:ABOUT]->(s)
WHERE s.code = $subject OR s.id = $subject
RETURN d.id AS id, d.name AS name, d.made_on AS made_on,
       COUNT { (d)-[f:FOUND]->() WHERE f.what = 'need' } AS needs,
       COUNT { (d)-[f:FOUND]->() WHERE f.what = 'potential' } AS potentials
ORDER BY made_on DESC, id
