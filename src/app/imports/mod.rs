//! Bulk imports: files of others into the organisation, all of a run in one transaction. A dry run does all that
//! the real one does and takes it back at the end, so that both tell the same of every row.

mod assessments;
mod people;
mod questions;
mod run;
mod skills;
mod tally;

pub use assessments::{AssessmentImport, import_assessments};
pub use people::{PeopleImport, import_people};
pub use questions::{QuestionImport, import_questions};
pub use run::{ImportError, OnError, Options};
pub use skills::{SameName, SkillImport, import_skills};
pub use tally::{Outcome, Summary, Tell, Told};

use run::{Run, batch, run};
use tally::Tally;
