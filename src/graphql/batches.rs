//! Runs the batches of an operation's loaders inside the operation's own task.
//!
//! A loader starts a batch when the first key is asked for. Given to the runtime, the batch could begin
//! on another thread while the resolvers are still asking for more keys, and one statement would become
//! two, now and then. Here a batch begins only after every resolver that can go on has gone on: without
//! a wait, and with the same statements each time.

use std::{
    any::TypeId,
    future::{Future, poll_fn},
    pin::pin,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    task::Poll,
    time::Duration,
};

use async_graphql::{Data, Executor, Request, Response, runtime::Timer};
use futures_util::{
    FutureExt, StreamExt,
    future::{BoxFuture, ready},
    stream::FuturesUnordered,
    task::{FutureObj, Spawn, SpawnError},
};

/// The batches that the loaders of one operation have begun.
#[derive(Debug, Clone, Default)]
pub struct Batches(Arc<Begun>);

#[derive(Debug, Default)]
struct Begun {
    waiting: Mutex<Vec<FutureObj<'static, ()>>>,
    /// Somebody takes from `waiting`; else the runtime runs each batch by itself.
    driven: AtomicBool,
}

impl Spawn for Batches {
    fn spawn_obj(&self, batch: FutureObj<'static, ()>) -> Result<(), SpawnError> {
        if self.0.driven.load(Ordering::Acquire) {
            self.0.waiting.lock().unwrap_or_else(PoisonError::into_inner).push(batch);
        } else {
            tokio::spawn(batch);
        }
        Ok(())
    }
}

/// Waits for nothing: when a batch is looked at, all its keys are there.
#[derive(Debug, Clone, Copy)]
pub struct AtOnce;

impl Timer for AtOnce {
    fn delay(&self, _: Duration) -> BoxFuture<'static, ()> {
        ready(()).boxed()
    }
}

impl Batches {
    fn of(data: &Data) -> Option<Self> {
        data.get(&TypeId::of::<Self>())?.downcast_ref().cloned()
    }

    fn take(&self) -> Vec<FutureObj<'static, ()>> {
        std::mem::take(&mut *self.0.waiting.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Runs `operation` together with the batches it begins.
    async fn together<F: Future>(self, operation: F) -> F::Output {
        self.0.driven.store(true, Ordering::Release);
        let mut operation = pin!(operation);
        let mut running = FuturesUnordered::new();
        poll_fn(|cx| {
            loop {
                if let Poll::Ready(done) = operation.as_mut().poll(cx) {
                    return Poll::Ready(done);
                }
                running.extend(self.take());
                let mut any_ended = false;
                while let Poll::Ready(Some(())) = running.poll_next_unpin(cx) {
                    any_ended = true;
                }
                // What ended has woken resolvers, which may go on at once.
                if !any_ended {
                    return Poll::Pending;
                }
            }
        })
        .await
    }
}

/// Executes one operation, with its batches in the same task.
pub async fn execute(schema: &impl Executor, request: Request) -> Response {
    match Batches::of(&request.data) {
        Some(batches) => batches.together(schema.execute(request)).await,
        None => schema.execute(request).await,
    }
}
