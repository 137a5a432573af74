//! Coverage where there is much of it.

use std::collections::BTreeSet;

use assay::{
    cache::Cache,
    domain::{
        coverage::{MOST_TARGETS, Target},
        ids::{SkillId, TeamId},
        levels::Level,
    },
    store::TeamReach,
    views::coverage::{Against, Changes, Question, team_coverage, what_if},
};

use crate::{scale::organisation, support::World};

pub fn of(team_id: TeamId, against: Against) -> Question {
    Question {
        team_id,
        as_of: None,
        reach: TeamReach::Subtree,
        against,
        joiners: BTreeSet::new(),
        hires: BTreeSet::new(),
    }
}

/// A target for every skill there is.
pub async fn everything(world: &World) -> Against {
    let rows = world.rows("SELECT id FROM skill WHERE status <> 'PROPOSED' ORDER BY id", []).await;
    let target = |row: &sea_orm::QueryResult| Target {
        skill_id: SkillId::from_uuid(row.try_get("", "id").expect("an id")),
        level: Level::ALL[3],
        head_count: 2,
    };
    Against::Targets(rows.iter().map(target).collect())
}

on_both! {
    #[ignore = "full: 2,000 people take a minute to load"]
    async fn a_department_of_2000_people_takes_no_more_statements_than_a_small_one(world: World) {
        organisation(&world, 80).await;
        let scope = world.scope(&world.token("person-0", &[], &[])).await;
        let rows = world.rows("SELECT id FROM team ORDER BY id", []).await;
        let team = TeamId::from_uuid(rows[0].try_get("", "id").expect("an id"));
        let question = of(team, everything(&world).await);
        let before = world.statements();
        let view = team_coverage(world.store(), &Cache::Off, &scope, &question, None).await;
        // Beside these the scope and the team itself: six of the eight that an operation may take.
        assert_eq!(world.statements() - before, 4, "roster, yardstick, revisions, and what is known");
        let outlook = view.expect("read").expect("a lead's to know").outlook;
        assert_eq!((outlook.members, outlook.coverage.len()), (2_000, MOST_TARGETS));
        assert!(outlook.coverage.iter().filter(|skill| !skill.is_uncovered()).count() > 300);
        let leaver = outlook.coverage.iter().find_map(|skill| skill.holders.first()).expect("a holder");
        let changes = Changes { leavers: vec![*leaver], ..Changes::default() };
        let before = world.statements();
        let case = what_if(world.store(), &Cache::Off, &scope, question, None, &changes).await;
        assert_eq!(world.statements() - before, 4, "the same");
        let case = case.expect("read").expect("a lead's to know");
        assert_eq!((case.before, case.after.members), (outlook, 1_999));
    }
}
