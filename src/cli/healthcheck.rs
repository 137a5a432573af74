//! `assay healthcheck`: asks the service on this machine how it is, for containers that hold no other
//! program that could.

use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    time::Duration,
};

use clap::Args;

use crate::{
    cli::{answer, failure::Failure},
    config::{HttpSettings, Settings, parse_duration},
};

/// Ask the service on this machine whether it is ready; exits 1 when it is not.
///
/// Asks /readyz at the HOST and PORT of the settings; where HOST is every address, on the loopback.
#[derive(Debug, Args)]
#[command(
    after_help = "Example, in a Dockerfile:\n  HEALTHCHECK --interval=10s CMD [\"assay\", \"healthcheck\"]"
)]
pub(super) struct Healthcheck {
    /// Ask /livez instead: whether the process answers at all, whatever its database does
    #[arg(long)]
    live: bool,
    /// The port it listens on, instead of PORT
    #[arg(long)]
    port: Option<u16>,
    /// How long to wait for the answer
    #[arg(long, value_name = "DURATION", default_value = "3s", value_parser = parse_wait)]
    timeout: Duration,
}

impl Healthcheck {
    pub(super) async fn run(self, settings: &Settings) -> Result<(), Failure> {
        let path = if self.live { "/livez" } else { "/readyz" };
        let address = address(&settings.http, self.port);
        let url = format!("http://{address}{path}");
        let failed = |error: reqwest::Error| {
            let why = if error.is_timeout() { "no answer in time" } else { "nothing answers" };
            Failure::Failed(format!(
                "{url}: {why}: is the service running, and is PORT the one it listens on?"
            ))
        };
        // A proxy of the environment is for the way out.
        let client = reqwest::Client::builder().no_proxy().timeout(self.timeout).build().map_err(failed)?;
        let told = client.get(&url).send().await.map_err(failed)?;
        let (status, body) = (told.status(), told.text().await.map_err(failed)?);
        if status.is_success() {
            return answer(&format!("{body}\n"));
        }
        Err(Failure::Failed(format!("{url} answers {status}: {body}")))
    }
}

fn address(http: &HttpSettings, port: Option<u16>) -> SocketAddr {
    let host = match http.host {
        IpAddr::V4(host) if host.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(host) if host.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        host => host,
    };
    SocketAddr::new(host, port.unwrap_or(http.port))
}

fn parse_wait(text: &str) -> Result<Duration, String> {
    parse_duration(text).ok_or_else(|| "give a length of time such as 3s".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_listens_everywhere_is_asked_on_the_loopback() {
        let asked = |host: &str| {
            let host = host.parse().unwrap();
            address(&HttpSettings { host, ..HttpSettings::default() }, None).to_string()
        };
        assert_eq!(asked("0.0.0.0"), "127.0.0.1:8080");
        assert_eq!(asked("::"), "[::1]:8080");
        assert_eq!(asked("10.0.0.7"), "10.0.0.7:8080");
    }
}
