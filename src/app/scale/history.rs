//! Drafts become assessments with ids, instants, words and a history of statuses, as the mutations would
//! have left them: of the ratings of one party the later observation stays, the other is SUPERSEDED.

use std::collections::BTreeMap;

use chrono::TimeDelta;

use crate::{
    app::{
        demo::{Chance, RatedRow, instants::at_work},
        scale::{
            Scale,
            catalogue::{kind, name},
            ratings::{Case, Draft, Verdict},
            words::{NOTES, REJECTED, RESPONSE, REVOKED},
        },
    },
    domain::{
        assessments::{
            AssessmentSource, AssessmentStatus, SkillAssessment,
            effective::{Party, Rating},
            projection::superseded,
        },
        ids::PersonId,
        levels::{Confidence, Level},
        skills::SkillKind,
        time::Timestamp,
    },
    store::StatusChange,
};

/// More ratings than anybody has.
const MOST_RATINGS: u64 = 1_000;
/// More statuses than any rating has.
const MOST_STATUSES: u64 = 8;

impl Scale {
    /// Everything that was ever said of a person, oldest record first within each skill.
    pub(super) fn history(&self, case: &Case) -> Vec<RatedRow> {
        let mut rows: Vec<RatedRow> = Vec::new();
        for (skill, required) in self.pursued(case) {
            let mut drafts = self.drafts(case, skill, required);
            drafts.sort_by_key(|draft| {
                (-draft.recorded_day, -draft.observed_day, draft.source, draft.assessor)
            });
            let first = u64::from(case.person) * MOST_RATINGS + rows.len() as u64;
            let mut skill = Ledger { scale: self, rows: Vec::new(), decisions: Vec::new(), first };
            drafts.iter().for_each(|draft| skill.record(draft));
            rows.extend(skill.decided());
        }
        rows
    }
}

/// What is decided about a rating, at an instant.
struct Decision {
    at: Timestamp,
    by: Option<PersonId>,
    rating: usize,
    status: AssessmentStatus,
}

/// The ratings of one person in one skill.
struct Ledger<'s> {
    scale: &'s Scale,
    rows: Vec<RatedRow>,
    decisions: Vec<Decision>,
    first: u64,
}

impl Ledger<'_> {
    fn record(&mut self, draft: &Draft) {
        let rating = self.rows.len();
        let mut chance = self.scale.chance("words", self.first + rating as u64);
        // A minute of its own, so that no two words of one party tie.
        let minute = chance.between(0, 40) * 12 + i64::try_from(rating).unwrap_or(0) % 12;
        let assessment = self.assessment(draft, minute, &mut chance);
        let (at, by) = (assessment.recorded_at, assessment.assessor_id);
        self.decisions.push(Decision { at, by, rating, status: draft.source.initial_status() });
        let (by, day, status) = match draft.verdict {
            Verdict::Counted | Verdict::Waiting => (None, 0, None),
            Verdict::Validated { by, day } => (Some(by), day, Some(AssessmentStatus::Validated)),
            Verdict::Rejected { by, day } => (Some(by), day, Some(AssessmentStatus::Rejected)),
            Verdict::Revoked { by, day } => (Some(by), day, Some(AssessmentStatus::Revoked)),
        };
        if let Some(status) = status {
            let at = at_work(self.scale.now, day, 500).max(at + TimeDelta::minutes(5));
            self.decisions.push(Decision { at, by: by.map(|by| self.scale.id(by)), rating, status });
        }
        let responded_at = assessment.response.is_some().then(|| at + TimeDelta::minutes(55));
        self.rows.push(RatedRow { assessment, statuses: Vec::new(), responded_at });
    }

    fn assessment(&self, draft: &Draft, minute: i64, chance: &mut Chance) -> SkillAssessment {
        let observed_at = at_work(self.scale.now, draft.observed_day, minute);
        let certified = draft.source == AssessmentSource::Certificate;
        let opinion = matches!(draft.source, AssessmentSource::Manager | AssessmentSource::Peer);
        let expires = certified && kind(draft.skill) == SkillKind::Certification;
        let link =
            |chance: &mut Chance| format!("https://git.example.com/changes/{}", chance.between(1, 9_999));
        SkillAssessment {
            id: self.scale.id(self.first + self.rows.len() as u64),
            person_id: self.scale.id(draft.person),
            skill_id: self.scale.id(draft.skill),
            level: Level::new(draft.level).unwrap_or(Level::ALL[0]),
            confidence: chance
                .one_of(&[None, Some(Confidence::Medium), Some(Confidence::High)])
                .copied()
                .flatten(),
            source: draft.source,
            assessor_id: draft.assessor.map(|by| self.scale.id(by)),
            certificate: certified.then(|| name(draft.skill)),
            observed_at,
            recorded_at: at_work(self.scale.now, draft.recorded_day, minute),
            expires_at: expires.then(|| observed_at + TimeDelta::days(730)),
            evidence: (opinion && chance.percent(15)).then(|| link(chance)).into_iter().collect(),
            note: if opinion && chance.percent(20) {
                chance.one_of(&NOTES).map(|&n| n.to_owned())
            } else {
                None
            },
            response: (draft.source == AssessmentSource::Manager && chance.percent(2))
                .then(|| RESPONSE.to_owned()),
            status: draft.source.initial_status(),
        }
    }

    /// Plays the decisions in the order of time.
    fn decided(mut self) -> Vec<RatedRow> {
        let mut decisions = std::mem::take(&mut self.decisions);
        decisions.sort_by_key(|decision| (decision.at, decision.rating));
        let mut current: BTreeMap<(AssessmentSource, Party), (usize, Rating)> = BTreeMap::new();
        for Decision { at, by, rating, status } in decisions {
            let Some(row) = self.rows.get(rating) else { continue };
            if status == AssessmentStatus::Revoked && row.assessment.status != AssessmentStatus::Validated {
                continue;
            }
            self.append(rating, status, by, at);
            let Some(row) = self.rows.get(rating) else { continue };
            let becoming = row.assessment.rating();
            let slot = (becoming.source, becoming.party.clone());
            match status {
                AssessmentStatus::Validated => {
                    let before = current.get(&slot).map(|(at, rating)| (*at, rating));
                    let loser = superseded(before.map(|(_, rating)| rating), &becoming);
                    let stays = loser == Some(becoming.assessment_id);
                    let loser = if stays { Some(rating) } else { before.map(|(at, _)| at) };
                    if let Some(loser) = loser {
                        self.append(loser, AssessmentStatus::Superseded, by, at);
                    }
                    if !stays {
                        current.insert(slot, (rating, becoming));
                    }
                }
                AssessmentStatus::Revoked => current.retain(|_, (at, _)| *at != rating),
                _ => {}
            }
        }
        self.rows
    }

    fn append(&mut self, rating: usize, status: AssessmentStatus, by: Option<PersonId>, at: Timestamp) {
        let Some(row) = self.rows.get_mut(rating) else { return };
        let number = (self.first + rating as u64) * MOST_STATUSES + row.statuses.len() as u64;
        row.statuses.push(StatusChange {
            id: self.scale.uuid("skill_assessment_status", number),
            assessment_id: row.assessment.id,
            seq: i32::try_from(row.statuses.len() + 1).unwrap_or(i32::MAX),
            status,
            by,
            at,
            reason: match status {
                AssessmentStatus::Rejected => Some(REJECTED.to_owned()),
                AssessmentStatus::Revoked => Some(REVOKED.to_owned()),
                _ => None,
            },
        });
        row.assessment.status = status;
    }
}
