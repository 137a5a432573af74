//! From a bearer token to a `Viewer`. Never reads the database.
