//! The demo organisation in a real database: all of it, once, and nothing beside other data.

use assay::domain::teams::TeamRole;
use assay::{
    app::demo::{LoadError, World as Demo, load},
    auth::issuer::DEMO_ISSUER,
    domain::policy::Claim,
    interchange::demo::demo,
};

use serde_json::Value;

use crate::support::World;

/// The demo as it is on the world's day.
pub fn of(world: &World) -> Demo {
    Demo::of(&demo().expect("the demo's files"), DEMO_ISSUER, world.now())
}

/// How many rows a table holds.
async fn count(world: &World, table: &str) -> usize {
    world.rows(&format!("SELECT 1 FROM {table}"), []).await.len()
}

/// What stands in the README between `from` and the next `to`.
fn readme(from: &str, to: &str) -> &'static str {
    let text = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md"));
    text.split_once(from).and_then(|(_, rest)| rest.split_once(to)).expect("in the README").0
}

on_both! {
    async fn the_first_query_of_the_readme_gets_the_answer_it_shows(world: World) {
        load(world.store(), of(&world), world.now()).await.expect("loaded");
        let body: Value = serde_json::from_str(&readme("-d '", "'\n").replace('\n', "")).expect("JSON");
        let shown: Value = serde_json::from_str(readme("```json\n", "```")).expect("JSON");
        let manager = world.with_token(world.token("manager", &[], &[])).await;
        let answered = manager.ask(body["query"].as_str().unwrap(), Value::Null).await;
        assert_eq!(answered.body, shown);
    }

    async fn the_second_query_of_the_readme_pulls_a_set_of_questions_as_it_shows(world: World) {
        load(world.store(), of(&world), world.now()).await.expect("loaded");
        let second = readme("--subject interviewer", "[More on sets]");
        let between = |from: &str, to: &str| second.split_once(from).unwrap().1.split_once(to).unwrap().0.to_owned();
        let body: Value = serde_json::from_str(&between("-d '", "'\n").replace('\n', "")).expect("JSON");
        let shown: Value = serde_json::from_str(&between("```json\n", "```")).expect("JSON");
        let interviewer = world.with_token(world.token("interviewer", &[Claim::Interviewer], &[])).await;
        let answered = interviewer.ask(body["query"].as_str().unwrap(), Value::Null).await;
        assert_eq!(answered.body, shown, "{:#}", answered.body);
    }

    async fn the_demo_is_stored_whole(world: World) {
        let plan = of(&world);
        let loaded = load(world.store(), plan.clone(), world.now()).await.expect("loaded");
        assert_eq!(loaded.people, plan.teams.people.len());
        let content = |of: fn(&assay::domain::profiles::RoleProfileContent) -> usize| {
            plan.profiles.iter().map(|profile| of(&profile.content)).sum::<usize>()
        };
        let expected = [
            ("team", plan.teams.teams.len()),
            ("team_parent", plan.teams.parents.len()),
            ("person", plan.teams.people.len()),
            ("team_membership", plan.teams.memberships.len()),
            ("person_role_profile", plan.teams.held.len()),
            ("skill_category", plan.skills.categories.len()),
            ("skill", plan.skills.skills.len()),
            ("team_skill_target", plan.teams.targets.len()),
            ("skill_alias", plan.skills.aliases.len()),
            ("skill_name", plan.skills.skills.len() + plan.skills.aliases.len()),
            ("skill_relation", plan.skills.relations.len()),
            ("skill_level_descriptor", plan.skills.descriptors.len()),
            ("role_profile", plan.profiles.len()),
            ("role_profile_version WHERE status = 'PUBLISHED'", plan.profiles.len()),
            ("career_path", plan.profiles.iter().map(|profile| profile.paths.len()).sum()),
            ("responsibility", content(|content| content.responsibilities.len())),
            ("role_skill_requirement", content(|content| content.requirements.len())),
            ("qualification", content(|content| content.qualifications.len())),
            ("practice", content(|content| content.practices.len())),
            ("challenge", content(|content| content.challenges.len())),
            ("market_insight", content(|content| content.market_insights.len())),
            ("salary_benchmark", content(|content| content.salary_benchmarks.len())),
            ("question", plan.questions.len()),
            ("question_version WHERE status = 'APPROVED'", plan.questions.len()),
            ("rubric_criterion", plan.questions.iter().map(|one| one.written.content.rubric.criteria.len()).sum()),
            ("question_set WHERE status = 'PUBLISHED'", plan.question_sets.len()),
            ("question_set_item", plan.question_sets.iter().map(|one| one.items.len()).sum()),
            ("skill_assessment", plan.ratings.len()),
            ("skill_assessment_status", plan.ratings.iter().map(|row| row.statuses.len()).sum()),
            ("skill_assessment_response", plan.ratings.iter().filter(|row| row.responded_at.is_some()).count()),
            ("skill_interest", plan.interests.len()),
            ("audit_event", 1),
        ];
        for (table, rows) in expected {
            assert!(rows > 0, "the demo has no {table}");
            assert_eq!(count(&world, table).await, rows, "{table}");
        }
    }

    async fn the_current_levels_hold_every_validated_rating(world: World) {
        let plan = of(&world);
        load(world.store(), plan.clone(), world.now()).await.expect("loaded");
        let validated = plan.assessments().filter(|row| row.status.as_str() == "VALIDATED").count();
        assert_eq!(count(&world, "current_level WHERE validated").await, validated);
    }

    async fn the_manager_persona_signs_in_and_leads_the_teams_below(world: World) {
        load(world.store(), of(&world), world.now()).await.expect("loaded");
        let scope = world.scope(&world.token("manager", &[], &[])).await;
        assert!(scope.person_id().is_some());
        assert!(scope.standing().leads.len() >= 4);
    }

    async fn the_demo_refuses_a_database_with_other_data_and_leaves_it_alone(world: World) {
        let team = world.team("Platform", None).await;
        world.person_in(team, "Lena Lead", TeamRole::Lead).await;
        let refused = load(world.store(), of(&world), world.now()).await;
        assert!(matches!(refused, Err(LoadError::NotEmpty)), "{refused:?}");
        assert_eq!((count(&world, "team").await, count(&world, "skill").await), (1, 0));
    }

    async fn the_demo_is_loaded_once(world: World) {
        load(world.store(), of(&world), world.now()).await.expect("loaded");
        let before = count(&world, "skill_assessment").await;
        let again = load(world.store(), of(&world), world.now()).await;
        assert!(matches!(again, Err(LoadError::NotEmpty)), "{again:?}");
        assert_eq!(count(&world, "skill_assessment").await, before);
    }
}
