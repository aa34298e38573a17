"""Forms made from the types of records: controls, what was typed, and what is wrong with it."""
