//! The checks of the schema and the choices of the domain name the same things.

use sea_orm::FromQueryResult;

use super::databases::on_both;
use crate::domain::{
    assessments::{AssessmentSource, AssessmentStatus},
    development::{GoalStatus, LearningResourceStatus, PlanStatus, metric::MetricKind},
    gaps::GapStatus,
    levels::Confidence,
    people::{Discoverability, PersonStatus},
    profiles::{
        CareerPathKind, CareerTrack, FigurePrecision, FigureUnit, Importance, MarketTopic, QualificationKind,
        RoleProfileStatus, RoleProfileVersionStatus, SalaryBasis, SalaryPeriod, SalaryStatistic,
    },
    skills::{ExternalMatch, ExternalScheme, SkillKind, SkillRelationKind, SkillStatus},
    teams::{TeamRole, TeamStatus},
};

/// A column of choices: its table, its name, and what the domain spells.
type Column = (&'static str, &'static str, Vec<&'static str>);

macro_rules! columns {
    ($($table:literal $column:literal $choices:ty;)*) => {
        vec![$(($table, $column, <$choices>::ALL.iter().map(|choice| choice.as_str()).collect()),)*]
    };
}

fn columns() -> Vec<Column> {
    columns! {
        "team" "status" TeamStatus;
        "person" "status" PersonStatus;
        "person" "discoverability" Discoverability;
        "team_membership" "role" TeamRole;
        "skill" "kind" SkillKind;
        "skill" "status" SkillStatus;
        "skill_relation" "kind" SkillRelationKind;
        "external_ref" "scheme" ExternalScheme;
        "external_ref" "match_kind" ExternalMatch;
        "role_profile" "track" CareerTrack;
        "role_profile" "status" RoleProfileStatus;
        "role_profile_version" "status" RoleProfileVersionStatus;
        "career_path" "kind" CareerPathKind;
        "role_skill_requirement" "importance" Importance;
        "qualification" "kind" QualificationKind;
        "market_insight" "topic" MarketTopic;
        "market_insight" "figure_unit" FigureUnit;
        "market_insight" "figure_precision" FigurePrecision;
        "salary_benchmark" "period" SalaryPeriod;
        "salary_benchmark" "basis" SalaryBasis;
        "salary_benchmark" "statistic" SalaryStatistic;
        "skill_assessment" "confidence" Confidence;
        "skill_assessment" "source" AssessmentSource;
        "skill_assessment_status" "status" AssessmentStatus;
        "current_level" "source" AssessmentSource;
        "current_level" "confidence" Confidence;
        "development_plan" "status" PlanStatus;
        "development_goal" "plan_status" PlanStatus;
        "development_goal" "gap_importance" Importance;
        "development_goal" "gap_status" GapStatus;
        "development_goal" "metric_kind" MetricKind;
        "development_goal" "status" GoalStatus;
        "learning_resource" "status" LearningResourceStatus;
    }
}

#[derive(FromQueryResult)]
struct Definition {
    definition: String,
}

#[tokio::test]
async fn a_column_of_choices_admits_what_the_domain_spells_and_no_more() {
    on_both(async |store| {
        for (table, column, choices) in columns() {
            let sql = if store.is_postgres() {
                format!(
                    "SELECT pg_get_constraintdef(oid) AS definition FROM pg_constraint \
                     WHERE conrelid = '{table}'::regclass AND conname = '{table}_{column}_check'"
                )
            } else {
                format!("SELECT sql AS definition FROM sqlite_schema WHERE name = '{table}'")
            };
            let found: Definition = store.one(store.sql(&sql)).await.unwrap().unwrap();
            assert_eq!(
                admitted(&found.definition, column),
                choices,
                "{table}.{column}: {}",
                found.definition
            );
        }
    })
    .await;
}

/// The names in quotes after the check of `column` begins, up to the end of its list.
fn admitted<'a>(definition: &'a str, column: &str) -> Vec<&'a str> {
    let start = [format!("CHECK ({column} IN ("), format!("CHECK (({column} = ANY (")]
        .iter()
        .find_map(|start| definition.split_once(start.as_str()))
        .expect("a check with a list of choices")
        .1;
    let list = start.split_once(')').expect("the end of the list").0;
    list.split('\'').skip(1).step_by(2).collect()
}
