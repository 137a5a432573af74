//! The coverage of each team, as each viewer: to those who lead it, and whom all assessments are open to, the
//! same counts, with the people whose levels are open to them by name; to everybody else nothing.

use serde_json::{Map, Value, json};

use super::{
    Stage,
    sdl::{Sdl, Seen},
    viewers::Viewer,
};

/// Everything of the coverage, resilience, a case for a hire and a what-if of one team.
fn document(sdl: &Sdl) -> String {
    let [coverage, resilience, case, played, trend] =
        ["TeamCoverage", "TeamResilience", "HiringCase", "WhatIf", "TeamTrend"]
            .map(|ty| sdl.selection(ty, &[]));
    format!(
        "query ($team: ID!, $of: CoverageInput!, $engineer: RoleProfileInput!, $leaver: [ID!], \
         $skills: [ID!]!, $from: DateTime!) {{ team(id: $team) {{ \
         own: coverage {coverage} asked: coverage(of: $of, scope: SUBTREE, minLevel: 2) {coverage} \
         past: coverage(of: $of, asOf: \"2020-01-01T00:00:00Z\") {coverage} \
         resilience(of: $of, minLevel: 1) {resilience} hiringCase(roleProfile: $engineer, scope: SUBTREE) {case} \
         trend(skillIds: $skills, from: $from, step: MONTH, minLevel: 1, scope: SUBTREE) {trend} }} \
         whatIf(teamId: $team, of: $of, minLevel: 1, leavers: $leaver) {played} }}"
    )
}

/// Whether the viewer may know how the team covers skills.
fn may_know(viewer: &Viewer, team: &str) -> bool {
    viewer.sees_catalogue() && (viewer.heads(team) || viewer.grants.contains(&"assessments:read"))
}

/// What is left of the truth: people whose levels are not open are in the counts and nowhere else; and a
/// version, which is the viewer's own, is left out.
fn left(stage: &Stage<'_>, viewer: &Viewer, value: &Value) -> Value {
    let hidden = |item: &Value| {
        let name = item.get("id").and_then(Value::as_str).map(|id| stage.objects.name_of(id));
        name.is_some_and(|name| {
            name.starts_with("person/") && !(viewer.sees(name) && viewer.reads_book_of(name))
        })
    };
    match value {
        Value::Array(items) => {
            items.iter().filter(|item| !hidden(item)).map(|item| left(stage, viewer, item)).collect()
        }
        Value::Object(_) if hidden(value) => Value::Null,
        Value::Object(fields) => {
            let kept = fields.iter().filter(|(name, _)| *name != "version");
            let kept: Map<String, Value> =
                kept.map(|(name, value)| (name.clone(), left(stage, viewer, value))).collect();
            Value::Object(kept)
        }
        value => value.clone(),
    }
}

