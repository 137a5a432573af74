//! Finding plans, goals, check-ins and learning resources, as far as the viewer sees them: a goal and a
//! check-in are seen by whoever sees their plan.

mod check_ins;
mod goals;
mod plans;
mod resources;

pub use check_ins::{CheckInFilter, CheckInOrder};
pub use goals::{AssessmentProposalFilter, GoalFilter, GoalOrder, ProposalOrder};
pub use plans::{PlanFilter, PlanOrder};
pub use resources::{LearningResourceFilter, LearningResourceOrder, LearningResourceOrderField};

use crate::{
    auth::Scope,
    domain::{
        ids::{PersonId, TeamId},
        policy::reach::{self, PlanReach},
    },
    store::{people_lists::in_a_team, sql::Sql},
};

/// Leaves out the plans, aliased `p`, that the viewer does not see.
fn within(sql: &mut Sql, scope: &Scope) {
    let PlanReach::Near { own, led } = reach::plans(scope.claims(), scope.standing()) else { return };
    sql.push(" AND (p.person_id = ").bind(own.map(PersonId::uuid));
    if !led.is_empty() {
        sql.push(" OR ");
        led_by(sql, scope, led.into_iter());
    }
    sql.push(")");
}

/// The person of the plan `p` is active and in one of `teams` now: nobody leads who left.
fn led_by(sql: &mut Sql, scope: &Scope, teams: impl Iterator<Item = TeamId>) {
    sql.push("(EXISTS (SELECT 1 FROM person q WHERE q.id = p.person_id AND q.status = 'ACTIVE') AND ");
    in_a_team(sql, scope, "p.person_id", teams.map(TeamId::uuid));
    sql.push(")");
}
