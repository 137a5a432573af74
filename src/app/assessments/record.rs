//! `recordSkillAssessment` and `recordSkillAssessments`: people are rated, one at a time or a whole
//! round at once.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::{
    app::{
        Command, Failure, Refusal, RefusalCode, Write, Written,
        assessments::{
            Cells, NewSkillAssessment, audit, check_revision, check_size,
            ledger::{Ledger, placed},
            lock,
            named::{canonical, refused},
        },
        command,
    },
    domain::{
        assessments::SkillAssessment,
        ids::{PersonId, SkillId},
        people::Person,
        policy::{actions::Action, facts::PersonFacts},
        revisions::Revision,
        skills::Skill,
    },
    store::Store,
};

/// One rating.
#[derive(Debug, Clone, Serialize)]
pub struct RecordSkillAssessment {
    /// The rating.
    pub assessment: NewSkillAssessment,
    /// The revision of the person that the client has seen.
    pub expected_revision: Option<Revision>,
}

/// Several ratings, all or none.
#[derive(Debug, Clone, Serialize)]
pub struct RecordSkillAssessments {
    /// 1–200.
    pub assessments: Vec<NewSkillAssessment>,
    /// The revision of the person that the client has seen; only when all are of one person.
    pub expected_revision: Option<Revision>,
}

const LIST: &str = "assessments";

/// Records a rating. It counts at once, or waits to be validated (PEER, CERTIFICATE). One that counts
/// supersedes the current one of its slot, or is at once superseded by it when that was observed later.
/// The payload shows its id.
///
/// # Errors
/// NOT_FOUND person or skill; FORBIDDEN; INVALID values; ILLEGAL_STATE of person or skill; CONFLICT.
pub async fn record_skill_assessment(
    store: &Store,
    command: Command,
    input: RecordSkillAssessment,
) -> Result<Written, Failure> {
    const ACTION: Action = Action::RecordSkillAssessment;
    command::run(store, command, ACTION.as_str(), input, |write, input| async move {
        let round = Round { action: ACTION, list: None, ratings: vec![input.assessment] };
        record(write, &round, input.expected_revision).await
    })
    .await
}

/// Records several ratings, each by the rule of one, all or none. The payload shows their ids in input
/// order.
///
/// # Errors
/// LIMIT; those of [`record_skill_assessment`] by index; INVALID when two say the same.
pub async fn record_skill_assessments(
    store: &Store,
    command: Command,
    input: RecordSkillAssessments,
) -> Result<Written, Failure> {
    const ACTION: Action = Action::RecordSkillAssessments;
    command::run(store, command, ACTION.as_str(), input, |write, input| async move {
        check_size(LIST, input.assessments.len())?;
        let round = Round { action: ACTION, list: Some(LIST), ratings: input.assessments };
        record(write, &round, input.expected_revision).await
    })
    .await
}

/// What is recorded together.
struct Round {
    action: Action,
    list: Option<&'static str>,
    ratings: Vec<NewSkillAssessment>,
}

async fn record(
    write: Write,
    round: &Round,
    expected: Option<Revision>,
) -> Result<(Write, Written), Failure> {
    let people: BTreeSet<PersonId> = round.people().collect();
    round.visible(&write).await?;
    let raised = lock(&write, &people).await?;
    let judged = round.judged(&write).await?;
    check_revision(&raised, &people, expected)?;
    let cells: Cells = judged.iter().map(|rated| (rated.person_id, rated.skill_id)).collect();
    let mut ledger = Ledger::open(&write, &cells).await?;
    round.refuse_repeated(&judged, |rated| ledger.ties(rated))?;
    let ids = judged.iter().map(|rated| rated.id.uuid()).collect();
    judged.into_iter().for_each(|rated| ledger.add(rated));
    ledger.store(&write, &cells).await?;
    audit(&write, &people).await?;
    Ok((write, Written { ids }))
}

impl Round {
    fn people(&self) -> impl Iterator<Item = PersonId> {
        self.ratings.iter().map(|rating| PersonId::from_uuid(rating.person_id))
    }

