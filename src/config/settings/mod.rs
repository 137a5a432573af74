//! All settings together, read once at start: defaults, then `assay.toml`, then the environment.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use crate::{
    config::{
        AuthSettings, DatabaseSettings, HttpSettings, Limits, LogSettings, OtlpSettings, RedisSettings,
        entry::{Entry, Setting},
        production::{self, Risk},
        source::{SettingsFile, Source},
    },
    domain::questions::similarity,
};

/// The file that is read from the working directory when no other is named.
const DEFAULT_FILE: &str = "assay.toml";
const ENVIRONMENT: Setting = Setting(
    "environment",
    "ASSAY_ENV",
    "`production` refuses settings that are unsafe there, and tells strangers nothing of the schema.",
);
const CACHE: Setting = Setting(
    "cache.bytes",
    "ASSAY_CACHE_BYTES",
    "How many bytes of answers one server remembers; 0 remembers nothing.",
);
const NEAR_DUPLICATE: Setting = Setting(
    "questions.near_duplicate",
    "ASSAY_QUESTIONS_NEAR_DUPLICATE",
    "From which resemblance on a submitted question is refused as a near duplicate; 1 is the same wording.",
);
/// Enough for some thousand matrices.
const CACHE_BYTES: u64 = 64 * 1024 * 1024;

/// What the operator set.
#[derive(Debug, Clone)]
pub struct Settings {
    /// `ASSAY_ENV=production`: introspection and suggestions are off.
    pub production: bool,
    /// What production would refuse, and may be there all the same.
    pub accepted_risks: Vec<Risk>,
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
    /// What is exported besides.
    pub otlp: OtlpSettings,
    /// How many bytes of read models are remembered in this process; 0 remembers nothing.
    pub cache_bytes: u64,
    /// The Redis that replicas share; `None` when none is named.
    pub remote_cache: Option<RedisSettings>,
    /// From which resemblance on two questions are near duplicates: 0 to 1.
    pub near_duplicate: f64,
    /// The files that secrets were read from.
    pub secret_files: Vec<PathBuf>,
}

/// Settings as they were read, with what is wrong with them.
#[derive(Debug)]
pub struct Reading {
    /// The settings; where one is wrong, its default.
    pub settings: Settings,
    /// Every setting that was read: its value, hidden if secret, and where that came from.
    pub entries: Vec<Entry>,
    /// Everything that is wrong. Use the settings only when this is empty.
    pub problems: Vec<String>,
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
    #[error("{}:{line}: the settings file is not TOML: {why}", path.display())]
    Syntax {
        /// Which file.
        path: PathBuf,
        /// Where.
        line: usize,
        /// What.
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
            accepted_risks: Vec::new(),
            database: None,
            http: HttpSettings::default(),
            auth: AuthSettings::default(),
            limits: Limits::default(),
            log: LogSettings::default(),
            otlp: OtlpSettings::default(),
            cache_bytes: CACHE_BYTES,
            remote_cache: None,
            near_duplicate: similarity::NEAR,
            secret_files: Vec::new(),
        }
    }
}

impl Settings {
    /// Reads the process's environment over a file: the one named, or `assay.toml` where there is one.
    ///
    /// # Errors
    /// Everything that is wrong, at once.
    pub fn load(file: Option<&Path>) -> Result<Self, SettingsError> {
        let Reading { settings, problems, .. } = Self::read(file)?;
        if problems.is_empty() { Ok(settings) } else { Err(SettingsError::Invalid(problems)) }
    }

    /// As [`Settings::load`], for who looks at the settings instead of using them.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn read(file: Option<&Path>) -> Result<Reading, SettingsError> {
        let text = |value: std::ffi::OsString| value.into_string().ok();
        let variables = std::env::vars_os().filter_map(|(name, value)| Some((text(name)?, text(value)?)));
        Ok(Self::from_parts(variables.collect(), read_file(file)?))
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

    /// Reads `variables` over `file`.
    pub(super) fn from_parts(variables: BTreeMap<String, String>, file: SettingsFile) -> Reading {
        let from = Source::new(variables, file);
        let environments = [("development", false), ("production", true)];
        let mut settings = Self {
            production: from.choice(ENVIRONMENT, false, &environments),
            accepted_risks: production::accepted(&from),
            database: DatabaseSettings::read(&from),
            http: HttpSettings::read(&from),
            auth: AuthSettings::read(&from),
            limits: Limits::read(&from),
            log: LogSettings::read(&from),
            otlp: OtlpSettings::read(&from),
            cache_bytes: from.number(CACHE, CACHE_BYTES, 0..=1 << 40),
            remote_cache: RedisSettings::read(&from),
            near_duplicate: from.share(NEAR_DUPLICATE, similarity::NEAR),
            secret_files: Vec::new(),
        };
        let (entries, problems) = from.finish();
        settings.secret_files = entries.iter().filter_map(Entry::secret_file).collect();
        Reading { settings, entries, problems }
    }
}

fn read_file(named: Option<&Path>) -> Result<SettingsFile, SettingsError> {
    let path = named.unwrap_or(Path::new(DEFAULT_FILE)).to_owned();
    let name = path.display().to_string();
    match fs::read_to_string(&path) {
        Ok(text) => {
            SettingsFile::parse(name, &text).map_err(|(line, why)| SettingsError::Syntax { path, line, why })
        }
        Err(error) if named.is_none() && error.kind() == io::ErrorKind::NotFound => {
            Ok(SettingsFile::none(name))
        }
        Err(source) => Err(SettingsError::File { path, source }),
    }
}

#[cfg(test)]
mod tests;
