//! `respondToSkillAssessment`: a person answers what was said of them. Answers are added, and the latest
//! is shown; the rating itself is not theirs to edit.

use serde::Serialize;
use uuid::Uuid;

use crate::{
    app::{
        Checks, Command, Failure, Written,
        assessments::{
            audit,
            named::{Field, named},
        },
        command, ids,
    },
    domain::{ids::SkillAssessmentId, policy::actions::Action, revisions::Revision, values::words},
    store::{AssessmentResponse, Store},
};

/// An answer.
#[derive(Debug, Clone, Serialize)]
pub struct RespondToSkillAssessment {
    /// To which rating.
    pub assessment_id: Uuid,
    /// 1–4000 characters.
    pub text: String,
    /// The revision of the person that the client has seen.
    pub expected_revision: Option<Revision>,
}

/// Adds the rated person's answer. The payload shows the rating's id.
///
/// # Errors
/// NOT_FOUND; FORBIDDEN for anyone but the person; ILLEGAL_STATE of a rating that does not count;
/// INVALID text; CONFLICT.
pub async fn respond_to_skill_assessment(
    store: &Store,
    command: Command,
    input: RespondToSkillAssessment,
) -> Result<Written, Failure> {
    const ACTION: Action = Action::RespondToSkillAssessment;
    command::run(store, command, ACTION.as_str(), input, |write, input| async move {
        let named = named(&write, ACTION, &[input.assessment_id], Field::One("assessmentId")).await?;
        let mut checks = Checks::default();
        let text = checks.keep("text", words(&input.text)).unwrap_or_default();
        checks.done()?;
        named.check_revision(input.expected_revision)?;
        let assessment_id = SkillAssessmentId::from_uuid(input.assessment_id);
        let id = ids::fresh_uuid(write.now());
        let response = AssessmentResponse { id, assessment_id, text, at: write.now() };
        write.tx.insert_assessment_responses(&[response]).await?;
        audit(&write, &named.people).await?;
        Ok((write, Written { ids: vec![input.assessment_id] }))
    })
    .await
}
