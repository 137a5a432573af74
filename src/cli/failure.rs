//! How a verb fails: what it says, and the exit code that scripts see.

use crate::{
    auth::{VerifierError, issuer::IssuerError},
    config::SettingsError,
    http::ServeError,
    store::StoreError,
    telemetry::TelemetryError,
};

/// Why a verb did not do what it was asked. The text says what is wrong and what to do.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    /// It failed, or found a difference.
    #[error("{0}")]
    Failed(String),
    /// It was asked for something that cannot be.
    #[error("{0}")]
    Usage(String),
    /// A setting is missing or wrong.
    #[error("{0}")]
    Configuration(String),
}

impl Failure {
    pub(super) const fn exit_code(&self) -> u8 {
        match self {
            Self::Failed(_) => 1,
            Self::Usage(_) => 2,
            // EX_CONFIG of sysexits.h.
            Self::Configuration(_) => 78,
        }
    }
}

impl From<SettingsError> for Failure {
    fn from(error: SettingsError) -> Self {
        Self::Configuration(error.to_string())
    }
}

impl From<TelemetryError> for Failure {
    fn from(error: TelemetryError) -> Self {
        Self::Configuration(error.to_string())
    }
}

impl From<VerifierError> for Failure {
    fn from(error: VerifierError) -> Self {
        match error {
            VerifierError::Missing(_) | VerifierError::PublicKey { .. } => {
                Self::Configuration(error.to_string())
            }
            VerifierError::Http(_) | VerifierError::Crypto(_) => Self::Failed(error.to_string()),
        }
    }
}

impl From<IssuerError> for Failure {
    fn from(error: IssuerError) -> Self {
        Self::Failed(error.to_string())
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        let advice = match &error {
            StoreError::Unavailable(_) => ": check DATABASE_URL and that the server runs",
            StoreError::Fault(text) if text.contains("database is locked") => {
                ": another process is writing to it: try again when that is done"
            }
            _ => "",
        };
        Self::Failed(format!("{error}{advice}"))
    }
}

impl From<ServeError> for Failure {
    fn from(error: ServeError) -> Self {
        Self::Failed(error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_that_another_process_writes_to_is_one_to_try_again() {
        let failure = Failure::from(StoreError::Fault("(code: 5) database is locked".to_owned()));
        assert!(failure.to_string().ends_with("try again when that is done"), "{failure}");
        assert_eq!(failure.exit_code(), 1);
    }
}
