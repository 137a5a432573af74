//! People: who sees whom, what they can do and who may know it.

use assay::domain::{
    assessments::AssessmentSource,
    ids::{PersonId, SkillId},
    policy::Claim,
    teams::TeamRole,
};
use serde_json::{Value, json};

use super::data;
use crate::support::{Rating, SkillSketch, World};

/// Platform with its lead and two members, Web with a stranger who owns Rust.
struct Cast {
    mia: PersonId,
    rust: SkillId,
}

async fn cast(world: &World) -> Cast {
    let platform = world.team("Platform", None).await;
    let web = world.team("Web", None).await;
    let lena = world.person_in(platform, "Lena Lead", TeamRole::Lead).await;
    let mia = world.person_in(platform, "Mia Member", TeamRole::Member).await;
    let paul = world.person_in(platform, "Paul Peer", TeamRole::Member).await;
    let olga = world.person_in(web, "Olga Owner", TeamRole::Member).await;
    world.person_in(web, "Sam Stranger", TeamRole::Member).await;
    let category = world.category("Languages").await;
    let sketch = SkillSketch { owner: Some(olga), review_interval_days: Some(180), ..SkillSketch::default() };
    let rust = world.skill(category, "Rust", sketch).await;
    for (source, assessor, level) in [
        (AssessmentSource::SelfRating, mia, 4),
        (AssessmentSource::Manager, lena, 3),
        (AssessmentSource::Peer, paul, 5),
    ] {
        let observed_at = world.day(-20);
        world.rate(Rating { person: mia, skill: rust, source, assessor, level, observed_at }).await;
    }
    Cast { mia, rust }
}

const SOURCES: &str =
    "assessments(orderBy: { field: OBSERVED_AT, direction: ASC }) { nodes { source level } }";

fn sources(person: &Value) -> Vec<&str> {
    let nodes = person["assessments"]["nodes"].as_array().unwrap();
    nodes.iter().map(|node| node["source"].as_str().unwrap()).collect()
}

