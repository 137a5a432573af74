//! What a token must say, and what it grants: from a signed payload to a [`Verified`]. Pure.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use chrono::{DateTime, TimeDelta};
use serde_json::{Map, Value};

use crate::{
    auth::{Refusal, viewer::Verified},
    domain::{
        people::Identity,
        policy::{Claim, Claims},
        time::Timestamp,
    },
};

/// How far the issuer's clock and ours may differ.
const LEEWAY: TimeDelta = TimeDelta::seconds(30);

/// The claims of a payload whose signature, `iss` and `aud` were verified.
pub(super) type Payload = Map<String, Value>;

/// What the operator set about tokens.
pub(super) struct Rules {
    pub(super) issuer: String,
    pub(super) audience: String,
    pub(super) roles_claim: String,
    pub(super) role_mapping: BTreeMap<String, Claim>,
    pub(super) max_age: Duration,
}

impl Rules {
    /// Checks the token's times against `now` and reads who it is and what it grants.
    pub(super) fn read(&self, payload: &Payload, now: Timestamp) -> Result<Verified, Refusal> {
        let (issued_at, expires_at) = self.lifetime(payload, now)?;
        let subject = Identity {
            issuer: text(payload, "iss").ok_or(Refusal::Claim("iss is missing or not a string"))?,
            subject: text(payload, "sub").ok_or(Refusal::Claim("sub is missing, empty or too long"))?,
        };
        let claims = Claims { roles: self.roles(payload), scopes: scopes(payload) };
        let (identity, on_behalf_of) = delegation(payload, subject, &claims)?;
        Ok(Verified { identity, claims, on_behalf_of, issued_at, expires_at })
    }

    fn lifetime(&self, payload: &Payload, now: Timestamp) -> Result<(Timestamp, Timestamp), Refusal> {
        let required = |name, why| instant(payload, name)?.ok_or(Refusal::Claim(why));
        let expires_at = required("exp", "exp is missing")?;
        let issued_at = required("iat", "iat is missing")?;
        if now >= expires_at + LEEWAY {
            return Err(Refusal::Expired);
        }
        let starts = instant(payload, "nbf")?.map_or(issued_at, |nbf| nbf.max(issued_at));
        if starts > now + LEEWAY {
            return Err(Refusal::NotYetValid);
        }
        // A token that may live for years cannot be revoked by waiting, so its age is ours to bound.
        let longest = TimeDelta::from_std(self.max_age).unwrap_or(TimeDelta::MAX);
        if expires_at - issued_at > longest {
            return Err(Refusal::TooLongLived);
        }
        Ok((issued_at, expires_at))
    }

    fn roles(&self, payload: &Payload) -> BTreeSet<Claim> {
        let found = lookup(payload, &self.roles_claim);
        words(found).filter_map(|role| self.role_mapping.get(role).copied()).collect()
    }
}

/// Who acts, and for whom. In a delegated token `sub` is the person and `act.sub` the program that acts
/// (RFC 8693, section 4.1). The program is the viewer: it has what its scopes name, not what the person has.
fn delegation(
    payload: &Payload,
    subject: Identity,
    claims: &Claims,
) -> Result<(Identity, Option<Identity>), Refusal> {
    let Some(act) = payload.get("act") else { return Ok((subject, None)) };
    if !claims.has(Claim::Service) {
        return Err(Refusal::Delegation);
    }
    let act = act.as_object().ok_or(Refusal::Claim("act is not an object"))?;
    let actor = Identity {
        issuer: text(act, "iss").unwrap_or_else(|| subject.issuer.clone()),
        subject: text(act, "sub").ok_or(Refusal::Claim("act.sub is missing, empty or too long"))?,
    };
    Ok((actor, Some(subject)))
}

/// A claim that is a string of 1–255 characters: what OpenID Connect allows for `sub`.
fn text(payload: &Payload, name: &str) -> Option<String> {
    let text = payload.get(name)?.as_str()?;
    (1..=255).contains(&text.chars().count()).then(|| text.to_owned())
}

/// A NumericDate: seconds, with or without a fraction.
fn instant(payload: &Payload, name: &'static str) -> Result<Option<Timestamp>, Refusal> {
    let Some(value) = payload.get(name) else { return Ok(None) };
    let seconds = value.as_i64().or_else(|| value.as_f64().map(|seconds| seconds.floor() as i64));
    // Beyond the year 5138 the sums below would overflow; no honest token comes near.
    seconds
        .filter(|seconds| (0..100_000_000_000).contains(seconds))
        .and_then(|seconds| DateTime::from_timestamp(seconds, 0))
        .map(Some)
        .ok_or(Refusal::Claim("exp, nbf or iat is not a date"))
}

/// Finds a claim by its whole name, which may hold dots (`https://example.com/roles`), or else by its path
/// (`realm_access.roles`).
fn lookup<'p>(payload: &'p Payload, name: &str) -> Option<&'p Value> {
    payload.get(name).or_else(|| {
        let (first, rest) = name.split_once('.')?;
        lookup(payload.get(first)?.as_object()?, rest)
    })
}

