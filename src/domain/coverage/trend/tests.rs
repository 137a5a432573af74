//! A trend is what F1 says at each step, whoever was there.

use proptest::prelude::*;

use super::*;
use crate::domain::{
    assessments::{
        effective::LevelView,
        tests::histories::{counting, histories, questions},
    },
    sampling::{cases, day, id, level},
};

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn each_point_is_what_f1_says_at_its_step(
        rows in prop::collection::vec((histories(), prop::collection::vec(any::<bool>(), 12)), 1..4),
        question in questions(),
        stride in 1_i64..120,
        least in 1_u8..=5,
    ) {
        let column = Column { skill_id: id(9), kind: question.kind, policy: question.policy };
        let steps: Vec<Timestamp> = (0..12).map(|n| day(stride * n - 900)).collect();
        let mut trend = Trend::of(vec![column], steps.clone(), level(least));
        let mut present = HashMap::new();
        for (n, (history, there)) in rows.iter().enumerate() {
            let ratings = [(id(9), counting(history))].into();
            let known = Known { person_id: id(n as u128), ratings, interests: Vec::new() };
            trend.weigh(&known, there);
            present.insert(known.person_id, there.clone());
        }
        trend.count(&present);
        let (_, points) = trend.skills().next().unwrap();
        for (step, at) in steps.iter().enumerate() {
            let levels: Vec<Level> = rows
                .iter()
                .filter(|(_, there)| there[step])
                .filter_map(|(history, _)| {
                    let asked = effective(&counting(history), &column.question(*at));
                    assert_eq!(column.question(*at).view, LevelView::Effective);
                    asked.level
                })
                .collect();
            prop_assert_eq!(points[step].n, levels.len());
            prop_assert_eq!(points[step].holders, levels.iter().filter(|l| l.value() >= least).count());
            let sum: u32 = levels.iter().map(|l| u32::from(l.value())).sum();
            let mean = (!levels.is_empty()).then(|| f64::from(sum) / levels.len() as f64);
            prop_assert_eq!(points[step].mean_level(), mean);
            prop_assert_eq!(trend.members()[step], rows.iter().filter(|(_, there)| there[step]).count());
        }
    }
}
