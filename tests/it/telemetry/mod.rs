//! What the service tells about itself, read as an operator reads it: the real binary, its log, its `/metrics`
//! and what it sends to an OTLP receiver.

mod lines;
mod metrics;
mod receivers;
mod sink;
mod traces;

use assay::domain::{assessments::AssessmentSource, teams::TeamRole};
use reqwest::{Client, RequestBuilder, Response};
use serde_json::{Value, json};
use sink::Sink;
use tempfile::TempDir;

use crate::{
    cli::{assay, ended, process::Running},
    support::{Rating, SkillSketch, World},
};

const MATRIX: &str = "query Matrix($slug: String!) { teamBySlug(slug: $slug) { name skillMatrix { \
                      skills { name } rows { person { displayName } levels } } } }";

/// Asks for the matrix of the team that [`furnish`] makes.
fn matrix() -> Value {
    json!({ "query": MATRIX, "variables": { "slug": "quartz-meadow" } })
}

/// A team with a lead and one rating: enough for a matrix.
async fn furnish(world: &World) {
    let team = world.team("Quartz Meadow", None).await;
    let lead = world.person_in(team, "Lena Lead", TeamRole::Lead).await;
    let category = world.category("Languages").await;
    let skill = world.skill(category, "Rust", SkillSketch::default()).await;
    let (source, observed_at) = (AssessmentSource::SelfRating, world.day(-1));
    world.rate(Rating { person: lead, skill, source, assessor: lead, level: 3, observed_at }).await;
}

/// `assay serve` on a world's database, and Lena Lead's client of it.
struct Service {
    process: Running,
    /// The lines it wrote until it served.
    beginning: Vec<Value>,
    url: String,
    token: String,
    http: Client,
    /// The key of its own issuer lives as long as it.
    _directory: TempDir,
}

impl Service {
    fn start(world: &World, more: &[(&str, &str)]) -> Self {
        let directory = tempfile::tempdir().unwrap();
        let own = [
            ("DATABASE_URL", world.url()),
            ("XDG_DATA_HOME", directory.path().to_str().unwrap()),
            ("PORT", "0"),
            ("LOG_FORMAT", "json"),
        ];
        let variables = [&own, more].concat();
        let process = Running::new(assay(directory.path(), &variables, &["serve", "--trial"]));
        let beginning = parsed(process.told_until("\"serving\""));
        let url = format!("http://{}", beginning.last().unwrap()["address"].as_str().unwrap());
        let (code, token, told) = ended(assay(directory.path(), &own, &["token", "--subject", "lena-lead"]));
        assert_eq!(code, 0, "{told}");
        let http = Client::builder().no_proxy().build().unwrap();
        Self { process, beginning, url, token: token.trim_end().to_owned(), http, _directory: directory }
    }

    /// An operation, yet to be sent.
    fn request(&self, id: &str, body: &Value) -> RequestBuilder {
        let request = self.http.post(format!("{}/graphql", self.url)).bearer_auth(&self.token);
        request.header("x-request-id", id).json(body)
    }

    async fn ask(&self, id: &str, body: &Value) -> Value {
        let answer = self.request(id, body).send().await.unwrap();
        assert_eq!(answer.status(), 200);
        answer.json().await.unwrap()
    }

    /// Asks with a token that nobody signed, and is refused.
    async fn ask_in_vain(&self, id: &str) {
        let request = self.http.post(format!("{}/graphql", self.url)).bearer_auth("x");
        let answer = request.header("x-request-id", id).json(&matrix()).send().await.unwrap();
        assert_eq!(answer.status(), 401);
    }

    async fn get(&self, path: &str) -> Response {
        self.http.get(format!("{}{path}", self.url)).send().await.unwrap()
    }

    /// What it has logged, up to the line that tells of the request `id`.
    fn lines_until(&self, id: &str) -> Vec<Value> {
        parsed(self.process.told_until(&format!("\"request_id\":\"{id}\"")))
    }
}

fn parsed(lines: Vec<String>) -> Vec<Value> {
    lines.iter().map(|line| serde_json::from_str(line).unwrap()).collect()
}
