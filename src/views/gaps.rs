//! What a role lacks in one person: read whole in one snapshot, remembered under the person, the profile and
//! the catalogue. Takes people whose assessments the caller has found open to the viewer, and versions that
//! the viewer sees; nothing of a viewer gets in.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use serde::{Deserialize, Serialize};

use crate::{
    auth::Scope,
    cache::{Cache, Entry, Key, Remembered},
    domain::{
        POLICY_VERSION,
        assessments::{
            effective::{self, EffectiveSkill, Explanation, LevelView, Rating, effective, evidence, explain},
            staleness::ReviewPolicy,
        },
        gaps::{GapReport, SkillGap, exemptions::RequirementExemption},
        ids::{PersonId, RequirementExemptionId, RoleProfileVersionId, SkillAssessmentId, SkillId},
        levels::Level,
        profiles::RoleSkillRequirement,
        revisions::{Aggregate, Root},
        skills::Skill,
        time::{Timestamp, earliest},
    },
    store::{Snapshot, Store, StoreError},
    views::{
        profiles::Edition,
        remembered::{ReadModel, remembered},
    },
};

/// One person against one version of a role profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Question {
    /// Who.
    pub person_id: PersonId,
    /// Against what.
    pub edition: Edition,
    /// As of a past instant, in valid time; now when absent.
    pub as_of: Option<Timestamp>,
}

/// One requirement with what stands behind its answer.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct GapItem {
    /// The answer.
    pub gap: SkillGap,
    /// The effective level it was measured by.
    pub effective: EffectiveSkill,
    /// How that level was chosen.
    pub reasons: Vec<Explanation>,
    /// The assessments that level and reasons rest on.
    pub evidence: Vec<SkillAssessmentId>,
    /// The exemption, where one holds.
    pub exemption: Option<RequirementExemptionId>,
}

/// What is remembered: the items, in the order of the profile.
#[derive(Debug, Serialize, Deserialize)]
pub struct Gaps {
    items: Vec<GapItem>,
}

impl Remembered for Gaps {
    fn bytes(&self) -> usize {
        256 + self
            .items
            .iter()
            .map(|item| 320 + 64 * item.reasons.len() + 16 * item.evidence.len())
            .sum::<usize>()
    }
}

/// A gap report with everything behind it.
#[derive(Debug, Clone)]
pub struct GapView {
    /// What was asked.
    pub question: Question,
    /// The instant it tells of.
    pub at: Timestamp,
    /// The requirements, in the order of the profile.
    pub items: Vec<GapItem>,
    /// The whole.
    pub report: GapReport,
    /// An opaque digest of the revisions it was read under and of what it says.
    pub version: String,
    /// The earliest instant at which the clock alone may change it; `None`: never.
    pub fresh_until: Option<Timestamp>,
}

/// The answers to `questions`.
///
/// # Errors
/// [`StoreError`].
pub async fn gaps_of(
    store: &Store,
    cache: &Cache,
    scope: &Scope,
    questions: &[Question],
) -> Result<HashMap<Question, Arc<GapView>>, StoreError> {
    let found = remembered::<Gaps>(store, cache, scope.now(), questions).await?;
    Ok(found
        .into_iter()
        .map(|(question, entry)| (question, Arc::new(view(question, scope, &entry))))
        .collect())
}

fn view(question: Question, scope: &Scope, entry: &Entry<Gaps>) -> GapView {
    let items = entry.value.items.clone();
    GapView {
        question,
        at: question.as_of.unwrap_or(scope.now()),
        report: GapReport::of(items.iter().map(|item| item.gap.clone()).collect()),
        version: version(&question, entry),
        fresh_until: entry.fresh_until,
        items,
    }
}

/// Tells two answers apart: the question, the revisions, and what the clock moves.
fn version(question: &Question, entry: &Entry<Gaps>) -> String {
    let mut hash = blake3::Hasher::new();
    hash.update(POLICY_VERSION.as_bytes());
    hash.update(&question.as_of.map_or(0, |at| at.timestamp_micros()).to_le_bytes());
    hash.update(question.edition.version_id.uuid().as_bytes());
    for (root, value) in &entry.revisions {
        hash.update(root.aggregate.as_str().as_bytes());
        hash.update(root.id.as_bytes()).update(&value.to_le_bytes());
    }
    for item in &entry.value.items {
        hash.update(&[
            item.gap.status as u8,
            item.effective.level.map_or(u8::MAX, Level::value),
            item.effective.staleness.map_or(u8::MAX, |staleness| staleness as u8),
        ]);
    }
    hash.finalize().to_hex()[..32].to_owned()
}

impl Question {
    /// Everything whose change changes the answer. The catalogue stands for every skill.
    fn roots(&self) -> [Root; 3] {
        [Root::of(Aggregate::Person, self.person_id), self.edition.root(), Root::SKILL_CATALOGUE]
    }
}

impl ReadModel for Gaps {
    type Question = Question;
    type Error = StoreError;

    fn key(question: &Question) -> Key {
        Key::Gap(question.person_id, question.edition.version_id, question.as_of)
    }

    /// As many statements for many people as for one, and one more for each past instant.
    async fn read(
        snapshot: &Snapshot,
        questions: &[Question],
        now: Timestamp,
    ) -> Result<Vec<(Question, Entry<Self>)>, StoreError> {
        let roots: BTreeSet<Root> = questions.iter().flat_map(Question::roots).collect();
        let revisions = snapshot.revisions(&roots).await?;
        let read = Read::of(snapshot, questions).await?;
        let answers = questions.iter().map(|question| {
            let (items, fresh_until) = read.answer(question, now);
            let known = question.roots().into_iter();
            let revisions = known.filter_map(|root| Some((root, *revisions.get(&root)?))).collect();
            (*question, Entry { value: Self { items }, revisions, fresh_until })
        });
        Ok(answers.collect())
    }
}

