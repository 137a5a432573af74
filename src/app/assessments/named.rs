//! The assessments an input names, judged in the order of refusal: visible, may, state.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use uuid::Uuid;

use crate::{
    app::{
        Failure, Refusal, RefusalCode, Write,
        assessments::{Cells, check_revision, lock},
    },
    domain::{
        assessments::SkillAssessment,
        ids::{PersonId, SkillAssessmentId, SkillId},
        people::PersonStatus,
        policy::{
            actions::{Action, Target, allows},
            facts::{AssessmentFacts, PersonFacts},
        },
        revisions::{Revision, Revisions},
    },
};

/// How an input names its assessments.
#[derive(Debug, Clone, Copy)]
pub(super) enum Field {
    /// One, at this path.
    One(&'static str),
    /// A list at this path, each by its index.
    List(&'static str),
}

impl Field {
    fn place(self, refusal: Refusal, index: usize) -> Refusal {
        match self {
            Self::One(_) => refusal,
            Self::List(list) => refusal.at(list, index),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::One(field) => field,
            Self::List(_) => "",
        }
    }
}

/// Assessments that the action may be done to, with the people locked and the skills held.
#[derive(Debug)]
pub(super) struct Named {
    /// In input order.
    pub(super) rows: Vec<SkillAssessment>,
    /// Who was rated.
    pub(super) people: BTreeSet<PersonId>,
    /// Which skill each recorded skill counts as.
    canonical: HashMap<SkillId, SkillId>,
    raised: Revisions,
}

impl Named {
    /// The skill that `row` counts for today.
    pub(super) fn skill_of(&self, row: &SkillAssessment) -> SkillId {
        canonical(&self.canonical, row.skill_id)
    }

    /// The last of the refusals: the person has moved on since the client looked.
    pub(super) fn check_revision(&self, expected: Option<Revision>) -> Result<(), Refusal> {
        check_revision(&self.raised, &self.people, expected)
    }

    /// Every cell that the write can touch.
    pub(super) fn cells(&self) -> Cells {
        let both =
            |row: &SkillAssessment| [(row.person_id, row.skill_id), (row.person_id, self.skill_of(row))];
        self.rows.iter().flat_map(both).collect()
    }

    /// The skills as recorded, and the canonical ones.
    pub(super) fn skills(&self) -> impl Iterator<Item = SkillId> {
        self.rows.iter().flat_map(|row| [row.skill_id, self.skill_of(row)])
    }
}

pub(super) fn canonical(held: &HashMap<SkillId, SkillId>, skill: SkillId) -> SkillId {
    held.get(&skill).copied().unwrap_or(skill)
}

/// Finds, locks and judges the assessments `ids` for `action`. The caller judges the rest of its input,
/// then the revision.
pub(super) async fn named(
    write: &Write,
    action: Action,
    ids: &[Uuid],
    field: Field,
) -> Result<Named, Failure> {
    let ids: Vec<SkillAssessmentId> = ids.iter().copied().map(SkillAssessmentId::from_uuid).collect();
    refuse_twice(&ids, field)?;
    let people = found(write, &ids, field).await?.iter().map(|row| row.person_id).collect();
    let raised = lock(write, &people).await?;
    // Read again: until the lock was ours, somebody else could have judged them.
    let rows = found(write, &ids, field).await?;
    let skills: Vec<SkillId> = rows.iter().map(|row| row.skill_id).collect();
    let named = Named { canonical: write.tx.hold_redirects(&skills).await?, people, rows, raised };
    judge(write, action, &named, field).await?;
    Ok(named)
}

fn refuse_twice(ids: &[SkillAssessmentId], field: Field) -> Result<(), Vec<Refusal>> {
    let mut seen = BTreeSet::new();
    let rule = "The list names this assessment twice.";
    let twice = ids.iter().enumerate().filter(|(_, id)| !seen.insert(**id));
    refused(twice.map(|(n, _)| field.place(Refusal::new(RefusalCode::Invalid, "", rule), n)).collect())
}

/// The assessments in input order, if the viewer sees every one of them.
async fn found(
    write: &Write,
    ids: &[SkillAssessmentId],
    field: Field,
) -> Result<Vec<SkillAssessment>, Failure> {
    let rows = write.tx.assessments_by_id(&write.scope, ids).await?;
    let mut rows: BTreeMap<SkillAssessmentId, SkillAssessment> =
        rows.into_iter().map(|row| (row.id, row)).collect();
    let missing = ids.iter().enumerate().filter(|(_, id)| !rows.contains_key(id));
    refused(missing.map(|(n, _)| field.place(Refusal::not_found(field.name()), n)).collect())?;
    Ok(ids.iter().filter_map(|id| rows.remove(id)).collect())
}

async fn judge(write: &Write, action: Action, named: &Named, field: Field) -> Result<(), Failure> {
    let people: Vec<PersonId> = named.people.iter().copied().collect();
    let facts = write.tx.person_facts(&write.scope, &people).await?;
    let refusals = named.rows.iter().enumerate().filter_map(|(n, row)| {
        let Some(person) = facts.get(&row.person_id) else {
            return Some(field.place(Refusal::not_found(field.name()), n));
        };
        judge_one(write, action, person, row, named.skill_of(row), field).map(|said| field.place(said, n))
    });
    Ok(refused(refusals.collect())?)
}

fn judge_one(
    write: &Write,
    action: Action,
    person: &PersonFacts,
    row: &SkillAssessment,
    skill_id: SkillId,
    field: Field,
) -> Option<Refusal> {
    let facts = AssessmentFacts {
        person,
        skill_id,
        source: row.source,
        assessor_id: row.assessor_id,
        status: row.status,
        // `confirm` refuses what cannot be said again with reasons of its own.
        repeatable: true,
    };
    let target = Target::Assessment(facts);
    if !write.scope.actor().permits(action, &target) {
        return Some(Refusal::forbidden(field.name()));
    }
    let reason = if person.status == PersonStatus::Active {
        format!("The assessment is {}.", row.status.as_str())
    } else {
        format!("The assessment is {} and the person {}.", row.status.as_str(), person.status.as_str())
    };
    (!allows(action, &target)).then(|| Refusal::new(RefusalCode::IllegalState, field.name(), reason))
}

/// Nothing, or every refusal.
pub(super) fn refused(refusals: Vec<Refusal>) -> Result<(), Vec<Refusal>> {
    if refusals.is_empty() { Ok(()) } else { Err(refusals) }
}