on_both! {
    async fn each_viewer_sees_the_assessments_that_are_theirs_to_see(world: World) {
        let Cast { mia, .. } = cast(&world).await;
        let document = format!("{{ person(id: \"{mia}\") {{ {SOURCES} skills {{ nodes {{ level }} }} }} }}");
        for (subject, expected) in [
            ("mia-member", vec!["SELF", "MANAGER", "PEER"]),
            ("lena-lead", vec!["SELF", "MANAGER", "PEER"]),
            ("paul-peer", vec!["PEER"]),
            ("olga-owner", vec!["PEER"]),
        ] {
            let seen = data(&world, &world.token(subject, &[], &[]), &document).await;
            assert_eq!(sources(&seen["person"]), expected, "{subject}");
            let whole = expected.len() == 3;
            assert_eq!(seen["person"]["skills"].is_null(), !whole, "{subject}");
        }
        let stranger = data(&world, &world.token("sam-stranger", &[], &[]), &document).await;
        assert_eq!(stranger["person"], Value::Null);
        let admin = data(&world, &world.token("root", &[Claim::Admin], &[]), &document).await;
        assert_eq!(admin["person"], json!({ "assessments": { "nodes": [] }, "skills": null }));
        let service = world.token("robot", &[Claim::Service], &["people:read", "assessments:read"]);
        assert_eq!(sources(&data(&world, &service, &document).await["person"]).len(), 3);
    }

    async fn an_effective_level_comes_with_its_reasons(world: World) {
        let Cast { mia, rust } = cast(&world).await;
        let lena = world.token("lena-lead", &[], &[]);
        let document = format!(
            "{{ person(id: \"{mia}\") {{ skills(filter: {{ skillIds: [\"{rust}\"] }}) {{ nodes {{ \
             skill {{ name }} level source staleness selfLevel managerLevel difference verified disputed \
             explain {{ source outcome n }} }} }} }} }}"
        );
        let seen = data(&world, &lena, &document).await;
        let rust = &seen["person"]["skills"]["nodes"][0];
        assert_eq!(rust["skill"]["name"], "Rust");
        assert_eq!((&rust["level"], &rust["source"]), (&json!(3), &json!("MANAGER")));
        assert_eq!((&rust["difference"], &rust["verified"]), (&json!(-1), &json!(true)));
        let outcome = |source: &str| {
            let reasons = rust["explain"].as_array().unwrap();
            reasons.iter().find(|reason| reason["source"] == source).unwrap()["outcome"].clone()
        };
        assert_eq!(outcome("MANAGER"), "CHOSEN");
        assert_eq!(outcome("PEER"), "TOO_FEW_PEERS");
        assert_eq!(outcome("SELF"), "LOWER_RANK");
    }

    async fn assessments_are_filtered_by_skill_source_status_and_time(world: World) {
        let Cast { mia, rust } = cast(&world).await;
        let lena = world.token("lena-lead", &[], &[]);
        let at = |days| world.day(days).to_rfc3339();
        for (filter, expected) in [
            (format!("skillIds: [\"{rust}\"]"), 3),
            (format!("skillIds: [\"{mia}\"]"), 0),
            ("sources: [PEER, MANAGER]".to_owned(), 2),
            ("status: [VALIDATED]".to_owned(), 3),
            ("status: [PENDING]".to_owned(), 0),
            (format!("from: \"{}\", to: \"{}\"", at(-20), at(0)), 3),
            (format!("to: \"{}\"", at(-20)), 0),
        ] {
            let document =
                format!("{{ person(id: \"{mia}\") {{ assessments(filter: {{ {filter} }}) {{ nodes {{ id }} }} }} }}");
            let seen = data(&world, &lena, &document).await;
            let found = seen["person"]["assessments"]["nodes"].as_array().unwrap().len();
            assert_eq!(found, expected, "{filter}");
        }
    }

    async fn people_are_found_by_text_and_team_within_what_the_viewer_sees(world: World) {
        cast(&world).await;
        let lena = world.token("lena-lead", &[], &[]);
        let document = "{ all: people { nodes { displayName } } \
            some: people(filter: { text: \"ＭIA\" }) { nodes { displayName email } } \
            none: people(filter: { text: \"stranger\" }) { nodes { displayName } } }";
        let seen = data(&world, &lena, document).await;
        assert_eq!(seen["all"]["nodes"].as_array().unwrap().len(), 3);
        assert_eq!(seen["some"]["nodes"], json!([{ "displayName": "Mia Member", "email": "mia-member@example.com" }]));
        assert_eq!(seen["none"]["nodes"], json!([]));
    }

    async fn the_identity_of_a_person_is_for_them_and_admin(world: World) {
        let Cast { mia, .. } = cast(&world).await;
        let document = format!("{{ person(id: \"{mia}\") {{ identity {{ subject }} }} }}");
        let lena = data(&world, &world.token("lena-lead", &[], &[]), &document).await;
        assert_eq!(lena["person"]["identity"], Value::Null);
        for token in [world.token("mia-member", &[], &[]), world.token("root", &[Claim::Admin], &[])] {
            assert_eq!(data(&world, &token, &document).await["person"]["identity"]["subject"], "mia-member");
        }
    }

    async fn interests_stand_without_ratings_and_the_latest_holds(world: World) {
        let Cast { mia, rust } = cast(&world).await;
        for (interest, days) in [(2, -30), (5, -3)] {
            world.insert("skill_interest", [
                ("person_id", mia.uuid().into()),
                ("skill_id", rust.uuid().into()),
                ("interest", interest.into()),
                ("since", world.day(days).into()),
            ]).await;
        }
        let document = format!("{{ person(id: \"{mia}\") {{ interests {{ nodes {{ interest skill {{ name }} }} }} }} }}");
        let own = data(&world, &world.token("mia-member", &[], &[]), &document).await;
        assert_eq!(own["person"]["interests"]["nodes"], json!([{ "interest": 5, "skill": { "name": "Rust" } }]));
        let peer = data(&world, &world.token("paul-peer", &[], &[]), &document).await;
        assert_eq!(peer["person"]["interests"], Value::Null);
    }

    async fn the_finder_matches_by_level_who_is_an_open_book_and_by_band_who_is_discoverable(world: World) {
        let Cast { rust, .. } = cast(&world).await;
        let web = world.team("Far away", None).await;
        for (name, level, discoverability) in
            [("Ann Two", 2, "ORGANISATION"), ("Bob Four", 4, "ORGANISATION"), ("Cid Five", 5, "NOBODY")]
        {
            let person = world.person_in(web, name, TeamRole::Member).await;
            let sql = "UPDATE person SET discoverability = $1 WHERE id = $2";
            world.execute(sql, [discoverability.into(), person.uuid().into()]).await;
            let (source, observed_at) = (AssessmentSource::SelfRating, world.day(-9));
            world.rate(Rating { person, skill: rust, source, assessor: person, level, observed_at }).await;
        }
        let found = async |subject: &str, clause: &str| {
            let document = format!(
                "{{ people(filter: {{ allOf: [{{ skillId: \"{rust}\", {clause} }}] }}) {{ nodes {{ displayName }} }} }}"
            );
            let seen = data(&world, &world.token(subject, &[], &[]), &document).await;
            let nodes = seen["people"]["nodes"].as_array().unwrap().clone();
            nodes.iter().map(|node| node["displayName"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(found("lena-lead", "minLevel: 3").await, ["Bob Four", "Mia Member"]);
        assert_eq!(found("lena-lead", "minLevel: 1").await, ["Bob Four", "Mia Member"], "Ann is below the band");
        assert_eq!(found("lena-lead", "minLevel: 4").await, ["Bob Four"], "Mia's manager says 3");
        assert_eq!(found("sam-stranger", "minLevel: 2").await, ["Bob Four"]);
        assert_eq!(found("paul-peer", "minLevel: 1").await, ["Bob Four", "Mia Member"], "TEAM, and they share one");
        assert_eq!(found("cid-five", "minLevel: 5").await, ["Cid Five"]);
        assert_eq!(found("nobody", "minLevel: 0").await, [""; 0]);
        assert_eq!(found("lena-lead", "minInterest: 1").await, [""; 0]);
    }

    async fn what_the_viewer_may_do_stands_with_the_object(world: World) {
        let Cast { mia, .. } = cast(&world).await;
        let document = format!(
            "{{ viewer {{ viewerCan {{ createTeam proposeSkill }} }} person(id: \"{mia}\") {{ viewerCan {{ \
             updatePerson recordSkillAssessment setSkillInterest }} memberships {{ nodes {{ \
             viewerCan {{ endTeamMembership }} team {{ viewerCan {{ updateTeam archiveTeam }} }} }} }} \
             assessments(filter: {{ sources: [PEER] }}) {{ nodes {{ viewerCan {{ revokeSkillAssessment \
             respondToSkillAssessment }} skill {{ viewerCan {{ updateSkill }} category {{ viewerCan {{ \
             moveSkillCategory }} }} }} }} }} }} }}"
        );
        let can = async |token: String, paths: [&str; 7]| {
            let seen = data(&world, &token, &document).await;
            paths.map(|path| seen.pointer(path).unwrap_or_else(|| panic!("{path} in {seen}")) == &json!(true))
        };
        let paths = [
            "/viewer/viewerCan/createTeam",
            "/viewer/viewerCan/proposeSkill",
            "/person/viewerCan/updatePerson",
            "/person/viewerCan/recordSkillAssessment",
            "/person/viewerCan/setSkillInterest",
            "/person/memberships/nodes/0/viewerCan/endTeamMembership",
            "/person/memberships/nodes/0/team/viewerCan/updateTeam",
        ];
        let mia = can(world.token("mia-member", &[], &[]), paths).await;
        assert_eq!(mia, [false, true, false, true, true, false, false]);
        let lena = can(world.token("lena-lead", &[], &[]), paths).await;
        assert_eq!(lena, [false, true, false, true, false, false, false]);
        let root = can(world.token("root", &[Claim::Admin], &[]), paths).await;
        assert_eq!(root, [true, true, true, false, false, true, true]);
        let seen = data(&world, &world.token("lena-lead", &[], &[]), &document).await;
        let row = &seen["person"]["assessments"]["nodes"][0];
        assert_eq!(row["viewerCan"], json!({ "revokeSkillAssessment": true, "respondToSkillAssessment": false }));
        assert_eq!(row["skill"]["viewerCan"]["updateSkill"], json!(false));
    }

    async fn what_can_no_longer_be_said_again_is_not_offered(world: World) {
        cast(&world).await;
        let document = "{ viewer { person { assessments(filter: { sources: [SELF] }) { nodes { \
            viewerCan { confirmSkillAssessments } } } } } }";
        let offered = async || {
            let data = world.as_person("Mia Member").await.query(document, json!({})).await;
            data["viewer"]["person"]["assessments"]["nodes"][0]["viewerCan"]["confirmSkillAssessments"].clone()
        };
        assert_eq!(offered().await, json!(true));
        world.execute("UPDATE skill SET status = 'DEPRECATED'", []).await;
        assert_eq!(offered().await, json!(false));
    }
}
