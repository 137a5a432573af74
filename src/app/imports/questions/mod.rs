//! `assay import questions`: question files into the bank. It adds and corrects and takes nothing away; what
//! it brings is a draft by a person of ours, and goes to review like any other.

mod known;
mod place;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
    sync::Arc,
};

use crate::{
    app::imports::{ImportError, Options, Outcome, Run, Summary, run},
    domain::{
        ids::{PersonId, SkillId},
        people::PersonStatus,
        revisions::Root,
        skills::SkillStatus,
    },
    interchange::{
        Fault, Refused,
        questions::QuestionRow,
        sheet::{Placed, Remark},
    },
    store::Store,
};

use known::Known;
use place::{Board, Placing};

/// Questions that are looked up and written together.
const BATCH: usize = 200;

/// What is imported, and for whom.
#[derive(Debug)]
pub struct QuestionImport {
    /// The files, with their bytes; one question each.
    pub files: Vec<(PathBuf, Vec<u8>)>,
    /// The email address of the person who answers for the drafts.
    pub author: String,
}

/// Imports questions as drafts.
///
/// # Errors
/// [`ImportError`]; then nothing was written.
pub async fn import_questions(
    store: &Store,
    options: Options,
    import: QuestionImport,
) -> Result<Summary, ImportError> {
    let files: Vec<PathBuf> = import.files.iter().map(|(file, _)| file.clone()).collect();
    run(store, options, "importQuestions", &files, |run| import.work(run)).await
}

/// What a run has changed so far.
#[derive(Default)]
struct Changed {
    raised: BTreeSet<Root>,
    new: BTreeSet<Root>,
}

impl QuestionImport {
    async fn work(self, mut run: Run) -> Result<Run, ImportError> {
        run.total(self.files.len() as u64);
        // Under the catalogue's lock nobody merges a skill that the files name.
        run.write.tx.lock(&BTreeSet::from([Root::SKILL_CATALOGUE])).await?;
        let author = self.author_in(&run).await?;
        let skills = skills(&run).await?;
        let rows = self.rows(&skills);
        let mut changed = Changed::default();
        let mut known = Known::read(&run.write, &rows).await?;
        let mut taken = Vec::new();
        for some in rows.chunks(BATCH) {
            let contents = known.contents(&run.write, some).await?;
            let mut board = Board { author, skills: &skills, known: &mut known, contents, write: &run.write };
            let placings: Vec<_> = some.iter().map(|placed| board.place(placed)).collect();
            for (placed, placing) in some.iter().zip(placings) {
                let outcome = placing.outcome();
                let remarks = match placing {
                    Placing::Refused(broken) => broken,
                    placing => {
                        placing.write(&run.write, &mut changed).await?;
                        taken.push(placed);
                        Vec::new()
                    }
                };
                run.tally.row(placed, outcome, remarks);
            }
            let done = run.tally.summary.rows;
            run.progress("questions", done);
        }
        known.relate(&mut run, &taken, &mut changed).await?;
        let new = &changed.new;
        changed.raised.retain(|root| !new.contains(root));
        run.changed(&changed.raised, &changed.new).await?;
        Ok(run)
    }

    async fn author_in(&self, run: &Run) -> Result<PersonId, ImportError> {
        let found = run.write.tx.people_with_emails(&[&self.author]).await?;
        let nobody = || ImportError::Guarded(format!("nobody here has the address {}", self.author));
        let author = found.first().map(|(_, id)| *id).ok_or_else(nobody)?;
        let person =
            run.write.tx.people_by_id(&run.write.scope, &[author]).await?.pop().ok_or_else(nobody)?;
        if person.status == PersonStatus::Active {
            return Ok(author);
        }
        let left = format!(
            "{} ({}) is {}: an author is ACTIVE",
            person.display_name,
            self.author,
            person.status.as_str()
        );
        Err(ImportError::Guarded(left))
    }

    /// Each file as a row, or what is wrong with it.
    fn rows(&self, skills: &BTreeMap<String, SkillId>) -> Vec<Placed<QuestionRow>> {
        let slugs: BTreeSet<&str> = skills.keys().map(String::as_str).collect();
        let mut keys = BTreeSet::new();
        let row = |(path, bytes): &(PathBuf, Vec<u8>)| {
            let file = path.display().to_string();
            let read = read(&file, bytes, &slugs);
            let line =
                read.as_ref().err().and_then(|refused| refused.0.first()).map_or(1, |fault| fault.line);
            let mut row = read.map_err(|refused| {
                let remark = |fault: &Fault| at_line(&fault.field, &fault.rule, fault.line);
                refused.0.iter().map(remark).collect::<Vec<_>>()
            });
            if let Ok(question) = &row
                && !keys.insert(question.key.value.clone())
            {
                row = Err(vec![Remark::new("key", "was used in another file")]);
            }
            let label = row.as_ref().map(|row| row.key.value.clone()).unwrap_or_default();
            Placed { file: file.into(), line, label, row, notes: Vec::new(), columns: Arc::default() }
        };
        self.files.iter().map(row).collect()
    }
}

/// A question out of the bytes of a file.
fn read(file: &str, bytes: &[u8], skills: &BTreeSet<&str>) -> Result<QuestionRow, Refused> {
    match str::from_utf8(bytes) {
        Ok(text) => QuestionRow::read(file, text, skills),
        Err(error) => {
            let before = bytes.iter().take(error.valid_up_to());
            let line = 1 + before.filter(|byte| **byte == b'\n').count() as u64;
            let (file, field, rule) = (file.to_owned(), "file".to_owned(), "is not UTF-8".to_owned());
            Err(Refused(vec![Fault { file, line, field, rule }]))
        }
    }
}

/// A rule that a field breaks in some line of its file.
fn at_line(field: &str, rule: &str, line: u64) -> Remark {
    Remark::new(field, format!("{rule} (line {line})"))
}

/// The skills by their slugs, as each reads today. What is only proposed is nothing to ask for yet.
async fn skills(run: &Run) -> Result<BTreeMap<String, SkillId>, ImportError> {
    let every = run.write.tx.every_skill_slug().await?.into_iter();
    let agreed = every.filter(|skill| skill.status != SkillStatus::Proposed);
    Ok(agreed.map(|skill| (skill.slug, skill.merged_into.unwrap_or(skill.id))).collect())
}

/// What a run of an import tells of a question.
impl Placing {
    const fn outcome(&self) -> Outcome {
        match self {
            Self::New(_) => Outcome::Created,
            Self::Other(_) => Outcome::Updated,
            Self::Same => Outcome::Unchanged,
            Self::Refused(_) => Outcome::Refused,
        }
    }
}
