//! All settings together, read once at start: defaults, then `assay.toml`, then the environment.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use toml::Table;

use crate::config::{
    AuthSettings, DatabaseSettings, HttpSettings, Limits, LogSettings,
    source::{Name, Source},
};

/// The file that is read from the working directory when no other is named.
const DEFAULT_FILE: &str = "assay.toml";
/// Enough for some thousand matrices.
const CACHE_BYTES: u64 = 64 * 1024 * 1024;

/// What the operator set.
#[derive(Debug, Clone)]
pub struct Settings {
    /// `ASSAY_ENV=production`: introspection and suggestions are off.
    pub production: bool,
    /// Where the data is; `None` when no database is named.
    pub database: Option<DatabaseSettings>,
    /// Where the service listens.
    pub http: HttpSettings,
    /// Whose tokens are accepted.
    pub auth: AuthSettings,
    /// How much a client may ask for.
    pub limits: Limits,
    /// What is logged.
    pub log: LogSettings,
    /// How many bytes of read models are remembered in this process; 0 remembers nothing.
    pub cache_bytes: u64,
}

/// Why the settings cannot be used. The text names each setting, its value (unless secret) and its rule.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// The file cannot be read.
    #[error("the settings file `{}` cannot be read: {source}", path.display())]
    File {
        /// Which file.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// The file is not TOML.
    #[error("the settings file `{}` is not TOML: {why}", path.display())]
    Syntax {
        /// Which file.
        path: PathBuf,
        /// Where and what.
        why: String,
    },
    /// Values that break their rule, and names that are no setting.
    #[error("the settings cannot be used:{}", .0.iter().map(|one| format!("\n  - {one}")).collect::<String>())]
    Invalid(Vec<String>),
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            production: false,
            database: None,
            http: HttpSettings::default(),
            auth: AuthSettings::default(),
            limits: Limits::default(),
            log: LogSettings::default(),
            cache_bytes: CACHE_BYTES,
        }
    }
}

impl Settings {
    /// Reads the process's environment over a file: the one named, or `assay.toml` where there is one.
    ///
    /// # Errors
    /// Everything that is wrong, at once.
    pub fn load(file: Option<&Path>) -> Result<Self, SettingsError> {
        let text = |value: std::ffi::OsString| value.into_string().ok();
        let variables = std::env::vars_os().filter_map(|(name, value)| Some((text(name)?, text(value)?)));
        Self::from_parts(variables.collect(), read_file(file)?)
    }

    /// The database, where one is needed.
    ///
    /// # Errors
    /// When none is named.
    pub fn require_database(&self) -> Result<&DatabaseSettings, SettingsError> {
        self.database.as_ref().ok_or_else(|| {
            let what = "DATABASE_URL (database.url in the file) is not set: \
                        give postgres://user:password@host/database or sqlite://path/to/file.db";
            SettingsError::Invalid(vec![what.to_owned()])
        })
    }

    fn from_parts(variables: BTreeMap<String, String>, file: Table) -> Result<Self, SettingsError> {
        let from = Source::new(variables, file);
        let environments = [("development", false), ("production", true)];
        let settings = Self {
            production: from.choice(Name("environment", "ASSAY_ENV"), false, &environments),
            database: DatabaseSettings::read(&from),
            http: HttpSettings::read(&from),
            auth: AuthSettings::read(&from),
            limits: Limits::read(&from),
            log: LogSettings::read(&from),
            cache_bytes: from.number(Name("cache.bytes", "ASSAY_CACHE_BYTES"), CACHE_BYTES, 0..=1 << 40),
        };
        let problems = from.problems();
        if problems.is_empty() { Ok(settings) } else { Err(SettingsError::Invalid(problems)) }
    }
}

fn read_file(named: Option<&Path>) -> Result<Table, SettingsError> {
    let path = named.unwrap_or(Path::new(DEFAULT_FILE)).to_owned();
    match fs::read_to_string(&path) {
        Ok(text) => text.parse().map_err(|error: toml::de::Error| SettingsError::Syntax {
            path,
            // The error's own text quotes the line, which may hold a secret.
            why: error.message().to_owned(),
        }),
        Err(error) if named.is_none() && error.kind() == io::ErrorKind::NotFound => Ok(Table::new()),
        Err(source) => Err(SettingsError::File { path, source }),
    }
}

#[cfg(test)]
mod tests;
