//! Read models: a Scope and the Store to a domain value, cached by revision.
