//! Use cases on assessments: rating people, what happens to a rating afterwards, and what interests whom.
//!
//! Each one locks the people concerned before it judges, so that what it judges by still holds when it
//! writes. No assessment is ever changed: rows and statuses are added.

mod confirm;
mod interest;
mod ledger;
mod named;
mod rating;
mod record;
mod respond;
mod validate;
mod withdraw;

pub(in crate::app) use ledger::{Cells, Ledger};

pub use confirm::{ConfirmSkillAssessments, confirm_skill_assessments};
pub use interest::{SetSkillInterest, set_skill_interest};
pub use rating::NewSkillAssessment;
pub use record::{
    RecordSkillAssessment, RecordSkillAssessments, record_skill_assessment, record_skill_assessments,
};
pub use respond::{RespondToSkillAssessment, respond_to_skill_assessment};
pub use validate::{ValidateSkillAssessments, validate_skill_assessments};
pub use withdraw::{WithdrawSkillAssessment, reject_skill_assessment, revoke_skill_assessment};

use std::collections::BTreeSet;

use crate::{
    app::{Failure, Refusal, RefusalCode, Write, command::seen},
    domain::{
        ids::PersonId,
        revisions::{Aggregate, Revision, Revisions, Root},
    },
};

/// The most assessments one mutation takes.
pub const MOST_AT_ONCE: usize = 200;

/// Holds the size of a batch against its bounds.
fn check_size(field: &str, count: usize) -> Result<(), Refusal> {
    if count == 0 {
        return Err(Refusal::new(RefusalCode::Invalid, field, format!("{field} must not be empty.")));
    }
    if count > MOST_AT_ONCE {
        let rule = format!("{field} takes at most {MOST_AT_ONCE} at once.");
        return Err(Refusal::new(RefusalCode::Limit, field, rule));
    }
    Ok(())
}

/// Locks and raises the people concerned, in one statement. Their revisions are compared only after
/// the viewer's right and the input were judged: see [`check_revision`].
async fn lock(write: &Write, people: &BTreeSet<PersonId>) -> Result<Revisions, Failure> {
    let roots = people.iter().map(|id| Root::of(Aggregate::Person, *id)).collect();
    Ok(write.tx.raise(&roots).await?)
}

/// `expected` is the revision of the one person concerned; among several it would say nothing.
fn check_revision(
    raised: &Revisions,
    people: &BTreeSet<PersonId>,
    expected: Option<Revision>,
) -> Result<(), Refusal> {
    let mut people = people.iter();
    match (expected, people.next(), people.next()) {
        (Some(_), Some(_), Some(_)) => {
            let rule = "expectedRevision is a person's: it is taken only when all concern one person.";
            Err(Refusal::new(RefusalCode::Invalid, "expectedRevision", rule))
        }
        (_, Some(one), _) => seen(raised, Root::of(Aggregate::Person, *one), expected),
        (_, None, _) => Ok(()),
    }
}

/// Tells of every person concerned.
async fn audit(write: &Write, people: &BTreeSet<PersonId>) -> Result<(), Failure> {
    Ok(write.audit_each(people.iter().map(|id| Root::of(Aggregate::Person, *id))).await?)
}
