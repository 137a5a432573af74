//! Why a token was refused. The client is told that it was, and the log is told why.

use std::fmt;

/// Why a token was not accepted.
///
/// `Display` is what a client may read: it never tells which check failed, since that would help only
/// someone who forges tokens. [`Refusal::reason`] is for the log.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refusal {
    /// Longer than any token of an issuer we know.
    TooLong,
    /// Not three parts of base64url JSON.
    Malformed,
    /// The header says that something must be understood (`crit`) which is not.
    Critical,
    /// The header's `typ` names another kind of token, e.g. a logout token.
    WrongType,
    /// `alg` is `none`, symmetric or unknown.
    UnacceptableAlgorithm,
    /// `alg` is not one that the key named by `kid` signs with.
    AlgorithmOfAnotherKey,
    /// No key of the configured set has this `kid`.
    UnknownKey,
    /// The signature does not verify.
    Signature,
    /// A claim that must be there is not, or is not of its form.
    Claim(&'static str),
    /// `iss` is not the configured issuer.
    Issuer,
    /// `aud` does not name us.
    Audience,
    /// `exp` has passed.
    Expired,
    /// `nbf` or `iat` lies in the future.
    NotYetValid,
    /// It lives longer than `AUTH_MAX_TOKEN_AGE`.
    TooLongLived,
    /// It is delegated (`act`), but grants no SERVICE.
    Delegation,
    /// No keys could be loaded yet: nothing is wrong with the token.
    KeysUnavailable,
}

impl Refusal {
    /// Whether the fault is ours, so that the client should come back later with the same token.
    #[must_use]
    pub const fn is_temporary(&self) -> bool {
        matches!(self, Self::KeysUnavailable)
    }

    /// What the log says. Holds nothing from the token.
    #[must_use]
    pub const fn reason(&self) -> &'static str {
        match self {
            Self::TooLong => "longer than 16 KiB",
            Self::Malformed => "not a signed JWT",
            Self::Critical => "the header has critical parameters",
            Self::WrongType => "the header's typ is not that of an access token",
            Self::UnacceptableAlgorithm => "the algorithm is none, symmetric or unknown",
            Self::AlgorithmOfAnotherKey => "the algorithm is not the key's",
            Self::UnknownKey => "no configured key has this kid",
            Self::Signature => "the signature does not verify",
            Self::Claim(claim) => claim,
            Self::Issuer => "iss is not the configured issuer",
            Self::Audience => "aud does not name this service",
            Self::Expired => "exp has passed",
            Self::NotYetValid => "nbf or iat lies in the future",
            Self::TooLongLived => "it lives longer than AUTH_MAX_TOKEN_AGE",
            Self::Delegation => "it carries act but grants no SERVICE",
            Self::KeysUnavailable => "the issuer's keys could not be loaded",
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::KeysUnavailable => "tokens cannot be verified at the moment",
            _ => "invalid token",
        })
    }
}

impl std::error::Error for Refusal {}
