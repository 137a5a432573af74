//! `assay import people`: people, the teams they are in and the role profiles they hold, from the system that
//! knows who works here.

mod known;
mod leavers;
mod place;
mod stays;
mod teams;

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    sync::Arc,
};

use crate::{
    app::imports::{ImportError, Options, Outcome, Run, Summary, batch, run},
    domain::{
        ids::{PersonId, TeamId},
        revisions::{Aggregate, Root},
    },
    interchange::people::{PersonRow, Roster},
    store::{Store, StoreError},
};

use known::Known;
use place::{Board, Mention};
use teams::Teams;

/// What is imported, and how.
#[derive(Debug)]
pub struct PeopleImport {
    /// The rows.
    pub roster: Roster,
    /// The file is everybody: who has an external id and is not in it left, and stays it does not name end.
    pub full: bool,
    /// A full file that lets more than this share of the people leave is refused: it is likely cut off. Where
    /// nobody says how many may, a few may however few there are.
    pub most_leavers_pct: Option<u8>,
}

/// Imports people.
///
/// # Errors
/// [`ImportError`]; then nothing was written.
pub async fn import_people(
    store: &Store,
    options: Options,
    import: PeopleImport,
) -> Result<Summary, ImportError> {
    let files = [import.roster.file().to_owned()];
    run(store, options, "importPeople", &files, |run| import.work(run)).await
}

/// What a run knows and has changed so far.
#[derive(Default)]
struct Progressed {
    mentions: HashMap<String, Mention>,
    spoken: HashSet<PersonId>,
    named: HashSet<(PersonId, TeamId)>,
    unread: Unread,
    raised: BTreeSet<Root>,
    new: BTreeSet<Root>,
}

/// Whom rows may have spoken of that were refused: what they do not say of them ends nothing.
#[derive(Default)]
struct Unread {
    /// The external ids of those rows.
    of: HashSet<String>,
    /// Whether one of them has none that can be read.
    of_anybody: bool,
}

impl Unread {
    fn add(&mut self, external_id: &str) {
        if external_id.is_empty() {
            self.of_anybody = true;
        } else {
            self.of.insert(external_id.to_owned());
        }
    }
}

impl PeopleImport {
    async fn work(self, mut run: Run) -> Result<Run, ImportError> {
        let mut so_far = Progressed::default();
        // Under the tree's lock nobody else makes or moves a team; people and teams come after it.
        run.write.tx.lock(&BTreeSet::from([Root::TEAM_TREE])).await?;
        let mut teams = Teams::read(&run.write).await?;
        let mut roots: BTreeSet<Root> = teams.roots().collect();
        roots.extend(self.look_ahead(&mut run, &mut so_far).await?);
        run.write.tx.lock(&roots).await?;
        self.place_all(&mut run, &mut teams, &mut so_far).await?;
        if self.full {
            self.end_what_is_not_named(&mut run, &mut so_far).await?;
        }
        so_far.raised.retain(|root| !so_far.new.contains(root));
        run.changed(&so_far.raised, &so_far.new).await?;
        Ok(run)
    }

    /// Reads the file once before anything is judged: how long it is, whom it names, and what it says of each
    /// in other rows.
    async fn look_ahead(
        &self,
        run: &mut Run,
        so_far: &mut Progressed,
    ) -> Result<BTreeSet<Root>, ImportError> {
        let (mut rows, mut total, mut roots) = (self.roster.rows()?, 0, BTreeSet::new());
        let mut keys: HashMap<String, Arc<str>> = HashMap::new();
        loop {
            let some = batch(&mut rows)?;
            if some.is_empty() {
                break;
            }
            total += some.len() as u64;
            let said: Vec<&PersonRow> = some.iter().filter_map(|placed| placed.row.as_ref().ok()).collect();
            for row in &said {
                let mention = so_far.mentions.entry(row.external_id.clone()).or_default();
                if let Some(key) = &row.role_profile {
                    let key = keys.entry(key.clone()).or_insert_with(|| key.as_str().into());
                    mention.profiles.push(Arc::clone(key));
                }
            }
            roots.extend(people_named(run, &said).await?);
        }
        if self.full {
            let all = run.write.tx.active_people_with_external_ids().await?;
            roots.extend(all.into_iter().map(|(_, id)| Root::of(Aggregate::Person, id)));
        }
        if self.full && total == 0 {
            let file = self.roster.file().display();
            return Err(ImportError::Guarded(format!(
                "{file} has no rows: with --full everybody would leave; nothing was written"
            )));
        }
        run.total(total);
        Ok(roots)
    }

    async fn place_all(
        &self,
        run: &mut Run,
        teams: &mut Teams,
        so_far: &mut Progressed,
    ) -> Result<(), ImportError> {
        let profiles = run.write.tx.every_role_profile_key().await?;
        let profiles: HashMap<_, _> =
            profiles.into_iter().map(|(key, id, status)| (key, (id, status))).collect();
        let (mut rows, mut done) = (self.roster.rows()?, 0);
        loop {
            let some = batch(&mut rows)?;
            if some.is_empty() {
                return Ok(());
            }
            done += some.len() as u64;
            let said: Vec<&PersonRow> = some.iter().filter_map(|placed| placed.row.as_ref().ok()).collect();
            let mut known = Known::read(&run.write, &said).await?;
            for placed in &some {
                let came = match &placed.row {
                    Err(broken) => Err(broken.clone()),
                    Ok(row) => {
                        let (write, known, teams) = (&run.write, &mut known, &mut *teams);
                        let Progressed { mentions, spoken, named, .. } = &mut *so_far;
                        Board { write, known, teams, mentions, profiles: &profiles, spoken, named }.place(row)
                    }
                };
                let (outcome, remarks) = came.unwrap_or_else(|broken| (Outcome::Refused, broken));
                if outcome == Outcome::Refused {
                    so_far.unread.add(&placed.label);
                }
                run.tally.row(placed, outcome, remarks);
            }
            teams.flush(run, &mut so_far.raised, &mut so_far.new).await?;
            known.flush(&run.write, &mut so_far.raised, &mut so_far.new).await?;
            run.progress("people", done);
        }
    }
}

/// The people whom rows may change.
async fn people_named(run: &Run, rows: &[&PersonRow]) -> Result<Vec<Root>, StoreError> {
    let ids: Vec<&str> = rows.iter().map(|row| row.external_id.as_str()).collect();
    let emails: Vec<&str> = rows.iter().filter_map(|row| row.email.as_deref()).collect();
    let by_id = run.write.tx.people_with_external_ids(&ids).await?;
    let by_email = run.write.tx.people_with_emails(&emails).await?;
    Ok(by_id.into_iter().chain(by_email).map(|(_, id)| Root::of(Aggregate::Person, id)).collect())
}
