// The answer that a personal link opens, while its round is open.
// params: token_hash: STRING, day: DATE
// returns: id: STRING, round: STRING, organisation: STRING
MATCH (s:SurveyAnswer {token_hash: $token_hash})-[:IN_ROUND]->(r:SurveyRound {state: 'open'}), (s)-[:ANSWERED_BY]->(o:Organisation)
WHERE coalesce(r.closes_on >= $day, true)
RETURN s.id AS id, r.id AS round, o.id AS organisation
