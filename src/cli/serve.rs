//! `assay serve`: the service on the database and the issuer that the settings name. Never migrates.

use clap::Args;

use crate::{
    auth::Verifier,
    cli::{failure::Failure, server},
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
}

impl Serve {
    pub(super) async fn run(self, settings: &Settings) -> Result<(), Failure> {
        let mut settings = settings.clone();
        settings.http.port = self.port.unwrap_or(settings.http.port);
        let database = settings.require_database()?;
        let verifier = Verifier::start(&settings.auth, Clock::system()).await?;
        let store = Store::connect(database).await?;
        if !store.schema_is_current().await? {
            let what = "the database is older than this build: run `assay migrate up`, then serve";
            return Err(Failure::Failed(what.to_owned()));
        }
        let signals = StopSignals::listen()?;
        let server = server::listen(&settings, store, verifier, None)?;
        tracing::info!(address = %server.address(), production = settings.production, "serving");
        Ok(server.run(signals).await?)
    }
}
