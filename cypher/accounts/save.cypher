// Creates or changes an account.
// params: id: STRING, email: STRING, email_key: STRING, name: STRING, role: STRING, password_hash: STRING?,
//   active: BOOLEAN, must_change_password: BOOLEAN, territory: STRING
// returns: id: STRING
MERGE (a:Account {id: $id})
SET a.email = $email, a.email_key = $email_key, a.name = $name, a.role = $role, a.password_hash = $password_hash,
  a.active = $active, a.must_change_password = $must_change_password, a.territory = $territory
RETURN a.id AS id
