//! `assay demo`: a whole service on this machine, with an organisation to look at and tokens to look at
//! it with. Its data directory is its own; nothing outside it is touched.

use std::{
    fs::{self, File},
    io,
    path::Path,
};

use clap::{Args, ValueEnum};
use serde_json::{Map, Value, json};

use crate::{
    app::demo::{LoadError, World, load},
    auth::{
        Verifier,
        issuer::{DEMO_ISSUER, Grant, Issuer},
    },
    cli::{answer, data_dir::DataDir, failure::Failure, server, token::LONGEST},
    config::{DatabaseSettings, Settings, SettingsError, clock::Clock},
    domain::policy::Claim,
    http::{ServerSettings, StopSignals, free},
    interchange::{demo::demo, organisation::Persona},
    store::Store,
};

/// The database file; SQLite keeps others beside it, whose names begin alike.
const DATABASE: &str = "assay.db";
/// Held while a demo runs, so that no second one writes to the same files.
const LOCK: &str = "demo.lock";
/// The team that the printed request asks about, by its slug: the manager leads it.
const SHOWN_TEAM: &str = "checkout";

const EXAMPLES: &str = "\
Examples:
  assay demo
  assay demo --fresh --port 9000";

/// Run the demo: a database, an organisation and tokens of its own.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct DemoRun {
    /// Start over with a new organisation; what was changed in the old one is lost
    #[arg(long)]
    fresh: bool,
    /// The port to listen on [default: PORT, else 8080]
    #[arg(long)]
    port: Option<u16>,
    /// How the addresses and tokens are printed; `json` is one line
    #[arg(long, value_enum, default_value_t = Output::Text)]
    output: Output,
    #[command(flatten)]
    data_dir: DataDir,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Output {
    /// For people
    Text,
    /// For programs
    Json,
}

impl DemoRun {
    pub(super) async fn run(self, settings: &Settings) -> Result<(), Failure> {
        if settings.production {
            let what = "demo: it accepts the tokens of its own issuer and prints them, which production \
                        never does. Fix: use `assay serve`, or unset ASSAY_ENV";
            return Err(Failure::Configuration(what.to_owned()));
        }
        let mut settings = settings.clone();
        settings.http.port = self.port.unwrap_or(settings.http.port);
        if let Some(collision) = settings.http.collision() {
            return Err(SettingsError::Invalid(vec![collision]).into());
        }
        let directory = self.data_dir.path();
        let _lock = claim(&directory)?;
        // Before anything is thrown away or loaded for a server that cannot be.
        free(&ServerSettings::new(&settings))?;
        if self.fresh {
            empty(&directory).map_err(|error| unusable(&directory, &error))?;
        }
        let store = open(&directory).await?;
        let issuer = Issuer::open_or_create(&directory)?;
        let verifier = Verifier::of_issuer(&issuer, Clock::system(), LONGEST)?;
        let signals = StopSignals::listen()?;
        let server = server::listen(&settings, store, verifier, Some(issuer.public_keys()?)).await?;
        let url = format!("http://{}", server.address());
        let tokens = mint(&issuer)?;
        answer(&match self.output {
            Output::Text => text(&url, &directory, &tokens),
            Output::Json => json_line(&url, tokens),
        })?;
        Ok(server.run(signals).await?)
    }
}

/// Makes the directory and takes its lock, which goes with the process.
fn claim(directory: &Path) -> Result<File, Failure> {
    let made = fs::create_dir_all(directory).and_then(|()| File::create(directory.join(LOCK)));
    let lock = made.map_err(|error| unusable(directory, &error))?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(fs::TryLockError::WouldBlock) => Err(Failure::Failed(format!(
            "another demo runs on {}: stop it, or give this one a --data-dir and a --port of its own",
            directory.display()
        ))),
        Err(fs::TryLockError::Error(error)) => Err(unusable(directory, &error)),
    }
}

fn unusable(directory: &Path, error: &io::Error) -> Failure {
    let shown = directory.display();
    Failure::Failed(format!(
        "the data directory {shown} cannot be used: {error}; choose another with --data-dir"
    ))
}

