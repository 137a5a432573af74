//! Bytes to requests and back. Never names a table or a rule.
