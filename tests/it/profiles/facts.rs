//! The Senior Python Developer of the demo says everything that its checklist names, and of the market
//! nothing else. Holds no fact itself: they are in `facts.yaml`.

use assay::{app::demo::load, domain::policy::Claim};
use serde_json::{Value, json};

use super::checklist::Checklist;
use crate::{demo, support::World};

const FACTS: &str = include_str!("facts.yaml");

/// Everything that a role profile holds.
const PROFILE: &str = r#"{ roleProfile(by: { key: "senior-python-developer" }) {
    key title family track seniority
    careerPaths { kind criteria to { key title track } }
    published {
        summary
        responsibilities { area statement }
        requirements { requiredLevel importance weight skill { slug kind } }
        qualifications { kind statement minYears }
        practices { topic statement skill { slug } }
        challenges { title problem resolution skills { slug } }
        marketInsights { topic statement source asOf figure { value unit precision fromYear toYear } }
        salaryBenchmarks {
            region period basis statistic percentile source asOf
            low { amountMinor currency } high { amountMinor currency }
        }
    }
} }"#;

/// The profile as the one of this subject and these roles reads it.
async fn profile(world: &World, subject: &str, roles: &[Claim]) -> Value {
    let client = world.with_token(world.token(subject, roles, &[])).await;
    let mut data = client.query(PROFILE, json!({})).await;
    data["roleProfile"].take()
}

on_both! {
    async fn the_senior_python_developer_holds_every_fact_of_the_checklist(world: World) {
        load(world.store(), demo::of(&world), world.now()).await.expect("loaded");
        let checklist = Checklist::read(FACTS);
        let profile = profile(&world, "recruiter", &[Claim::Recruiter]).await;
        let faults = checklist.faults(&profile);
        assert!(faults.is_empty(), "{} of {} facts:\n{}", faults.len(), checklist.len(), faults.join("\n"));
        for at in ["/published/salaryBenchmarks", "/published/marketInsights", "/published/challenges"] {
            let unknown = checklist.unknown(&profile, at);
            assert!(unknown.is_empty(), "{at} says what the checklist does not know: {unknown:#?}");
        }
    }

    async fn without_the_permission_all_but_the_pay_is_read(world: World) {
        load(world.store(), demo::of(&world), world.now()).await.expect("loaded");
        let (mut told, may_not) = (profile(&world, "recruiter", &[Claim::Recruiter]).await, profile(&world, "member", &[]).await);
        let pay = told["published"]["salaryBenchmarks"].take();
        assert_eq!(pay.as_array().map(Vec::len), Some(15));
        assert_eq!(told, may_not);
    }
}

#[test]
fn the_checklist_is_long_enough_to_hold_the_whole_role() {
    assert!(Checklist::read(FACTS).len() >= 191);
}

#[test]
fn a_figure_a_word_or_a_row_that_is_off_is_named() {
    let checklist = Checklist::read(
        "
- section: Pay
  at: /pay
  each: {/source: Somebody}
  facts:
    - {fact: The mean, equal: {/statistic: MEAN, /percentile: null, /low/amountMinor: 14197600}}
- section: Summary
  at: /summary
  facts:
    - {fact: It scales, says: [scale]}
",
    );
    let row = |amount: f64, source: &str| {
        json!({ "statistic": "MEAN", "percentile": null, "source": source,
                                                  "low": { "amountMinor": amount } })
    };
    let faults = |pay: &[Value], summary: &str| {
        let answer = json!({ "pay": pay, "summary": summary });
        (checklist.faults(&answer), checklist.unknown(&answer, "/pay").len())
    };
    let right = || row(14_197_600.0, "Somebody");
    assert_eq!(faults(&[right()], "Scales."), (vec![], 0));
    let none = || vec!["Pay: The mean: held by 0".to_owned()];
    assert_eq!(faults(&[row(14_197_601.0, "Somebody")], "Scales."), (none(), 1));
    assert_eq!(faults(&[row(14_197_600.0, "Nobody")], "Scales."), (none(), 1));
    assert_eq!(faults(&[], "Scales."), (none(), 0));
    assert_eq!(faults(&[right(), right()], "Scales."), (vec!["Pay: The mean: held by 2".to_owned()], 0));
    assert_eq!(faults(&[right()], "Grows."), (vec!["Summary: It scales: held by 0".to_owned()], 0));
}