    fn skills(&self) -> impl Iterator<Item = SkillId> {
        self.ratings.iter().map(|rating| SkillId::from_uuid(rating.skill_id))
    }

    fn place(&self, refusal: Refusal, index: usize) -> Refusal {
        match self.list {
            Some(list) => refusal.at(list, index),
            None => refusal,
        }
    }

    /// Every person and skill is one that the viewer sees.
    async fn visible(&self, write: &Write) -> Result<(), Failure> {
        let people: Vec<PersonId> = self.people().collect();
        let people = write.tx.people_by_id(&write.scope, &people).await?;
        let people: BTreeSet<PersonId> = people.iter().map(|person: &Person| person.id).collect();
        let skills: Vec<SkillId> = self.skills().collect();
        let skills = write.tx.skills_by_id(&write.scope, &skills).await?;
        let skills: BTreeSet<SkillId> = skills.iter().map(|skill: &Skill| skill.id).collect();
        let unseen_person = |(n, id)| (!people.contains(&id)).then_some((n, "personId"));
        let unseen_skill = |(n, id)| (!skills.contains(&id)).then_some((n, "skillId"));
        let mut unseen: Vec<(usize, &str)> = self.people().enumerate().filter_map(unseen_person).collect();
        unseen.extend(self.skills().enumerate().filter_map(unseen_skill));
        unseen.sort_unstable();
        let refusals = unseen.into_iter().map(|(n, field)| self.place(Refusal::not_found(field), n));
        Ok(refused(refusals.collect())?)
    }

    /// The assessments as they will be stored, judged with the people locked and the skills held.
    async fn judged(&self, write: &Write) -> Result<Vec<SkillAssessment>, Failure> {
        let people: Vec<PersonId> = self.people().collect();
        let people = write.tx.person_facts(&write.scope, &people).await?;
        let held = write.tx.hold_redirects(&self.skills().collect::<Vec<_>>()).await?;
        let skills: Vec<SkillId> = held.values().copied().collect();
        let skills = write.tx.skills_by_id(&write.scope, &skills).await?;
        let skills: BTreeMap<SkillId, Skill> = skills.into_iter().map(|skill| (skill.id, skill)).collect();
        let skill_of =
            |rating: &NewSkillAssessment| skills.get(&canonical(&held, SkillId::from_uuid(rating.skill_id)));
        let (mut judged, mut refusals) = (Vec::new(), Vec::new());
        for (n, rating) in self.ratings.iter().enumerate() {
            match self.judged_one(write, rating, &people, skill_of(rating)) {
                Ok(rated) => judged.push(rated),
                Err(broken) => refusals.extend(broken.into_iter().map(|refusal| self.place(refusal, n))),
            }
        }
        refused(refusals)?;
        let mut said = BTreeSet::new();
        self.refuse_repeated(&judged, |rated| !said.insert((placed(rated).0, rated.observed_at)))?;
        Ok(judged)
    }

    fn judged_one(
        &self,
        write: &Write,
        rating: &NewSkillAssessment,
        people: &BTreeMap<PersonId, PersonFacts>,
        skill: Option<&Skill>,
    ) -> Result<SkillAssessment, Vec<Refusal>> {
        let person = people.get(&PersonId::from_uuid(rating.person_id));
        let person = person.ok_or_else(|| vec![Refusal::not_found("personId")])?;
        let skill = skill.ok_or_else(|| vec![Refusal::not_found("skillId")])?;
        rating.judged(write, self.action, person, skill)
    }

    /// Of two words of one party about one instant, which is the later cannot be told.
    fn refuse_repeated(
        &self,
        judged: &[SkillAssessment],
        mut repeats: impl FnMut(&SkillAssessment) -> bool,
    ) -> Result<(), Vec<Refusal>> {
        let rule = "observedAt must differ from that of another rating of the same person, skill and source.";
        let repeated = judged.iter().enumerate().filter(|(_, rated)| repeats(rated));
        let refusal = |(n, _)| self.place(Refusal::new(RefusalCode::Invalid, "observedAt", rule), n);
        refused(repeated.map(refusal).collect())
    }
}
