// Statuses by code, texts of the records whose names are not in the index "names", and the order of changes.
CREATE CONSTRAINT status_code IF NOT EXISTS FOR (s:Status) REQUIRE s.code IS UNIQUE;
CREATE INDEX change_at IF NOT EXISTS FOR (c:Change) ON (c.at);
CREATE INDEX meeting_held_on IF NOT EXISTS FOR (m:Meeting) ON (m.held_on);
CREATE FULLTEXT INDEX record_texts IF NOT EXISTS
FOR (n:Initiative|Diagnosis|StrategyDocument|Consultation|Comment|PromotionTool|RevitalisationRole|CsrOffer|CsrAction|ServiceDelivery|ServiceArea|SurveyRound|ContactPerson|Contact|PartnershipEvent|Outreach)
ON EACH [n.name, n.name_en, n.text, n.note, n.undertaking, n.description]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'standard-folding'}};
