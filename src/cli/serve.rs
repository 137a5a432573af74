//! `assay serve`: the service on the database and the issuer that the settings name. Never migrates.

use clap::Args;

use crate::{
    auth::{Verifier, issuer::Issuer},
    cli::{data_dir::DataDir, failure::Failure, server, token::LONGEST},
    config::{Settings, clock::Clock},
    http::StopSignals,
    store::Store,
};

/// Serve the API.
#[derive(Debug, Args)]
pub(super) struct Serve {
    /// The port to listen on, instead of PORT
    #[arg(long)]
    port: Option<u16>,
    /// Where the settings name no issuer: accept the tokens that `assay token` prints, whose key is in the
    /// data directory. Refused in production
    #[arg(long)]
    trial: bool,
    #[command(flatten)]
    data_dir: DataDir,
}

impl Serve {
    pub(super) async fn run(self, settings: &Settings) -> Result<(), Failure> {
        let mut settings = settings.clone();
        settings.http.port = self.port.unwrap_or(settings.http.port);
        let database = settings.require_database()?;
        let (verifier, jwks) = self.verifier(&settings).await?;
        let store = Store::connect(database).await?;
        if !store.schema_is_current().await? {
            let what = "the database is older than this build: run `assay migrate up`, then serve";
            return Err(Failure::Failed(what.to_owned()));
        }
        let signals = StopSignals::listen()?;
        let server = server::listen(&settings, store, verifier, jwks)?;
        tracing::info!(address = %server.address(), production = settings.production, "serving");
        Ok(server.run(signals).await?)
    }

    /// Whose tokens are accepted, and the public keys to show when the issuer is our own.
    async fn verifier(&self, settings: &Settings) -> Result<(Verifier, Option<String>), Failure> {
        if self.trial && settings.production {
            let what = "--trial accepts tokens that anyone with the data directory can mint: \
                        in production, set OIDC_ISSUER_URL and OIDC_AUDIENCE and leave it out";
            return Err(Failure::Configuration(what.to_owned()));
        }
        if !self.trial || settings.auth.issuer.is_some() {
            return Ok((Verifier::start(&settings.auth, Clock::system()).await?, None));
        }
        let issuer = Issuer::open_or_create(&self.data_dir.path())?;
        tracing::warn!("a trial: accepting tokens of our own, which `assay token` prints");
        let verifier = Verifier::of_issuer(&issuer, Clock::system(), LONGEST)?;
        Ok((verifier, Some(issuer.public_keys()?)))
    }
}
