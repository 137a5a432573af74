//! Collecting every broken rule of an input before anything is refused, so that a client sees them all.

use crate::{
    app::{Refusal, RefusalCode},
    domain::values::Rule,
};

/// The broken rules so far.
#[derive(Debug, Default)]
pub struct Checks(Vec<Refusal>);

impl Checks {
    /// Keeps the value, or notes the rule it broke at `field`.
    pub fn keep<T>(&mut self, field: &str, checked: Result<T, Rule>) -> Option<T> {
        checked.map_err(|rule| self.refuse(RefusalCode::Invalid, field, rule)).ok()
    }

    /// The same for a value that may be absent.
    pub fn keep_some<T, U>(
        &mut self,
        field: &str,
        value: Option<U>,
        check: impl FnOnce(U) -> Result<T, Rule>,
    ) -> Option<T> {
        value.and_then(|value| self.keep(field, check(value)))
    }

    /// Notes a broken rule; the message names the field.
    pub fn refuse(&mut self, code: RefusalCode, field: &str, rule: &str) {
        // The element of a list goes by the list's name, not by its number.
        let name = field.rsplit('.').find(|part| part.parse::<usize>().is_err()).unwrap_or(field);
        self.0.push(Refusal::new(code, field, format!("{name} {rule}.")));
    }

    /// Notes `rule` at `field` unless it holds.
    pub fn hold(&mut self, field: &str, holds: bool, rule: Rule) {
        if !holds {
            self.refuse(RefusalCode::Invalid, field, rule);
        }
    }

    /// All is well, or every broken rule.
    ///
    /// # Errors
    /// The broken rules.
    pub fn done(self) -> Result<(), Vec<Refusal>> {
        if self.0.is_empty() { Ok(()) } else { Err(self.0) }
    }
}
