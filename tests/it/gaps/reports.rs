//! Gap reports as a client reads them: the golden row of F3, every number from its terms, each item with its
//! evidence and history, and any past day as it was.

use assay::{
    app::demo::{World as Demo, load},
    auth::issuer::DEMO_ISSUER,
    domain::{
        assessments::AssessmentSource,
        ids::{SkillId, TeamMembershipKind},
        teams::TeamRole,
        time::Timestamp,
    },
    interchange::demo::demo,
};
use serde_json::{Value, json};

use crate::{
    assessments::{House, LEAD, MEMBER, PEER, record},
    organisation::instant,
    reads::{answer, data},
    support::{Rating, SkillSketch, World},
};

const REPORT: &str = "subject { id ... on Person { displayName } } roleProfileVersion { number } asOf policyVersion \
     version mustMet mustTotal weightedFulfilment lower upper knownShare ready blockers { skill { name } } \
     items { skill { name } required actual delta status importance weight fulfilled \
     exemption { reason until } effective { level source verified explain { source outcome } } \
     evidence { level source } history { level status } } \
     explain { figure value factor numerators denominators }";

/// Mia's report against a profile, as somebody reads it.
async fn report(world: &World, who: &str, house: &House, with: &str) -> Value {
    let document = format!(
        "{{ gap(subject: {{ personId: \"{}\" }}, roleProfile: {{ key: \"engineer\" }}{with}) {{ {REPORT} }} }}",
        house.mia
    );
    data(world, &world.token(who, &[], &[]), &document).await["gap"].take()
}

fn as_of(at: Timestamp) -> String {
    format!(", asOf: \"{}\"", instant(at))
}

async fn rate(world: &World, house: &House, skill: SkillId, level: i32, day: i64) {
    let (source, observed_at) = (AssessmentSource::Manager, world.day(day));
    world.rate(Rating { person: house.mia, skill, source, assessor: house.lena, level, observed_at }).await;
}

/// The four requirements of the golden row of F3.
async fn golden(world: &World) -> House {
    let house = House::in_world(world).await;
    let profile = world.role_profile("Engineer").await;
    let mut skills = vec![house.rust, house.go];
    for name in ["SQL", "Kafka"] {
        skills.push(world.skill(house.category, name, SkillSketch::default()).await);
    }
    let [rust, go, sql, kafka] = skills[..] else { panic!("four") };
    let required = [(rust, 4, "MUST", 3), (go, 3, "MUST", 3), (sql, 4, "SHOULD", 2), (kafka, 2, "NICE", 1)];
    world.publish(profile.uuid(), 1, world.day(-300), &required).await;
    for (skill, level) in [(rust, 5), (sql, 2), (kafka, 0)] {
        rate(world, &house, skill, level, -10).await;
    }
    house
}

/// A number told by its terms alone.
fn recomputed(terms: &Value) -> Option<f64> {
    let sum = |list: &Value| -> Option<f64> {
        list.as_array().map(|terms| terms.iter().map(|term| term.as_f64().unwrap()).sum())
    };
    let above = terms["factor"].as_f64().unwrap() * sum(&terms["numerators"]).unwrap();
    match sum(&terms["denominators"]) {
        None => Some(above),
        Some(below) => (below > 0.0).then(|| above / below),
    }
}

fn rounded(value: &Value, digits: i32) -> f64 {
    (value.as_f64().unwrap() * 10f64.powi(digits)).round() / 10f64.powi(digits)
}

fn statuses(report: &Value) -> Vec<&str> {
    report["items"].as_array().unwrap().iter().map(|item| item["status"].as_str().unwrap()).collect()
}

