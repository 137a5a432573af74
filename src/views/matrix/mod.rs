//! The skill matrix of a team: read whole in one snapshot, cached for everyone, cut for the viewer.

mod download;
mod read;

pub use download::{MatrixOrder, whole_matrix};

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use serde::{Deserialize, Serialize};

use crate::{
    auth::Scope,
    cache::{Cache, Entry, Key, Remembered},
    domain::{
        assessments::effective::LevelView,
        ids::{PersonId, SkillId, TeamId},
        levels::Level,
        matrix::{AssembledMatrix, LIMIT, TeamSkillMatrix, TooLarge},
        people::{Person, PersonStatus},
        policy::reach::{self, AssessmentReach, PeopleReach},
        revisions::{Aggregate, Revisions},
        skills::Skill,
        time::Timestamp,
    },
    store::{Snapshot, Store, StoreError, TeamReach},
    views::{
        profiles::Edition,
        remembered::{ReadModel, remembered},
    },
};

/// What is asked of a matrix.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Question {
    /// Whose.
    pub team_id: TeamId,
    /// As of a past instant, in valid time; now when absent.
    pub as_of: Option<Timestamp>,
    /// Exactly these columns; found ones when absent.
    pub skill_ids: Option<Vec<SkillId>>,
    /// Measured against this version instead of each person's own role profiles.
    pub measured_against: Option<Edition>,
    /// Whose word.
    pub view: LevelView,
    /// Whose members.
    pub reach: TeamReach,
    /// Tell what changed since.
    pub changed_since: Option<Timestamp>,
}

/// The matrix as one viewer sees it, with the people and skills it names.
#[derive(Debug, Clone)]
pub struct MatrixView {
    /// Columns, rows and counts.
    pub matrix: TeamSkillMatrix,
    /// The skills of the columns.
    pub skills: BTreeMap<SkillId, Arc<Skill>>,
    /// The people of the rows.
    pub people: BTreeMap<PersonId, Arc<Person>>,
    /// An opaque digest of the revisions it was read under and of what was cut from it.
    pub version: String,
    /// The earliest instant at which the clock alone may change it for anyone; `None`: never.
    pub fresh_until: Option<Timestamp>,
}

/// Why there is no matrix.
#[derive(Debug, thiserror::Error)]
pub enum MatrixError {
    /// More people or skills than one matrix shows.
    #[error(transparent)]
    TooLarge(#[from] TooLarge),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What is cached: the matrix of everyone, for nobody in particular.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Whole {
    pub(super) matrix: AssembledMatrix,
    pub(super) skills: BTreeMap<SkillId, Arc<Skill>>,
    pub(super) people: BTreeMap<PersonId, Arc<Person>>,
}

impl Remembered for Whole {
    fn bytes(&self) -> usize {
        let (people, skills) = (self.people.len(), self.skills.len());
        512 + 800 * (people + skills) + 96 * people * skills
    }
}

impl ReadModel for Whole {
    type Question = Question;
    type Error = MatrixError;

    fn key(question: &Question) -> Key {
        Key::TeamSkillMatrix(question.team_id, question.digest())
    }

