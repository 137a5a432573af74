//! `assay token`: mints a token with the demo issuer's key, and prints it alone. A real issuer's tokens
//! come from that issuer.

use std::time::Duration;

use clap::Args;

use crate::{
    auth::issuer::{Grant, Issuer},
    cli::{answer, data_dir::DataDir, failure::Failure},
    config::{clock::Clock, parse_duration},
    domain::policy::Claim,
};

/// The longest life the demo accepts.
pub(super) const LONGEST: Duration = Duration::from_secs(24 * 3600);

const EXAMPLES: &str = "\
Examples:
  assay token --subject manager
  assay token --subject admin --role ADMIN --ttl 8h
  assay token --subject bot --role SERVICE --scope teams:read --acting-for manager";

/// Print a token that the demo accepts.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Token {
    /// Whose token it is: the `sub` that a person of the demo is linked to
    #[arg(long)]
    subject: String,
    /// What it grants, e.g. ADMIN; can be given more than once
    #[arg(long = "role", value_name = "ROLE", value_delimiter = ',', value_parser = parse_claim)]
    roles: Vec<Claim>,
    /// For SERVICE: what it may see and do, e.g. teams:read; can be given more than once
    #[arg(long = "scope", value_name = "SCOPE", value_delimiter = ',')]
    scopes: Vec<String>,
    /// For SERVICE: the subject it acts for
    #[arg(long, value_name = "SUBJECT")]
    acting_for: Option<String>,
    /// How long it is good for, at most 24h
    #[arg(long, value_name = "DURATION", default_value = "1h", value_parser = parse_lifetime)]
    ttl: Duration,
    #[command(flatten)]
    data_dir: DataDir,
}

impl Token {
    pub(super) fn run(self) -> Result<(), Failure> {
        if self.acting_for.is_some() && !self.roles.contains(&Claim::Service) {
            return Err(Failure::Usage("--acting-for needs --role SERVICE".to_owned()));
        }
        let grant = Grant {
            subject: self.subject,
            roles: self.roles,
            scopes: self.scopes,
            acting_for: self.acting_for,
            lifetime: self.ttl,
        };
        let token = Issuer::open(&self.data_dir.path())?.mint(&grant, Clock::system().now())?;
        answer(&format!("{token}\n"))
    }
}

fn parse_claim(text: &str) -> Result<Claim, String> {
    let names: Vec<_> = Claim::ALL.iter().map(|claim| claim.as_str()).collect();
    Claim::parse(&text.to_ascii_uppercase().replace('-', "_"))
        .ok_or_else(|| format!("a role is one of {}", names.join(", ")))
}

fn parse_lifetime(text: &str) -> Result<Duration, String> {
    parse_duration(text)
        .filter(|length| *length <= LONGEST)
        .ok_or_else(|| "give a length of time such as 30m or 8h, at most 24h".to_owned())
}
