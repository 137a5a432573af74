//! What the process is told from outside: its settings and the time. Never talks to a network.

mod auth;
pub mod clock;
mod database;
mod docs;
mod dump;
mod entry;
mod hiding;
mod http;
mod limits;
mod log;
mod otlp;
mod production;
mod remote_cache;
mod settings;
mod source;

pub use auth::AuthSettings;
pub use database::DatabaseSettings;
pub use docs::docs;
pub use dump::{dump_json, dump_toml};
pub use entry::Entry;
pub use hiding::shown_url;
pub use http::HttpSettings;
pub use limits::Limits;
pub use log::{LogFormat, LogSettings};
pub use otlp::{OtlpSettings, Sampler};
pub use production::Risk;
pub use remote_cache::RedisSettings;
pub use settings::{Reading, Settings, SettingsError};
pub use source::parse_duration;
