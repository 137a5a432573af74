//! Many who ask for one thing at once.

use chrono::TimeDelta;
use tokio::task::{JoinHandle, yield_now};

use super::source::Desk;
use crate::{cache::Cache, domain::time::Timestamp};

const MANY: usize = 100;

fn memory() -> Cache {
    Cache::in_process(1 << 20)
}

/// Lets `MANY` ask, until each waits for something.
async fn all_ask(desk: &Desk, cache: &Cache) -> Vec<JoinHandle<Result<i64, &'static str>>> {
    let ask = |_| {
        let (desk, cache) = (desk.clone(), cache.clone());
        tokio::spawn(async move { desk.ask(&cache).await })
    };
    let asked = (0..MANY).map(ask).collect();
    for _ in 0..MANY {
        yield_now().await;
    }
    asked
}

async fn answers(asked: Vec<JoinHandle<Result<i64, &'static str>>>) -> Vec<Result<i64, &'static str>> {
    let mut answers = Vec::new();
    for one in asked {
        answers.push(one.await.expect("no panic"));
    }
    answers
}

#[tokio::test]
async fn what_is_remembered_is_not_read_again_until_a_write() {
    let (desk, cache) = (Desk::open(), memory());
    assert_eq!([desk.ask(&cache).await, desk.ask(&cache).await], [Ok(1), Ok(1)]);
    assert_eq!(desk.reads(), 1);
    desk.write();
    assert_eq!([desk.ask(&cache).await, desk.ask(&cache).await], [Ok(2), Ok(2)]);
    assert_eq!(desk.reads(), 2);
    cache.forget();
    assert_eq!((desk.ask(&cache).await, desk.reads()), (Ok(2), 3));
}

#[tokio::test]
async fn the_clock_alone_ends_what_is_remembered() {
    let end = Timestamp::UNIX_EPOCH + TimeDelta::days(1);
    let (desk, cache) = (Desk::until(Some(end)), memory());
    desk.let_through(2);
    for (at, reads) in
        [(end - TimeDelta::microseconds(2), 1), (end - TimeDelta::microseconds(1), 1), (end, 2)]
    {
        desk.set_clock(at);
        assert_eq!((desk.ask(&cache).await, desk.reads()), (Ok(1), reads), "at {at}");
    }
}

#[tokio::test]
async fn without_a_memory_everyone_reads() {
    let desk = Desk::open();
    assert_eq!(answers(all_ask(&desk, &Cache::Off).await).await, vec![Ok(1); MANY]);
    assert_eq!(desk.reads(), MANY);
}

#[tokio::test]
async fn of_many_who_ask_at_once_one_reads() {
    let (desk, cache) = (Desk::closed(), memory());
    let asked = all_ask(&desk, &cache).await;
    assert_eq!(desk.reads(), 1);
    desk.let_through(MANY);
    assert_eq!(answers(asked).await, vec![Ok(1); MANY]);
    assert_eq!(desk.reads(), 1);
}

#[tokio::test]
async fn a_failure_is_told_to_the_one_who_met_it() {
    let (desk, cache) = (Desk::closed(), memory());
    desk.fail(1);
    let asked = all_ask(&desk, &cache).await;
    desk.let_through(MANY);
    let answers = answers(asked).await;
    assert_eq!(answers.iter().filter(|answer| answer.is_err()).count(), 1);
    assert_eq!(answers.iter().filter(|answer| **answer == Ok(1)).count(), MANY - 1);
    assert_eq!(desk.reads(), 2, "one failed, and one read for all others");
}

#[tokio::test]
async fn after_failures_everyone_is_on_their_own() {
    let (desk, cache) = (Desk::closed(), memory());
    desk.fail(2);
    let asked = all_ask(&desk, &cache).await;
    desk.let_through(2 * MANY);
    let failed = answers(asked).await.iter().filter(|answer| answer.is_err()).count();
    assert_eq!(failed, 2);
}

#[tokio::test]
async fn who_gives_up_leaves_the_work_to_another() {
    let (desk, cache) = (Desk::closed(), memory());
    let mut asked = all_ask(&desk, &cache).await;
    asked.remove(0).abort();
    for _ in 0..MANY {
        yield_now().await;
    }
    assert_eq!(desk.reads(), 2, "one of those who waited has begun anew");
    desk.let_through(MANY);
    assert_eq!(answers(asked).await, vec![Ok(1); MANY - 1]);
    assert_eq!(desk.reads(), 2);
}

#[tokio::test]
async fn nobody_is_given_what_was_read_before_a_write_they_came_after() {
    let (desk, cache) = (Desk::closed(), memory());
    let early = all_ask(&desk, &cache).await;
    desk.write();
    let late = all_ask(&desk, &cache).await;
    assert_eq!(desk.reads(), 1, "those who came late wait for it too");
    desk.let_through(10 * MANY);
    assert_eq!(answers(late).await, vec![Ok(2); MANY]);
    assert!(answers(early).await.iter().all(Result::is_ok));
}

#[tokio::test]
async fn who_waits_for_one_that_hangs_goes_on_alone() {
    let (desk, cache) = (Desk::closed(), memory());
    let hung = tokio::spawn({
        let (desk, cache) = (desk.clone(), cache.clone());
        async move { desk.ask(&cache).await }
    });
    while desk.reads() == 0 {
        yield_now().await;
    }
    let waits = tokio::spawn({
        let (desk, cache) = (desk.clone(), cache.clone());
        async move { desk.ask(&cache).await }
    });
    while desk.reads() == 1 {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    hung.abort();
    desk.let_through(MANY);
    assert_eq!(waits.await.expect("no panic"), Ok(1));
}