on_both! {
    async fn a_coverage_is_told_to_those_who_lead_the_team_and_to_nobody_else(world: World) {
        let (stage, sdl) = (Stage::set(&world).await, Sdl::read());
        let document = document(&sdl);
        let targets: Vec<Value> = stage.objects.of("Skill").into_iter()
            .map(|name| json!({ "skillId": stage.objects.get(name).id, "level": 3 }))
            .collect();
        let mut noted = Seen::default();
        for team in ["team/company", "team/platform", "team/storage", "team/web"] {
            let leaver = (team == "team/platform").then(|| vec![stage.objects.get("person/mia").id.clone()]);
            let variables = json!({
                "team": stage.objects.get(team).id, "of": { "targets": targets },
                "engineer": { "key": stage.objects.get("profile/engineer").handle }, "leaver": leaver,
                "skills": targets.iter().map(|target| target["skillId"].clone()).collect::<Vec<_>>(),
                "from": world.day(-300).to_rfc3339(),
            });
            let truth = stage.ask(&Viewer::OMNISCIENT, &document, variables.clone()).await;
            for (field, ty) in [("asked", "TeamCoverage"), ("resilience", "TeamResilience"), ("hiringCase", "HiringCase"), ("trend", "TeamTrend")] {
                noted.note(&sdl, ty, &truth["team"][field]);
            }
            noted.note(&sdl, "WhatIf", &truth["whatIf"]);
            for viewer in Viewer::all().iter().filter(|viewer| viewer.sees(team)) {
                if !may_know(viewer, team) {
                    // A leaver is named to be refused: only that nothing is said is asked here.
                    let seen = stage.ask(viewer, &document, variables.clone()).await;
                    for field in ["own", "asked", "past", "resilience", "hiringCase", "trend"] {
                        assert_eq!(seen["team"][field], Value::Null, "{viewer}: {field} of {team}");
                    }
                    assert_eq!(seen["whatIf"], Value::Null, "{viewer}: {team}");
                    continue;
                }
                if leaver.is_some() && !(viewer.sees("person/mia") && viewer.reads_book_of("person/mia")) {
                    continue;
                }
                let seen = stage.ask(viewer, &document, variables.clone()).await;
                assert_eq!(left(&stage, viewer, &seen), left(&stage, viewer, &truth), "{viewer}: {team}");
            }
        }
        let types = ["TeamCoverage", "SkillCoverage", "TeamResilience", "CriticalPerson", "HiringCase", "WhatIf",
            "TeamOutlook", "TeamReadiness", "RequirementReadiness", "TeamTrend", "SkillTrend"];
        let never = noted.never(&sdl, types.into_iter());
        assert_eq!(never, Vec::<String>::new(), "empty for everyone");
    }

    async fn matches_are_people_who_may_be_found_and_told_no_more_exactly_than_that(world: World) {
        let (stage, sdl) = (Stage::set(&world).await, Sdl::read());
        let document = format!(
            "query ($engineer: RoleProfileInput!, $within: ID) {{ all: closestMatches(roleProfile: $engineer, first: 50) {0} \
             inside: closestMatches(roleProfile: $engineer, within: $within, first: 50) {0} }}",
            sdl.selection("ClosestMatches", &[]),
        );
        let variables = json!({
            "engineer": { "key": stage.objects.get("profile/engineer").handle },
            "within": stage.objects.get("team/web").id,
        });
        let mut noted = Seen::default();
        let truth = stage.ask(&Viewer::OMNISCIENT, &document, variables.clone()).await;
        noted.note(&sdl, "ClosestMatches", &truth["all"]);
        for viewer in Viewer::all() {
            let seen = stage.ask(&viewer, &document, variables.clone()).await;
            assert_eq!(seen["all"].is_null(), !viewer.sees_catalogue(), "{viewer}");
            let inside = viewer.sees_catalogue() && viewer.sees("team/web");
            assert_eq!(seen["inside"].is_null(), !inside, "{viewer}");
            for found in seen["all"]["matches"].as_array().into_iter().flatten() {
                let name = stage.objects.name_of(found["person"]["id"].as_str().expect("an id"));
                assert!(viewer.sees(name), "{viewer} finds {name}");
                let open = viewer.reads_book_of(name);
                assert_eq!(found["exact"], json!(open), "{viewer}: {name}");
                for one in found["requirements"].as_array().expect("requirements").iter().filter(|_| !open) {
                    assert!(one["level"].is_null() || one["level"] == 3, "{viewer}: {name} {one}");
                    assert_eq!(one["verified"], json!(false), "{viewer}: {name}");
                }
                assert!(open || found["ready"].is_null(), "{viewer}: {name}");
                if open {
                    let all = truth["all"]["matches"].as_array().expect("matches");
                    assert!(all.contains(found), "{viewer}: {name}");
                }
            }
        }
        let never = noted.never(&sdl, ["ClosestMatches", "RoleMatch", "MatchedRequirement"].into_iter());
        assert_eq!(never, Vec::<String>::new(), "empty for everyone");
    }
}
