//! Lists inside objects: the same page of many parents is one statement.

use std::{collections::HashMap, future::Future, hash::Hash, sync::Arc};

use async_graphql::{Context, Result, dataloader::Loader};

use crate::{
    domain::{
        assessments::SkillAssessment,
        development::{DevelopmentGoal, DevelopmentPlan, GoalCheckIn, LearningResource},
        gaps::exemptions::RequirementExemption,
        ids::{
            DevelopmentGoalId, DevelopmentPlanId, Id, Kind, PersonId, QuestionId, RoleProfileId,
            SkillCategoryId, SkillId, TeamId,
        },
        people::PersonRoleProfile,
        profiles::RoleProfileVersion,
        questions::QuestionVersion,
        rounds::AssessmentRound,
        skills::{Skill, SkillCategory},
        teams::{Team, TeamMembership},
    },
    graphql::context::{Reads, find},
    store::{
        AssessmentFilter, AssessmentOrder, CategoryFilter, CategoryOrder, CheckInFilter, CheckInOrder,
        ExemptionFilter, ExemptionOrder, GoalFilter, GoalOrder, HeldProfileFilter, HeldProfileOrder,
        LearningResourceFilter, LearningResourceOrder, MembershipFilter, MembershipOrder, Page, PageOf,
        PageRequest, PlanFilter, PlanOrder, QuestionVersionFilter, QuestionVersionOrder, RoundFilter,
        RoundOrder, SkillFilter, SkillOrder, StoreError, TeamFilter, TeamOrder, VersionFilter, VersionOrder,
    },
};

/// What is asked of a nested list.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Asked<F, O> {
    /// Which items.
    pub filter: F,
    /// In which order.
    pub order: O,
    /// Which part.
    pub page: PageRequest,
}

/// One parent's list.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ListOf<P, F, O> {
    parent: P,
    asked: Arc<Asked<F, O>>,
}

/// Loads the list of one parent, together with those of all parents asked the same.
///
/// # Errors
/// What the store returns.
pub async fn list_of<P, F, O, T>(ctx: &Context<'_>, parent: P, asked: Asked<F, O>) -> Result<Page<T>>
where
    ListOf<P, F, O>: Send + Sync + Hash + Eq + Clone + 'static,
    Reads: Loader<ListOf<P, F, O>, Value = Page<T>, Error = StoreError>,
{
    let empty = || Page { items: Vec::new(), has_previous: false, has_next: false };
    Ok(find(ctx, ListOf { parent, asked: Arc::new(asked) }).await?.unwrap_or_else(empty))
}

/// One statement for each distinct question; in one document there are few.
async fn each_question<K, F, O, T, Fut>(
    keys: &[ListOf<Id<K>, F, O>],
    load: impl Fn(Vec<Id<K>>, Arc<Asked<F, O>>) -> Fut,
) -> Result<HashMap<ListOf<Id<K>, F, O>, Page<Arc<T>>>, StoreError>
where
    K: Kind,
    Asked<F, O>: Hash + Eq,
    ListOf<Id<K>, F, O>: Hash + Eq,
    Fut: Future<Output = Result<PageOf<K, T>, StoreError>>,
{
    let mut questions: HashMap<Arc<Asked<F, O>>, Vec<Id<K>>> = HashMap::new();
    for key in keys {
        questions.entry(Arc::clone(&key.asked)).or_default().push(key.parent);
    }
    let mut lists = HashMap::with_capacity(keys.len());
    for (asked, parents) in questions {
        for (parent, page) in load(parents, Arc::clone(&asked)).await? {
            lists.insert(ListOf { parent, asked: Arc::clone(&asked) }, page.map(Arc::new));
        }
    }
    Ok(lists)
}

/// Nested lists by their parent and question.
macro_rules! lists {
    ($($parent:ty, $filter:ty, $order:ty => $item:ty, $finder:ident;)*) => {$(
        impl Loader<ListOf<$parent, $filter, $order>> for Reads {
            type Value = Page<Arc<$item>>;
            type Error = StoreError;

            async fn load(
                &self,
                keys: &[ListOf<$parent, $filter, $order>],
            ) -> Result<HashMap<ListOf<$parent, $filter, $order>, Self::Value>, StoreError> {
                each_question(keys, |parents, asked| async move {
                    self.store.$finder(&self.scope, &parents, &asked.filter, asked.order, &asked.page).await
                })
                .await
            }
        }
    )*};
}

lists! {
    TeamId, TeamFilter, TeamOrder => Team, teams_below;
    TeamId, MembershipFilter, MembershipOrder => TeamMembership, members_of_teams;
    PersonId, MembershipFilter, MembershipOrder => TeamMembership, memberships_of_people;
    PersonId, HeldProfileFilter, HeldProfileOrder => PersonRoleProfile, role_profiles_of_people;
    PersonId, ExemptionFilter, ExemptionOrder => RequirementExemption, exemptions_of_people;
    TeamId, RoundFilter, RoundOrder => AssessmentRound, rounds_of_teams;
    PersonId, PlanFilter, PlanOrder => DevelopmentPlan, development_plans_of_people;
    TeamId, PlanFilter, PlanOrder => DevelopmentPlan, development_plans_of_teams;
    DevelopmentPlanId, GoalFilter, GoalOrder => DevelopmentGoal, goals_of_plans;
    DevelopmentGoalId, CheckInFilter, CheckInOrder => GoalCheckIn, check_ins_of_goals;
    SkillId, LearningResourceFilter, LearningResourceOrder => LearningResource, learning_resources_of_skills;
    SkillCategoryId, CategoryFilter, CategoryOrder => SkillCategory, categories_below;
    SkillCategoryId, SkillFilter, SkillOrder => Skill, skills_of_categories;
    RoleProfileId, VersionFilter, VersionOrder => RoleProfileVersion, versions_of_role_profiles;
    QuestionId, QuestionVersionFilter, QuestionVersionOrder => QuestionVersion, versions_of_questions;
}

type AssessmentsOf = ListOf<PersonId, AssessmentFilter, AssessmentOrder>;

/// Whose history is read here is noted, unless it is the viewer's own.
impl Loader<AssessmentsOf> for Reads {
    type Value = Page<Arc<SkillAssessment>>;
    type Error = StoreError;

    async fn load(&self, keys: &[AssessmentsOf]) -> Result<HashMap<AssessmentsOf, Self::Value>, StoreError> {
        let found = each_question(keys, |people, asked| async move {
            self.store
                .assessments_of_people(&self.scope, &people, &asked.filter, asked.order, &asked.page)
                .await
        });
        let found = found.await?;
        let told = found.iter().filter(|(_, page)| !page.items.is_empty());
        self.note_histories(told.map(|(list, _)| list.parent)).await?;
        Ok(found)
    }
}
