// Keys, the numbers of registers that are one organisation's own, what is looked up or sorted by, and names as text.
CREATE CONSTRAINT record_id IF NOT EXISTS FOR (r:Record) REQUIRE r.id IS UNIQUE;
CREATE CONSTRAINT territory_code IF NOT EXISTS FOR (t:Territory) REQUIRE t.code IS UNIQUE;
CREATE CONSTRAINT service_area_code IF NOT EXISTS FOR (a:ServiceArea) REQUIRE a.code IS UNIQUE;
CREATE CONSTRAINT import_id IF NOT EXISTS FOR (i:Import) REQUIRE i.id IS UNIQUE;
CREATE CONSTRAINT change_id IF NOT EXISTS FOR (c:Change) REQUIRE c.id IS UNIQUE;
CREATE CONSTRAINT organisation_krs IF NOT EXISTS FOR (o:Organisation) REQUIRE o.krs IS UNIQUE;
CREATE CONSTRAINT organisation_regon IF NOT EXISTS FOR (o:Organisation) REQUIRE o.regon IS UNIQUE;
// Units of one local government share its NIP: nip_unique is the NIP of all others.
CREATE CONSTRAINT organisation_nip IF NOT EXISTS FOR (o:Organisation) REQUIRE o.nip_unique IS UNIQUE;
CREATE INDEX organisation_any_nip IF NOT EXISTS FOR (o:Organisation) ON (o.nip);
CREATE INDEX organisation_foreign_id IF NOT EXISTS FOR (o:Organisation) ON (o.foreign_id);
CREATE INDEX organisation_name IF NOT EXISTS FOR (o:Organisation) ON (o.name);
CREATE INDEX partnership_starts_on IF NOT EXISTS FOR (p:Partnership) ON (p.starts_on);
CREATE INDEX change_record IF NOT EXISTS FOR (c:Change) ON (c.record);
// The analyser folds Polish and other letters: ą to a, ł to l, ø to o.
CREATE FULLTEXT INDEX names IF NOT EXISTS
FOR (n:Organisation|Partnership|Territory|Meeting) ON EACH [n.name, n.short_name, n.other_names]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'standard-folding'}};
