//! How two versions differ: what one requires more, less or otherwise, and what else was added or taken away.
//! Order is no difference.

use crate::domain::{
    ids::SkillId,
    profiles::{RoleProfileContent, RoleSkillRequirement},
};

/// A requirement that is not the same in both versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequirementChange {
    /// The skill.
    pub skill_id: SkillId,
    /// As it was; `None` when it was added.
    pub before: Option<RoleSkillRequirement>,
    /// As it is; `None` when it was taken away.
    pub after: Option<RoleSkillRequirement>,
}

/// What one list has and the other has not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changes<T> {
    /// Only in the later one, in its order.
    pub added: Vec<T>,
    /// Only in the earlier one, in its order.
    pub removed: Vec<T>,
}

/// The requirements that differ: those of the earlier version in its order, then the added ones.
#[must_use]
pub fn requirements(before: &RoleProfileContent, after: &RoleProfileContent) -> Vec<RequirementChange> {
    let of = |content: &RoleProfileContent, skill: SkillId| {
        content.requirements.iter().find(|item| item.skill_id == skill).cloned()
    };
    let known = before.requirements.iter().map(|item| item.skill_id);
    let added = after.requirements.iter().map(|item| item.skill_id);
    let added = added.filter(|skill| of(before, *skill).is_none());
    known
        .chain(added)
        .map(|skill_id| RequirementChange {
            skill_id,
            before: of(before, skill_id),
            after: of(after, skill_id),
        })
        .filter(|change| change.before != change.after)
        .collect()
}

/// What was added to a list and what was taken away; an item that stands twice counts twice.
#[must_use]
pub fn changes<T: PartialEq + Clone>(before: &[T], after: &[T]) -> Changes<T> {
    Changes { added: without(after, before), removed: without(before, after) }
}

fn without<T: PartialEq + Clone>(list: &[T], other: &[T]) -> Vec<T> {
    let mut left: Vec<&T> = other.iter().collect();
    let mut rest = Vec::new();
    for item in list {
        match left.iter().position(|found| *found == item) {
            Some(at) => drop(left.swap_remove(at)),
            None => rest.push(item.clone()),
        }
    }
    rest
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*};

    use super::*;
    use crate::domain::{
        levels::Level,
        profiles::Importance,
        sampling::{cases, id},
    };

    fn requires(levels: &[(u8, usize)]) -> RoleProfileContent {
        let mut requirements: Vec<RoleSkillRequirement> = Vec::new();
        for (skill, level) in levels {
            let skill_id = id(u128::from(*skill));
            if requirements.iter().all(|item| item.skill_id != skill_id) {
                let (required_level, importance) = (Level::ALL[*level], Importance::Must);
                requirements.push(RoleSkillRequirement { skill_id, required_level, importance, weight: 3 });
            }
        }
        RoleProfileContent { requirements, ..RoleProfileContent::default() }
    }

    #[test]
    fn a_requirement_is_added_taken_away_or_changed() {
        let (before, after) = (requires(&[(1, 2), (2, 3), (3, 3)]), requires(&[(4, 1), (3, 3), (1, 4)]));
        let told: Vec<_> = requirements(&before, &after)
            .into_iter()
            .map(|change| {
                let level = |item: Option<RoleSkillRequirement>| item.map(|item| item.required_level.value());
                (change.skill_id, level(change.before), level(change.after))
            })
            .collect();
        assert_eq!(told, [(id(1), Some(2), Some(4)), (id(2), Some(3), None), (id(4), None, Some(1))]);
    }

    proptest! {
        #![proptest_config(cases())]

        #[test]
        fn what_differs_is_all_that_makes_the_one_the_other(
            before in vec(0_u8..6, 0..12),
            after in vec(0_u8..6, 0..12),
        ) {
            let Changes { added, removed } = changes(&before, &after);
            let mut made = before.clone();
            for item in &removed {
                let at = made.iter().position(|other| other == item).unwrap();
                made.remove(at);
            }
            made.extend(&added);
            let mut expected = after.clone();
            made.sort_unstable();
            expected.sort_unstable();
            prop_assert_eq!(made, expected);
            prop_assert_eq!(changes(&after, &before), Changes { added: removed, removed: added });
        }

        #[test]
        fn a_version_differs_from_itself_in_nothing_whatever_the_order(
            levels in vec((0_u8..9, 1_usize..6), 0..9),
        ) {
            let content = requires(&levels);
            let mut other = content.clone();
            other.requirements.reverse();
            prop_assert_eq!(requirements(&content, &other), Vec::new());
        }
    }
}
