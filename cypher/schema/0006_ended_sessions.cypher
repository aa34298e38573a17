// Sessions that were ended while their cookies could still open something.
CREATE CONSTRAINT ended_session IF NOT EXISTS FOR (e:EndedSession) REQUIRE e.id IS UNIQUE;
