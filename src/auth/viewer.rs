//! Who asks. Made only by verifying a token, or for one of the closed set of jobs.

use std::collections::BTreeSet;

use crate::domain::{
    people::Identity,
    policy::{Claim, Claims},
    time::Timestamp,
};

/// Whoever an operation is done for: the bearer of a verified token, or a job of the service itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Viewer {
    who: Who,
    claims: Claims,
    on_behalf_of: Option<Identity>,
    issued_at: Option<Timestamp>,
    expires_at: Option<Timestamp>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Who {
    Bearer(Identity),
    Job(Job),
}

/// Work the service does for itself, with nobody's token. Audited under [`Job::as_str`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Job {
    /// Loads an organisation from a file.
    Seed,
    /// Loads the demo organisation.
    Demo,
    /// Makes the role profiles what files say.
    Profiles,
    /// Imports files of others.
    Import,
    /// Exports for people outside the service.
    Export,
}

impl Job {
    /// The name under which the audit records it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Seed => "SEED",
            Self::Demo => "DEMO",
            Self::Profiles => "PROFILES",
            Self::Import => "IMPORT",
            Self::Export => "EXPORT",
        }
    }

    /// What the job is granted: exactly what its work needs.
    fn claims(self) -> Claims {
        let scopes: &[&str] = match self {
            Self::Export => &["assessments:read", "catalogue:read", "people:read", "teams:read"],
            Self::Seed | Self::Demo | Self::Import => &[
                "assessments:read",
                "assessments:write",
                "catalogue:read",
                "people:read",
                "people:write",
                "questions:write",
                "skills:write",
                "teams:read",
                "teams:write",
            ],
            Self::Profiles => &["catalogue:read", "profiles:write"],
        };
        Claims {
            roles: BTreeSet::from([Claim::Admin, Claim::Service]),
            scopes: scopes.iter().map(ToString::to_string).collect(),
        }
    }
}

/// What a verified token says, before it becomes a [`Viewer`].
pub(super) struct Verified {
    pub(super) identity: Identity,
    pub(super) claims: Claims,
    pub(super) on_behalf_of: Option<Identity>,
    pub(super) issued_at: Timestamp,
    pub(super) expires_at: Timestamp,
}

impl Viewer {
    /// The service itself, at one of its jobs. Called only from `cli` and `jobs`.
    #[must_use]
    pub fn system(job: Job) -> Self {
        Self {
            who: Who::Job(job),
            claims: job.claims(),
            on_behalf_of: None,
            issued_at: None,
            expires_at: None,
        }
    }

    /// The bearer of a token whose signature and claims were checked.
    pub(super) fn bearer(token: Verified) -> Self {
        Self {
            who: Who::Bearer(token.identity),
            claims: token.claims,
            on_behalf_of: token.on_behalf_of,
            issued_at: Some(token.issued_at),
            expires_at: Some(token.expires_at),
        }
    }

    /// Who follows a link that was made for them.
    pub(super) fn of_link(
        identity: Identity,
        claims: Claims,
        on_behalf_of: Option<Identity>,
        issued_at: Option<Timestamp>,
        until: Timestamp,
    ) -> Self {
        Self { who: Who::Bearer(identity), claims, on_behalf_of, issued_at, expires_at: Some(until) }
    }

    /// A viewer without a token, for the unit tests of the layers above.
    #[cfg(test)]
    #[must_use]
    pub fn known(identity: Identity, claims: Claims) -> Self {
        Self { who: Who::Bearer(identity), claims, on_behalf_of: None, issued_at: None, expires_at: None }
    }

    /// The token's (issuer, subject); `None` for a job. For a delegated token this is the program that
    /// acts, see [`Viewer::on_behalf_of`].
    #[must_use]
    pub const fn identity(&self) -> Option<&Identity> {
        match &self.who {
            Who::Bearer(identity) => Some(identity),
            Who::Job(_) => None,
        }
    }

    /// The job, when the service works for itself.
    #[must_use]
    pub const fn job(&self) -> Option<Job> {
        match &self.who {
            Who::Bearer(_) => None,
            Who::Job(job) => Some(*job),
        }
    }

    /// The person a SERVICE acts for: the token's `sub` when it carries `act` (RFC 8693, section 4.1).
    #[must_use]
    pub const fn on_behalf_of(&self) -> Option<&Identity> {
        self.on_behalf_of.as_ref()
    }

    /// What the token grants.
    #[must_use]
    pub const fn claims(&self) -> &Claims {
        &self.claims
    }

    /// When the token was issued (`iat`); `None` for a job.
    #[must_use]
    pub const fn issued_at(&self) -> Option<Timestamp> {
        self.issued_at
    }

    /// When the token ends (`exp`); `None` for a job.
    #[must_use]
    pub const fn expires_at(&self) -> Option<Timestamp> {
        self.expires_at
    }
}
