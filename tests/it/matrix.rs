//! The team skill matrix as a read model: what it costs, that the cache never shows through, and that
//! it is right on both sides of every boundary the clock crosses.

use std::{collections::BTreeSet, sync::Arc};

use assay::{
    app::demo::{World as Demo, load},
    auth::{Scope, issuer::DEMO_ISSUER},
    cache::Cache,
    domain::{assessments::effective::LevelView, ids::TeamId, matrix::TeamSkillMatrix},
    interchange::demo::demo,
    store::TeamReach,
    views::matrix::{MatrixView, Question, team_skill_matrix},
};
use chrono::TimeDelta;

use crate::support::World;

const EVERYTHING: u64 = 1 << 30;

fn of(team_id: TeamId) -> Question {
    Question {
        team_id,
        as_of: None,
        skill_ids: None,
        role_profile_version_id: None,
        view: LevelView::Effective,
        reach: TeamReach::Subtree,
        changed_since: None,
    }
}

async fn ask(world: &World, cache: &Cache, scope: &Arc<Scope>, question: Question) -> MatrixView {
    team_skill_matrix(world.store(), cache, scope, question).await.expect("a matrix")
}

/// The demo, its manager, and the topmost team they lead.
async fn department(world: &World) -> (Arc<Scope>, TeamId) {
    let plan = Demo::of(&demo().expect("the demo's files"), DEMO_ISSUER, world.now());
    load(world.store(), plan, world.now()).await.expect("loaded");
    let scope = world.scope(&world.token("manager", &[], &[])).await;
    let mut top = None;
    for team in scope.standing().leads.iter().copied() {
        let below = world.store().subtree(&scope, &[team]).await.expect("a tree");
        if below.len() == scope.standing().leads.len() {
            top = Some(team);
        }
    }
    (Arc::new(scope), top.expect("one team above the others"))
}

fn levels(matrix: &TeamSkillMatrix) -> usize {
    matrix.columns.iter().map(|column| column.n).sum()
}

on_both! {
    async fn a_manager_reads_the_whole_department_in_few_statements(world: World) {
        let (scope, team) = department(&world).await;
        let before = world.statements();
        let view = ask(&world, &Cache::Off, &scope, of(team)).await;
        assert_eq!(world.statements() - before, 4, "roster, revisions, ratings, columns");
        assert!(view.matrix.rows.len() >= 15 && view.matrix.columns.len() >= 20);
        assert_eq!(view.matrix.hidden_rows, 0);
        assert!(levels(&view.matrix) > 200);
        let people = view.matrix.rows.len();
        assert!(view.matrix.columns.iter().all(|column| column.n + column.missing == people));
    }

    async fn a_cached_matrix_is_the_same_and_costs_one_statement(world: World) {
        let (scope, team) = department(&world).await;
        let cache = Cache::in_process(EVERYTHING);
        let cold = ask(&world, &cache, &scope, of(team)).await;
        let before = world.statements();
        let warm = ask(&world, &cache, &scope, of(team)).await;
        assert_eq!(world.statements() - before, 1, "the revisions");
        assert!(warm.matrix == cold.matrix && warm.version == cold.version);
    }

    async fn the_history_read_as_of_now_says_what_the_projection_says(world: World) {
        let (scope, team) = department(&world).await;
        let now = ask(&world, &Cache::Off, &scope, of(team)).await;
        let past = Question { as_of: Some(scope.now()), ..of(team) };
        assert!(ask(&world, &Cache::Off, &scope, past).await.matrix == now.matrix);
    }

    async fn a_member_of_the_team_sees_their_own_row_and_a_count(world: World) {
        let (manager, team) = department(&world).await;
        let member = Arc::new(world.scope(&world.token("member", &[], &[])).await);
        let own = *member.standing().member_of.first().expect("a team");
        let view = ask(&world, &Cache::Off, &member, of(own)).await;
        let rows: Vec<_> = view.matrix.rows.iter().map(|row| row.person_id).collect();
        assert_eq!(rows, [member.person_id().expect("linked")]);
        assert!(view.matrix.hidden_rows > 0);
        assert!(view.matrix.columns.iter().all(|column| column.n + column.missing == 1));
        assert!(manager.standing().leads.contains(&own) || team != own);
    }

    async fn a_warm_cache_is_right_on_both_sides_of_every_boundary(world: World) {
        let (scope, team) = department(&world).await;
        let cache = Cache::in_process(EVERYTHING);
        let end = world.day(400);
        let mut seen = BTreeSet::new();
        let mut at = world.now();
        let mut crossed = 0;
        while at < end && crossed < 60 {
            world.set_clock(at);
            let scope = Arc::new(Scope::new(scope.viewer().clone(), at, scope.standing().clone()));
            let warm = ask(&world, &cache, &scope, of(team)).await;
            let cold = ask(&world, &Cache::Off, &scope, of(team)).await;
            assert!(warm.matrix == cold.matrix, "at {at} the cache shows through");
            seen.extend(cold.matrix.rows.iter().flat_map(|row| &row.cells).filter_map(|cell| cell.effective.staleness));
            // The last instant before the next boundary, then the boundary itself.
            let next = cold.fresh_until.filter(|next| *next > at);
            let Some(next) = next else { break };
            let just_before = next - TimeDelta::microseconds(1);
            at = if just_before > at { just_before } else { next };
            crossed += 1;
        }
        assert_eq!(seen.len(), 4, "FRESH, DUE, STALE and EXPIRED were all met: {seen:?}");
    }

    async fn a_warm_cache_lets_people_come_and_go_on_the_instant(world: World) {
        let (scope, team) = department(&world).await;
        let (joins, leaves) = (world.day(3), world.day(9));
        let person = world.person("Nova Newcomer").await;
        let stay = [
            ("id", world.id::<assay::domain::ids::TeamMembershipKind>().uuid().into()),
            ("team_id", team.uuid().into()),
            ("person_id", person.uuid().into()),
            ("role", "MEMBER".into()),
            ("allocation_pct", 50.into()),
            ("valid_from", joins.into()),
            ("valid_to", leaves.into()),
        ];
        world.insert("team_membership", stay).await;
        let cache = Cache::in_process(EVERYTHING);
        let moment = TimeDelta::microseconds(1);
        for (at, inside) in [(joins - moment, false), (joins, true), (leaves - moment, true), (leaves, false)] {
            let scope = Arc::new(Scope::new(scope.viewer().clone(), at, scope.standing().clone()));
            let view = ask(&world, &cache, &scope, of(team)).await;
            let there = view.matrix.rows.iter().any(|row| row.person_id == person);
            assert_eq!(there, inside, "at {at}");
        }
    }
}
