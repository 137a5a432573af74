//! What if: people leave, join, are hired and move, and the team is shown before and after.

use assay::domain::{
    assessments::AssessmentSource,
    ids::{PersonId, SkillId},
    teams::TeamRole,
};
use serde_json::{Value, json};

use crate::support::{Client, Rating, SkillSketch, World};

const WHAT_IF: &str = "query ($team: ID!, $of: CoverageInput, $leavers: [ID!], $joiners: [WhatIfJoinerInput!], \
    $moves: [WhatIfMoveInput!], $asOf: DateTime) { whatIf(teamId: $team, of: $of, leavers: $leavers, joiners: $joiners, moves: $moves, asOf: $asOf) { \
    version before { ...outlook } after { ...outlook } } } \
    fragment outlook on TeamOutlook { members coverage { skill { name } holders { displayName } holderCount \
    verifiedHolders holdersFte uncovered nearReady } resilience { busFactor criticalPeople { person { displayName } } \
    witness { displayName } } readiness { ready } }";

/// Lena leads Platform, in which Mia is able in Rust; Otto is in Web and lets everyone find him, Nora is there
/// and does not.
struct House {
    lena: Client,
    team: String,
    web: String,
    mia: PersonId,
    otto: PersonId,
    nora: PersonId,
    of: Value,
}

impl House {
    async fn of(world: &World) -> Self {
        let (team, web) = (world.team("Platform", None).await, world.team("Web", None).await);
        let lead = world.person_in(team, "Lena Lead", TeamRole::Lead).await;
        let mia = world.person_in(team, "Mia Member", TeamRole::Member).await;
        let otto = world.person_in(web, "Otto Open", TeamRole::Member).await;
        let nora = world.person_in(web, "Nora Nobody", TeamRole::Member).await;
        let open = "UPDATE person SET discoverability = 'ORGANISATION' WHERE id = $1";
        world.execute(open, [otto.uuid().into()]).await;
        let category = world.category("Languages").await;
        let rust = world.skill(category, "Rust", SkillSketch::default()).await;
        let sql = world.skill(category, "SQL", SkillSketch::default()).await;
        for (person, skill, level) in [(mia, rust, 4), (otto, sql, 5), (otto, rust, 2), (nora, sql, 5)] {
            let (source, observed_at) = (AssessmentSource::Manager, world.day(-10));
            world.rate(Rating { person, skill, source, assessor: lead, level, observed_at }).await;
        }
        let target = |skill: String, level: i32| json!({ "skillId": skill, "level": level });
        let of = json!({ "targets": [target(rust.to_string(), 3), target(sql.to_string(), 3)] });
        let lena = world.as_person("Lena Lead").await;
        Self { lena, team: team.to_string(), web: web.to_string(), mia, otto, nora, of }
    }

    async fn ask(&self, changes: Value) -> Value {
        let mut variables = json!({ "team": self.team, "of": self.of });
        variables.as_object_mut().expect("variables").extend(changes.as_object().expect("changes").clone());
        self.lena.query(WHAT_IF, variables).await["whatIf"].clone()
    }
}

impl House {
    /// Why `changes` cannot be played.
    async fn refused(&self, changes: Value, as_of: Option<&str>) -> String {
        let mut variables = json!({ "team": self.team, "of": self.of, "asOf": as_of });
        variables.as_object_mut().expect("variables").extend(changes.as_object().expect("changes").clone());
        let answer = self.lena.ask(WHAT_IF, variables).await;
        let error = &answer.body["errors"][0];
        assert_eq!(error["extensions"]["code"], "BAD_USER_INPUT", "{}", answer.body);
        error["message"].as_str().expect("a message").to_owned()
    }
}

fn holders(outlook: &Value) -> Vec<i64> {
    let skills = outlook["coverage"].as_array().expect("skills");
    skills.iter().map(|skill| skill["holderCount"].as_i64().expect("a count")).collect()
}

