//! Whose tokens the service accepts. Holds no secret: keys here are public ones.

use std::{collections::BTreeMap, path::PathBuf, time::Duration};

use url::Url;

use crate::{
    config::{entry::Setting, source::Source},
    domain::policy::Claim,
};

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

impl Default for AuthSettings {
    /// No issuer; roles named as our claims are, in the claim `roles`; one hour.
    fn default() -> Self {
        Self {
            issuer: None,
            audience: None,
            jwks_url: None,
            public_key_file: None,
            roles_claim: "roles".to_owned(),
            role_mapping: Claim::ALL.iter().map(|claim| (claim.as_str().to_owned(), *claim)).collect(),
            max_token_age: Duration::from_secs(3600),
        }
    }
}

const ISSUER: Setting = Setting(
    "auth.issuer",
    "OIDC_ISSUER_URL",
    "Whose tokens are accepted: their `iss`, character for character.",
);
const AUDIENCE: Setting =
    Setting("auth.audience", "OIDC_AUDIENCE", "The audience (`aud`) that accepted tokens carry.");
const JWKS_URL: Setting = Setting("auth.jwks_url", "JWT_JWKS_URL", "Where the issuer's keys are.");
const PUBLIC_KEY_FILE: Setting = Setting(
    "auth.public_key_file",
    "JWT_PUBLIC_KEY_FILE",
    "A PEM file with the issuer's one public key, instead of any URL.",
);
const ROLES_CLAIM: Setting = Setting(
    "auth.roles_claim",
    "AUTH_ROLES_CLAIM",
    "The claim that holds roles: its name, or its path such as `realm_access.roles`.",
);
const ROLE_MAPPING: Setting = Setting(
    "auth.role_mapping",
    "AUTH_ROLE_MAPPING",
    "Which role of the issuer grants which of ours, e.g. `hr-admins=ADMIN,talent=RECRUITER`; replaces the \
     default.",
);
const MAX_TOKEN_AGE: Setting =
    Setting("auth.max_token_age", "AUTH_MAX_TOKEN_AGE", "A token that lives longer is refused.");

impl AuthSettings {
    pub(super) fn read(from: &Source) -> Self {
        let default = Self::default();
        let url = |text: &str| Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
        let http = "an http(s) URL";
        // Compared with `iss` character for character, so it is kept as it was written.
        let issuer = |text: &str| url(text).map(|_| text.to_owned());
        Self {
            issuer: from.url(ISSUER, http, "", issuer),
            audience: from.text(AUDIENCE, ""),
            jwks_url: from.url(JWKS_URL, http, "by the issuer's discovery document", url),
            public_key_file: from.path(PUBLIC_KEY_FILE, ""),
            roles_claim: from.text_or(ROLES_CLAIM, default.roles_claim),
            role_mapping: read_mapping(from).unwrap_or(default.role_mapping),
            max_token_age: from.duration(MAX_TOKEN_AGE, default.max_token_age),
        }
    }
}

/// `hr-admins=ADMIN,recruiting=RECRUITER`; what is given replaces the default whole.
fn read_mapping(from: &Source) -> Option<BTreeMap<String, Claim>> {
    let claims = Claim::ALL.iter().map(|claim| claim.as_str()).collect::<Vec<_>>().join(", ");
    let rule = format!("a table, or a=b,c=d, that grants some of {claims}");
    let mut mapping = BTreeMap::new();
    for (role, claim) in from.pairs(ROLE_MAPPING, &rule, "each by its own name")? {
        match Claim::parse(&claim) {
            Some(claim) => {
                mapping.insert(role, claim);
            }
            None => from.wrong(ROLE_MAPPING, &format!(": `{role}={claim}`: not one of {claims}")),
        }
    }
    Some(mapping)
}
