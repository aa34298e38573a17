// How many were asked in a round, and how far they got.
// params: round: STRING
// returns: state: STRING, answers: INTEGER
MATCH (:SurveyRound {id: $round})<-[:IN_ROUND]-(a:SurveyAnswer)
RETURN a.state AS state, count(a) AS answers
ORDER BY state
