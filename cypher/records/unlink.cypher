// Relationships taken off by their element ids.
// params: refs: LIST<STRING>
UNWIND $refs AS ref
MATCH ()-[l]->()
WHERE elementId(l) = ref
DELETE l