on_both! {
    async fn without_a_change_before_and_after_are_the_same(world: World) {
        let house = House::of(&world).await;
        let case = house.ask(json!({})).await;
        assert_eq!(case["before"], case["after"]);
        assert_eq!(holders(&case["before"]), [1, 0]);
        assert_eq!(case["before"]["resilience"]["witness"], json!([{ "displayName": "Mia Member" }]));
        let same = house.ask(json!({ "moves": [{ "personId": house.mia.to_string(), "allocationPct": 100 }] })).await;
        assert_eq!(same["after"], same["before"]);
    }

    async fn a_leaver_leaves_a_hole_and_a_share_of_time_is_counted(world: World) {
        let house = House::of(&world).await;
        let case = house.ask(json!({ "leavers": [house.mia.to_string()] })).await;
        assert_eq!((holders(&case["after"]), &case["after"]["members"]), (vec![0, 0], &json!(1)));
        assert_eq!(case["after"]["resilience"]["busFactor"], Value::Null);
        let half = json!({ "moves": [{ "personId": house.mia.to_string(), "allocationPct": 50 }] });
        assert_eq!(house.ask(half).await["after"]["coverage"][0]["holdersFte"], 0.5);
        let away = json!({ "moves": [{ "personId": house.mia.to_string(), "toTeamId": house.team }] });
        assert_eq!(holders(&house.ask(away).await["after"]), [1, 0], "they are there already");
    }

    async fn of_a_joiner_who_is_not_led_what_is_discoverable_counts(world: World) {
        let house = House::of(&world).await;
        let case = house.ask(json!({ "joiners": [{ "personId": house.otto.to_string() }] })).await;
        let after = &case["after"];
        assert_eq!(holders(after), [1, 1], "in Rust he is below the band, and so nothing is said");
        assert_eq!((&after["coverage"][0]["nearReady"], &after["coverage"][1]["verifiedHolders"]), (&json!(0), &json!(0)));
        assert_eq!(after["coverage"][1]["holders"], json!([{ "displayName": "Otto Open" }]));
        let came = json!({ "moves": [{ "personId": house.otto.to_string(), "toTeamId": house.team, "allocationPct": 20 }] });
        let came = house.ask(came).await;
        assert_eq!(came["after"]["coverage"][1]["holdersFte"], 0.2);
    }

    async fn the_past_of_who_is_merely_found_is_told_to_nobody(world: World) {
        let house = House::of(&world).await;
        let past = world.day(-5).to_rfc3339();
        for (changes, place) in [
            (json!({ "joiners": [{ "personId": house.otto.to_string() }] }), "joiners.0"),
            (json!({ "moves": [{ "personId": house.otto.to_string(), "toTeamId": house.team }] }), "moves.0"),
        ] {
            let told = format!("`{place}` names somebody whose past levels you may not see: leave `asOf` out.");
            assert_eq!(house.refused(changes, Some(&past)).await, told);
        }
        let leaver = json!({ "leavers": [house.mia.to_string()], "asOf": past });
        assert_eq!(holders(&house.ask(leaver).await["after"]), [0, 0], "whom one leads is seen in the past too");
    }

    async fn nobody_is_named_for_two_changes(world: World) {
        let house = House::of(&world).await;
        let [mia, otto] = [house.mia, house.otto].map(|person| person.to_string());
        for (changes, place) in [
            (json!({ "leavers": [mia], "moves": [{ "personId": mia, "allocationPct": 50 }] }), "moves.0"),
            (json!({ "leavers": [mia, mia] }), "leavers.1"),
            (json!({ "joiners": [{ "personId": otto }], "moves": [{ "personId": otto, "allocationPct": 50 }] }), "moves.0"),
            (json!({ "moves": [{ "personId": mia, "allocationPct": 50 }, { "personId": mia, "toTeamId": house.team }] }), "moves.1"),
        ] {
            let told = format!("`{place}` names somebody for a second time: each person leaves, joins or moves once.");
            assert_eq!(house.refused(changes, None).await, told);
        }
    }

    async fn many_hires_take_as_many_statements_as_one(world: World) {
        let house = House::of(&world).await;
        let sql = world.rows("SELECT id FROM skill WHERE slug = 'sql'", []).await[0].try_get("", "id").expect("an id");
        let mut keys = Vec::new();
        for (title, key) in [("One", "one"), ("Two", "two"), ("Three", "three")] {
            let profile = world.role_profile(title).await;
            world.publish(profile.uuid(), 1, world.day(-300), &[(SkillId::from_uuid(sql), 3, "MUST", 3)]).await;
            keys.push(json!({ "roleProfile": { "key": key } }));
        }
        let mut counts = Vec::new();
        for hires in [&keys[..1], &keys[..]] {
            let before = world.statements();
            let case = house.ask(json!({ "joiners": hires })).await;
            counts.push(world.statements() - before);
            assert_eq!(holders(&case["after"]), [1, i64::try_from(hires.len()).expect("few")]);
        }
        assert_eq!(counts[0], counts[1], "{counts:?}");
    }

    async fn who_may_not_be_found_is_refused_as_nobody_is(world: World) {
        let house = House::of(&world).await;
        let missing = world.id::<assay::domain::ids::PersonKind>().to_string();
        let mut said = Vec::new();
        for person in [house.nora.to_string(), missing, "person_1".to_owned()] {
            let mut answers = Vec::new();
            for changes in [
                json!({ "joiners": [{ "personId": person }] }),
                json!({ "leavers": [person] }),
                json!({ "moves": [{ "personId": person, "allocationPct": 50 }] }),
                json!({ "moves": [{ "personId": person, "toTeamId": house.team }] }),
            ] {
                let mut variables = json!({ "team": house.team, "of": house.of });
                variables.as_object_mut().expect("one").extend(changes.as_object().expect("one").clone());
                let answer = house.lena.ask(WHAT_IF, variables).await;
                let error = &answer.body["errors"][0];
                assert_eq!(error["extensions"]["code"], "BAD_USER_INPUT");
                answers.push(error["message"].clone());
            }
            said.push(answers);
        }
        assert_eq!(said[0][0], "`joiners.0` names nobody whose skills you may find.");
        assert!(said[0] == said[1] && said[1] == said[2], "{said:?}");
        let hidden = json!({ "team": house.web, "of": house.of });
        assert_eq!(house.lena.query(WHAT_IF, hidden).await["whatIf"], Value::Null);
    }
}
