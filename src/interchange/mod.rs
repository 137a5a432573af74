//! Bytes to typed rows and back. Never touches the database.
