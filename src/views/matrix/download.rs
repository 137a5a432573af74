//! A matrix to take along: of any size, read whole for one viewer and never remembered; and the order for one
//! that a signed link carries. The same rows and levels as the matrix that is shown.

use serde::{Deserialize, Serialize};

use crate::{
    auth::Scope,
    domain::{
        assessments::effective::LevelView,
        ids::{RoleProfileId, RoleProfileVersionId, TeamId},
        matrix::MatrixFormat,
        policy::reach,
        time::Timestamp,
    },
    store::{Store, TeamReach},
    views::{
        matrix::{MatrixError, MatrixView, Question, read, rows_seen, version},
        profiles::Edition,
    },
};

/// What a link asks for.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct MatrixOrder {
    /// Whose matrix.
    pub team_id: TeamId,
    /// As what file.
    pub format: MatrixFormat,
    /// Measured against which version of which role profile.
    pub measured_against: Option<(RoleProfileId, RoleProfileVersionId)>,
    as_of: Option<i64>,
    view: LevelView,
    reach: TeamReach,
}

impl MatrixOrder {
    /// The order for the answer to `question`: every column there is.
    #[must_use]
    pub fn of(question: &Question, format: MatrixFormat) -> Self {
        let named = |edition: Edition| (edition.role_profile_id, edition.version_id);
        Self {
            team_id: question.team_id,
            format,
            measured_against: question.measured_against.map(named),
            as_of: question.as_of.map(|at| at.timestamp_micros()),
            view: question.view,
            reach: question.reach,
        }
    }

    /// What it asks.
    #[must_use]
    pub fn question(&self) -> Question {
        let edition = |(role_profile_id, version_id)| Edition { role_profile_id, version_id };
        Question {
            team_id: self.team_id,
            as_of: self.as_of.and_then(Timestamp::from_timestamp_micros),
            skill_ids: None,
            measured_against: self.measured_against.map(edition),
            view: self.view,
            reach: self.reach,
            changed_since: None,
        }
    }
}

/// Answers `question` for the viewer, who must see the team, however large the answer is.
///
/// # Errors
/// [`MatrixError`].
pub async fn whole_matrix(
    store: &Store,
    scope: &Scope,
    mut question: Question,
) -> Result<MatrixView, MatrixError> {
    if !reach::catalogue(scope.claims(), scope.standing()) {
        question.skill_ids = Some(Vec::new());
    }
    let (asked, now) = (question.clone(), scope.now());
    let entry = store
        .snapshot(move |snapshot| {
            let asked = asked.clone();
            async move { read::whole(&snapshot, &asked, now, usize::MAX).await }
        })
        .await?;
    let seen = rows_seen(store, scope, &question, &entry.value).await?;
    let may_see = |person| seen.as_ref().is_none_or(|seen| seen.contains(&person));
    let matrix = entry.value.matrix.visible_within(may_see, usize::MAX)?;
    let version = version(&entry.revisions, &question, &matrix);
    let fresh_until = entry.fresh_until;
    Ok(MatrixView { matrix, skills: entry.value.skills, people: entry.value.people, version, fresh_until })
}
