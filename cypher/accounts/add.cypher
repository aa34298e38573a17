// A new account.
// params: id: STRING, email: STRING, email_key: STRING, name: STRING, role: STRING, password_hash: STRING?,
//   active: BOOLEAN, must_change_password: BOOLEAN, territory: STRING,
//   sessions: INTEGER
CREATE (:Account {id: $id, email: $email, email_key: $email_key, name: $name, role: $role,
  password_hash: $password_hash, active: $active, must_change_password: $must_change_password, territory: $territory,
  sessions: $sessions})
