//! Which tokens are refused, each for its own reason, and what the client is told.

use std::time::Duration;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, EncodingKey, Header, jwk::AlgorithmParameters};
use serde_json::{Value, json};

use crate::{
    auth::{
        Refusal, Verifier,
        issuer::{DEMO_ISSUER, Grant, Issuer, pem},
        tests::issuer::{NOW, Server, Signer, clock, payload, settings},
    },
    domain::policy::Claim,
};

/// A verifier of one RS256 issuer, and that issuer's key.
async fn trusted() -> (Verifier, Signer) {
    let (server, signer) = (Server::start().await, Signer::new("k1"));
    server.answer(&json!({"keys": [signer.jwk()]}));
    let mut settings = settings();
    settings.jwks_url = Some(server.url.parse().unwrap());
    (Verifier::start(&settings, clock()).await.unwrap(), signer)
}

fn with(changes: &Value) -> Value {
    let mut payload = payload();
    for (name, value) in changes.as_object().unwrap() {
        payload[name] = value.clone();
    }
    payload.as_object_mut().unwrap().retain(|_, value| !value.is_null());
    payload
}

/// A token put together by hand from a header and an unsigned or self-made signature.
fn forged(header: &Value, signature: &str) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    format!("{}.{}.{signature}", part(header), part(&payload()))
}

#[tokio::test]
async fn a_token_of_the_configured_issuer_makes_a_viewer() {
    let (verifier, signer) = trusted().await;
    let viewer = verifier.verify(&signer.sign(&payload())).await.unwrap();
    let identity = viewer.identity().unwrap();
    assert_eq!((identity.issuer.as_str(), identity.subject.as_str()), ("https://id.example", "ada"));
    assert!(viewer.claims().has(Claim::Admin));
    assert_eq!(viewer.expires_at().unwrap().timestamp(), NOW + 600);
    assert_eq!(viewer.issued_at().unwrap().timestamp(), NOW - 10);
}

#[tokio::test]
async fn a_signed_token_is_refused_when_its_claims_are_not_for_us_and_for_now() {
    let (verifier, signer) = trusted().await;
    let missing = Refusal::Claim("exp, iss, aud or sub is missing");
    for (changes, expected) in [
        (json!({"exp": NOW - 60, "iat": NOW - 600}), Refusal::Expired),
        (json!({"nbf": NOW + 60}), Refusal::NotYetValid),
        (json!({"exp": NOW + 7200}), Refusal::TooLongLived),
        (json!({"aud": "other"}), Refusal::Audience),
        (json!({"aud": []}), Refusal::Audience),
        (json!({"iss": "https://evil.example"}), Refusal::Issuer),
        (json!({"iss": "https://id.example/"}), Refusal::Issuer),
        (json!({"aud": null}), missing.clone()),
        (json!({"iss": null}), missing.clone()),
        (json!({"sub": null}), missing.clone()),
        (json!({"exp": null}), missing),
        (json!({"iat": null}), Refusal::Claim("iat is missing")),
    ] {
        let refused = verifier.verify(&signer.sign(&with(&changes))).await.unwrap_err();
        assert_eq!(refused, expected, "{changes}");
        assert_eq!(refused.to_string(), "invalid token");
    }
}

#[tokio::test]
async fn a_token_that_only_claims_to_be_signed_is_refused() {
    let (verifier, signer) = trusted().await;
    let good = signer.sign(&payload());
    let other = Signer::new("k1").sign(&payload());
    for (token, expected) in [
        (other, Refusal::Signature),
        (format!("{}x", &good[..good.len() - 4]), Refusal::Malformed),
        (forged(&json!({"alg": "none", "kid": "k1"}), ""), Refusal::UnacceptableAlgorithm),
        (forged(&json!({"alg": "None", "kid": "k1"}), ""), Refusal::UnacceptableAlgorithm),
        (forged(&json!({"alg": "ES256", "kid": "k1"}), "AAAA"), Refusal::AlgorithmOfAnotherKey),
        (forged(&json!({"alg": "RS256", "kid": "k1", "crit": ["x"]}), "AAAA"), Refusal::Critical),
        (forged(&json!({"alg": "RS256", "kid": "k1", "typ": "logout+jwt"}), "AAAA"), Refusal::WrongType),
        ("a.b.c".to_owned(), Refusal::Malformed),
        (String::new(), Refusal::Malformed),
        ("x".repeat(20_000), Refusal::TooLong),
    ] {
        assert_eq!(verifier.verify(&token).await.unwrap_err(), expected, "{token:.80}");
    }
    assert!(verifier.verify(&good).await.is_ok());
}

#[tokio::test]
async fn an_hmac_over_the_public_key_is_refused_in_every_form_of_that_key() {
    let (verifier, signer) = trusted().await;
    let jwk = signer.jwk();
    let AlgorithmParameters::RSA(parameters) = &jwk.algorithm else { panic!("not RSA") };
    let modulus = URL_SAFE_NO_PAD.decode(&parameters.n).unwrap();
    let secrets =
        [modulus.clone(), serde_json::to_vec(&jwk).unwrap(), pem("PUBLIC KEY", &modulus).into_bytes()];
    for secret in secrets {
        let header = Header { kid: Some("k1".to_owned()), ..Header::new(Algorithm::HS256) };
        let token = jsonwebtoken::encode(&header, &payload(), &EncodingKey::from_secret(&secret)).unwrap();
        assert_eq!(verifier.verify(&token).await.unwrap_err(), Refusal::UnacceptableAlgorithm);
    }
}

#[tokio::test]
async fn a_key_that_the_token_brings_along_is_not_looked_at() {
    let (verifier, _) = trusted().await;
    let attacker = Signer::new("theirs");
    let header = Header {
        kid: Some("theirs".to_owned()),
        jwk: Some(attacker.jwk()),
        jku: Some("http://127.0.0.1:1/keys".to_owned()),
        ..Header::new(Algorithm::RS256)
    };
    let token = jsonwebtoken::encode(&header, &payload(), &attacker.key).unwrap();
    assert_eq!(verifier.verify(&token).await.unwrap_err(), Refusal::UnknownKey);
}

#[tokio::test]
async fn the_demo_issuers_token_is_accepted_by_the_demo_alone() {
    let issuer = Issuer::ephemeral().unwrap();
    let demo = Verifier::of_issuer(&issuer, clock(), Duration::from_secs(86_400)).unwrap();
    let (real, _) = trusted().await;
    let mut grant = Grant::to("bot", &[Claim::Service]);
    grant.scopes = vec!["teams:read".to_owned()];
    grant.acting_for = Some("ada".to_owned());
    let token = issuer.mint(&grant, clock().now()).unwrap();
    let viewer = demo.verify(&token).await.unwrap();
    assert_eq!(viewer.identity().unwrap().subject, "bot");
    assert_eq!(viewer.on_behalf_of().unwrap().subject, "ada");
    assert_eq!(viewer.on_behalf_of().unwrap().issuer, DEMO_ISSUER);
    assert!(viewer.claims().has_scope("teams:read"));
    assert_eq!(real.verify(&token).await.unwrap_err(), Refusal::UnknownKey);
}
