//! The keys tokens are verified with, and which algorithms each may verify. Never fetches anything.

use jsonwebtoken::{
    Algorithm, AlgorithmFamily, DecodingKey,
    jwk::{AlgorithmParameters, EllipticCurve, Jwk, PublicKeyUse},
};
use serde::Deserialize;

use crate::auth::Refusal;

/// A public key and the algorithms it may verify: all of one family, never taken from a token.
pub(super) struct Key {
    id: Option<String>,
    algorithms: Vec<Algorithm>,
    pub(super) key: DecodingKey,
}

impl Key {
    pub(super) fn allows(&self, algorithm: Algorithm) -> bool {
        self.algorithms.contains(&algorithm)
    }

    /// Reads one key of a set; the error says why it can verify no token of ours.
    fn from_jwk(jwk: &Jwk) -> Result<Self, &'static str> {
        if matches!(jwk.common.public_key_use, Some(PublicKeyUse::Encryption)) {
            return Err("it is for encryption");
        }
        let family: &[Algorithm] = match &jwk.algorithm {
            AlgorithmParameters::RSA(_) => AlgorithmFamily::Rsa.algorithms(),
            AlgorithmParameters::EllipticCurve(curve) if curve.curve == EllipticCurve::P256 => {
                &[Algorithm::ES256]
            }
            AlgorithmParameters::EllipticCurve(curve) if curve.curve == EllipticCurve::P384 => {
                &[Algorithm::ES384]
            }
            AlgorithmParameters::OctetKeyPair(pair) if pair.curve == EllipticCurve::Ed25519 => {
                &[Algorithm::EdDSA]
            }
            AlgorithmParameters::OctetKey(_) => return Err("it is symmetric"),
            _ => return Err("its type is not supported"),
        };
        let algorithms: Vec<_> = match jwk.common.key_algorithm {
            Some(named) => {
                family.iter().copied().filter(|one| Ok(*one) == Algorithm::try_from(named)).collect()
            }
            None => family.to_vec(),
        };
        if algorithms.is_empty() {
            return Err("its alg is not supported or not of its type");
        }
        let key = DecodingKey::from_jwk(jwk).map_err(|_| "its parameters are malformed")?;
        Ok(Self { id: jwk.common.key_id.clone(), algorithms, key })
    }
}

/// The keys of one issuer.
#[derive(Default)]
pub(super) struct KeySet {
    keys: Vec<Key>,
    /// A PEM file holds one key and no name for it, so a token's `kid` cannot tell anything.
    nameless: bool,
}

#[derive(Deserialize)]
struct RawSet {
    keys: Vec<serde_json::Value>,
}

impl KeySet {
    /// Reads a JWK set (RFC 7517). A key that cannot verify our tokens is left out with a log line, so that
    /// one strange key does not lock everyone out.
    pub(super) fn from_jwks(text: &[u8]) -> Result<Self, String> {
        let raw: RawSet = serde_json::from_slice(text).map_err(|error| format!("not a JWK set: {error}"))?;
        let mut keys = Vec::new();
        for value in raw.keys {
            let read = serde_json::from_value::<Jwk>(value).map_err(|_| "it is malformed");
            match read.and_then(|jwk| Key::from_jwk(&jwk)) {
                Ok(key) => keys.push(key),
                Err(why) => tracing::debug!(why, "a key of the JWK set is left out"),
            }
        }
        if keys.is_empty() {
            return Err("the JWK set holds no RSA, P-256, P-384 or Ed25519 signature key".to_owned());
        }
        Ok(Self { keys, nameless: false })
    }

    /// Reads one public key from PEM text.
    pub(super) fn from_pem(pem: &[u8]) -> Result<Self, String> {
        if pem.windows(11).any(|window| window == b"PRIVATE KEY") {
            return Err("it holds a private key; give the public key alone".to_owned());
        }
        let read = DecodingKey::from_rsa_pem(pem)
            .or_else(|_| DecodingKey::from_ec_pem(pem))
            .or_else(|_| DecodingKey::from_ed_pem(pem))
            .and_then(|key| Jwk::from_decoding_key(&key, None))
            .map_err(|_| "it is not an RSA, P-256, P-384 or Ed25519 public key in PEM form".to_owned())?;
        let key = Key::from_jwk(&read).map_err(|why| format!("the key cannot be used: {why}"))?;
        Ok(Self { keys: vec![key], nameless: true })
    }

    /// The key that `kid` names. Without a `kid` only a set of one key answers.
    pub(super) fn find(&self, kid: Option<&str>) -> Result<&Key, Refusal> {
        match (kid, self.keys.as_slice()) {
            (None, [only]) => Ok(only),
            (Some(_), [only]) if self.nameless => Ok(only),
            (None, _) => Err(Refusal::UnknownKey),
            (Some(kid), keys) => {
                keys.iter().find(|key| key.id.as_deref() == Some(kid)).ok_or(Refusal::UnknownKey)
            }
        }
    }

    pub(super) fn len(&self) -> usize {
        self.keys.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }
}
