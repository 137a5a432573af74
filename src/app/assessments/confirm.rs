//! `confirmSkillAssessments`: what was said still holds today. A new assessment at the same level, by
//! whoever says so now; the confirmed one is never touched but for its status.

use std::collections::BTreeSet;

use serde::Serialize;
use uuid::Uuid;

use crate::{
    app::{
        Command, Failure, Refusal, RefusalCode, Write, Written,
        assessments::{
            audit, check_size,
            ledger::{Ledger, placed},
            named::{Field, Named, named, refused},
        },
        command, ids,
    },
    domain::{
        assessments::{AssessmentStatus, SkillAssessment},
        ids::SkillId,
        policy::actions::Action,
        revisions::Revision,
        skills::Skill,
    },
    store::Store,
};

/// Ratings that still hold.
#[derive(Debug, Clone, Serialize)]
pub struct ConfirmSkillAssessments {
    /// 1–200, none of them twice.
    pub assessment_ids: Vec<Uuid>,
    /// The revision of the person that the client has seen; only when all are of one person.
    pub expected_revision: Option<Revision>,
}

const LIST: &str = "assessmentIds";

/// Repeats ratings with today's date, all or none. What starts VALIDATED supersedes the confirmed
/// rating; PEER and CERTIFICATE start PENDING, and the confirmed rating counts until they are
/// validated. The payload shows the ids of the new ratings in input order.
///
/// # Errors
/// LIMIT; INVALID; NOT_FOUND, FORBIDDEN and ILLEGAL_STATE by index; CONFLICT.
pub async fn confirm_skill_assessments(
    store: &Store,
    command: Command,
    input: ConfirmSkillAssessments,
) -> Result<Written, Failure> {
    const ACTION: Action = Action::ConfirmSkillAssessments;
    command::run(store, command, ACTION.as_str(), input, |write, input| async move {
        check_size(LIST, input.assessment_ids.len())?;
        let named = named(&write, ACTION, &input.assessment_ids, Field::List(LIST)).await?;
        let repeated = repeated(&write, &named).await?;
        named.check_revision(input.expected_revision)?;
        let written = repeated.iter().map(|rated| rated.id.uuid()).collect();
        let mut ledger = Ledger::open(&write, &named.cells()).await?;
        for (confirmed, rated) in named.rows.iter().zip(repeated) {
            if rated.source.initial_status() == AssessmentStatus::Validated {
                ledger.close(confirmed, AssessmentStatus::Superseded, None);
            }
            ledger.add(rated);
        }
        ledger.store(&write, &named.cells()).await?;
        audit(&write, &named.people).await?;
        Ok((write, Written { ids: written }))
    })
    .await
}

/// The new ratings, if each of the old ones may be said again.
async fn repeated(write: &Write, named: &Named) -> Result<Vec<SkillAssessment>, Failure> {
    let skills: Vec<SkillId> = named.skills().collect();
    let skills = write.tx.skills_by_id(&write.scope, &skills).await?;
    let repeated: Vec<SkillAssessment> = named.rows.iter().map(|row| again(write, named, row)).collect();
    let mut slots = BTreeSet::new();
    let refusals = named.rows.iter().zip(&repeated).enumerate().filter_map(|(n, (row, rated))| {
        let (code, reason) = if !slots.insert(placed(rated).0) {
            (RefusalCode::Invalid, "The list names the same person, skill and source twice.")
        } else if row.expires_at.is_some_and(|end| end <= write.now()) {
            (RefusalCode::IllegalState, "The assessment has expired. Record a new one.")
        } else if !can_be_assessed(&skills, rated.skill_id) {
            (RefusalCode::IllegalState, "The skill is no longer in use.")
        } else {
            return None;
        };
        Some(Refusal::new(code, "", reason).at(LIST, n))
    });
    refused(refusals.collect())?;
    Ok(repeated)
}

fn can_be_assessed(skills: &[Skill], id: SkillId) -> bool {
    skills.iter().any(|skill| skill.id == id && skill.status.can_be_assessed())
}

/// The same rating, said today. Its words and evidence stay with whoever gave them.
fn again(write: &Write, named: &Named, row: &SkillAssessment) -> SkillAssessment {
    SkillAssessment {
        id: ids::fresh(write.now()),
        skill_id: named.skill_of(row),
        assessor_id: write.scope.actor().speaker(),
        observed_at: write.now(),
        recorded_at: write.now(),
        evidence: Vec::new(),
        note: None,
        response: None,
        status: row.source.initial_status(),
        ..row.clone()
    }
}
