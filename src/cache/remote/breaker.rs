//! When to leave a server alone: after some failures in a row, for a pause that grows with each probe
//! that fails. Pure: the instant comes in, and nothing is called from here.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

/// So many failures in a row open it.
const FAILURES: u32 = 3;
const FIRST_PAUSE: Duration = Duration::from_millis(500);
const LONGEST_PAUSE: Duration = Duration::from_secs(15);

/// A circuit breaker.
#[derive(Debug)]
pub(super) struct Breaker(Mutex<State>);

#[derive(Debug, Clone, Copy)]
enum State {
    /// Nothing was heard yet.
    Untried,
    Closed {
        failures: u32,
    },
    Open {
        until: Instant,
        pause: Duration,
        probing: bool,
    },
}

/// What the calls so far tell of the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Nothing: none has come to its end.
    Unknown,
    /// The last one was answered.
    Well,
    /// The last one failed.
    Failing,
}

/// What to do about a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Admission {
    /// Make it.
    Call,
    /// Leave it.
    Skip,
    /// Leave it, but see whether the server is back: of many who ask, one is told so.
    Probe,
}

impl Breaker {
    /// A closed one.
    pub(super) const fn new() -> Self {
        Self(Mutex::new(State::Untried))
    }

    pub(super) fn standing(&self) -> Standing {
        match *self.state() {
            State::Untried => Standing::Unknown,
            State::Closed { failures: 0 } => Standing::Well,
            State::Closed { .. } | State::Open { .. } => Standing::Failing,
        }
    }

    pub(super) fn is_open(&self) -> bool {
        matches!(*self.state(), State::Open { .. })
    }

    pub(super) fn admit(&self, now: Instant) -> Admission {
        match &mut *self.state() {
            State::Untried | State::Closed { .. } => Admission::Call,
            State::Open { until, probing, .. } if now >= *until && !*probing => {
                *probing = true;
                Admission::Probe
            }
            State::Open { .. } => Admission::Skip,
        }
    }

    /// A call came to its end. Says whether that opened it.
    pub(super) fn called(&self, well: bool, now: Instant) -> bool {
        let mut state = self.state();
        // What was under way when it opened says nothing new.
        let failures = match *state {
            State::Untried => 0,
            State::Closed { failures } => failures,
            State::Open { .. } => return false,
        };
        let failures = if well { 0 } else { failures + 1 };
        let opens = failures >= FAILURES;
        *state = if opens {
            State::Open { until: now + FIRST_PAUSE, pause: FIRST_PAUSE, probing: false }
        } else {
            State::Closed { failures }
        };
        opens
    }

    /// A probe came to its end. Says whether that closed it.
    pub(super) fn probed(&self, well: bool, now: Instant) -> bool {
        let mut state = self.state();
        let State::Open { pause, .. } = *state else { return false };
        *state = if well {
            State::Closed { failures: 0 }
        } else {
            let pause = (pause * 2).min(LONGEST_PAUSE);
            State::Open { until: now + pause, pause, probing: false }
        };
        well
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opened(now: Instant) -> Breaker {
        let breaker = Breaker::new();
        let told: Vec<bool> = (0..FAILURES).map(|_| breaker.called(false, now)).collect();
        assert_eq!(told, [false, false, true], "the third failure in a row opens it, once");
        breaker
    }

    #[test]
    fn it_opens_after_failures_in_a_row_and_not_after_as_many_apart() {
        let now = Instant::now();
        let breaker = Breaker::new();
        for _ in 0..10 {
            assert!(!breaker.called(false, now) && !breaker.called(false, now) && !breaker.called(true, now));
        }
        assert_eq!(breaker.admit(now), Admission::Call);
        assert!(opened(now).is_open());
    }

    #[test]
    fn while_it_is_open_nothing_is_called_and_after_the_pause_one_probe_goes_out() {
        let now = Instant::now();
        let breaker = opened(now);
        assert_eq!(breaker.admit(now + FIRST_PAUSE - Duration::from_nanos(1)), Admission::Skip);
        let later = now + FIRST_PAUSE;
        let told: Vec<Admission> = (0..3).map(|_| breaker.admit(later)).collect();
        assert_eq!(told, [Admission::Probe, Admission::Skip, Admission::Skip]);
        assert!(breaker.probed(true, later));
        assert_eq!(breaker.admit(later), Admission::Call);
    }

    #[test]
    fn each_probe_that_fails_doubles_the_pause_up_to_a_bound() {
        let mut now = Instant::now();
        let breaker = opened(now);
        let mut pauses = Vec::new();
        let mut pause = FIRST_PAUSE;
        for _ in 0..8 {
            now += pause;
            assert_eq!(breaker.admit(now), Admission::Probe, "after {pause:?}");
            assert!(!breaker.probed(false, now));
            pause = (pause * 2).min(LONGEST_PAUSE);
            assert_eq!(breaker.admit(now + pause - Duration::from_nanos(1)), Admission::Skip);
            pauses.push(pause);
        }
        assert_eq!(pauses.last(), Some(&LONGEST_PAUSE));
    }

    #[test]
    fn nothing_is_known_before_the_first_call_and_then_what_the_last_one_told() {
        let now = Instant::now();
        let breaker = Breaker::new();
        assert_eq!(breaker.standing(), Standing::Unknown);
        assert_eq!(breaker.admit(now), Admission::Call);
        assert_eq!(breaker.standing(), Standing::Unknown, "it was begun, not ended");
        for (well, standing) in
            [(false, Standing::Failing), (true, Standing::Well), (false, Standing::Failing)]
        {
            breaker.called(well, now);
            assert_eq!(breaker.standing(), standing);
        }
        assert_eq!(opened(now).standing(), Standing::Failing);
    }

    #[test]
    fn calls_that_end_after_it_opened_change_nothing() {
        let now = Instant::now();
        let breaker = opened(now);
        assert!(!breaker.called(true, now) && !breaker.called(false, now));
        assert!(breaker.is_open());
    }
}