on_both! {
    async fn the_golden_row_of_f3_as_a_client_reads_it(world: World) {
        let house = golden(&world).await;
        let report = report(&world, LEAD, &house, "").await;
        assert_eq!(statuses(&report), ["MET", "UNKNOWN", "PARTIAL", "MISSING"]);
        assert_eq!(rounded(&report["weightedFulfilment"], 2), 66.67);
        assert_eq!((rounded(&report["lower"], 2), rounded(&report["upper"], 2)), (44.44, 77.78));
        assert_eq!(rounded(&report["knownShare"], 3), 0.667);
        assert_eq!((&report["mustMet"], &report["mustTotal"]), (&json!(1), &json!(2)));
        assert_eq!(report["ready"], json!(false));
        assert_eq!(report["blockers"], json!([{ "skill": { "name": "Go" } }]));
        assert_eq!(report["policyVersion"], "1");
        assert_eq!(report["asOf"], instant(world.now()));
        assert_eq!(report["subject"]["displayName"], "Mia Member");
        let first = &report["items"][0];
        assert_eq!((&first["delta"], &first["fulfilled"]), (&json!(1), &json!(1.0)));
        assert_eq!(first["evidence"], json!([{ "level": 5, "source": "MANAGER" }]));
        assert_eq!(first["history"], json!([{ "level": 5, "status": "VALIDATED" }]));
        assert_eq!(first["effective"]["explain"], json!([{ "source": "MANAGER", "outcome": "CHOSEN" }]));
        assert_eq!(report["items"][1]["actual"], Value::Null);
    }

    async fn every_number_follows_from_its_terms(world: World) {
        let house = golden(&world).await;
        world.excuse(house.mia.uuid(), house.go, world.day(-5), world.day(5), None).await;
        for report in [report(&world, LEAD, &house, "").await, report(&world, LEAD, &house, &as_of(world.day(-7))).await] {
            let field = |figure: &str| match figure {
                "MUST_MET" => "mustMet",
                "MUST_TOTAL" => "mustTotal",
                "WEIGHTED_FULFILMENT" => "weightedFulfilment",
                "LOWER" => "lower",
                "UPPER" => "upper",
                "KNOWN_SHARE" => "knownShare",
                other => panic!("{other}"),
            };
            let explained = report["explain"].as_array().unwrap();
            assert_eq!(explained.len(), 6);
            for terms in explained {
                let name = field(terms["figure"].as_str().unwrap());
                assert_eq!(terms["numerators"].as_array().map(Vec::len), Some(4), "a term an item");
                assert_eq!(recomputed(terms), report[name].as_f64(), "{name}");
                assert_eq!(terms["value"].as_f64(), report[name].as_f64(), "{name}");
            }
        }
    }

    async fn who_is_exempt_is_told_why_and_until_when_and_is_not_kept_back(world: World) {
        let house = golden(&world).await;
        world.excuse(house.mia.uuid(), house.go, world.day(-5), world.day(5), None).await;
        let now = report(&world, MEMBER, &house, "").await;
        assert_eq!(statuses(&now)[1], "EXEMPT");
        assert_eq!(now["items"][1]["exemption"], json!({ "reason": "On leave.", "until": instant(world.day(5)) }));
        assert_eq!((&now["ready"], &now["mustTotal"]), (&json!(true), &json!(1)));
        let before = report(&world, MEMBER, &house, &as_of(world.day(-6))).await;
        assert_eq!((statuses(&before)[1], &before["ready"]), ("UNKNOWN", &json!(false)));
        assert_ne!(now["version"], before["version"]);
        world.set_clock(world.day(5));
        let after = report(&world, MEMBER, &house, "").await;
        assert_eq!(statuses(&after)[1], "UNKNOWN", "the day has come");
    }

    async fn a_past_day_is_told_by_the_version_and_the_ratings_of_that_day(world: World) {
        let house = golden(&world).await;
        let profile = world.rows("SELECT id FROM role_profile", []).await[0].try_get("", "id").unwrap();
        world.publish(profile, 2, world.day(-100), &[(house.rust, 5, "MUST", 3)]).await;
        let now = report(&world, LEAD, &house, "").await;
        assert_eq!((&now["roleProfileVersion"]["number"], statuses(&now)), (&json!(2), vec!["MET"]));
        let earlier = report(&world, LEAD, &house, &as_of(world.day(-99))).await;
        assert_eq!((&earlier["roleProfileVersion"]["number"], statuses(&earlier)), (&json!(2), vec!["UNKNOWN"]));
        let first = report(&world, LEAD, &house, &as_of(world.day(-101))).await;
        assert_eq!(first["roleProfileVersion"]["number"], json!(1));
        assert_eq!(report(&world, LEAD, &house, &as_of(world.day(-301))).await, Value::Null, "no version held");
        // What is recorded late for an earlier day changes that day.
        let late = house.rating("MANAGER", 5, json!({ "observedAt": instant(world.day(-120)) }));
        record(&world, LEAD, late).await;
        let again = report(&world, LEAD, &house, &as_of(world.day(-99))).await;
        assert_eq!(statuses(&again), ["MET"]);
        let future = format!("{{ gap(subject: {{ personId: \"{}\" }}, roleProfile: {{ key: \"engineer\" }}{}) {{ ready }} }}",
            house.mia, as_of(world.day(1)));
        let refused = answer(&world, &world.token(LEAD, &[], &[]), &future, Value::Null).await;
        assert_eq!(refused["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
    }

    async fn the_ways_of_a_person_lead_from_the_roles_they_hold_with_the_gap_to_each(world: World) {
        let house = golden(&world).await;
        let held = world.rows("SELECT id FROM role_profile", []).await[0].try_get::<uuid::Uuid>("", "id").unwrap();
        let expert = world.role_profile("Expert").await;
        world.publish(expert.uuid(), 1, world.day(-300), &[(house.rust, 5, "MUST", 3), (house.go, 5, "MUST", 3)]).await;
        let begun = world.role_profile("Begun").await;
        for (position, to) in [(0, expert), (1, begun)] {
            let row = [
                ("from_id", held.into()),
                ("to_id", to.uuid().into()),
                ("kind", "PROMOTION".into()),
                ("criteria", "Leads others.".into()),
                ("position", position.into()),
            ];
            world.insert("career_path", row).await;
        }
        let row = [
            ("id", world.id::<TeamMembershipKind>().uuid().into()),
            ("person_id", house.mia.uuid().into()),
            ("role_profile_id", held.into()),
            ("valid_from", world.day(-200).into()),
        ];
        world.insert("person_role_profile", row).await;
        let document = format!(
            "{{ person(id: \"{}\") {{ careerOptions {{ path {{ kind criteria to {{ key }} }} gap {{ ready mustMet mustTotal }} }} }} }}",
            house.mia
        );
        for who in [MEMBER, LEAD] {
            let seen = data(&world, &world.token(who, &[], &[]), &document).await;
            let ways = &seen["person"]["careerOptions"];
            assert_eq!(ways[0], json!({
                "path": { "kind": "PROMOTION", "criteria": "Leads others.", "to": { "key": "expert" } },
                "gap": { "ready": false, "mustMet": 1, "mustTotal": 2 },
            }), "{who}: {seen}");
            assert_eq!(ways.as_array().map(Vec::len), Some(1), "what was never published leads nowhere yet: {seen}");
        }
        let peer = data(&world, &world.token(PEER, &[], &[]), &document).await;
        assert_eq!(peer["person"]["careerOptions"], Value::Null);
    }

    async fn every_view_of_a_past_day_measures_by_the_version_of_that_day(world: World) {
        let house = golden(&world).await;
        let profile = world.rows("SELECT id FROM role_profile", []).await[0].try_get("", "id").unwrap();
        world.publish(profile, 2, world.day(-100), &[(house.rust, 1, "MUST", 3)]).await;
        let of = "of: { roleProfile: { key: \"engineer\" } }";
        for (day, levels) in [(-99, json!([1])), (-101, json!([3, 2, 4, 4])), (-301, Value::Null)] {
            let at = as_of(world.day(day));
            let document = format!(
                "{{ teamBySlug(slug: \"platform\") {{ coverage({of}{at}) {{ skills {{ skill {{ name }} level }} }} \
                 skillMatrix(roleProfile: {{ key: \"engineer\" }}{at}) {{ skills {{ name }} rows {{ required }} }} \
                 hiringCase(roleProfile: {{ key: \"engineer\" }}{at}) {{ before {{ coverage {{ level }} }} }} }} \
                 whatIf(teamId: \"{}\", {of}{at}) {{ before {{ coverage {{ level }} }} }} }}",
                house.team
            );
            let seen = data(&world, &world.token(LEAD, &[], &[]), &document).await;
            let told = |list: &Value| list.as_array().map(|all| all.iter().map(|one| one["level"].clone()).collect::<Value>());
            let team = &seen["teamBySlug"];
            for list in [&team["coverage"]["skills"], &team["hiringCase"]["before"]["coverage"], &seen["whatIf"]["before"]["coverage"]] {
                assert_eq!(told(list).unwrap_or_default(), levels, "{day}: {seen}");
            }
            let matrix = &team["skillMatrix"];
            assert_eq!(matrix.is_null(), levels.is_null(), "{day}: {seen}");
            if let Some(row) = matrix["rows"].get(0) {
                let required: Value = row["required"].as_array().into_iter().flatten().filter(|one| !one.is_null()).cloned().collect();
                assert_eq!(required, levels, "{day}: {seen}");
            }
        }
    }

    async fn two_requirements_that_a_merge_brought_together_are_the_stronger_in_each_respect(world: World) {
        let house = House::in_world(&world).await;
        let profile = world.role_profile("Engineer").await;
        let required = [(house.rust, 2, "MUST", 1), (house.go, 4, "NICE", 9)];
        world.publish(profile.uuid(), 1, world.day(-300), &required).await;
        rate(&world, &house, house.go, 4, -10).await;
        world.redirect(house.rust, house.go).await;
        let report = report(&world, LEAD, &house, "").await;
        let item = &report["items"][0];
        assert_eq!(report["items"].as_array().map(Vec::len), Some(1));
        assert_eq!((&item["required"], &item["importance"], &item["weight"]), (&json!(4), &json!("MUST"), &json!(9)));
        assert_eq!((&item["status"], &report["ready"]), (&json!("MET"), &json!(true)));
    }

    async fn a_profile_without_requirements_says_nothing(world: World) {
        let house = House::in_world(&world).await;
        let profile = world.role_profile("Engineer").await;
        world.publish(profile.uuid(), 1, world.day(-300), &[]).await;
        let report = report(&world, LEAD, &house, "").await;
        for name in ["ready", "weightedFulfilment", "lower", "upper", "knownShare"] {
            assert_eq!(report[name], Value::Null, "{name}");
        }
    }

    async fn the_gaps_of_many_people_cost_as_many_statements_as_those_of_few(world: World) {
        let plan = Demo::of(&demo().expect("the demo's files"), DEMO_ISSUER, world.now());
        load(world.store(), plan, world.now()).await.expect("loaded");
        let token = world.token("manager", &[], &[]);
        let mut counts = Vec::new();
        for first in [2, 9] {
            let document = format!("{{ people(first: {first}) {{ nodes {{ gap(roleProfile: {{ key: \"senior-python-developer\" }}) {{ \
                ready lower items {{ status skill {{ name }} exemption {{ reason }} evidence {{ level }} history {{ level }} }} }} }} }} }}");
            let before = world.statements();
            let read = data(&world, &token, &document).await;
            counts.push(world.statements() - before);
            let reports = read["people"]["nodes"].as_array().unwrap();
            assert!(reports.iter().any(|person| person["gap"]["items"].as_array().is_some_and(|items| items.len() > 5)));
        }
        assert_eq!(counts[0], counts[1], "{counts:?}");
        assert!(counts[0] <= 14, "{counts:?}");
    }

    async fn somebody_who_was_led_before_is_not_read_any_more(world: World) {
        let house = golden(&world).await;
        let elsewhere = world.team("Far", None).await;
        world.execute("UPDATE team_membership SET valid_to = $1 WHERE person_id = $2", [world.day(-1).into(), house.mia.uuid().into()]).await;
        world.member(elsewhere, house.mia, TeamRole::Member).await;
        let read = report(&world, LEAD, &house, "").await;
        assert_eq!(read, Value::Null);
        assert_eq!(report(&world, LEAD, &house, &as_of(world.day(-5))).await, Value::Null, "permission is today's");
        assert!(report(&world, MEMBER, &house, "").await.is_object());
    }
}
