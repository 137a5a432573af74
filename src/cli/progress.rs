//! Where long work stands, on standard error: a bar on a terminal, a line for each tenth elsewhere.

use std::io::{IsTerminal, Write, stderr};

use indicatif::{ProgressBar, ProgressStyle};

use crate::app::{Progress, Watch};

/// What a bar shows.
const BAR: &str = "{msg:24} {wide_bar} {human_pos}/{human_len}  {elapsed} (about {eta} more)";

/// Shows each moment it is told of.
pub(super) fn shown() -> Watch {
    if stderr().is_terminal() { on_a_terminal() } else { in_lines() }
}

fn on_a_terminal() -> Watch {
    let style = ProgressStyle::with_template(BAR).unwrap_or_else(|_| ProgressStyle::default_bar());
    let mut shown: Option<(&'static str, ProgressBar)> = None;
    Box::new(move |Progress { what, done, of }| {
        if shown.as_ref().is_none_or(|(before, _)| *before != what) {
            let bar = ProgressBar::new(of).with_style(style.clone()).with_message(what);
            if let Some((_, before)) = shown.replace((what, bar)) {
                before.finish();
            }
        }
        if let Some((_, bar)) = &shown {
            bar.set_length(of);
            bar.set_position(done);
            if done >= of {
                bar.finish();
            }
        }
    })
}

fn in_lines() -> Watch {
    let mut told: Option<(&'static str, u64)> = None;
    Box::new(move |Progress { what, done, of }| {
        let tenth = done * 10 / of.max(1);
        if told != Some((what, tenth)) {
            told = Some((what, tenth));
            // Nobody reads it when it is closed.
            let _ = writeln!(stderr(), "{what}: {done} of {of}");
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_moment_can_be_shown_also_of_nothing() {
        for mut watch in [on_a_terminal(), in_lines()] {
            for (what, done, of) in [("people", 0, 10), ("people", 10, 10), ("nothing", 0, 0)] {
                watch(Progress { what, done, of });
            }
        }
    }
}