/// The words of a space-separated string, or the strings of an array: issuers write either.
fn words(value: Option<&Value>) -> impl Iterator<Item = &str> {
    let (one, many) = match value {
        Some(Value::String(text)) => (text.as_str(), &[][..]),
        Some(Value::Array(items)) => ("", items.as_slice()),
        _ => ("", &[][..]),
    };
    one.split_ascii_whitespace().chain(many.iter().filter_map(Value::as_str))
}

fn scopes(payload: &Payload) -> BTreeSet<String> {
    words(payload.get("scope")).chain(words(payload.get("scp"))).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const NOW: i64 = 1_800_000_000;

    fn rules() -> Rules {
        Rules {
            issuer: "https://id.example".to_owned(),
            audience: "assay".to_owned(),
            roles_claim: "realm_access.roles".to_owned(),
            role_mapping: BTreeMap::from([
                ("hr-admin".to_owned(), Claim::Admin),
                ("bot".to_owned(), Claim::Service),
            ]),
            max_age: Duration::from_secs(3600),
        }
    }

    /// A payload that is right, with `changes` laid over it; null takes a claim away.
    fn read(changes: Value) -> Result<Verified, Refusal> {
        let mut payload = json!({
            "iss": "https://id.example", "sub": "ada", "exp": NOW + 600, "iat": NOW - 60,
            "realm_access": {"roles": ["hr-admin", "unknown"]},
        });
        for (name, value) in changes.as_object().unwrap() {
            payload[name] = value.clone();
        }
        let mut payload = payload.as_object().unwrap().clone();
        payload.retain(|_, value| !value.is_null());
        rules().read(&payload, DateTime::from_timestamp(NOW, 0).unwrap())
    }

    fn refused(changes: Value) -> Refusal {
        read(changes).err().unwrap()
    }

    #[test]
    fn roles_are_found_by_path_and_only_mapped_ones_count() {
        let token = read(json!({})).unwrap();
        assert_eq!(token.claims.roles, BTreeSet::from([Claim::Admin]));
        assert_eq!(token.identity.subject, "ada");
        assert_eq!(token.expires_at.timestamp(), NOW + 600);
    }

    #[test]
    fn a_claim_whose_name_holds_dots_is_found_whole() {
        let payload = json!({"https://id.example/roles": "hr-admin"});
        let rules = Rules { roles_claim: "https://id.example/roles".to_owned(), ..rules() };
        assert_eq!(rules.roles(payload.as_object().unwrap()), BTreeSet::from([Claim::Admin]));
    }

    #[test]
    fn scopes_are_read_from_a_string_or_an_array() {
        let token = read(json!({"scope": "teams:read openid", "scp": ["people:read"]})).unwrap();
        let expected = ["teams:read", "openid", "people:read"].map(str::to_owned);
        assert_eq!(token.claims.scopes, BTreeSet::from(expected));
    }

    #[test]
    fn times_are_held_with_half_a_minute_of_leeway() {
        assert_eq!(refused(json!({"exp": NOW - 30})), Refusal::Expired);
        assert!(read(json!({"exp": NOW - 29})).is_ok());
        assert_eq!(refused(json!({"nbf": NOW + 31})), Refusal::NotYetValid);
        assert!(read(json!({"nbf": NOW + 30})).is_ok());
        assert_eq!(refused(json!({"iat": NOW + 31})), Refusal::NotYetValid);
    }

    #[test]
    fn a_token_that_lives_too_long_or_does_not_say_how_long_is_refused() {
        assert_eq!(refused(json!({"iat": NOW - 10, "exp": NOW + 3591})), Refusal::TooLongLived);
        assert!(read(json!({"iat": NOW - 10, "exp": NOW + 3590})).is_ok());
        assert_eq!(refused(json!({"iat": null})), Refusal::Claim("iat is missing"));
        assert_eq!(refused(json!({"exp": null})), Refusal::Claim("exp is missing"));
        assert_eq!(refused(json!({"exp": "soon"})), Refusal::Claim("exp, nbf or iat is not a date"));
        assert_eq!(refused(json!({"exp": 1e300})), Refusal::Claim("exp, nbf or iat is not a date"));
    }

    #[test]
    fn a_program_acts_for_the_subject_and_is_the_viewer_itself() {
        let token = read(json!({"act": {"sub": "hr-sync"}, "realm_access": {"roles": ["bot"]}})).unwrap();
        assert_eq!(token.identity.subject, "hr-sync");
        assert_eq!(token.on_behalf_of.unwrap().subject, "ada");
    }

    #[test]
    fn delegation_without_service_is_refused() {
        assert_eq!(refused(json!({"act": {"sub": "someone"}})), Refusal::Delegation);
    }

    #[test]
    fn a_subject_is_required() {
        let why = Refusal::Claim("sub is missing, empty or too long");
        assert_eq!(refused(json!({"sub": ""})), why);
        assert_eq!(refused(json!({"sub": null})), why);
    }
}
