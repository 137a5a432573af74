//! `reportLeak`: a question is known outside. From then on it is not asked: it leaves every set that is
//! still being put together, and published ones carry a warning.

use std::collections::BTreeSet;

use serde::Serialize;
use uuid::Uuid;

use crate::{
    app::{Checks, Command, Failure, Write, Written, command, ids, questions::entry_for},
    domain::{
        ids::{QuestionId, QuestionVersionId},
        policy::actions::Action,
        questions::{LeakReport, QuestionVersionStatus},
        revisions::{Aggregate, Revision, Root},
        values,
    },
    store::{Store, StoreError},
};

/// The longest account of where a question was seen, in characters.
const LONGEST_SOURCE: usize = 2_000;

/// Word of a leak.
#[derive(Debug, Clone, Serialize)]
pub struct ReportLeak {
    /// The entry, of which a version is approved.
    pub question_id: Uuid,
    /// Where it was seen.
    pub source: String,
    /// The revision the client has seen.
    pub expected_revision: Option<Revision>,
}

/// Records a leak; the approved version is COMPROMISED. The payload shows the entry's id.
///
/// # Errors
/// NOT_FOUND, FORBIDDEN, ILLEGAL_STATE of the question; INVALID source; CONFLICT.
pub async fn report_leak(store: &Store, command: Command, input: ReportLeak) -> Result<Written, Failure> {
    command::run(store, command, Action::ReportLeak.as_str(), input, |write, input| async move {
        let id = QuestionId::from_uuid(input.question_id);
        let entry = entry_for(&write, id, Action::ReportLeak, input.expected_revision).await?;
        let mut checks = Checks::default();
        let source = checks.keep("source", values::prose(&input.source, LONGEST_SOURCE)).unwrap_or_default();
        checks.hold("source", !source.trim().is_empty(), "must say where the question was seen");
        checks.done()?;
        let asked = entry.asked.as_ref().map(|version| version.id);
        let version = asked.ok_or_else(|| StoreError::Fault("no approved version".to_owned()))?;
        let now = write.now();
        let report = LeakReport { reporter_id: write.scope.actor().speaker(), source, at: now };
        write.tx.insert_leak_report(ids::fresh_uuid(now), version, &report).await?;
        write.tx.move_question_version(id, version, QuestionVersionStatus::Compromised, now).await?;
        let sets = tell_sets(&write, version).await?;
        write.audit_each(std::iter::once(entry.root()).chain(sets)).await?;
        Ok((write, Written { ids: vec![id.uuid()] }))
    })
    .await
}

/// Takes what is known out of every set that is still being put together, and tells which sets pin it: the others carry
/// a warning from now on. They are looked for once the version is moved: whoever was pinning it meanwhile has finished,
/// and nobody pins it any more.
async fn tell_sets(write: &Write, version: QuestionVersionId) -> Result<BTreeSet<Root>, StoreError> {
    let sets = write.tx.sets_pinning_up_to(version).await?;
    let sets = sets.into_iter().map(|set| Root::of(Aggregate::QuestionSet, set)).collect();
    write.tx.raise(&sets).await?;
    write.tx.drop_from_draft_sets(version).await?;
    Ok(sets)
}
