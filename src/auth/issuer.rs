//! The demo's own token issuer: one ES256 key in the data directory, kept between runs.
//!
//! Only the demo trusts it. A service that is given a real issuer never reads this key.

use std::{
    fs, io,
    path::{Path, PathBuf},
    time::Duration,
};

use aws_lc_rs::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use chrono::TimeDelta;
use jsonwebtoken::{
    Algorithm, EncodingKey, Header,
    jwk::{Jwk, JwkSet, PublicKeyUse, ThumbprintHash},
};
use serde_json::json;

use crate::domain::{policy::Claim, time::Timestamp};

/// The `iss` of every token the demo mints, and the issuer its people are linked to.
pub const DEMO_ISSUER: &str = "urn:assay:demo";
/// The `aud` of every token the demo mints.
pub const DEMO_AUDIENCE: &str = "assay";
/// Where the key lies in the data directory.
const KEY_FILE: &str = "issuer.key.pem";

/// Mints tokens that the demo's service accepts.
pub struct Issuer {
    key: EncodingKey,
    jwk: Jwk,
    kid: String,
}

/// What a minted token says.
#[derive(Debug, Clone)]
pub struct Grant {
    /// Its `sub`, or with [`Grant::acting_for`] the program that acts.
    pub subject: String,
    /// What it grants.
    pub roles: Vec<Claim>,
    /// For SERVICE: what it may see and do.
    pub scopes: Vec<String>,
    /// The person a SERVICE acts for.
    pub acting_for: Option<String>,
    /// How long it is good for.
    pub lifetime: Duration,
}

impl Grant {
    /// A grant of `roles` to `subject` for one hour, with no scopes and acting for nobody.
    #[must_use]
    pub fn to(subject: &str, roles: &[Claim]) -> Self {
        Self {
            subject: subject.to_owned(),
            roles: roles.to_vec(),
            scopes: Vec::new(),
            acting_for: None,
            lifetime: Duration::from_secs(3600),
        }
    }
}

/// Why the demo's key could not be used.
#[derive(Debug, thiserror::Error)]
pub enum IssuerError {
    /// There is no key yet.
    #[error(
        "there is no demo issuer in {}: run `assay demo` or `assay serve --trial` once, it makes one",
        .0.display()
    )]
    Absent(PathBuf),
    /// The key cannot be read or written.
    #[error("the demo issuer's key {} cannot be used: {source}", path.display())]
    File {
        /// The key file.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// The key is not one.
    #[error("the demo issuer's key cannot be used: {0}")]
    Key(String),
}

impl Issuer {
    /// An issuer whose key lives in memory only.
    ///
    /// # Errors
    /// When the cryptographic library fails.
    pub fn ephemeral() -> Result<Self, IssuerError> {
        Self::from_pem(&fresh_key()?)
    }

