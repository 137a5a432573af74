//! What is made of sets of questions: what a set covers of a role profile (F9), and the kit an interviewer takes
//! along. Takes sets that the caller has found under the scope.

mod kit;
mod markdown;

pub use kit::{Kit, KitItem, KitOrder, kits_of};
pub use markdown::{markdown_of, told};

use std::collections::{BTreeSet, HashMap};

use crate::{
    domain::{
        POLICY_VERSION,
        ids::{QuestionSetId, QuestionVersionId, RoleProfileVersionId},
        profiles::RoleSkillRequirement,
        questions::{
            content::QuestionSkill,
            sets::{
                PinnedItem,
                coverage::{Item, SetCoverage, coverage},
            },
        },
        revisions::{Aggregate, Revisions, Root},
    },
    store::{Snapshot, Store, StoreError},
    views::profiles::Edition,
};

/// What of which role a set covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CoverageQuestion {
    /// The set.
    pub set_id: QuestionSetId,
    /// Measured against this.
    pub edition: Edition,
}

impl CoverageQuestion {
    fn roots(&self) -> [Root; 3] {
        [Root::of(Aggregate::QuestionSet, self.set_id), self.edition.root(), Root::SKILL_CATALOGUE]
    }
}

/// What a set covers of a role profile.
#[derive(Debug, Clone, PartialEq)]
pub struct SetCoverageView {
    /// What was asked.
    pub question: CoverageQuestion,
    /// The answer; items by their index in `items`.
    pub coverage: SetCoverage,
    /// What the set holds, in its order.
    pub items: Vec<PinnedItem>,
    /// Changes whenever anything of it may have changed.
    pub version: String,
}

/// Answers all `questions` by the same few statements, in one snapshot.
///
/// # Errors
/// [`StoreError`].
pub async fn coverages_of(
    store: &Store,
    questions: &[CoverageQuestion],
) -> Result<HashMap<CoverageQuestion, SetCoverageView>, StoreError> {
    let asked = questions.to_vec();
    store
        .snapshot(move |snapshot| {
            let asked = asked.clone();
            async move {
                let read = Read::of(&snapshot, &asked).await?;
                Ok(asked.iter().map(|question| (*question, read.answer(*question))).collect())
            }
        })
        .await
}

struct Read {
    revisions: Revisions,
    items: HashMap<QuestionSetId, Vec<PinnedItem>>,
    skills: HashMap<QuestionVersionId, Vec<QuestionSkill>>,
    requirements: HashMap<RoleProfileVersionId, Vec<RoleSkillRequirement>>,
}

impl Read {
    async fn of(snapshot: &Snapshot, questions: &[CoverageQuestion]) -> Result<Self, StoreError> {
        let roots: BTreeSet<Root> = questions.iter().flat_map(CoverageQuestion::roots).collect();
        let revisions = snapshot.revisions(&roots).await?;
        let sets: BTreeSet<QuestionSetId> = questions.iter().map(|question| question.set_id).collect();
        let items = snapshot.items_of_question_sets(&sets.into_iter().collect::<Vec<_>>()).await?;
        let pinned: BTreeSet<_> = items.values().flatten().map(|it| it.item.question_version_id).collect();
        let pinned: Vec<QuestionVersionId> = pinned.into_iter().collect();
        let skills = snapshot.skills_of_question_versions(&pinned).await?;
        let versions: BTreeSet<_> = questions.iter().map(|question| question.edition.version_id).collect();
        let requirements = snapshot.requirements_of(&versions.into_iter().collect::<Vec<_>>()).await?;
        Ok(Self { revisions, items, skills, requirements })
    }

    fn answer(&self, question: CoverageQuestion) -> SetCoverageView {
        let pinned = self.items.get(&question.set_id).cloned().unwrap_or_default();
        let skills = |it: &PinnedItem| self.skills.get(&it.item.question_version_id).map(Vec::as_slice);
        let items: Vec<Item<'_>> = pinned
            .iter()
            // What is known outside is not asked: it keeps its place, and covers nothing.
            .map(|it| Item {
                minutes: if it.compromised { 0 } else { it.item.minutes },
                difficulty: it.difficulty,
                skills: skills(it).filter(|_| !it.compromised).unwrap_or_default(),
            })
            .collect();
        let required = self.requirements.get(&question.edition.version_id).map(Vec::as_slice);
        let coverage = coverage(&items, required.unwrap_or_default());
        let mut hash = blake3::Hasher::new();
        hash.update(POLICY_VERSION.as_bytes()).update(question.edition.version_id.uuid().as_bytes());
        for root in question.roots() {
            let value = self.revisions.get(&root).copied().unwrap_or_default();
            hash.update(root.aggregate.as_str().as_bytes()).update(root.id.as_bytes());
            hash.update(&value.to_le_bytes());
        }
        let version = hash.finalize().to_hex()[..32].to_owned();
        SetCoverageView { question, coverage, items: pinned, version }
    }
}
