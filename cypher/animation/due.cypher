// What is to be done between two days: next steps of contacts, meetings, initiatives, outreach, tools, whose contact data
// are to be asked about again (the organisation's name, not the person's), and what ends: partnerships, documents; the
// oldest first.
// params: since: DATE, until: DATE
// returns: id: STRING, label: STRING, name: STRING, due: DATE, what: STRING?
CALL () {
  MATCH (c:Contact)-[:CONTACT_WITH]->(o:Organisation) WHERE c.next_on >= $since AND c.next_on <= $until
    AND NOT EXISTS { MATCH (o)<-[:CONTACT_WITH]-(l:Contact) WHERE l.held_on > c.held_on }
  RETURN c AS r, o.name AS name, c.next_on AS due, c.note AS what
  UNION ALL
  MATCH (m:Meeting) WHERE m.follow_up_by >= $since AND m.follow_up_by <= $until RETURN m AS r, m.name AS name, m.follow_up_by AS due, m.follow_up AS what
  UNION ALL
  MATCH (i:Initiative) WHERE i.next_step_by >= $since AND i.next_step_by <= $until AND NOT coalesce(i.status, '') IN ['G3', 'G5']
  RETURN i AS r, i.name AS name, i.next_step_by AS due, i.next_step AS what
  UNION ALL
  MATCH (u:Outreach) WHERE u.next_on >= $since AND u.next_on <= $until AND coalesce(u.status, 'NOW') IN ['NOW', 'SPR', 'ZAP', 'ODL']
    AND NOT EXISTS { // something else was decided about the two since
      MATCH (u)-[:BETWEEN]->(a)<-[:BETWEEN]-(n:Outreach)-[:BETWEEN]->(b)<-[:BETWEEN]-(u)
      WHERE n <> u AND a.id < b.id AND a.merged_into IS NULL AND b.merged_into IS NULL AND (n.decided_on > u.decided_on OR n.decided_on = u.decided_on AND EXISTS {
        MATCH (c:Change {record: n.id}) WHERE NOT EXISTS { MATCH (d:Change {record: u.id}) WHERE d.at >= c.at } }) }
  RETURN u AS r, reduce(s = '', n IN COLLECT {
           MATCH (u)-[:BETWEEN]->(o) WHERE o.merged_into IS NULL RETURN o.name ORDER BY o.name } | CASE s WHEN '' THEN n ELSE s + ' – ' + n END) AS name,
         u.next_on AS due, u.note AS what
  UNION ALL
  MATCH (p:Partnership) WHERE p.ends_on >= $since AND p.ends_on <= $until AND NOT coalesce(p.phase, '') IN ['FZ', 'FX']
  RETURN p AS r, p.name AS name, p.ends_on AS due, null AS what
  UNION ALL
  MATCH (d:StrategyDocument) WHERE d.valid_to >= $since AND d.valid_to <= $until
  RETURN d AS r, d.name AS name, d.valid_to AS due, null AS what
  UNION ALL
  MATCH (p:PromotionTool) WHERE p.review_on >= $since AND p.review_on <= $until AND p.state IN ['GOT', 'UZY']
  RETURN p AS r, p.name AS name, p.review_on AS due, p.note AS what
  UNION ALL
  MATCH (c:ContactPerson)-[:CONTACT_OF]->(o) WHERE o.merged_into IS NULL AND c.review_on >= $since AND c.review_on <= $until
  RETURN c AS r, o.name AS name, c.review_on AS due, null AS what
}
RETURN r.id AS id, head([l IN labels(r) WHERE l <> 'Record']) AS label, name, due, what
ORDER BY due, name
