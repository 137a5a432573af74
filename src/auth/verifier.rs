//! From a bearer token to a [`Viewer`], or a [`Refusal`]. The only maker of viewers that bear a token.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, Validation, errors::ErrorKind};
use serde::Deserialize;

use crate::{
    auth::{
        Refusal, Viewer,
        issuer::{DEMO_AUDIENCE, DEMO_ISSUER, Grant, Issuer, IssuerError},
        keys::{Key, KeySet},
        remote::{Location, Remote},
        token::{Payload, Rules},
    },
    config::{AuthSettings, clock::Clock},
    domain::policy::Claim,
};

/// The longest token that is looked at.
const TOKEN_LIMIT: usize = 16 * 1024;
/// The `typ` of an access token (RFC 9068) or of a plain JWT; other kinds must not pass for one (RFC 8725).
const TYPES: [&str; 3] = ["JWT", "at+jwt", "application/at+jwt"];

/// Checks tokens against the keys and the rules of one issuer. Cheap to clone.
#[derive(Clone)]
pub struct Verifier {
    keys: Keys,
    rules: Arc<Rules>,
    clock: Clock,
}

#[derive(Clone)]
enum Keys {
    Fixed(Arc<KeySet>),
    Remote(Arc<Remote>),
}

/// Why a verifier could not be made. Each message says what to set.
#[derive(Debug, thiserror::Error)]
pub enum VerifierError {
    /// A setting is missing.
    #[error("{0}")]
    Missing(&'static str),
    /// The public key file cannot be used.
    #[error("JWT_PUBLIC_KEY_FILE `{}` cannot be used: {why}", path.display())]
    PublicKey {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// The HTTP client cannot be made.
    #[error("the HTTP client that fetches keys cannot be made: {0}")]
    Http(String),
    /// The cryptographic library does not verify what it signed itself.
    #[error("tokens cannot be verified in this build: {0}")]
    Crypto(String),
}

/// The parts of a token's header that decide anything. Keys it brings along (`jwk`, `jku`, `x5u`, `x5c`)
/// are not among them.
#[derive(Deserialize)]
struct TokenHeader {
    alg: String,
    typ: Option<String>,
    kid: Option<String>,
    crit: Option<serde_json::Value>,
}

impl Verifier {
    /// Makes the verifier that the settings describe, and verifies a token of its own before any other.
    ///
    /// Keys of a remote issuer are fetched once before this returns. When that fails it is logged and tried
    /// again in the background, and [`Verifier::is_ready`] is false until it succeeds: an issuer that is
    /// down for a minute must not keep a service from starting.
    ///
    /// # Errors
    /// When a setting is missing, or the public key file is not one.
    pub async fn start(settings: &AuthSettings, clock: Clock) -> Result<Self, VerifierError> {
        verify_one_token(&clock).await?;
        let (issuer, audience) = (issuer(settings)?, audience(settings)?);
        let keys = match fixed_keys(settings)? {
            Some(keys) => Keys::Fixed(Arc::new(keys)),
            None => Keys::fetch(location(settings, &issuer)).await?,
        };
        let rules = Arc::new(Rules {
            issuer,
            audience,
            roles_claim: settings.roles_claim.clone(),
            role_mapping: settings.role_mapping.clone(),
            max_age: settings.max_token_age,
        });
        Ok(Self { keys, rules, clock })
    }

    /// Everything that would keep a verifier of these settings from starting; asks nobody.
    #[must_use]
    pub fn problems(settings: &AuthSettings) -> Vec<VerifierError> {
        let problems = [issuer(settings).err(), audience(settings).err(), fixed_keys(settings).err()];
        problems.into_iter().flatten().collect()
    }

    /// How many keys a verifier of these settings would verify with, fetched now if they are fetched.
    ///
    /// # Errors
    /// Why there are none, as an operator reads it.
    pub async fn count_keys(settings: &AuthSettings) -> Result<usize, String> {
        let told = |error: VerifierError| error.to_string();
        if let Some(keys) = fixed_keys(settings).map_err(told)? {
            return Ok(keys.len());
        }
        let issuer = issuer(settings).map_err(told)?;
        let keys = Remote::new(location(settings, &issuer))?.fetch().await?;
        Ok(keys.len())
    }

    /// A verifier of the demo issuer's tokens: roles are named as our claims are.
    ///
    /// # Errors
    /// When the issuer's public key cannot be read back.
    pub fn of_issuer(issuer: &Issuer, clock: Clock, max_age: Duration) -> Result<Self, VerifierError> {
        let crypto = |error: String| VerifierError::Crypto(error);
        let jwks = serde_json::to_vec(&issuer.jwks()).map_err(|error| crypto(error.to_string()))?;
        let rules = Rules {
            issuer: DEMO_ISSUER.to_owned(),
            audience: DEMO_AUDIENCE.to_owned(),
            roles_claim: "roles".to_owned(),
            role_mapping: Claim::ALL.iter().map(|claim| (claim.as_str().to_owned(), *claim)).collect(),
            max_age,
        };
        let keys = Keys::Fixed(Arc::new(KeySet::from_jwks(&jwks).map_err(crypto)?));
        Ok(Self { keys, rules: Arc::new(rules), clock })
    }

    /// Whether there are keys to verify tokens with.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        !self.keys.current().is_empty()
    }

    /// Checks a bearer token. The reason of a refusal is logged here, and only here.
    ///
    /// # Errors
    /// A [`Refusal`], whose text tells a client no more than that the token is not accepted.
    pub async fn verify(&self, token: &str) -> Result<Viewer, Refusal> {
        let verified = self.check(token).await;
        verified.inspect_err(|refusal| tracing::info!(reason = refusal.reason(), "a token was refused"))
    }

    async fn check(&self, token: &str) -> Result<Viewer, Refusal> {
        if token.len() > TOKEN_LIMIT {
            return Err(Refusal::TooLong);
        }
        let header = read_header(token)?;
        let algorithm = acceptable(&header)?;
        let payload = match self.keys.current().find(header.kid.as_deref()) {
            Ok(key) => self.signed_payload(token, algorithm, key)?,
            Err(_) => {
                let keys = self.keys.look_again().await?;
                self.signed_payload(token, algorithm, keys.find(header.kid.as_deref())?)?
            }
        };
        Ok(Viewer::bearer(self.rules.read(&payload, self.clock.now())?))
    }

    /// Verifies the signature, `iss` and `aud`, and that all four claims are there. Times are checked after
    /// this, by our clock.
    fn signed_payload(&self, token: &str, algorithm: Algorithm, key: &Key) -> Result<Payload, Refusal> {
        if !key.allows(algorithm) {
            return Err(Refusal::AlgorithmOfAnotherKey);
        }
        let mut validation = Validation::new(algorithm);
        validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
        validation.set_issuer(&[&self.rules.issuer]);
        validation.set_audience(&[&self.rules.audience]);
        validation.validate_exp = false;
        let decoded = jsonwebtoken::decode::<Payload>(token, &key.key, &validation);
        decoded.map(|token| token.claims).map_err(|error| match error.kind() {
            ErrorKind::InvalidSignature => Refusal::Signature,
            ErrorKind::InvalidIssuer => Refusal::Issuer,
            ErrorKind::InvalidAudience => Refusal::Audience,
            ErrorKind::MissingRequiredClaim(_) => Refusal::Claim("exp, iss, aud or sub is missing"),
            _ => Refusal::Malformed,
        })
    }
}

impl Keys {
    async fn fetch(location: Location) -> Result<Self, VerifierError> {
        let remote = Arc::new(Remote::new(location).map_err(VerifierError::Http)?);
        remote.refresh().await;
        remote.keep_fresh();
        Ok(Self::Remote(remote))
    }

