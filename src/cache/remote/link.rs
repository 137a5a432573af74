//! One connection to Redis, shared by all calls: opened by the first that needs it, opened again after it
//! broke. Never blocks a start, and never judges whether a call is worth making.

use std::{
    io,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use futures_util::{
    FutureExt,
    future::{BoxFuture, Shared},
};
use redis::{AsyncConnectionConfig, Client, Cmd, FromRedisValue, RedisError, aio::MultiplexedConnection};
use tokio::time::timeout;

/// How long opening a connection may take. Calls do not wait so long: it goes on behind them.
const CONNECT: Duration = Duration::from_secs(1);

type Opened = Result<MultiplexedConnection, String>;

/// A connection that is opened once for all who wait for it.
type Opening = Shared<BoxFuture<'static, Opened>>;

/// The way to a server.
pub(super) struct Link {
    client: Client,
    slot: Mutex<Slot>,
}

#[derive(Default)]
struct Slot {
    opening: Option<Opening>,
    /// Counts the connections, so that a call forgets its own and no later one.
    number: u64,
}

impl std::fmt::Debug for Link {
    /// The address may hold a password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Link(…)")
    }
}

impl Link {
    /// Connects to nothing yet.
    pub(super) fn to(url: &str) -> Result<Self, RedisError> {
        Ok(Self { client: Client::open(url)?, slot: Mutex::default() })
    }

    /// Runs `command` and waits no longer than `budget`. A connection that has broken since its last call
    /// is opened again, once: every command of ours may be repeated.
    pub(super) async fn call<T: FromRedisValue>(&self, command: &Cmd, budget: Duration) -> Result<T, String> {
        match timeout(budget, self.try_call(command)).await {
            Ok(answer) => answer,
            Err(_) => {
                self.forget_silent();
                Err(format!("no answer within {} ms", budget.as_millis()))
            }
        }
    }

    /// Waits for a connection, as long as opening one may take.
    pub(super) async fn connect(&self) -> Result<(), String> {
        self.connection().1.await.map(drop)
    }

    async fn try_call<T: FromRedisValue>(&self, command: &Cmd) -> Result<T, String> {
        let (number, opening) = self.connection();
        let used_before = opening.peek().is_some();
        let error = match self.run(command, number, opening).await {
            Ok(answer) => return Ok(answer),
            Err(error) => error,
        };
        if used_before && error.is_unrecoverable_error() {
            let (number, opening) = self.connection();
            return self.run(command, number, opening).await.map_err(|error| error.to_string());
        }
        Err(error.to_string())
    }

    async fn run<T: FromRedisValue>(
        &self,
        command: &Cmd,
        number: u64,
        opening: Opening,
    ) -> Result<T, RedisError> {
        let mut connection = opening.await.map_err(|error| RedisError::from(io::Error::other(error)))?;
        let answer = command.query_async(&mut connection).await;
        if answer.as_ref().is_err_and(RedisError::is_unrecoverable_error) {
            self.forget(number);
        }
        answer
    }

    /// The connection, or the one that is being opened, with its number.
    fn connection(&self) -> (u64, Opening) {
        let mut slot = self.slot();
        let failed = |opening: &Opening| matches!(opening.peek(), Some(Err(_)));
        if let Some(opening) = slot.opening.as_ref().filter(|opening| !failed(opening)) {
            return (slot.number, opening.clone());
        }
        let client = self.client.clone();
        // In a task of its own, so that it goes on when the call that began it gives up.
        let task = tokio::spawn(async move { open(&client).await });
        let opening = task.map(|ended| ended.unwrap_or_else(|error| Err(error.to_string()))).boxed().shared();
        slot.number += 1;
        slot.opening = Some(opening.clone());
        (slot.number, opening)
    }

    fn forget(&self, number: u64) {
        let mut slot = self.slot();
        if slot.number == number {
            slot.opening = None;
        }
    }

    /// Forgets a connection whose other end says nothing, but not one that is being opened.
    fn forget_silent(&self) {
        let mut slot = self.slot();
        slot.opening.take_if(|opening| opening.peek().is_some());
    }

    fn slot(&self) -> MutexGuard<'_, Slot> {
        self.slot.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn open(client: &Client) -> Opened {
    let config =
        AsyncConnectionConfig::new().set_connection_timeout(Some(CONNECT)).set_response_timeout(None);
    let opened = timeout(CONNECT, client.get_multiplexed_async_connection_with_config(&config)).await;
    match opened {
        Ok(opened) => opened.map_err(|error| error.to_string()),
        Err(_) => Err(format!("no connection within {} ms", CONNECT.as_millis())),
    }
}
