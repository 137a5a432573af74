//! Signed links: somebody's right to ask for one thing, for a few minutes, where no header can be sent. What they
//! may see is judged anew when the link is followed; it carries who they are and not what they are granted by
//! the database.

use std::collections::BTreeSet;

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{
    auth::Viewer,
    domain::{
        people::Identity,
        policy::{Claim, Claims},
        time::Timestamp,
    },
};

/// How long a link is good for.
pub const LINK_LIFETIME: TimeDelta = TimeDelta::minutes(5);

/// The longest link that is looked at.
const LONGEST: usize = 8_192;

/// What the signing key is derived for.
pub const LINK_PURPOSE: &str = "assay signed links 1";

/// Signs and opens links. Every server of a deployment has the same key.
#[derive(Clone, Copy)]
pub struct LinkKey([u8; 32]);

impl std::fmt::Debug for LinkKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("LinkKey(…)")
    }
}

/// Why a link is not followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LinkRefusal {
    /// Its time is over.
    #[error("the link has expired")]
    Expired,
    /// We never made it.
    #[error("the link is not one of ours")]
    Forged,
}

#[derive(Serialize, Deserialize)]
struct Body<W> {
    who: Identity,
    roles: BTreeSet<Claim>,
    scopes: BTreeSet<String>,
    acts_for: Option<Identity>,
    issued: Option<i64>,
    until: i64,
    what: W,
}

impl LinkKey {
    /// The key of a deployment: its secret for [`LINK_PURPOSE`].
    #[must_use]
    pub const fn new(secret: [u8; 32]) -> Self {
        Self(secret)
    }

    /// A link by which `viewer` asks for `what`, and until when it is good: for [`LINK_LIFETIME`], and never
    /// longer than their token. `None` for a job, which has no use for one.
    pub fn sign<W: Serialize>(
        &self,
        viewer: &Viewer,
        now: Timestamp,
        what: W,
    ) -> Option<(String, Timestamp)> {
        let until = viewer.expires_at().map_or(now + LINK_LIFETIME, |end| end.min(now + LINK_LIFETIME));
        let body = Body {
            who: viewer.identity()?.clone(),
            roles: viewer.claims().roles.clone(),
            scopes: viewer.claims().scopes.clone(),
            acts_for: viewer.on_behalf_of().cloned(),
            issued: viewer.issued_at().map(|at| at.timestamp_micros()),
            until: until.timestamp_micros(),
            what,
        };
        let bytes = serde_json::to_vec(&body).ok()?;
        let mac = blake3::keyed_hash(&self.0, &bytes);
        let text = format!(
            "{}.{}",
            BASE64_URL_SAFE_NO_PAD.encode(&bytes),
            BASE64_URL_SAFE_NO_PAD.encode(mac.as_bytes())
        );
        Some((text, until))
    }

    /// Who asks by the link, and for what.
    ///
    /// # Errors
    /// [`LinkRefusal`].
    pub fn open<W: DeserializeOwned>(&self, link: &str, now: Timestamp) -> Result<(Viewer, W), LinkRefusal> {
        let (bytes, mac) =
            link.split_once('.').filter(|_| link.len() <= LONGEST).ok_or(LinkRefusal::Forged)?;
        let decoded = |text: &str| BASE64_URL_SAFE_NO_PAD.decode(text).map_err(|_| LinkRefusal::Forged);
        let (bytes, mac) = (decoded(bytes)?, decoded(mac)?);
        let mac: [u8; 32] = mac.try_into().map_err(|_| LinkRefusal::Forged)?;
        // Hashes of blake3 compare in constant time.
        if blake3::keyed_hash(&self.0, &bytes) != blake3::Hash::from_bytes(mac) {
            return Err(LinkRefusal::Forged);
        }
        let body: Body<W> = serde_json::from_slice(&bytes).map_err(|_| LinkRefusal::Forged)?;
        let instant = |micros| Timestamp::from_timestamp_micros(micros).ok_or(LinkRefusal::Forged);
        let until = instant(body.until)?;
        if now >= until {
            return Err(LinkRefusal::Expired);
        }
        let issued = body.issued.map(instant).transpose()?;
        let claims = Claims { roles: body.roles, scopes: body.scopes };
        Ok((Viewer::of_link(body.who, claims, body.acts_for, issued, until), body.what))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn viewer() -> Viewer {
        let who = Identity { issuer: "https://id.test".to_owned(), subject: "ada".to_owned() };
        Viewer::known(who, Claims::default())
    }

    #[test]
    fn a_link_is_followed_by_whom_it_was_made_for_until_its_time_is_over() {
        let (key, now) = (LinkKey::new([7; 32]), Timestamp::from_timestamp(1_767_603_600, 0).unwrap());
        let (link, until) = key.sign(&viewer(), now, "matrix").unwrap();
        assert_eq!(until, now + LINK_LIFETIME);
        let (opened, what): (Viewer, String) = key.open(&link, until - TimeDelta::microseconds(1)).unwrap();
        assert_eq!((opened.identity(), what.as_str()), (viewer().identity(), "matrix"));
        assert_eq!(key.open::<String>(&link, until).unwrap_err(), LinkRefusal::Expired);
    }

    #[test]
    fn a_link_that_was_changed_anywhere_or_signed_elsewhere_is_forged() {
        let (key, now) = (LinkKey::new([7; 32]), Timestamp::from_timestamp(1_767_603_600, 0).unwrap());
        let (link, _) = key.sign(&viewer(), now, "matrix").unwrap();
        for at in 0..link.len() {
            let mut bytes = link.clone().into_bytes();
            bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(bytes).unwrap();
            assert_eq!(key.open::<String>(&changed, now).unwrap_err(), LinkRefusal::Forged, "at {at}");
        }
        for other in ["", ".", "a.b", "no-point"] {
            assert_eq!(key.open::<String>(other, now).unwrap_err(), LinkRefusal::Forged);
        }
        assert_eq!(LinkKey::new([8; 32]).open::<String>(&link, now).unwrap_err(), LinkRefusal::Forged);
    }
}
