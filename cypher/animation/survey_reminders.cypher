// Answers of open rounds that a reminder is due for.
// params: day: DATE
// returns: id: STRING, round: STRING, organisation: STRING, name: STRING, email: STRING?, reminded: INTEGER
MATCH (s:SurveyAnswer)-[:IN_ROUND]->(r:SurveyRound {state: 'open'}), (s)-[:ANSWERED_BY]->(o:Organisation)
WHERE s.state IN ['invited', 'begun'] AND coalesce(s.reminded, 0) < r.reminders
  AND (r.closes_on IS NULL OR r.closes_on >= $day)
  AND coalesce(s.reminded_on, s.invited_on) + duration({days: r.remind_after_days}) <= $day
RETURN s.id AS id, r.id AS round, o.id AS organisation, o.name AS name, coalesce(s.email, o.email) AS email,
       coalesce(s.reminded, 0) AS reminded
ORDER BY name, id
