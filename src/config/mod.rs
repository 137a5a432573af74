//! What the process is told from outside: its settings and the time. Never talks to a network.

mod auth;
pub mod clock;
mod database;
mod http;
mod limits;
mod log;
mod settings;
mod source;

pub use auth::AuthSettings;
pub use database::DatabaseSettings;
pub use http::HttpSettings;
pub use limits::Limits;
pub use log::{LogFormat, LogSettings};
pub use settings::{Settings, SettingsError};
pub use source::parse_duration;
