//! The HTTP layer over real sockets, with a schema small enough to see through.

mod answers;
mod permission;
mod process;
mod real;
mod requests;

use std::{net::SocketAddr, time::Duration};

use async_graphql::{Data, EmptySubscription, Error, Object, Schema};
use reqwest::{Client, Method, RequestBuilder, Response};
use serde_json::{Value, json};
use tempfile::TempDir;

use assay::{
    auth::{
        Verifier,
        issuer::{Grant, Issuer},
    },
    cache::Cache,
    config::{DatabaseSettings, HttpSettings, Settings, clock::Clock},
    graphql::{
        self,
        service::{Caller, Service},
    },
    http::{AppParts, ServerSettings, serve},
    store::{Store, StoreError},
};

struct Query;

impl Query {
    fn never(&self) -> Option<i32> {
        None
    }
}

#[Object]
impl Query {
    /// Who asks.
    async fn subject(&self, ctx: &async_graphql::Context<'_>) -> Option<String> {
        let caller = ctx.data_opt::<Caller>()?;
        caller.viewer.identity().map(|identity| identity.subject.clone())
    }

    async fn double(&self, n: i32) -> i32 {
        n * 2
    }

    async fn born(&self, on: chrono::NaiveDate) -> String {
        on.to_string()
    }

    async fn broken(&self) -> Option<Result<i32, Error>> {
        Some(Err(std::io::Error::other("secret detail of a fault").into()))
    }

    async fn untold(&self) -> Result<i32, Error> {
        Err(Error::new("secret detail without a code"))
    }

    async fn away(&self) -> Result<i32, Error> {
        Err(StoreError::Unavailable("secret host".into()).into())
    }

    async fn panics(&self) -> i32 {
        self.never().expect("secret panic")
    }

    async fn slow(&self) -> i32 {
        tokio::time::sleep(Duration::from_secs(60)).await;
        1
    }

    async fn wait(&self, ms: u64) -> u64 {
        tokio::time::sleep(Duration::from_millis(ms)).await;
        ms
    }

    async fn blocks(&self) -> i32 {
        std::thread::sleep(Duration::from_millis(1_500));
        1
    }

    async fn text(&self, length: usize) -> String {
        "skills ".repeat(length)
    }
}

struct Mutation;

#[Object]
impl Mutation {
    async fn touch(&self) -> i32 {
        1
    }
}

/// A running server, a client, and a key to sign tokens with.
struct World {
    address: SocketAddr,
    client: Client,
    token: String,
    /// The database file lives as long as the server.
    _directory: TempDir,
}

fn settings() -> ServerSettings {
    told(false)
}

fn told(production: bool) -> ServerSettings {
    let http = HttpSettings { port: 0, ..HttpSettings::default() };
    ServerSettings::new(&Settings { production, http, ..Settings::default() })
}

async fn world() -> World {
    world_with(settings()).await
}

async fn world_with(settings: ServerSettings) -> World {
    let (parts, token, directory) = parts(true).await;
    served(parts, token, directory, settings)
}

/// The schema that the service really has, over an empty database.
async fn real_world() -> World {
    let (mut parts, token, directory) = parts(true).await;
    let (store, clock, cache) = (parts.store.clone(), parts.clock.clone(), Cache::Off);
    parts.service = Service::new(graphql::build(1_000), move |Caller { viewer, request_id }: Caller| {
        graphql::context::prepare(store.clone(), cache.clone(), viewer, clock.now(), request_id)
    });
    served(parts, token, directory, settings())
}

fn served(parts: AppParts, token: String, directory: TempDir, settings: ServerSettings) -> World {
    let server = serve(parts, settings).unwrap();
    let address = server.address();
    tokio::spawn(server.run_until(std::future::pending()));
    World { address, client: client(), token, _directory: directory }
}

fn client() -> Client {
    Client::builder().no_proxy().timeout(Duration::from_secs(20)).build().unwrap()
}

async fn parts(migrated: bool) -> (AppParts, String, TempDir) {
    let directory = tempfile::tempdir().unwrap();
    let database = DatabaseSettings::at(format!("sqlite://{}/assay.db?mode=rwc", directory.path().display()));
    if migrated {
        Store::migrate_up(&database).await.unwrap();
    }
    let (clock, issuer) = (Clock::system(), Issuer::ephemeral().unwrap());
    let token = issuer.mint(&Grant::to("ada", &[]), clock.now()).unwrap();
    let schema = Schema::new(Query, Mutation, EmptySubscription);
    let parts = AppParts {
        service: Service::new(schema, async |caller: Caller| {
            let mut data = Data::default();
            data.insert(caller);
            Ok(data)
        }),
        verifier: Verifier::of_issuer(&issuer, clock.clone(), Duration::from_secs(86_400)).unwrap(),
        store: Store::connect(&database).await.unwrap(),
        cache: Cache::Off,
        clock,
        sdl: "type Query { subject: String }\n".into(),
        jwks: Some(serde_json::to_string(&issuer.jwks()).unwrap()),
    };
    (parts, token, directory)
}

const GRAPHQL: &str = "application/graphql-response+json";

impl World {
    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// A request without a token.
    fn anonymous(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, self.url(path))
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.anonymous(method, path).bearer_auth(&self.token)
    }

    /// A POST of `body` as JSON, answered in the newer media type.
    async fn post(&self, body: &Value) -> Response {
        self.request(Method::POST, "/graphql").header("accept", GRAPHQL).json(body).send().await.unwrap()
    }

    /// The status and the body of a query, answered in the newer media type.
    async fn query(&self, document: &str) -> (u16, Value) {
        taken(self.post(&json!({ "query": document })).await).await
    }
}

async fn taken(response: Response) -> (u16, Value) {
    let status = response.status().as_u16();
    (status, response.json().await.unwrap())
}

fn code(body: &Value) -> &str {
    body["errors"][0]["extensions"]["code"].as_str().unwrap_or_default()
}
