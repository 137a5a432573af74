//! What keeps trees trees and redirects ends: no circle is closed, and a chain of merges reads as one.
//!
//! Works on any id; where the edges come from is the caller's.

use std::collections::BTreeSet;

/// Whether hanging `child` below `new_parent` would close a circle. `parent_of` gives the parent as
/// things stand; a circle that is already there is reported too, instead of being walked for ever.
pub fn would_cycle<T: Copy + Ord>(parent_of: impl Fn(T) -> Option<T>, child: T, new_parent: T) -> bool {
    let mut seen = BTreeSet::from([child]);
    let mut above = Some(new_parent);
    while let Some(node) = above {
        if !seen.insert(node) {
            return true;
        }
        above = parent_of(node);
    }
    false
}

/// Whether adding `from → to` would close a circle in a graph where a node may have several
/// successors, such as PREREQUISITE or BROADER.
pub fn would_close_circle<T, I>(successors_of: impl Fn(T) -> I, from: T, to: T) -> bool
where
    T: Copy + Ord,
    I: IntoIterator<Item = T>,
{
    let mut seen = BTreeSet::new();
    let mut open = vec![to];
    while let Some(node) = open.pop() {
        if node == from {
            return true;
        }
        if seen.insert(node) {
            open.extend(successors_of(node));
        }
    }
    false
}

/// Where a redirect ends: the canonical id behind `start`. A circle, which [`would_cycle`] keeps out,
/// ends at the id where it closes, so that no read ever hangs on bad data.
pub fn canonical<T: Copy + Ord>(redirect_of: impl Fn(T) -> Option<T>, start: T) -> T {
    let mut seen = BTreeSet::from([start]);
    let mut at = start;
    while let Some(next) = redirect_of(at) {
        if !seen.insert(next) {
            break;
        }
        at = next;
    }
    at
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::{collection::vec, prelude::*};

    use super::*;
    use crate::domain::sampling::cases;

    type Parents = BTreeMap<u8, u8>;

    fn parent(parents: &Parents) -> impl Fn(u8) -> Option<u8> {
        |node| parents.get(&node).copied()
    }

    /// Whether some node is its own ancestor, found by walking further than there are nodes.
    fn has_circle(parents: &Parents) -> bool {
        parents.keys().any(|start| (0..300).try_fold(*start, |node, _| parent(parents)(node)).is_some())
    }

    proptest! {
        #![proptest_config(cases())]

        #[test]
        fn moves_that_are_let_through_keep_a_tree_and_the_others_would_not(
            moves in vec((0_u8..12, 0_u8..12), 0..60),
        ) {
            let mut parents = Parents::new();
            for (child, new_parent) in moves {
                let mut moved = parents.clone();
                moved.insert(child, new_parent);
                let refused = would_cycle(parent(&parents), child, new_parent);
                prop_assert_eq!(refused, has_circle(&moved), "{} below {}", child, new_parent);
                if !refused {
                    parents = moved;
                }
            }
        }

        #[test]
        fn a_merged_skill_reads_as_one_that_is_not_merged(
            merges in vec((0_u8..12, 0_u8..12), 0..40),
            undone in vec(0_u8..12, 0..6),
        ) {
            let mut redirects = Parents::new();
            for (from, into) in merges {
                // A skill is merged once, and into the one that `into` reads as.
                let into = canonical(parent(&redirects), into);
                if !redirects.contains_key(&from) && !would_cycle(parent(&redirects), from, into) {
                    redirects.insert(from, into);
                }
            }
            for from in undone {
                redirects.remove(&from);
            }
            for skill in 0..12 {
                let end = canonical(parent(&redirects), skill);
                prop_assert!(!redirects.contains_key(&end));
                prop_assert_eq!(canonical(parent(&redirects), end), end);
                if let Some(next) = redirects.get(&skill) {
                    prop_assert_eq!(canonical(parent(&redirects), *next), end, "the chain collapses");
                }
            }
        }

        #[test]
        fn edges_that_are_let_through_can_always_be_put_in_order(
            edges in vec((0_u8..8, 0_u8..8), 0..30),
        ) {
            let mut graph: BTreeSet<(u8, u8)> = BTreeSet::new();
            for (from, to) in edges {
                let successors = |node| graph.iter().filter(move |e| e.0 == node).map(|e| e.1).collect::<Vec<_>>();
                if !would_close_circle(successors, from, to) {
                    graph.insert((from, to));
                }
            }
            // Kahn: take away nodes nothing points at until none are left.
            let mut left: BTreeSet<u8> = (0..8).collect();
            while let Some(free) = left.iter().copied().find(|n| !graph.iter().any(|e| e.1 == *n)) {
                left.remove(&free);
                graph.retain(|e| e.0 != free);
            }
            prop_assert!(left.is_empty(), "a circle among {:?}", left);
        }
    }

    #[test]
    fn a_node_below_itself_and_an_edge_back_are_circles() {
        assert!(would_cycle(|_| None, 1, 1));
        assert!(would_close_circle(|n| if n == 2 { vec![1] } else { vec![] }, 1, 2));
        assert!(!would_close_circle(|n| if n == 1 { vec![2] } else { vec![] }, 1, 2), "already there");
    }

    #[test]
    fn a_circle_already_there_is_reported_and_ends_a_read() {
        let circle = Parents::from([(1, 2), (2, 1)]);
        assert!(would_cycle(parent(&circle), 3, 1));
        assert_eq!(canonical(parent(&circle), 1), 2);
    }
}
