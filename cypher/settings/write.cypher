// A new value of a setting; the older ones stay as its history.
// params: name: STRING, value: STRING, at: DATETIME, by: STRING
CREATE (:Setting {name: $name, value: $value, at: $at, by: $by})
