//! What is not served in production unless the operator accepts it by name. Knows the names and the fixes;
//! never looks whether one holds: `cli` does.

use crate::config::{entry::Setting, source::Source};

/// Something that is fine on a desk and unsafe in production.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Risk {
    /// The data lies in one file of one machine.
    Sqlite,
    /// The database is spoken to over a network without encryption.
    PlaintextDatabase,
    /// Redis is spoken to over a network without encryption.
    PlaintextRedis,
    /// Credentials are sent to a receiver of telemetry over a network without encryption.
    PlaintextOtlp,
    /// Whoever sits between us and the issuer chooses the keys.
    PlaintextIssuer,
    /// A stolen token is good for long.
    LongLivedTokens,
    /// Strangers read the schema.
    OpenIntrospection,
    /// Everybody on the machine reads a secret.
    ReadableSecret,
}

impl Risk {
    /// All of them.
    pub const ALL: &[Self] = &[
        Self::Sqlite,
        Self::PlaintextDatabase,
        Self::PlaintextRedis,
        Self::PlaintextOtlp,
        Self::PlaintextIssuer,
        Self::LongLivedTokens,
        Self::OpenIntrospection,
        Self::ReadableSecret,
    ];

    /// The name by which it is refused and accepted.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::PlaintextDatabase => "plaintext-database",
            Self::PlaintextRedis => "plaintext-redis",
            Self::PlaintextOtlp => "plaintext-otlp",
            Self::PlaintextIssuer => "plaintext-issuer",
            Self::LongLivedTokens => "long-lived-tokens",
            Self::OpenIntrospection => "open-introspection",
            Self::ReadableSecret => "readable-secret",
        }
    }

    /// Why it is one, as a sentence.
    #[must_use]
    pub const fn why(self) -> &'static str {
        match self {
            Self::Sqlite => {
                "SQLite has one writer on one machine: a second server would serve other data, a lost disk \
                 loses everything, and a power cut may lose the last writes"
            }
            Self::PlaintextDatabase => {
                "names, ratings and the password cross the network unencrypted, or would if the server asked"
            }
            Self::PlaintextOtlp => {
                "whoever is on the way reads the credentials, and can send as this service"
            }
            Self::PlaintextRedis => "names, ratings and the password cross the network unencrypted",
            Self::PlaintextIssuer => "whoever is on the way can put in keys of their own and be anybody",
            Self::LongLivedTokens => "a stolen token stays good for that long",
            Self::OpenIntrospection => "strangers learn every name of the schema",
            Self::ReadableSecret => "every user of the machine can read the secret",
        }
    }

    /// What to do about it, as an order.
    #[must_use]
    pub const fn fix(self) -> &'static str {
        match self {
            Self::Sqlite => "give a postgres:// DATABASE_URL",
            Self::PlaintextDatabase => {
                "add ?sslmode=verify-full to the URL (require encrypts, and trusts any certificate)"
            }
            Self::PlaintextRedis => "give a rediss:// REDIS_URL",
            Self::PlaintextOtlp => "give an https:// endpoint, or a collector on this machine",
            Self::PlaintextIssuer => "give https:// URLs",
            Self::LongLivedTokens => {
                "let the issuer make shorter tokens, and set AUTH_MAX_TOKEN_AGE to 1h or less"
            }
            Self::OpenIntrospection => {
                "unset ASSAY_HTTP_INTROSPECTION; clients can be made from schema.graphql"
            }
            Self::ReadableSecret => {
                "take the right to read it from others (chmod o-r; defaultMode: 0440 in Kubernetes)"
            }
        }
    }
}

const ACCEPT: Setting = Setting(
    "accept_risks",
    "ASSAY_ACCEPT_RISKS",
    "What production refuses and you have thought about, by the names that the refusal tells, with commas.",
);

/// The risks that the operator accepts.
pub(super) fn accepted(from: &Source) -> Vec<Risk> {
    let names: Vec<_> = Risk::ALL.iter().map(|risk| risk.name()).collect();
    let rule = format!("a list of some of {}", names.join(", "));
    let one = |name: &str| Risk::ALL.iter().find(|risk| risk.name() == name.trim()).copied();
    from.parsed(ACCEPT, &rule, "none", |text| text.split(',').map(one).collect()).unwrap_or_default()
}
