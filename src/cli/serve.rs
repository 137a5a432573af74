//! `assay serve`: the service on the database and the issuer that the settings name. Never migrates.

use clap::Args;

use crate::{
    auth::{Verifier, issuer::Issuer},
    cli::{data_dir::DataDir, failure::Failure, production, server, token::LONGEST},
    config::{Settings, SettingsError, clock::Clock},
    http::StopSignals,
    store::Store,
};

const EXAMPLES: &str = "\
Examples:
  assay serve --production
  assay serve --trial --port 9000       no issuer yet: it accepts what `assay token` prints";

/// Serve the API.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
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
    /// Refuse settings that are unsafe in production, as ASSAY_ENV=production does
    #[arg(long)]
    production: bool,
}

impl Serve {
    pub(super) async fn run(self, settings: &Settings) -> Result<(), Failure> {
        let mut settings = settings.clone();
        settings.http.port = self.port.unwrap_or(settings.http.port);
        if let Some(collision) = settings.http.collision() {
            return Err(SettingsError::Invalid(vec![collision]).into());
        }
        settings.production |= self.production;
        if settings.production {
            self.refuse_unsafe(&settings)?;
        }
        let database = settings.require_database()?;
        let (verifier, jwks) = self.verifier(&settings).await?;
        let store = Store::connect(database).await?;
        if !store.schema_is_current().await? {
            let what = "the database is older than this build: run `assay migrate up`, then serve";
            return Err(Failure::Failed(what.to_owned()));
        }
        let _watch = store.watch();
        let signals = StopSignals::listen()?;
        let server = server::listen(&settings, store, verifier, jwks).await?;
        tracing::info!(address = %server.address(), production = settings.production, "serving");
        Ok(server.run(signals).await?)
    }

    fn refuse_unsafe(&self, settings: &Settings) -> Result<(), Failure> {
        let trial = "--trial accepts tokens that anyone with the data directory can mint: \
                     in production, set OIDC_ISSUER_URL and OIDC_AUDIENCE and leave it out";
        let trial = self.trial.then(|| trial.to_owned());
        let refused: Vec<_> = trial.into_iter().chain(production::refused(settings)).collect();
        if refused.is_empty() { Ok(()) } else { Err(SettingsError::Invalid(refused).into()) }
    }

    /// Whose tokens are accepted, and the public keys to show when the issuer is our own.
    async fn verifier(&self, settings: &Settings) -> Result<(Verifier, Option<String>), Failure> {
        if !self.trial || settings.auth.issuer.is_some() {
            if self.trial {
                tracing::warn!(
                    "--trial does nothing here: OIDC_ISSUER_URL names an issuer, whose tokens alone are accepted"
                );
            }
            return Ok((Verifier::start(&settings.auth, Clock::system()).await?, None));
        }
        let issuer = Issuer::open_or_create(&self.data_dir.path())?;
        tracing::warn!("a trial: accepting tokens of our own, which `assay token` prints");
        let verifier = Verifier::of_issuer(&issuer, Clock::system(), LONGEST)?;
        Ok((verifier, Some(issuer.public_keys()?)))
    }
}
