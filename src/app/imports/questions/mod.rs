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
        revisions::Root,
        skills::SkillStatus,
    },
    interchange::{
        Fault,
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
    /// The files, with their texts; one question each.
    pub files: Vec<(PathBuf, String)>,
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
                        Vec::new()
                    }
                };
                run.tally.row(placed, outcome, remarks);
            }
            let done = run.tally.summary.rows;
            run.progress("questions", done);
        }
        known.relate(&mut run, &rows, &mut changed).await?;
        let new = &changed.new;
        changed.raised.retain(|root| !new.contains(root));
        run.changed(&changed.raised, &changed.new).await?;
        Ok(run)
    }

    async fn author_in(&self, run: &Run) -> Result<PersonId, ImportError> {
        let found = run.write.tx.people_with_emails(&[&self.author]).await?;
        let unknown = || ImportError::Guarded(format!("nobody here has the address {}", self.author));
        found.first().map(|(_, id)| *id).ok_or_else(unknown)
    }

    /// Each file as a row, or what is wrong with it.
    fn rows(&self, skills: &BTreeMap<String, SkillId>) -> Vec<Placed<QuestionRow>> {
        let slugs: BTreeSet<&str> = skills.keys().map(String::as_str).collect();
        let mut keys = BTreeSet::new();
        let row = |(path, text): &(PathBuf, String)| {
            let file = path.display().to_string();
            let read = QuestionRow::read(&file, text, &slugs);
            let line =
                read.as_ref().err().and_then(|refused| refused.0.first()).map_or(1, |fault| fault.line);
            let mut row = read.map_err(|refused| {
                let remark = |fault: &Fault| {
                    Remark::new(fault.field.clone(), format!("{} (line {})", fault.rule, fault.line))
                };
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
