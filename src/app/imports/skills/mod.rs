//! `assay import skills`: a catalogue of others into ours. It adds and corrects and takes nothing away: what an
//! organisation said of its skills itself stays.

mod categories;
mod checked;
mod known;
mod place;
mod relations;

use std::collections::BTreeSet;

use crate::{
    app::imports::{ImportError, Options, Outcome, Run, Summary, batch, run},
    domain::revisions::Root,
    interchange::{
        sheet::{Placed, Remark},
        skills::{Catalogue, CatalogueRow, CategoryPath, SkillRow},
    },
    store::Store,
};

use categories::Categories;
use known::Known;
use place::{Board, Spoken};

/// What happens to a skill of a taxonomy that has a name we know.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum SameName {
    /// Its reference and other names go to ours, whose own texts stay.
    #[default]
    Merge,
    /// The row is refused.
    Refuse,
}

/// What is imported, and how.
#[derive(Debug)]
pub struct SkillImport {
    /// The rows.
    pub catalogue: Catalogue,
    /// What happens to a name we know.
    pub same_name: SameName,
    /// Where skills go whose row names no category.
    pub usual_category: CategoryPath,
}

/// Imports a catalogue of skills.
///
/// # Errors
/// [`ImportError`]; then nothing was written.
pub async fn import_skills(
    store: &Store,
    options: Options,
    import: SkillImport,
) -> Result<Summary, ImportError> {
    let files = import.catalogue.files.clone();
    run(store, options, "importSkills", &files, |run| import.work(run)).await
}

/// What a run has changed so far.
#[derive(Default)]
struct Changed {
    raised: BTreeSet<Root>,
    new: BTreeSet<Root>,
}

impl SkillImport {
    async fn work(self, mut run: Run) -> Result<Run, ImportError> {
        let mut total = 0;
        for placed in self.catalogue.rows()? {
            placed?;
            total += 1;
        }
        run.total(total);
        // Under the catalogue's lock nobody else changes what the rows are held against.
        run.write.tx.lock(&BTreeSet::from([Root::SKILL_CATALOGUE])).await?;
        let mut changed = Changed::default();
        self.place_all(&mut run, &mut changed).await?;
        relations::relate(&mut run, &self.catalogue, &mut changed.raised, &changed.new).await?;
        if !(changed.raised.is_empty() && changed.new.is_empty()) {
            changed.raised.insert(Root::SKILL_CATALOGUE);
        }
        run.changed(&changed.raised, &changed.new).await?;
        Ok(run)
    }

    async fn place_all(&self, run: &mut Run, changed: &mut Changed) -> Result<(), ImportError> {
        let mut categories = Categories::read(&run.write).await?;
        let (mut rows, mut spoken, mut done) = (self.catalogue.rows()?, Spoken::new(), 0);
        loop {
            let some = batch(&mut rows)?;
            if some.is_empty() {
                return Ok(());
            }
            done += some.len() as u64;
            let skills: Vec<&SkillRow> = some.iter().filter_map(skill_of).collect();
            let mut known = Known::read(&run.write, &skills).await?;
            for placed in &some {
                let (outcome, remarks) = {
                    let (write, known, categories) = (&run.write, &mut known, &mut categories);
                    let (same_name, usual_category) = (self.same_name, &self.usual_category);
                    let spoken = &mut spoken;
                    let mut board = Board { write, known, categories, spoken, same_name, usual_category };
                    place(&mut board, placed)
                };
                run.tally.row(placed, outcome, remarks);
            }
            let before = changed.new.len();
            categories.flush(&run.write, &mut changed.raised, &mut changed.new).await?;
            run.tally.count("categories added", (changed.new.len() - before) as u64);
            known.flush(&run.write, &mut changed.raised, &mut changed.new).await?;
            let new = &changed.new;
            changed.raised.retain(|root| !new.contains(root));
            run.progress("skills", done);
        }
    }
}

fn skill_of(placed: &Placed<CatalogueRow>) -> Option<&SkillRow> {
    match &placed.row {
        Ok(CatalogueRow::Skill(row)) => Some(row),
        _ => None,
    }
}

fn place(board: &mut Board<'_>, placed: &Placed<CatalogueRow>) -> (Outcome, Vec<Remark>) {
    let came = match &placed.row {
        Err(broken) => Err(broken.clone()),
        Ok(CatalogueRow::Nothing(reason)) => Ok((Outcome::Skipped, vec![Remark::new("", reason.as_str())])),
        Ok(CatalogueRow::Skill(row)) => board.place(placed, row),
        Ok(CatalogueRow::Category(row)) => board.categories.row(row).map(|came| match came {
            (true, _) => (Outcome::Created, Vec::new()),
            (false, true) => (Outcome::Updated, Vec::new()),
            (false, false) => (Outcome::Unchanged, Vec::new()),
        }),
    };
    came.unwrap_or_else(|broken| (Outcome::Refused, broken))
}