/// Removes the database and what SQLite keeps beside it, and nothing else: the directory may be anybody's.
fn empty(directory: &Path) -> io::Result<()> {
    for suffix in ["", "-wal", "-shm", "-migrate"] {
        match fs::remove_file(directory.join(format!("{DATABASE}{suffix}"))) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

/// Opens the database of the directory, migrated, with the organisation in it.
async fn open(directory: &Path) -> Result<Store, Failure> {
    let database = DatabaseSettings::at(sqlite_url(&directory.join(DATABASE)));
    Store::migrate_up(&database).await?;
    let store = Store::connect(&database).await?;
    let now = Clock::system().now();
    let organisation =
        demo().map_err(|refused| Failure::Failed(format!("the demo is broken:\n{refused}")))?;
    match load(&store, World::of(&organisation, DEMO_ISSUER, now), now).await {
        Ok(loaded) => tracing::info!(?loaded, "the demo organisation was loaded"),
        Err(LoadError::NotEmpty) => tracing::info!("the organisation of an earlier run is kept"),
        Err(error) => return Err(error.into()),
    }
    Ok(store)
}

/// The characters that mean something in a URL are written as their codes.
fn sqlite_url(file: &Path) -> String {
    let path = file.display().to_string().replace('%', "%25").replace('?', "%3F").replace('#', "%23");
    format!("sqlite://{path}")
}

/// One token per persona, each with the persona's name in lower case, which is its subject too.
fn mint(issuer: &Issuer) -> Result<Vec<(String, String)>, Failure> {
    let now = Clock::system().now();
    let mint = |persona: &Persona| {
        let name = persona.as_str().to_lowercase();
        let grant = Grant { lifetime: LONGEST, ..Grant::to(&name, roles(*persona)) };
        Ok((name, issuer.mint(&grant, now)?))
    };
    Persona::ALL.iter().map(mint).collect()
}

/// What a persona's token grants beyond what the database knows of them.
const fn roles(persona: Persona) -> &'static [Claim] {
    match persona {
        Persona::Admin => &[Claim::Admin],
        Persona::Interviewer => &[Claim::Interviewer],
        Persona::Recruiter => &[Claim::Recruiter],
        Persona::Manager | Persona::Member => &[],
    }
}

/// What a program reads.
fn json_line(url: &str, tokens: Vec<(String, String)>) -> String {
    let tokens: Map<_, _> = tokens.into_iter().map(|(name, token)| (name, Value::from(token))).collect();
    format!("{}\n", json!({ "url": url, "tokens": tokens }))
}

/// What a person reads: where it is, who they can be, and a line to paste.
fn text(url: &str, directory: &Path, tokens: &[(String, String)]) -> String {
    let manager = tokens.iter().find(|(name, _)| name == "manager").map_or("", |(_, token)| token);
    let lines: String = tokens.iter().map(|(name, token)| format!("  {name:<12} {token}\n")).collect();
    format!(
        "\nThe demo is ready. Its data is kept in {}; --fresh starts over, Ctrl-C stops.\n\n\
         \x20 GraphQL      {url}/graphql\n\
         \x20 Schema       {url}/schema.graphql\n\n\
         Tokens, good for 24 hours:\n{lines}\n\
         The skill matrix of a team, as the manager sees it:\n\n{}\n\n",
        directory.display(),
        request(url, manager),
    )
}

/// A line that works when pasted into a shell.
fn request(url: &str, token: &str) -> String {
    let query = format!(
        "{{ teamBySlug(slug: \"{SHOWN_TEAM}\") {{ name skillMatrix {{ skills {{ name }} \
         rows {{ person {{ displayName }} levels }} }} }} }}"
    );
    format!(
        "curl -s {url}/graphql -H 'Content-Type: application/json' -H 'Authorization: Bearer {token}' -d '{}'",
        json!({ "query": query })
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_with_characters_of_a_url_stays_one_path() {
        let file = Path::new("/tmp/50% off?/#1/assay.db");
        assert_eq!(sqlite_url(file), "sqlite:///tmp/50%25 off%3F/%231/assay.db");
    }

    #[test]
    fn every_persona_of_the_demo_has_a_token_whose_subject_they_are_linked_to() {
        let organisation = demo().unwrap().organisation;
        for persona in Persona::ALL {
            let person = organisation.persona(*persona).unwrap();
            let subject = person.persona.as_ref().unwrap().subject.as_str();
            assert_eq!(subject, persona.as_str().to_lowercase());
        }
        let tokens = mint(&Issuer::ephemeral().unwrap()).unwrap();
        let names: Vec<_> = tokens.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["admin", "manager", "member", "interviewer", "recruiter"]);
    }

    #[test]
    fn starting_over_removes_the_database_and_nothing_else() {
        let directory = tempfile::tempdir().unwrap();
        for name in ["assay.db", "assay.db-wal", "notes.txt", "issuer.key.pem"] {
            fs::write(directory.path().join(name), "x").unwrap();
        }
        empty(directory.path()).unwrap();
        let left = fs::read_dir(directory.path()).unwrap().count();
        assert_eq!(left, 2, "the key stays, so that tokens handed out stay good");
    }
}
