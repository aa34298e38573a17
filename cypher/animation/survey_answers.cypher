// Who was asked in a round, and how far each got.
// params: round: STRING
// returns: organisation: STRING, state: STRING
MATCH (:SurveyRound {id: $round})<-[:IN_ROUND]-(a:SurveyAnswer)-[:ANSWERED_BY]->(o:Organisation)
RETURN o.id AS organisation, a.state AS state