    /// The issuer of a data directory.
    ///
    /// # Errors
    /// When there is none, or its key cannot be read.
    pub fn open(data_dir: &Path) -> Result<Self, IssuerError> {
        let path = data_dir.join(KEY_FILE);
        match fs::read_to_string(&path) {
            Ok(pem) => Self::from_pem(&pem),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Err(IssuerError::Absent(data_dir.to_owned()))
            }
            Err(source) => Err(IssuerError::File { path, source }),
        }
    }

    /// The issuer of a data directory, made when there is none.
    ///
    /// # Errors
    /// When its key can be neither read nor made.
    pub fn open_or_create(data_dir: &Path) -> Result<Self, IssuerError> {
        match Self::open(data_dir) {
            Err(IssuerError::Absent(_)) => {
                let path = data_dir.join(KEY_FILE);
                keep(&path, &fresh_key()?).map_err(|source| IssuerError::File { path, source })?;
                // Read back, so that two first runs at once end up with the same key.
                Self::open(data_dir)
            }
            found => found,
        }
    }

    fn from_pem(pem: &str) -> Result<Self, IssuerError> {
        let wrong = |error: jsonwebtoken::errors::Error| IssuerError::Key(error.to_string());
        let key = EncodingKey::from_ec_pem(pem.as_bytes()).map_err(wrong)?;
        let mut jwk = Jwk::from_encoding_key(&key, Algorithm::ES256).map_err(wrong)?;
        let kid = jwk.thumbprint(ThumbprintHash::SHA256).map_err(wrong)?;
        jwk.common.key_id = Some(kid.clone());
        jwk.common.public_key_use = Some(PublicKeyUse::Signature);
        Ok(Self { key, jwk, kid })
    }

    /// Mints a token that is good from `now` on.
    ///
    /// # Errors
    /// When the cryptographic library fails.
    pub fn mint(&self, grant: &Grant, now: Timestamp) -> Result<String, IssuerError> {
        let lifetime = TimeDelta::from_std(grant.lifetime).unwrap_or(TimeDelta::MAX);
        let expires_at = now.checked_add_signed(lifetime).unwrap_or(Timestamp::MAX_UTC);
        let mut payload = json!({
            "iss": DEMO_ISSUER,
            "aud": DEMO_AUDIENCE,
            "sub": grant.acting_for.as_ref().unwrap_or(&grant.subject),
            "iat": now.timestamp(),
            "exp": expires_at.timestamp(),
            "roles": grant.roles.iter().map(|role| role.as_str()).collect::<Vec<_>>(),
        });
        if !grant.scopes.is_empty() {
            payload["scope"] = json!(grant.scopes.join(" "));
        }
        if grant.acting_for.is_some() {
            payload["act"] = json!({ "sub": grant.subject });
        }
        let header = Header { kid: Some(self.kid.clone()), ..Header::new(Algorithm::ES256) };
        jsonwebtoken::encode(&header, &payload, &self.key)
            .map_err(|error| IssuerError::Key(error.to_string()))
    }

    /// The public key as a JWK set: what `/.well-known/jwks.json` of the demo answers.
    #[must_use]
    pub fn jwks(&self) -> JwkSet {
        JwkSet { keys: vec![self.jwk.clone()] }
    }

    /// [`Issuer::jwks`] as JSON text.
    ///
    /// # Errors
    /// When it cannot be written as JSON.
    pub fn public_keys(&self) -> Result<String, IssuerError> {
        serde_json::to_string(&self.jwks()).map_err(|error| IssuerError::Key(error.to_string()))
    }
}

/// A new P-256 key in PKCS#8 PEM form.
fn fresh_key() -> Result<String, IssuerError> {
    EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new())
        .map(|der| pem("PRIVATE KEY", der.as_ref()))
        .map_err(|error| IssuerError::Key(error.to_string()))
}

/// PEM text (RFC 7468) of a DER structure.
pub(super) fn pem(label: &str, der: &[u8]) -> String {
    let body = STANDARD.encode(der);
    let lines: Vec<_> = (0..body.len()).step_by(64).map(|at| &body[at..body.len().min(at + 64)]).collect();
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", lines.join("\n"))
}

/// Writes the key for the owner alone, whole or not at all, and never over one that is there.
fn keep(path: &Path, pem: &str) -> io::Result<()> {
    use io::Write;

    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    // No two keys are alike, and so no two drafts.
    let draft = path.with_extension(format!("{}.tmp", blake3::hash(pem.as_bytes()).to_hex()));
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&draft)?;
    file.write_all(pem.as_bytes())?;
    file.sync_all()?;
    // Unlike a rename, a link does not take the place of a key that somebody else has just made.
    let linked = fs::hard_link(&draft, path);
    fs::remove_file(draft)?;
    match linked {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        linked => linked,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_is_kept_between_runs_and_readable_by_its_owner_alone() {
        let dir = tempfile::tempdir().unwrap();
        let first = Issuer::open_or_create(dir.path()).unwrap();
        let again = Issuer::open_or_create(dir.path()).unwrap();
        assert_eq!(first.jwks(), again.jwks());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(dir.path().join(KEY_FILE)).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }

    #[test]
    fn of_many_first_runs_at_once_all_have_the_same_key() {
        let dir = tempfile::tempdir().unwrap();
        let keys: Vec<JwkSet> = std::thread::scope(|scope| {
            let run = || Issuer::open_or_create(dir.path()).unwrap().jwks();
            let runs: Vec<_> = (0..8).map(|_| scope.spawn(run)).collect();
            runs.into_iter().map(|run| run.join().unwrap()).collect()
        });
        assert!(keys.iter().all(|key| *key == keys[0]), "{keys:#?}");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1, "no draft is left behind");
    }

    #[test]
    fn minting_without_a_demo_says_what_to_do() {
        let dir = tempfile::tempdir().unwrap();
        let error = Issuer::open(dir.path()).err().unwrap().to_string();
        assert!(error.contains("run `assay demo` or"), "{error}");
    }

    #[test]
    fn the_public_set_holds_no_private_part() {
        let set = serde_json::to_value(Issuer::ephemeral().unwrap().jwks()).unwrap();
        assert!(set["keys"][0]["d"].is_null());
        assert_eq!(set["keys"][0]["use"], "sig");
    }
}
