//! The team skill matrix as a read model: what it costs, and that the cache never shows through. That it is
//! right on both sides of every boundary the clock crosses is in `cache::instants`.

use std::sync::Arc;

use assay::{
    app::demo::{World as Demo, load},
    auth::{Scope, issuer::DEMO_ISSUER},
    cache::Cache,
    domain::{assessments::effective::LevelView, ids::TeamId, matrix::TeamSkillMatrix},
    interchange::demo::demo,
    store::TeamReach,
    views::matrix::{MatrixView, Question, team_skill_matrix},
};

use crate::support::World;

const EVERYTHING: u64 = 1 << 30;

pub fn of(team_id: TeamId) -> Question {
    Question {
        team_id,
        as_of: None,
        skill_ids: None,
        measured_against: None,
        view: LevelView::Effective,
        reach: TeamReach::Subtree,
        changed_since: None,
    }
}

pub async fn ask(world: &World, cache: &Cache, scope: &Scope, question: Question) -> MatrixView {
    team_skill_matrix(world.store(), cache, scope, question).await.expect("a matrix")
}

/// The demo, its manager, and the topmost team they lead.
pub async fn department(world: &World) -> (Arc<Scope>, TeamId) {
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
}
