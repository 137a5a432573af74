//! The schema of the database, one change a file.
