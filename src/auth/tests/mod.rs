//! The verifier against a real RS256 issuer on a local port. Never leaves the machine.

mod issuer;
mod keys_over_http;
mod tokens;
