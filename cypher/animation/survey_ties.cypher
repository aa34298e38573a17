// The ties that a round named, each pair once: what each side says of the other; mutual where both do.
// params: round: STRING, states: LIST<STRING>
// returns: a: STRING, a_name: STRING, b: STRING, b_name: STRING, a_closeness: STRING?, b_closeness: STRING?,
//   a_trust: STRING?, b_trust: STRING?, a_value: STRING?, b_value: STRING?, mutual: BOOLEAN
MATCH (:SurveyRound {id: $round})<-[:IN_ROUND]-(s:SurveyAnswer)-[:ANSWERED_BY]->(x:Organisation), (s)-[n:NAMES]->(y:Organisation)
WHERE s.state IN $states AND x <> y
WITH CASE WHEN x.id < y.id THEN x ELSE y END AS a, CASE WHEN x.id < y.id THEN y ELSE x END AS b, x, n
WITH a, b, collect(CASE WHEN x = a THEN n END)[0] AS of_a, collect(CASE WHEN x = b THEN n END)[0] AS of_b
RETURN a.id AS a, a.name AS a_name, b.id AS b, b.name AS b_name, of_a.closeness AS a_closeness,
       of_b.closeness AS b_closeness, of_a.trust AS a_trust, of_b.trust AS b_trust, of_a.value AS a_value,
       of_b.value AS b_value, of_a IS NOT NULL AND of_b IS NOT NULL AS mutual
ORDER BY a_name, b_name, a, b
