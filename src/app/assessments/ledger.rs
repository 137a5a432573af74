//! What a write adds to the history: assessments, their statuses, and who supersedes whom. Plans in
//! memory what invariant 1 asks for, then stores it in as many statements for 200 ratings as for one.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    app::{Write, ids},
    domain::{
        assessments::{
            AssessmentStatus, SkillAssessment,
            effective::Rating,
            projection::{Slot, superseded},
        },
        ids::{PersonId, SkillAssessmentId, SkillId},
        time::Timestamp,
    },
    store::{OpenAssessment, Rebuild, StatusChange, StoreError},
};

/// People, each in a skill that a write touches.
pub(in crate::app) type Cells = BTreeSet<(PersonId, SkillId)>;

/// The history of the people a write has locked, and what the write adds to it.
#[derive(Debug)]
pub(in crate::app) struct Ledger {
    by: Option<PersonId>,
    at: Timestamp,
    current: BTreeMap<(PersonId, Slot), Rating>,
    last: BTreeMap<SkillAssessmentId, i32>,
    added: Vec<SkillAssessment>,
    statuses: Vec<StatusChange>,
}

impl Ledger {
    /// Reads what is open in `cells`, as recorded.
    pub(in crate::app) async fn open(write: &Write, cells: &Cells) -> Result<Self, StoreError> {
        let cells: Vec<(PersonId, SkillId)> = cells.iter().copied().collect();
        let open = write.tx.open_assessments(&cells).await?;
        Ok(Self::of(open, write.scope.actor().speaker(), write.now()))
    }

    fn of(open: Vec<OpenAssessment>, by: Option<PersonId>, at: Timestamp) -> Self {
        let last = open.iter().map(|row| (row.rating.assessment_id, row.seq)).collect();
        let current = open.into_iter().filter(|row| row.status == AssessmentStatus::Validated);
        let current = current.map(|row| ((row.person_id, row.slot), row.rating)).collect();
        Self { by, at, current, last, added: Vec::new(), statuses: Vec::new() }
    }

    /// Adds a new assessment in the first status of its source.
    pub(in crate::app) fn add(&mut self, rated: SkillAssessment) {
        match rated.source.initial_status() {
            AssessmentStatus::Validated => self.validate(&rated),
            first => self.append(rated.id, first, None),
        }
        self.added.push(rated);
    }

    /// Whether the current one of its slot was observed and recorded in the very instants of this one,
    /// so that nothing but chance would say which is the later.
    pub(super) fn ties(&self, rated: &SkillAssessment) -> bool {
        let (key, rating) = placed(rated);
        let instants = |rating: &Rating| (rating.observed_at, rating.recorded_at);
        self.current.get(&key).is_some_and(|current| instants(current) == instants(&rating))
    }

    /// Lets an assessment count. Of it and the current one of its slot the later observation stays.
    pub(super) fn validate(&mut self, rated: &SkillAssessment) {
        self.append(rated.id, AssessmentStatus::Validated, None);
        let (key, rating) = placed(rated);
        let loser = superseded(self.current.get(&key), &rating);
        if let Some(loser) = loser {
            self.append(loser, AssessmentStatus::Superseded, None);
        }
        if loser != Some(rated.id) {
            self.current.insert(key, rating);
        }
    }

    /// Takes an assessment that counted out of its slot, into `status`.
    pub(super) fn close(
        &mut self,
        rated: &SkillAssessment,
        status: AssessmentStatus,
        reason: Option<String>,
    ) {
        self.append(rated.id, status, reason);
        let (key, _) = placed(rated);
        if self.current.get(&key).is_some_and(|current| current.assessment_id == rated.id) {
            self.current.remove(&key);
        }
    }

    fn append(&mut self, id: SkillAssessmentId, status: AssessmentStatus, reason: Option<String>) {
        let seq = self.last.entry(id).or_insert(0);
        *seq += 1;
        self.statuses.push(StatusChange {
            id: ids::fresh_uuid(self.at),
            assessment_id: id,
            seq: *seq,
            status,
            by: self.by,
            at: self.at,
            reason,
        });
    }

    /// Stores it all, and makes the projection of `cells`, whose skills are canonical or were merged into one of
    /// theirs, say what the history says now.
    pub(in crate::app) async fn store(self, write: &Write, cells: &Cells) -> Result<(), StoreError> {
        write.tx.insert_assessments(&self.added).await?;
        write.tx.insert_assessment_statuses(&self.statuses).await?;
        let cells: Vec<(PersonId, SkillId)> = cells.iter().copied().collect();
        write.tx.rebuild_current_levels(Rebuild::Cells(&cells)).await
    }
}

/// The slot of a rating, and the rating as F1 reads it.
pub(super) fn placed(rated: &SkillAssessment) -> ((PersonId, Slot), Rating) {
    let rating = rated.rating();
    let slot = Slot { recorded_skill_id: rated.skill_id, source: rated.source, party: rating.party.clone() };
    ((rated.person_id, slot), rating)
}
