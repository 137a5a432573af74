//! What a transaction can store: domain values to rows, in bulk. Whoever calls has decided that it may
//! be written; a new root gets its revision here, so that none can be forgotten.

mod assessments;
mod catalogue;
mod categories;
mod development;
mod exemptions;
mod held;
mod incoming_people;
mod incoming_skills;
mod merges;
mod organisation;
mod people;
mod profile_changes;
mod profiles;
mod question_lifecycle;
mod question_sets;
mod question_siblings;
mod questions;
mod rounds;
mod skills;
mod stays;
mod tree;

pub use assessments::{AssessmentResponse, StatusChange};
pub use held::{OpenAssessment, RecordedAssessment};
pub use incoming_skills::{HeldReference, HeldSlug};
pub use organisation::TeamLink;
pub use questions::WrittenVersion;
pub use skills::RecordedRelation;
