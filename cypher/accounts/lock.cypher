// Takes the write lock of an account, so that nobody changes it before this transaction ends; see records/lock.
// params: id: STRING
MATCH (a:Account {id: $id})
SET a.locked = true
REMOVE a.locked
