//! The golden row of F3, and what holds whatever people can do.

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::domain::sampling::cases;

fn requirement(n: u128, required: u8, importance: Importance, weight: i32) -> RoleSkillRequirement {
    RoleSkillRequirement {
        skill_id: SkillId::from_uuid(Uuid::from_u128(n)),
        required_level: Level::ALL[usize::from(required)],
        importance,
        weight,
    }
}

fn known(level: u8, verified: bool) -> EffectiveSkill {
    EffectiveSkill {
        level: Some(Level::ALL[usize::from(level)]),
        staleness: Some(Staleness::Fresh),
        verified,
        ..EffectiveSkill::default()
    }
}

fn expired() -> EffectiveSkill {
    EffectiveSkill {
        last_known_level: Some(Level::ALL[5]),
        staleness: Some(Staleness::Expired),
        ..EffectiveSkill::default()
    }
}

fn gap(required: u8, actual: &EffectiveSkill) -> SkillGap {
    SkillGap::of(&requirement(1, required, Importance::Must, 3), actual, false)
}

#[test]
fn the_golden_row_of_f3() {
    let unknown = EffectiveSkill::default();
    let report = GapReport::of(vec![
        SkillGap::of(&requirement(1, 4, Importance::Must, 3), &known(5, true), false),
        SkillGap::of(&requirement(2, 3, Importance::Must, 3), &unknown, false),
        SkillGap::of(&requirement(3, 4, Importance::Should, 2), &known(2, true), false),
        SkillGap::of(&requirement(4, 2, Importance::Nice, 1), &known(0, true), false),
    ]);
    let figures = report.fulfilment.unwrap();
    let rounded = |value: f64, digits: i32| (value * 10f64.powi(digits)).round() / 10f64.powi(digits);
    assert_eq!(figures.known.map(|known| rounded(known, 2)), Some(66.67));
    assert_eq!((rounded(figures.lower, 2), rounded(figures.upper, 2)), (44.44, 77.78));
    assert_eq!(rounded(figures.known_share, 3), 0.667);
    assert_eq!((report.must_met, report.must_total, report.ready), (1, 2, Some(false)));
    assert_eq!(report.blockers().map(|item| item.skill_id).collect::<Vec<_>>(), [report.items[1].skill_id]);
}

#[test]
fn each_status_is_the_first_that_holds() {
    for (actual, exempt, status) in [
        (known(5, true), true, GapStatus::Exempt),
        (expired(), true, GapStatus::Exempt),
        (expired(), false, GapStatus::Expired),
        (EffectiveSkill::default(), false, GapStatus::Unknown),
        (known(3, false), false, GapStatus::Unverified),
        (known(5, false), false, GapStatus::Unverified),
        (known(3, true), false, GapStatus::Met),
        (known(2, false), false, GapStatus::Partial),
        (known(2, true), false, GapStatus::Partial),
        (known(0, true), false, GapStatus::Missing),
    ] {
        let item = SkillGap::of(&requirement(1, 3, Importance::Must, 3), &actual, exempt);
        assert_eq!(item.status, status, "{actual:?}, exempt: {exempt}");
    }
}

#[test]
fn a_profile_without_requirements_says_nothing() {
    let report = GapReport::of(Vec::new());
    assert_eq!((report.ready, report.fulfilment), (None, None));
}

#[test]
fn a_profile_without_a_must_is_neither_ready_nor_not() {
    let nice = SkillGap::of(&requirement(1, 3, Importance::Nice, 1), &known(0, true), false);
    assert_eq!(GapReport::of(vec![nice]).ready, None);
}

#[test]
fn who_is_excused_from_every_must_is_ready() {
    let excused = SkillGap::of(&requirement(1, 3, Importance::Must, 3), &expired(), true);
    let report = GapReport::of(vec![excused]);
    assert_eq!((report.ready, report.must_met, report.must_total), (Some(true), 0, 0));
    assert_eq!(report.fulfilment, None);
}

#[test]
fn the_surplus_of_one_skill_does_not_hide_another() {
    let plenty = gap(3, &known(5, true));
    let none = gap(3, &known(0, true));
    let report = GapReport::of(vec![plenty, none]);
    assert_eq!(report.ready, Some(false));
    assert_eq!(report.fulfilment.and_then(|figures| figures.known), Some(50.0));
}

fn any_actual() -> impl Strategy<Value = EffectiveSkill> {
    prop_oneof![
        4 => (0u8..=5, any::<bool>()).prop_map(|(level, verified)| known(level, verified)),
        1 => Just(expired()),
        1 => Just(EffectiveSkill::default()),
    ]
}

