//! One rating to record, and every rule it must keep. Pure but for the id it gets: what it is judged by
//! was read by `record`.

use serde::Serialize;
use uuid::Uuid;

use crate::{
    app::{Checks, Refusal, RefusalCode, Write, ids},
    domain::{
        assessments::{AssessmentSource, SkillAssessment},
        ids::PersonId,
        levels::{Confidence, Level},
        policy::{
            actions::{Action, Target, allows},
            facts::PersonFacts,
        },
        skills::Skill,
        time::{Timestamp, to_micros},
        values::{MOST_WORDS, Rule, prose},
    },
};

/// A rating to record.
#[derive(Debug, Clone, Serialize)]
pub struct NewSkillAssessment {
    /// Who is rated: active, and somebody the viewer may rate on that ground.
    pub person_id: Uuid,
    /// In what: an active skill. A merged one is recorded as the skill it was merged into.
    pub skill_id: Uuid,
    /// 0–5.
    pub level: i32,
    /// On what ground.
    pub source: AssessmentSource,
    /// How sure the assessor is.
    pub confidence: Option<Confidence>,
    /// Which certificate, 1–400 characters; with CERTIFICATE, and only with it.
    pub certificate: Option<String>,
    /// When the level was observed; now when absent, never in the future.
    pub observed_at: Option<Timestamp>,
    /// When the rating stops to count, after `observed_at`.
    pub expires_at: Option<Timestamp>,
    /// At most 20 links or references of 1–2000 characters.
    pub evidence: Vec<String>,
    /// At most 4000 characters.
    pub note: Option<String>,
}

const MOST_EVIDENCE: usize = 20;

impl NewSkillAssessment {
    /// The assessment as it will be stored, if the viewer may record it and it keeps every rule.
    /// `skill` is the canonical one.
    pub(super) fn judged(
        &self,
        write: &Write,
        action: Action,
        person: &PersonFacts,
        skill: &Skill,
    ) -> Result<SkillAssessment, Vec<Refusal>> {
        let actor = write.scope.actor();
        let assessor_id = actor.speaker();
        let target = Target::NewAssessment(person, self.source);
        if !actor.permits(action, &target) || !self.may_be_said_by(assessor_id) {
            return Err(vec![Refusal::forbidden("source")]);
        }
        self.checked(write.now(), action, person, skill, assessor_id)
    }

    /// The same by the rules alone, said by `assessor_id`: for who is known to be allowed to.
    pub(in crate::app) fn checked(
        &self,
        now: Timestamp,
        action: Action,
        person: &PersonFacts,
        skill: &Skill,
        assessor_id: Option<PersonId>,
    ) -> Result<SkillAssessment, Vec<Refusal>> {
        let target = Target::NewAssessment(person, self.source);
        let mut checks = Checks::default();
        if !allows(action, &target) {
            let rule = format!("names a person who is {}", person.status.as_str());
            checks.refuse(RefusalCode::IllegalState, "personId", &rule);
        }
        self.check_skill(&mut checks, skill);
        let level = checks.keep("level", Level::new(self.level.into()).map_err(|_| "must be 0 to 5"));
        let certificate = self.check_certificate(&mut checks);
        let observed_at = self.check_instants(&mut checks, now);
        let evidence = self.check_evidence(&mut checks);
        let note = checks.keep_some("note", self.note.as_deref(), |text| at_most(text, MOST_WORDS));
        checks.done()?;
        Ok(SkillAssessment {
            id: ids::fresh(now),
            person_id: person.id,
            skill_id: skill.id,
            level: level.unwrap_or(Level::ALL[0]),
            confidence: self.confidence,
            source: self.source,
            assessor_id,
            certificate,
            observed_at,
            recorded_at: now,
            expires_at: self.expires_at.map(to_micros),
            evidence,
            note: note.filter(|text| !text.is_empty()),
            response: None,
            status: self.source.initial_status(),
        })
    }

    /// A word about oneself is one's own, one about others is not, and only data from elsewhere is
    /// nobody's.
    pub(in crate::app) fn may_be_said_by(&self, assessor: Option<PersonId>) -> bool {
        let about_self = assessor.map(|id| id.uuid() == self.person_id);
        match self.source {
            AssessmentSource::SelfRating => about_self == Some(true),
            AssessmentSource::Manager | AssessmentSource::Peer => about_self == Some(false),
            AssessmentSource::Interview | AssessmentSource::Certificate => about_self.is_some(),
            AssessmentSource::Import => true,
        }
    }

    fn check_skill(&self, checks: &mut Checks, skill: &Skill) {
        if !skill.status.can_be_assessed() {
            let rule = format!("names a skill that is {}", skill.status.as_str());
            checks.refuse(RefusalCode::IllegalState, "skillId", &rule);
        }
        let rule = "must be CERTIFICATE or IMPORT for a skill of kind CERTIFICATION";
        checks.hold("source", self.source.is_admitted_for(skill.kind), rule);
    }

    fn check_certificate(&self, checks: &mut Checks) -> Option<String> {
        let text = self.certificate.as_deref().map(str::trim);
        if self.source != AssessmentSource::Certificate {
            checks.hold("certificate", text.is_none(), "is taken only with source CERTIFICATE");
            return None;
        }
        let text = text.unwrap_or_default();
        checks.hold("certificate", !text.is_empty(), "must name the certificate");
        checks.keep("certificate", at_most(text, 400))
    }

    fn check_instants(&self, checks: &mut Checks, now: Timestamp) -> Timestamp {
        let observed_at = self.observed_at.map_or(now, to_micros);
        checks.hold("observedAt", observed_at <= now, "must not be in the future");
        let lasts = self.expires_at.is_none_or(|end| to_micros(end) > observed_at);
        checks.hold("expiresAt", lasts, "must be later than observedAt");
        observed_at
    }

    fn check_evidence(&self, checks: &mut Checks) -> Vec<String> {
        let evidence = &self.evidence;
        checks.hold("evidence", evidence.len() <= MOST_EVIDENCE, "must have at most 20 items");
        let items = evidence.iter().take(MOST_EVIDENCE).enumerate().filter_map(|(n, text)| {
            let field = format!("evidence.{n}");
            checks.hold(&field, !text.trim().is_empty(), "must hold visible characters");
            checks.keep(&field, at_most(text.trim(), 2000))
        });
        items.collect()
    }
}

fn at_most(text: &str, most: usize) -> Result<String, Rule> {
    prose(text, most).map_err(|rule| match (rule, most) {
        ("is too long", 400) => "must have at most 400 characters",
        ("is too long", 2000) => "must have at most 2000 characters",
        ("is too long", MOST_WORDS) => "must have at most 4000 characters",
        (rule, _) => rule,
    })
}
