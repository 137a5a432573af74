//! The rules of development plans by property.

mod draft;
mod progress;
