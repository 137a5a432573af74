//! What one operation reads through: its scope, the store, and loaders that batch the finders. Made for
//! each operation and dropped with it, so that nothing is ever batched or kept across viewers.

use std::{collections::HashMap, sync::Arc};

use async_graphql::{
    Context, Data, Result,
    dataloader::{DataLoader, Loader},
};

use crate::{
    auth::{Scope, Viewer},
    cache::Cache,
    domain::{
        assessments::SkillAssessment,
        development::{DevelopmentGoal, DevelopmentPlan, GoalCheckIn, LearningResource},
        gaps::exemptions::RequirementExemption,
        ids::{
            AssessmentRoundId, DevelopmentGoalId, DevelopmentPlanId, GoalCheckInId, LearningResourceId,
            PersonId, QuestionId, QuestionSetId, QuestionVersionId, RequirementExemptionId, RoleProfileId,
            RoleProfileVersionId, SkillAssessmentId, SkillCategoryId, SkillId, TeamId, TeamMembershipId,
        },
        people::Person,
        policy::Actor,
        profiles::{RoleProfile, RoleProfileVersion},
        questions::{Question, QuestionVersion, sets::QuestionSet},
        rounds::AssessmentRound,
        skills::{Skill, SkillCategory},
        teams::{Team, TeamMembership},
        time::Timestamp,
    },
    graphql::batches::{AtOnce, Batches},
    store::{Store, StoreError},
};

/// Everything a resolver reads through.
#[derive(Debug)]
pub struct Reads {
    /// Who asks, and when.
    pub scope: Arc<Scope>,
    /// Where everything is.
    pub store: Store,
    /// Where read models may be remembered.
    pub cache: Cache,
    /// The id of the request, for access events.
    pub request_id: String,
}

impl Reads {
    /// Who asks, as the policy sees them.
    #[must_use]
    pub fn actor(&self) -> Actor<'_> {
        Actor::new(self.scope.claims(), self.scope.standing())
    }
}

/// The id of the request, for audit events.
#[derive(Debug, Clone)]
pub struct RequestId(pub String);

/// The data of one operation: what [`Reading`] finds again.
#[must_use]
pub fn operation(reads: Reads, request_id: String) -> Data {
    let batches = Batches::default();
    let loader = DataLoader::new(reads, batches.clone(), AtOnce);
    let mut data = Data::default();
    data.insert(batches);
    data.insert(loader);
    data.insert(RequestId(request_id));
    data
}

/// Prepares an operation of `viewer` at `now`: reads what the database grants them, by one statement, and
/// learns where it reads the rest.
///
/// # Errors
/// What the store returns.
pub async fn prepare(
    store: Store,
    cache: Cache,
    viewer: Viewer,
    now: Timestamp,
    request_id: String,
) -> Result<Data, StoreError> {
    let (scope, store) = store.enter(viewer, now).await?;
    let reads = Reads { scope: Arc::new(scope), store, cache, request_id: request_id.clone() };
    Ok(operation(reads, request_id))
}

/// Finds the reads of the operation a resolver runs in.
pub trait Reading {
    /// The loaders.
    ///
    /// # Errors
    /// When the operation was begun without a viewer, which the service never does.
    fn loader(&self) -> Result<&DataLoader<Reads>>;

    /// The scope, the store and the cache.
    ///
    /// # Errors
    /// As [`Reading::loader`].
    fn reads(&self) -> Result<&Reads> {
        self.loader().map(DataLoader::loader)
    }
}

impl Reading for Context<'_> {
    fn loader(&self) -> Result<&DataLoader<Reads>> {
        self.data()
    }
}

/// Loads one thing, together with all others of its kind that the operation asks for at the moment.
///
/// # Errors
/// What the store returns.
pub async fn find<K>(ctx: &Context<'_>, key: K) -> Result<Option<<Reads as Loader<K>>::Value>>
where
    K: Send + Sync + std::hash::Hash + Eq + Clone + 'static,
    Reads: Loader<K, Error = StoreError>,
{
    Ok(ctx.loader()?.load_one(key).await?)
}

/// Entities by their ids, each as far as the scope sees it.
macro_rules! by_id {
    ($($id:ty => $entity:ty, $finder:ident;)*) => {$(
        impl Loader<$id> for Reads {
            type Value = Arc<$entity>;
            type Error = StoreError;

            async fn load(&self, ids: &[$id]) -> Result<HashMap<$id, Self::Value>, StoreError> {
                let found = self.store.$finder(&self.scope, ids).await?;
                Ok(found.into_iter().map(|entity| (entity.id, Arc::new(entity))).collect())
            }
        }
    )*};
}

by_id! {
    TeamId => Team, teams_by_id;
    TeamMembershipId => TeamMembership, memberships_by_id;
    PersonId => Person, people_by_id;
    SkillId => Skill, skills_by_id;
    SkillCategoryId => SkillCategory, categories_by_id;
    RoleProfileId => RoleProfile, role_profiles_by_id;
    RoleProfileVersionId => RoleProfileVersion, role_profile_versions_by_id;
    SkillAssessmentId => SkillAssessment, assessments_by_id;
    RequirementExemptionId => RequirementExemption, exemptions_by_id;
    AssessmentRoundId => AssessmentRound, rounds_by_id;
    DevelopmentPlanId => DevelopmentPlan, development_plans_by_id;
    DevelopmentGoalId => DevelopmentGoal, development_goals_by_id;
    GoalCheckInId => GoalCheckIn, goal_check_ins_by_id;
    LearningResourceId => LearningResource, learning_resources_by_id;
    QuestionId => Question, questions_by_id;
    QuestionVersionId => QuestionVersion, question_versions_by_id;
    QuestionSetId => QuestionSet, question_sets_by_id;
}

/// How an object of the graph is found: by the id of the domain, or by the one a client names. Both see
/// what the scope sees, and a name that is no id of this kind is found like one that nothing has.
macro_rules! found_by_id {
    ($($object:ident($id:ty);)*) => {$(
        impl $object {
            /// The object with this id, if the viewer sees it.
            ///
            /// # Errors
            /// What the store returns.
            pub async fn find(
                ctx: &async_graphql::Context<'_>,
                id: $id,
            ) -> async_graphql::Result<Option<Self>> {
                Ok($crate::graphql::context::find(ctx, id).await?.map(Self))
            }

            /// The object a client names, if the viewer sees it.
            ///
            /// # Errors
            /// What the store returns.
            pub async fn named(
                ctx: &async_graphql::Context<'_>,
                id: &async_graphql::ID,
            ) -> async_graphql::Result<Option<Self>> {
                match id.parse::<$id>() {
                    Ok(id) => Self::find(ctx, id).await,
                    Err(_) => Ok(None),
                }
            }
        }
    )*};
}
pub(in crate::graphql) use found_by_id;
