//! Where keys come from: a JWK set, discovery, a file; and what happens while the issuer is down.

use std::io::Write;

use aws_lc_rs::{
    encoding::AsDer, encoding::PublicKeyX509Der, rsa::KeyPair, rsa::KeySize, signature::KeyPair as _,
};
use serde_json::json;

use crate::auth::{
    Refusal, Verifier, VerifierError,
    issuer::pem,
    tests::issuer::{Server, Signer, clock, payload, settings},
};

#[tokio::test]
async fn a_new_key_is_fetched_when_a_token_names_it_and_invented_ones_cause_no_more_fetches() {
    let (server, old, new) = (Server::start().await, Signer::new("old"), Signer::new("new"));
    server.answer(&json!({"keys": [old.jwk()]}));
    let mut settings = settings();
    settings.jwks_url = Some(server.url.parse().unwrap());
    let verifier = Verifier::start(&settings, clock()).await.unwrap();
    assert_eq!(server.requests(), 1);

    server.answer(&json!({"keys": [old.jwk(), new.jwk()]}));
    assert!(verifier.verify(&new.sign(&payload())).await.is_ok());
    assert!(verifier.verify(&old.sign(&payload())).await.is_ok());
    assert_eq!(server.requests(), 2);

    let invented = Signer { kid: "invented", key: new.key };
    for _ in 0..5 {
        assert_eq!(verifier.verify(&invented.sign(&payload())).await.unwrap_err(), Refusal::UnknownKey);
    }
    assert_eq!(server.requests(), 2);
}

#[tokio::test]
async fn the_last_good_keys_stay_while_the_issuer_is_down() {
    let (server, signer) = (Server::start().await, Signer::new("k1"));
    server.answer(&json!({"keys": [signer.jwk()]}));
    let mut settings = settings();
    settings.jwks_url = Some(server.url.parse().unwrap());
    let verifier = Verifier::start(&settings, clock()).await.unwrap();
    server.fail();
    let unknown = Signer { kid: "k2", key: signer.key.clone() };
    assert_eq!(verifier.verify(&unknown.sign(&payload())).await.unwrap_err(), Refusal::UnknownKey);
    assert_eq!(server.requests(), 2);
    assert!(verifier.verify(&signer.sign(&payload())).await.is_ok());
}

#[tokio::test]
async fn a_service_starts_while_its_issuer_is_down_and_becomes_ready_when_it_is_back() {
    let (server, signer) = (Server::start().await, Signer::new("k1"));
    server.fail();
    let mut settings = settings();
    settings.jwks_url = Some(server.url.parse().unwrap());
    let verifier = Verifier::start(&settings, clock()).await.unwrap();
    assert!(!verifier.is_ready());
    let refused = verifier.verify(&signer.sign(&payload())).await.unwrap_err();
    assert!(refused.is_temporary());

    server.answer(&json!({"keys": [signer.jwk()]}));
    while !verifier.is_ready() {
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    assert!(verifier.verify(&signer.sign(&payload())).await.is_ok());
}

#[tokio::test]
async fn discovery_must_name_the_issuer_it_was_asked_for() {
    let (server, signer) = (Server::start().await, Signer::new("k1"));
    // One body for both requests: a discovery document that is a JWK set as well.
    let document = |issuer: &str| json!({"issuer": issuer, "jwks_uri": server.url, "keys": [signer.jwk()]});
    let mut settings = settings();
    settings.issuer = Some(server.url.clone());
    let mut payload = payload();
    payload["iss"] = json!(server.url);

    server.answer(&document(&server.url));
    let verifier = Verifier::start(&settings, clock()).await.unwrap();
    assert!(verifier.verify(&signer.sign(&payload)).await.is_ok());

    server.answer(&document("https://evil.example"));
    let verifier = Verifier::start(&settings, clock()).await.unwrap();
    assert!(!verifier.is_ready());
}

#[tokio::test]
async fn a_set_with_strange_keys_still_gives_the_good_ones() {
    let (server, signer) = (Server::start().await, Signer::new("k1"));
    let strange = [
        json!({"kty": "oct", "kid": "s", "k": "c2VjcmV0", "alg": "HS256"}),
        json!({"kty": "AKP", "kid": "pq", "alg": "ML-DSA-44", "pub": "AA"}),
        json!({"kty": "RSA", "kid": "k1", "use": "enc", "n": "AA", "e": "AQAB"}),
        json!(7),
        serde_json::to_value(signer.jwk()).unwrap(),
    ];
    server.answer(&json!({ "keys": strange }));
    let mut settings = settings();
    settings.jwks_url = Some(server.url.parse().unwrap());
    let verifier = Verifier::start(&settings, clock()).await.unwrap();
    assert!(verifier.verify(&signer.sign(&payload())).await.is_ok());
}

#[tokio::test]
async fn a_pem_file_holds_the_one_key_whatever_the_token_calls_it() {
    let pair = KeyPair::generate(KeySize::Rsa2048).unwrap();
    let private = AsDer::<aws_lc_rs::encoding::Pkcs8V1Der<'_>>::as_der(&pair).unwrap();
    let public: PublicKeyX509Der<'_> = pair.public_key().as_der().unwrap();
    let text = pem("PRIVATE KEY", private.as_ref());
    let key = jsonwebtoken::EncodingKey::from_rsa_pem(text.as_bytes()).unwrap();
    let signer = Signer { kid: "anything", key };

    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(pem("PUBLIC KEY", public.as_ref()).as_bytes()).unwrap();
    let mut settings = settings();
    settings.public_key_file = Some(file.path().to_owned());
    let verifier = Verifier::start(&settings, clock()).await.unwrap();
    assert!(verifier.verify(&signer.sign(&payload())).await.is_ok());
    assert_eq!(verifier.verify(&Signer::new("x").sign(&payload())).await.unwrap_err(), Refusal::Signature);

    std::fs::write(file.path(), text).unwrap();
    let refused = Verifier::start(&settings, clock()).await.err().unwrap();
    assert!(matches!(refused, VerifierError::PublicKey { .. }));
    assert!(refused.to_string().contains("private key"), "{refused}");
}
