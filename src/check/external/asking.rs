//! One address → a verdict. The asking itself is ureq's, with rustls.

use std::time::Duration;

use ureq::http::Response;
use ureq::{Agent, Body, Error};

/// What an answer says of a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Readers arrive.
    Good,
    /// Readers don't, for this reason.
    Broken(String),
    /// A robot can't tell, for this reason.
    Unverified(String),
}

/// Between two questions to the same host.
const PAUSE: Duration = Duration::from_millis(150);
/// Before asking again after a failure that may pass.
const PATIENCE: Duration = Duration::from_secs(2);
/// A host that asks for a longer pause is left alone.
const LONGEST_PAUSE: Duration = Duration::from_secs(20);
/// Names that stand for no host (RFC 2606, RFC 6761).
const RESERVED: &[&str] = &["example.com", "example.org", "example.net", "localhost"];
const RESERVED_ENDINGS: &[&str] =
    &[".example", ".invalid", ".test", ".localhost", ".example.com", ".example.org", ".example.net"];

/// Whether there is somebody to ask.
pub(super) fn is_askable(address: &str) -> bool {
    let is_web = address.starts_with("https://") || address.starts_with("http://");
    let name = host(address).split(':').next().unwrap_or_default();
    let is_reserved = RESERVED.contains(&name) || RESERVED_ENDINGS.iter().any(|ending| name.ends_with(ending));
    is_web && !name.is_empty() && !is_reserved
}

/// The host of an address, with its port.
pub(super) fn host(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    authority.rsplit('@').next().unwrap_or(authority)
}

/// Asks with one agent, which keeps connections open.
pub(super) struct Asker {
    agent: Agent,
}

impl Asker {
    pub(super) fn new(timeout_seconds: u64) -> Self {
        let config = Agent::config_builder()
            .timeout_global(Some(Duration::from_secs(timeout_seconds)))
            .http_status_as_error(false)
            .user_agent(concat!("Mozilla/5.0 (compatible; Letterpress/", env!("CARGO_PKG_VERSION"), "; link check)"));
        Self { agent: config.build().into() }
    }

    /// Waits before every question to a host but the first.
    pub(super) fn pause(&self, place: usize) {
        if place > 0 {
            std::thread::sleep(PAUSE);
        }
    }

    /// Asks without the body first; many servers answer that wrongly, so a bad answer counts only if the whole question gets it too.
    pub(super) fn ask(&self, address: &str) -> Verdict {
        match self.agent.head(address).call() {
            Ok(answer) if matches!(answer.status().as_u16(), 200..=399) => return Verdict::Good,
            // Who asks for a pause would take the whole question for impatience.
            Ok(answer) if matches!(answer.status().as_u16(), 429 | 503) => match pause_asked_for(&answer) {
                Some(pause) if pause > LONGEST_PAUSE => return busy_for(pause),
                pause => std::thread::sleep(pause.unwrap_or(PATIENCE)),
            },
            Ok(_) => {}
            Err(error) if !may_pass(&error) => return failed(&error),
            Err(_) => {}
        }
        self.ask_whole(address, true)
    }

    fn ask_whole(&self, address: &str, again: bool) -> Verdict {
        let answer = self.agent.get(address).call();
        let pause = match &answer {
            Ok(answer) if is_busy(answer.status().as_u16()) => Some(pause_asked_for(answer).unwrap_or(PATIENCE)),
            Err(error) if may_pass(error) => Some(PATIENCE),
            _ => None,
        };
        match (pause, answer) {
            (Some(pause), _) if pause > LONGEST_PAUSE => busy_for(pause),
            (Some(pause), _) if again => {
                std::thread::sleep(pause);
                self.ask_whole(address, false)
            }
            (_, Ok(answer)) => answered(answer.status().as_u16()),
            (_, Err(error)) => failed(&error),
        }
    }
}

fn is_busy(status: u16) -> bool {
    matches!(status, 429 | 500 | 502..=599)
}

/// The seconds that `Retry-After` names (RFC 9110 § 10.2.3); one that names a day and hour says too little of how long to wait now.
fn pause_asked_for(answer: &Response<Body>) -> Option<Duration> {
    let seconds = answer.headers().get("retry-after")?.to_str().ok()?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds))
}

fn busy_for(pause: Duration) -> Verdict {
    Verdict::Unverified(format!("the host wants to be asked again in {} seconds", pause.as_secs()))
}

fn answered(status: u16) -> Verdict {
    match status {
        200..=399 => Verdict::Good,
        404 => Verdict::Broken("the host says that there is no such page (404)".to_owned()),
        410 => Verdict::Broken("the host says that the page is gone for good (410)".to_owned()),
        400 | 414 | 421 => Verdict::Broken(format!("the host doesn't understand the address ({status})")),
        429 => Verdict::Unverified("the host is asked too often (429)".to_owned()),
        500..=599 => Verdict::Unverified(format!("the host has a fault of its own ({status})")),
        _ => Verdict::Unverified(format!("the host refuses robots ({status})")),
    }
}

/// Whether asking again may help.
fn may_pass(error: &Error) -> bool {
    matches!(error, Error::Timeout(_) | Error::Io(_))
}

fn failed(error: &Error) -> Verdict {
    match error {
        Error::HostNotFound => Verdict::Broken("there is no such host".to_owned()),
        Error::ConnectionFailed => Verdict::Broken("nobody answers there".to_owned()),
        Error::BadUri(_) | Error::Http(_) => Verdict::Broken("this is not an address".to_owned()),
        Error::TooManyRedirects | Error::RedirectFailed => {
            Verdict::Broken("the address leads round in a circle".to_owned())
        }
        Error::Tls(_) | Error::Rustls(_) => {
            Verdict::Broken(format!("the host's certificate can't be trusted: {error}"))
        }
        Error::Io(io) if io.kind() == std::io::ErrorKind::ConnectionRefused => {
            Verdict::Broken("nobody answers there".to_owned())
        }
        Error::Timeout(_) => Verdict::Unverified("the host took too long".to_owned()),
        _ => Verdict::Unverified(format!("the host could not be asked: {error}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_stand_for_no_host_are_not_asked() {
        assert!(!is_askable("https://www.rozanajobs.example/jobs"));
        assert!(!is_askable("https://example.com"));
        assert!(!is_askable("mailto:a@b.pk"));
        assert!(is_askable("https://www.gov.uk/resign"));
        assert_eq!(host("https://me@www.gov.uk:8080/a?b#c"), "www.gov.uk:8080");
    }

    #[test]
    fn a_refusal_is_not_a_broken_link() {
        assert!(matches!(answered(403), Verdict::Unverified(_)));
        assert!(matches!(answered(999), Verdict::Unverified(_)));
        assert!(matches!(answered(503), Verdict::Unverified(_)));
        assert!(matches!(answered(404), Verdict::Broken(_)));
    }
}