    async fn read(
        snapshot: &Snapshot,
        questions: &[Question],
        now: Timestamp,
    ) -> Result<Vec<(Question, Entry<Self>)>, MatrixError> {
        let mut read = Vec::with_capacity(questions.len());
        for question in questions {
            read.push((question.clone(), read::whole(snapshot, question, now, LIMIT).await?));
        }
        Ok(read)
    }
}

/// Answers `question` for the viewer, who must see the team: callers pass a team they found in `scope`.
///
/// # Errors
/// [`MatrixError`].
pub async fn team_skill_matrix(
    store: &Store,
    cache: &Cache,
    scope: &Scope,
    mut question: Question,
) -> Result<MatrixView, MatrixError> {
    if !reach::catalogue(scope.claims(), scope.standing()) {
        // Columns are skills: who does not see these has no columns.
        question.skill_ids = Some(Vec::new());
    }
    let asked = std::slice::from_ref(&question);
    let found = remembered::<Whole>(store, cache, scope.now(), asked).await?.remove(&question);
    let whole = found.ok_or_else(|| StoreError::Fault("a matrix was not read".to_owned()))?;
    let seen = rows_seen(store, scope, &question, &whole.value).await?;
    let mut matrix =
        whole.value.matrix.visible_to(|person| seen.as_ref().is_none_or(|seen| seen.contains(&person)))?;
    if question.as_of.is_none() {
        // A remembered matrix holds now as it held when it was made: that is what fresh means.
        matrix.as_of = scope.now();
    }
    let skills = whole.value.skills.clone();
    let people = whole.value.people.clone();
    let version = version(&whole.revisions, &question, &matrix);
    Ok(MatrixView { matrix, skills, people, version, fresh_until: whole.fresh_until })
}

/// Whose rows the viewer sees, by today's permissions; `None`: everyone's. A row shows a person and what
/// they can do, so both must be open to the viewer. Who left is led by nobody.
async fn rows_seen(
    store: &Store,
    scope: &Scope,
    question: &Question,
    whole: &Whole,
) -> Result<Option<BTreeSet<PersonId>>, StoreError> {
    let (claims, standing) = (scope.claims(), scope.standing());
    let people: Vec<PersonId> = whole.matrix.people().collect();
    let active = || whole.people.values().filter(|person| person.status == PersonStatus::Active);
    let (own, led) = match (reach::assessments(claims, standing), reach::people(claims, standing)) {
        (AssessmentReach::All, PeopleReach::All) => return Ok(None),
        (AssessmentReach::All, PeopleReach::Active) => return Ok(Some(active().map(|one| one.id).collect())),
        (AssessmentReach::All, PeopleReach::Near { .. }) => {
            let seen = store.people_by_id(scope, &people).await?;
            return Ok(Some(seen.into_iter().map(|one| one.id).collect()));
        }
        (AssessmentReach::Near { own, led, .. }, _) => (own, led),
    };
    // Who is in the tree of a led team now is led; of the past, and of other teams, only some may be.
    let mut seen: BTreeSet<PersonId> = if question.as_of.is_none() && led.contains(&question.team_id) {
        active().map(|one| one.id).collect()
    } else {
        store.led_among(scope, &people).await?
    };
    seen.extend(own);
    Ok(Some(seen))
}

impl Question {
    /// The same question has the same digest, in every process.
    fn digest(&self) -> [u8; 32] {
        let mut hash = blake3::Hasher::new();
        let skills = self.skill_ids.iter().flatten().map(SkillId::to_string).collect::<Vec<_>>().join(",");
        let parts = [
            self.as_of.map(|at| at.to_rfc3339()).unwrap_or_default(),
            self.skill_ids.as_ref().map(|_| skills).unwrap_or_else(|| "found".to_owned()),
            self.measured_against.map(|edition| edition.version_id.to_string()).unwrap_or_default(),
            self.view.as_str().to_owned(),
            self.reach.as_str().to_owned(),
            self.changed_since.map(|at| at.to_rfc3339()).unwrap_or_default(),
        ];
        for part in parts {
            hash.update(&(part.len() as u64).to_le_bytes()).update(part.as_bytes());
        }
        *hash.finalize().as_bytes()
    }
}

/// Tells two answers apart: the revisions they were read under, and the cells, which the clock moves too.
/// People the viewer does not see stay out, so that nobody can tell from it that a colleague was rated.
fn version(revisions: &Revisions, question: &Question, matrix: &TeamSkillMatrix) -> String {
    let mut hash = blake3::Hasher::new();
    hash.update(&question.digest());
    let seen: BTreeSet<uuid::Uuid> = matrix.rows.iter().map(|row| row.person_id.uuid()).collect();
    for (root, value) in revisions {
        if root.aggregate == Aggregate::Person && !seen.contains(&root.id) {
            continue;
        }
        hash.update(root.aggregate.as_str().as_bytes())
            .update(root.id.as_bytes())
            .update(&value.to_le_bytes());
    }
    for cell in matrix.rows.iter().flat_map(|row| &row.cells) {
        hash.update(&[
            cell.effective.level.map_or(u8::MAX, Level::value),
            cell.effective.staleness.map_or(u8::MAX, |staleness| staleness as u8),
            cell.required.map_or(u8::MAX, Level::value),
        ]);
    }
    hash.finalize().to_hex()[..32].to_owned()
}
