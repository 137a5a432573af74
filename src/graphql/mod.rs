//! The schema, thin: newtypes over the domain. Never names a table.
