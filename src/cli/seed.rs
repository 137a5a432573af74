//! `assay seed`: loads an organisation into an empty, migrated database: one from files, or a generated one
//! of any size.

use std::{
    ffi::OsStr,
    fs, io,
    path::{Path, PathBuf},
};

use chrono::{NaiveDate, NaiveTime, TimeDelta};
use clap::{ArgGroup, Args};

use crate::{
    app::{
        demo::{LoadError, Loaded, World, load},
        scale::{self, QUESTIONS_OF_A_TEAM, Scale, TEAMS_OF_A_SCALE},
    },
    auth::issuer::DEMO_ISSUER,
    cli::{answer, failure::Failure, patient, progress},
    config::{DatabaseSettings, Settings, clock::Clock, shown_url},
    domain::time::Timestamp,
    interchange::{
        Refused,
        demo::{Demo, demo},
    },
    store::Store,
};

/// The seed of a generated organisation when none is given.
const USUAL_SEED: u64 = 1;
/// A generated organisation may be loaded up to this size; the ids have room for no more.
const LARGEST_SCALE: i64 = 1_000;
/// The largest bank of questions.
const MOST_QUESTIONS: i64 = 1_000_000;

/// Load an organisation into an empty database.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES, group = ArgGroup::new("generated"))]
pub(super) struct Seed {
    /// A folder with skills.yaml, organisation.yaml, profiles/ and questions/ [default: the demo's, built in]
    #[arg(long, value_name = "DIRECTORY")]
    from: Option<PathBuf>,
    /// Generate an organisation instead: 200 teams of 25 people for each 1, with 400 skills, 30 role profiles
    /// and some 30 assessments a person over two years
    #[arg(long, value_name = "N", group = "generated", conflicts_with = "from", value_parser = clap::value_parser!(u32).range(1..=LARGEST_SCALE))]
    scale: Option<u32>,
    /// Generate one of so many teams, to look at something smaller
    #[arg(long, value_name = "N", group = "generated", conflicts_with = "from", value_parser = clap::value_parser!(u32).range(1..=LARGEST_SCALE * i64::from(TEAMS_OF_A_SCALE)))]
    teams: Option<u32>,
    /// How many questions its bank holds [default: 10 for each team]
    #[arg(long, value_name = "N", requires = "generated", value_parser = clap::value_parser!(u32).range(1..=MOST_QUESTIONS))]
    questions: Option<u32>,
    /// Which organisation of that size: the same seed, size and day give the same rows
    #[arg(long, value_name = "NUMBER", requires = "generated", default_value_t = USUAL_SEED)]
    random_seed: u64,
    /// The day before which all of it happened [default: today]
    #[arg(long, value_name = "YYYY-MM-DD", requires = "generated")]
    as_of: Option<NaiveDate>,
    /// The issuer whose subjects the people are [default: OIDC_ISSUER_URL, else the demo's issuer]
    #[arg(long, value_name = "URL")]
    issuer: Option<String>,
}

const EXAMPLES: &str = "\
Examples:
  assay seed                       the demo's organisation, some fifty people
  assay seed --teams 4             100 generated people in 4 teams
  assay seed --scale 1             5,000 people in 200 teams; all of it is loaded, or nothing";

impl Seed {
    pub(super) async fn run(self, settings: &Settings) -> Result<(), Failure> {
        let issuer = self.issuer.as_ref().or(settings.auth.issuer.as_ref());
        let issuer = issuer.map_or(DEMO_ISSUER, String::as_str);
        let store = open(settings.require_database()?).await?;
        let clock = Clock::system();
        let started = clock.now();
        let (loaded, who) = match self.scale.map(|size| size * TEAMS_OF_A_SCALE).or(self.teams) {
            Some(teams) => {
                let now = self.as_of.map_or(started, end_of_eve);
                let questions = self.questions.unwrap_or(teams * QUESTIONS_OF_A_TEAM);
                let (seed, issuer) = (self.random_seed, issuer.to_owned());
                let scale = Scale { teams, questions, seed, now, issuer };
                let last = scale.people() - 1;
                let loaded = scale::load(&store, scale, progress::shown()).await?;
                (loaded, format!("person-0 to person-{last}"))
            }
            None => {
                let organisation = self.from.as_deref().map_or_else(|| demo().map_err(refused), read)?;
                let world = World::of(&organisation, issuer, started);
                (load(&store, world, started).await?, "personas".to_owned())
            }
        };
        answer(&told(&loaded, &format!("{who} are subjects of {}", shown_url(issuer)), clock.now() - started))
    }
}

/// Connects to a database that has the schema.
async fn open(database: &DatabaseSettings) -> Result<Store, Failure> {
    let store = patient(database).await?;
    if store.schema_is_current().await? {
        return Ok(store);
    }
    Err(Failure::Failed("the database has no current schema: run `assay migrate up`".to_owned()))
}

/// The first instant of a day: everything happened before it.
fn end_of_eve(day: NaiveDate) -> Timestamp {
    day.and_time(NaiveTime::MIN).and_utc()
}

fn told(loaded: &Loaded, who: &str, took: TimeDelta) -> String {
    let Loaded { teams, people, skills, role_profiles, questions, question_sets, assessments } = loaded;
    format!(
        "loaded {people} people in {teams} teams, {skills} skills, {role_profiles} role profiles, \
         {question_sets} question sets, {questions} questions and {assessments} assessments in {} s; {who}\n",
        took.num_seconds()
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
    let questions = question_files(&folder.join("questions"))?.into_iter().map(text);
    let questions = questions.collect::<Result<Vec<_>, _>>()?;
    let questions: Vec<_> = questions.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let sets = match folder.join("question_sets") {
        sets if sets.exists() => yaml_files(&sets)?,
        _ => Vec::new(),
    };
    let sets = sets.into_iter().map(text).collect::<Result<Vec<_>, _>>()?;
    let sets: Vec<_> = sets.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let (skills, organisation) = ((&*skills.0, &*skills.1), (&*organisation.0, &*organisation.1));
    Demo::read(skills, &profiles, &questions, &sets, organisation).map_err(refused)
}

/// The question bank's files, in a folder for each area; none where there is no bank.
fn question_files(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let areas = fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>);
    let areas = areas.map_err(|error| unreadable(&folder.display().to_string(), &error))?;
    let mut areas: Vec<_> =
        areas.into_iter().map(|entry| entry.path()).filter(|path| path.is_dir()).collect();
    areas.sort();
    let files = areas.iter().map(|area| yaml_files(area)).collect::<Result<Vec<_>, _>>()?;
    Ok(files.into_iter().flatten().collect())
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
