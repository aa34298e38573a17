// What transactions wrote: one counter, and the newest entries with the records that each touched.
CREATE CONSTRAINT written_counter IF NOT EXISTS FOR (c:WrittenCounter) REQUIRE c.id IS UNIQUE;
CREATE CONSTRAINT written_number IF NOT EXISTS FOR (w:Written) REQUIRE w.number IS UNIQUE;