type Item = (RoleSkillRequirement, EffectiveSkill, bool);

fn any_items() -> impl Strategy<Value = Vec<Item>> {
    let importance = prop::sample::select(Importance::ALL);
    let item = (1u8..=5, importance, 1i32..=100, any_actual(), prop::bool::weighted(0.1));
    prop::collection::vec(item, 0..12).prop_map(|items| {
        let numbered = items.into_iter().enumerate();
        let made = numbered.map(|(n, (required, importance, weight, actual, exempt))| {
            (requirement(n as u128, required, importance, weight), actual, exempt)
        });
        made.collect()
    })
}

fn report(items: &[Item]) -> GapReport {
    GapReport::of(items.iter().map(|(needs, actual, exempt)| SkillGap::of(needs, actual, *exempt)).collect())
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn a_higher_level_never_makes_anything_worse(items in any_items(), at in any::<prop::sample::Index>()) {
        prop_assume!(!items.is_empty());
        let before = report(&items);
        let mut better = items;
        let at = at.index(better.len());
        let Some(level) = better[at].1.level.filter(|level| level.value() < 5) else { return Ok(()) };
        better[at].1.level = Some(Level::ALL[usize::from(level.value()) + 1]);
        let after = report(&better);
        prop_assert!(before.ready <= after.ready);
        prop_assert!(before.must_met <= after.must_met);
        let figures = before.fulfilment.zip(after.fulfilment);
        if let Some((before, after)) = figures {
            prop_assert!(before.known <= after.known);
            prop_assert!(before.lower <= after.lower && before.upper <= after.upper);
        }
    }

    #[test]
    fn each_number_follows_from_its_terms(items in any_items()) {
        let report = report(&items);
        let of = |figure: GapFigure| {
            let told = report.explain().find(|told| told.figure == figure).unwrap();
            assert_eq!(told.numerators.len(), items.len());
            let above: f64 = told.numerators.iter().sum();
            let below = told.denominators.as_ref().map(|below| below.iter().sum::<f64>());
            let recomputed = match below {
                None => Some(told.factor * above),
                Some(below) => (below > 0.0).then(|| told.factor * above / below),
            };
            assert_eq!(recomputed, told.value);
            recomputed
        };
        let figures = report.fulfilment;
        prop_assert_eq!(of(GapFigure::MustMet), Some(report.must_met as f64));
        prop_assert_eq!(of(GapFigure::MustTotal), Some(report.must_total as f64));
        prop_assert_eq!(of(GapFigure::WeightedFulfilment), figures.and_then(|figures| figures.known));
        prop_assert_eq!(of(GapFigure::Lower), figures.map(|figures| figures.lower));
        prop_assert_eq!(of(GapFigure::Upper), figures.map(|figures| figures.upper));
        prop_assert_eq!(of(GapFigure::KnownShare), figures.map(|figures| figures.known_share));
    }

    #[test]
    fn nobody_is_ready_while_a_must_is_not_met(items in any_items()) {
        let report = report(&items);
        let musts: Vec<_> = report.items.iter().filter(|item| item.importance == Importance::Must).collect();
        let kept_back = musts.iter().any(|item| !matches!(item.status, GapStatus::Met | GapStatus::Exempt));
        prop_assert_eq!(report.ready, (!musts.is_empty()).then_some(!kept_back));
        prop_assert_eq!(report.blockers().count() > 0, kept_back);
        prop_assert!(report.must_met <= report.must_total);
    }

    #[test]
    fn what_is_fulfilled_lies_between_its_bounds(items in any_items()) {
        if let Some(figures) = report(&items).fulfilment {
            let slack = 1e-9;
            prop_assert!(figures.lower >= 0.0 && figures.upper <= 100.0 + slack);
            prop_assert!(figures.lower <= figures.upper + slack);
            prop_assert!((0.0..=1.0).contains(&figures.known_share));
            if let Some(known) = figures.known {
                prop_assert!(figures.lower <= known + slack && known <= figures.upper + slack);
            }
        }
    }

    #[test]
    fn what_a_surplus_is_worth_is_what_the_requirement_is_worth(items in any_items()) {
        let capped: Vec<Item> = items.iter().cloned().map(|(needs, mut actual, exempt)| {
            actual.level = actual.level.map(|level| level.min(needs.required_level));
            (needs, actual, exempt)
        }).collect();
        prop_assert_eq!(report(&items).fulfilment, report(&capped).fulfilment);
        prop_assert_eq!(report(&items).ready, report(&capped).ready);
    }
}
