//! The kit itself: that each test has a world of its own, and that identities are what they seem.

use std::collections::BTreeSet;

use assay::domain::{assessments::AssessmentSource, policy::Claim, teams::TeamRole};

use crate::support::{Backend, Rating, SkillSketch};

on_both! {
    async fn a_test_starts_in_an_empty_migrated_database(world: World) {
        assert_eq!(world.rows("SELECT id FROM team", []).await.len(), 0);
        assert_eq!(world.store().is_postgres(), world.backend() == Backend::Postgres);
        world.team("Platform", None).await;
    }

    async fn what_another_test_laid_down_is_not_here(world: World) {
        assert_eq!(world.rows("SELECT id FROM team", []).await.len(), 0);
        world.team("Platform", None).await;
    }

    async fn a_token_of_a_linked_subject_stands_as_that_person(world: World) {
        let company = world.team("Company", None).await;
        let platform = world.team("Platform", Some(company)).await;
        let lead = world.person_in(company, "Lena Lead", TeamRole::Lead).await;
        let scope = world.scope(&world.token("lena-lead", &[], &[])).await;
        assert_eq!(scope.person_id(), Some(lead));
        assert_eq!(scope.standing().leads, BTreeSet::from([company, platform]));
        assert_eq!(scope.standing().member_of, BTreeSet::from([company]));
    }

    async fn a_token_of_an_unknown_subject_has_its_claims_and_nobody_s_relations(world: World) {
        let scope = world.scope(&world.token("nobody", &[Claim::Admin], &[])).await;
        assert_eq!(scope.person_id(), None);
        assert!(scope.claims().has(Claim::Admin));
    }

    async fn a_token_ends_by_the_clock_of_its_world(world: World) {
        let token = world.token("nobody", &[], &[]);
        world.scope(&token).await;
        world.set_clock(world.day(1));
        assert!(world.viewer(&token).await.is_err());
    }

    async fn a_scope_is_read_by_one_statement(world: World) {
        let token = world.token("nobody", &[], &[]);
        let before = world.statements();
        world.scope(&token).await;
        assert_eq!(world.statements() - before, 1);
    }

    async fn a_first_rating_is_laid_down_whole(world: World) {
        let team = world.team("Platform", None).await;
        let person = world.person_in(team, "Mia Member", TeamRole::Member).await;
        let category = world.category("Languages").await;
        let sketch = SkillSketch { owner: Some(person), review_interval_days: Some(180), ..SkillSketch::default() };
        let skill = world.skill(category, "Rust", sketch).await;
        let rating = Rating {
            person,
            skill,
            source: AssessmentSource::SelfRating,
            assessor: person,
            level: 3,
            observed_at: world.day(-10),
        };
        world.rate(rating).await;
        for table in ["skill_assessment", "skill_assessment_status", "current_level"] {
            assert_eq!(world.rows(&format!("SELECT 1 FROM {table}"), []).await.len(), 1, "{table}");
        }
        let again = world.try_execute("DELETE FROM skill_assessment", []).await;
        assert!(again.is_err(), "assessments are append-only");
    }
}
