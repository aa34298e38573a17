// Suggestions that were shown, one node for each pair, and what-if scenarios.
CREATE CONSTRAINT shown_pair IF NOT EXISTS FOR (s:Shown) REQUIRE s.pair IS UNIQUE;
CREATE CONSTRAINT scenario_id IF NOT EXISTS FOR (s:Scenario) REQUIRE s.id IS UNIQUE;
