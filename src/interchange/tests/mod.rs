//! What the readers accept and refuse, and that the demo says what it should. Touches no database.

mod profiles;
mod questions;
mod refusals;
mod shape;
