//! Whose tokens the service accepts. Holds no secret: keys here are public ones.

use std::{collections::BTreeMap, path::PathBuf, time::Duration};

use url::Url;

use crate::domain::policy::Claim;

/// Whose tokens are accepted, and how they are read.
#[derive(Debug, Clone)]
pub struct AuthSettings {
    /// The `iss` of accepted tokens; its discovery document names the keys when nothing else does.
    pub issuer: Option<String>,
    /// The `aud` that accepted tokens carry.
    pub audience: Option<String>,
    /// Where the issuer's keys are, instead of by discovery.
    pub jwks_url: Option<Url>,
    /// A PEM file with the issuer's public key, instead of by URL.
    pub public_key_file: Option<PathBuf>,
    /// The claim that holds roles: its name, or its path (`realm_access.roles`).
    pub roles_claim: String,
    /// Which role of the issuer grants which claim of ours; roles that are not here grant nothing.
    pub role_mapping: BTreeMap<String, Claim>,
    /// The longest life of an accepted token.
    pub max_token_age: Duration,
}
