// Which territories and areas of needs there are, of some codes.
// params: codes: LIST<STRING>
// returns: code: STRING
UNWIND $codes AS code
CALL (code) {
  MATCH (r:Territory {code: code}) RETURN r
  UNION
  MATCH (r:ServiceArea {code: code}) RETURN r
}
RETURN code