/// The ratings of people as of an instant; `None` is now.
type Ratings = HashMap<(Option<Timestamp>, PersonId, SkillId), Vec<Rating>>;

/// Everything that some questions are answered from.
struct Read {
    requirements: HashMap<RoleProfileVersionId, Vec<RoleSkillRequirement>>,
    skills: BTreeMap<SkillId, Skill>,
    ratings: Ratings,
    exemptions: HashMap<PersonId, Vec<RequirementExemption>>,
}

impl Read {
    async fn of(snapshot: &Snapshot, questions: &[Question]) -> Result<Self, StoreError> {
        let versions: BTreeSet<_> = questions.iter().map(|question| question.edition.version_id).collect();
        let versions: Vec<_> = versions.into_iter().collect();
        let requirements = snapshot.requirements_of(&versions).await?;
        let required: BTreeSet<SkillId> =
            requirements.values().flatten().map(|required| required.skill_id).collect();
        let required: Vec<SkillId> = required.into_iter().collect();
        let skills = snapshot.skills_of_everyone(&required).await?;
        let people: BTreeSet<PersonId> = questions.iter().map(|question| question.person_id).collect();
        let people: Vec<PersonId> = people.into_iter().collect();
        let mut ratings = Ratings::new();
        let instants: BTreeSet<Option<Timestamp>> = questions.iter().map(|question| question.as_of).collect();
        for as_of in instants {
            let asked = questions.iter().filter(|question| question.as_of == as_of);
            let asked: BTreeSet<PersonId> = asked.map(|question| question.person_id).collect();
            let asked: Vec<PersonId> = asked.into_iter().collect();
            let rated = match as_of {
                None => snapshot.current_ratings(&asked, Some(&required)).await?,
                Some(at) => snapshot.past_ratings(&asked, Some(&required), at).await?,
            };
            for placed in rated {
                ratings.entry((as_of, placed.person_id, placed.skill_id)).or_default().push(placed.rating);
            }
        }
        let exemptions = snapshot.exemptions_held(&people).await?;
        let skills = skills.into_iter().map(|skill| (skill.id, skill)).collect();
        Ok(Self { requirements, skills, ratings, exemptions })
    }

    /// The items, and when the clock alone changes them: never for the past.
    fn answer(&self, question: &Question, now: Timestamp) -> (Vec<GapItem>, Option<Timestamp>) {
        let mut fresh_until = None;
        let mut items = Vec::new();
        for required in self.requirements.get(&question.edition.version_id).into_iter().flatten() {
            let (item, until) = self.item(question, required, now);
            fresh_until = earliest(fresh_until, until);
            items.push(item);
        }
        (items, fresh_until.filter(|_| question.as_of.is_none()))
    }

    fn item(
        &self,
        question: &Question,
        required: &RoleSkillRequirement,
        now: Timestamp,
    ) -> (GapItem, Option<Timestamp>) {
        let at = question.as_of.unwrap_or(now);
        let key = (question.as_of, question.person_id, required.skill_id);
        let ratings = self.ratings.get(&key).map(Vec::as_slice).unwrap_or_default();
        let held = self.exemptions.get(&question.person_id).into_iter().flatten();
        let held = || held.clone().filter(|exemption| exemption.skill_id == required.skill_id);
        let exemption = held().find(|exemption| exemption.valid().contains(at)).map(|exemption| exemption.id);
        let ends = held().filter_map(|exemption| exemption.valid().next_boundary(at)).min();
        let asked = self.skills.get(&required.skill_id).map(|skill| effective::Question {
            kind: skill.kind,
            policy: ReviewPolicy::of(skill),
            at,
            view: LevelView::Effective,
        });
        let level = asked.as_ref().map(|asked| effective(ratings, asked)).unwrap_or_default();
        let item = GapItem {
            gap: SkillGap::of(required, &level, exemption.is_some()),
            effective: level,
            reasons: asked.as_ref().map(|asked| explain(ratings, asked)).unwrap_or_default(),
            evidence: asked.as_ref().map(|asked| evidence(ratings, asked)).unwrap_or_default(),
            exemption,
        };
        (item, earliest(level.fresh_until, ends))
    }
}

#[cfg(test)]
impl Gaps {
    /// One item with everything in it, for the test of how it is written.
    pub(super) fn sample(
        skill_id: SkillId,
        assessment: SkillAssessmentId,
        exemption: RequirementExemptionId,
        at: Timestamp,
    ) -> Self {
        let required = RoleSkillRequirement {
            skill_id,
            required_level: Level::ALL[3],
            importance: crate::domain::profiles::Importance::Must,
            weight: 3,
        };
        let rating = Rating {
            assessment_id: assessment,
            source: crate::domain::assessments::AssessmentSource::Manager,
            party: effective::Party::Sole,
            level: Level::ALL[2],
            observed_at: at,
            recorded_at: at,
            expires_at: None,
        };
        let asked = effective::Question {
            kind: crate::domain::skills::SkillKind::Technical,
            policy: ReviewPolicy { review_interval_days: Some(180), expires_after_days: None },
            at,
            view: LevelView::Effective,
        };
        let ratings = [rating];
        let level = effective(&ratings, &asked);
        let item = GapItem {
            gap: SkillGap::of(&required, &level, false),
            effective: level,
            reasons: explain(&ratings, &asked),
            evidence: evidence(&ratings, &asked),
            exemption: Some(exemption),
        };
        Self { items: vec![item] }
    }
}
