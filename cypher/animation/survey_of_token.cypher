// The answer that a personal link opens, while its round is open.
// params: token_hash: STRING
// returns: id: STRING, round: STRING, organisation: STRING
MATCH (s:SurveyAnswer {token_hash: $token_hash})-[:IN_ROUND]->(r:SurveyRound {state: 'open'}), (s)-[:ANSWERED_BY]->(o:Organisation)
RETURN s.id AS id, r.id AS round, o.id AS organisation
