//! `assay seed`: loads an organisation into an empty, migrated database.

use std::{
    ffi::OsStr,
    fs, io,
    path::{Path, PathBuf},
};

use clap::Args;

use crate::{
    app::demo::{LoadError, Loaded, World, load},
    auth::issuer::DEMO_ISSUER,
    cli::{answer, failure::Failure},
    config::{Settings, clock::Clock},
    interchange::{
        Refused,
        demo::{Demo, demo},
    },
    store::Store,
};

/// Load an organisation into an empty database.
#[derive(Debug, Args)]
pub(super) struct Seed {
    /// A folder with skills.yaml, organisation.yaml and profiles/ [default: the demo's, built in]
    #[arg(long, value_name = "DIRECTORY")]
    from: Option<PathBuf>,
    /// The issuer whose subjects the personas are [default: OIDC_ISSUER_URL, else the demo's issuer]
    #[arg(long, value_name = "URL")]
    issuer: Option<String>,
}

impl Seed {
    pub(super) async fn run(self, settings: &Settings) -> Result<(), Failure> {
        let store = Store::connect(settings.require_database()?).await?;
        if !store.schema_is_current().await? {
            return Err(Failure::Failed(
                "the database has no current schema: run `assay migrate up`".to_owned(),
            ));
        }
        let organisation = match &self.from {
            Some(folder) => read(folder)?,
            None => demo().map_err(refused)?,
        };
        let issuer = self.issuer.or_else(|| settings.auth.issuer.clone());
        let issuer = issuer.as_deref().unwrap_or(DEMO_ISSUER);
        let now = Clock::system().now();
        let loaded = load(&store, World::of(&organisation, issuer, now), now).await?;
        answer(&told(&loaded, issuer))
    }
}

fn told(loaded: &Loaded, issuer: &str) -> String {
    let Loaded { teams, people, skills, role_profiles, assessments } = loaded;
    format!(
        "loaded {people} people in {teams} teams, {skills} skills, {role_profiles} role profiles and \
         {assessments} assessments; personas are subjects of {issuer}\n"
    )
}

/// Reads a folder laid out as `demo/` is.
fn read(folder: &Path) -> Result<Demo, Failure> {
    let text = |path: PathBuf| {
        let name = path.display().to_string();
        let text = fs::read_to_string(&path);
        text.map(|text| (name.clone(), text)).map_err(|error| unreadable(&name, &error))
    };
    let skills = text(folder.join("skills.yaml"))?;
    let organisation = text(folder.join("organisation.yaml"))?;
    let profiles = yaml_files(&folder.join("profiles"))?.into_iter().map(text);
    let profiles = profiles.collect::<Result<Vec<_>, _>>()?;
    let profiles: Vec<_> = profiles.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    Demo::read((&skills.0, &skills.1), &profiles, (&organisation.0, &organisation.1)).map_err(refused)
}

/// The YAML files of a folder, by name: the order in which a folder lists them is nobody's.
fn yaml_files(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let entries = fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>);
    let entries = entries.map_err(|error| unreadable(&folder.display().to_string(), &error))?;
    let mut files: Vec<_> = entries.into_iter().map(|entry| entry.path()).collect();
    files.retain(|path| path.extension() == Some(OsStr::new("yaml")));
    files.sort();
    Ok(files)
}

fn unreadable(name: &str, error: &io::Error) -> Failure {
    Failure::Failed(format!("`{name}` cannot be read: {error}"))
}

#[expect(clippy::needless_pass_by_value, reason = "it maps an error")]
fn refused(refused: Refused) -> Failure {
    Failure::Failed(format!("the organisation cannot be loaded:\n{refused}"))
}

impl From<LoadError> for Failure {
    fn from(error: LoadError) -> Self {
        match error {
            LoadError::NotEmpty => Self::Failed(error.to_string()),
            LoadError::Store(error) => error.into(),
        }
    }
}