    fn current(&self) -> Arc<KeySet> {
        match self {
            Self::Fixed(keys) => Arc::clone(keys),
            Self::Remote(remote) => remote.keys(),
        }
    }

    /// The keys, after asking the issuer for new ones where there is an issuer to ask.
    async fn look_again(&self) -> Result<Arc<KeySet>, Refusal> {
        if let Self::Remote(remote) = self {
            remote.look_again().await;
        }
        let keys = self.current();
        if keys.is_empty() { Err(Refusal::KeysUnavailable) } else { Ok(keys) }
    }
}

fn read_header(token: &str) -> Result<TokenHeader, Refusal> {
    let encoded = token.split('.').next().unwrap_or_default();
    let json = URL_SAFE_NO_PAD.decode(encoded).map_err(|_| Refusal::Malformed)?;
    serde_json::from_slice(&json).map_err(|_| Refusal::Malformed)
}

/// The header's algorithm, if a token with this header can be accepted by any key at all.
fn acceptable(header: &TokenHeader) -> Result<Algorithm, Refusal> {
    if header.crit.is_some() {
        return Err(Refusal::Critical);
    }
    if header.typ.as_ref().is_some_and(|typ| !TYPES.iter().any(|known| known.eq_ignore_ascii_case(typ))) {
        return Err(Refusal::WrongType);
    }
    match header.alg.parse().map_err(|_| Refusal::UnacceptableAlgorithm)? {
        Algorithm::HS256 | Algorithm::HS384 | Algorithm::HS512 => Err(Refusal::UnacceptableAlgorithm),
        asymmetric => Ok(asymmetric),
    }
}

fn issuer(settings: &AuthSettings) -> Result<String, VerifierError> {
    settings.issuer.clone().ok_or(VerifierError::Missing(
        "OIDC_ISSUER_URL is not set: give the issuer (the `iss`) whose tokens are accepted",
    ))
}

fn audience(settings: &AuthSettings) -> Result<String, VerifierError> {
    settings.audience.clone().ok_or(VerifierError::Missing(
        "OIDC_AUDIENCE is not set: give the audience (the `aud`) that tokens for this service carry",
    ))
}

fn location(settings: &AuthSettings, issuer: &str) -> Location {
    match &settings.jwks_url {
        Some(url) => Location::Jwks(url.clone()),
        None => Location::Discovery(issuer.to_owned()),
    }
}

fn fixed_keys(settings: &AuthSettings) -> Result<Option<KeySet>, VerifierError> {
    settings.public_key_file.as_deref().map(read_public_key).transpose()
}

fn read_public_key(path: &Path) -> Result<KeySet, VerifierError> {
    let wrong = |why| VerifierError::PublicKey { path: path.to_owned(), why };
    let pem = fs::read(path).map_err(|error| wrong(error.to_string()))?;
    KeySet::from_pem(&pem).map_err(wrong)
}

/// Signs and verifies a token, so that a build whose cryptographic library does not work fails at start and
/// not at the first request.
async fn verify_one_token(clock: &Clock) -> Result<(), VerifierError> {
    let crypto = |error: IssuerError| VerifierError::Crypto(error.to_string());
    let issuer = Issuer::ephemeral().map_err(crypto)?;
    let grant = Grant::to("start", &[]);
    let token = issuer.mint(&grant, clock.now()).map_err(crypto)?;
    let verified = Verifier::of_issuer(&issuer, clock.clone(), grant.lifetime)?.check(&token).await;
    verified.map(|_| ()).map_err(|refusal| VerifierError::Crypto(refusal.reason().to_owned()))
}
