//! One address → a verdict. The asking itself is ureq's, with rustls; redirects are followed here, so that each can be looked at first.

use std::net::IpAddr;
use std::time::{Duration, Instant};

use ureq::http::Response;
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Body, Error};
use url::{Host as UrlHost, Url};

use super::host::Host;
use super::networks::{NotPublic, PublicResolver, is_public};
use super::verdict::Verdict;

/// Between two questions to the same host.
const PAUSE: Duration = Duration::from_millis(150);
/// Before asking again after a failure that may pass.
const PATIENCE: Duration = Duration::from_secs(2);
/// A host that asks for a longer pause is left alone.
const LONGEST_PAUSE: Duration = Duration::from_secs(20);
/// A host that is there accepts a connection much sooner.
const LONGEST_CONNECT: Duration = Duration::from_secs(5);
/// As many as browsers follow (Fetch § 4.4).
const MOST_REDIRECTS: usize = 20;
/// Names that are no hosts (RFC 2606, RFC 6761).
const RESERVED: &[&str] = &["example.com", "example.org", "example.net", "localhost"];
const RESERVED_ENDINGS: &[&str] =
    &[".example", ".invalid", ".test", ".localhost", ".example.com", ".example.org", ".example.net"];

/// Whether there is somebody to ask.
pub(super) fn is_askable(address: &str) -> bool {
    let Some(url) = web_address(address) else { return looks_like_web(address) };
    let name = url.host_str().unwrap_or_default().trim_end_matches('.');
    let is_reserved = RESERVED.contains(&name) || RESERVED_ENDINGS.iter().any(|ending| name.ends_with(ending));
    !is_reserved
}

fn looks_like_web(address: &str) -> bool {
    let begins = |start: &str| address.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start));
    begins("https://") || begins("http://")
}

/// The address as browsers read it; `None` if it isn't one of the web.
fn web_address(address: &str) -> Option<Url> {
    let whole = if address.starts_with("//") { format!("https:{address}") } else { address.to_owned() };
    Url::parse(&whole).ok().filter(is_web)
}

fn is_web(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https")
}

/// The host of an address, with its port; empty for what has none.
pub(super) fn host(address: &str) -> String {
    let Some(url) = web_address(address) else { return String::new() };
    let port = url.port().map_or(String::new(), |port| format!(":{port}"));
    format!("{}{port}", url.host_str().unwrap_or_default())
}

/// Asks with one agent, which keeps connections open.
pub(super) struct Asker {
    agent: Agent,
    timeout: Duration,
}

/// Why no answer came.
enum Failure {
    /// The connection, or what came through it.
    Http(Error),
    /// The address leads on to one that must not be asked.
    Refused(String),
    /// The address leads on without end.
    Circle,
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Http(error)
    }
}

#[derive(Clone, Copy)]
enum Method {
    Head,
    Get,
}

impl Asker {
    pub(super) fn new(timeout_seconds: u64) -> Self {
        let timeout = Duration::from_secs(timeout_seconds);
        let config = Agent::config_builder()
            .timeout_connect(Some(LONGEST_CONNECT.min(timeout)))
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            // A host that sends a body after HEAD would spoil the next answer on the same connection.
            .max_idle_connections(0)
            .user_agent(concat!("Mozilla/5.0 (compatible; Letterpress/", env!("CARGO_PKG_VERSION"), "; link check)"));
        let agent = Agent::with_parts(config.build(), DefaultConnector::default(), PublicResolver::new());
        Self { agent, timeout }
    }

    /// Waits before every question to a host but the first.
    pub(super) fn pause(&self, place: usize, host: &Host) {
        if place > 0 && host.given_up().is_none() {
            std::thread::sleep(PAUSE);
        }
    }

    /// Asks without the body first; many servers answer that wrongly, so a bad answer counts only if the whole question gets it too.
    pub(super) fn ask(&self, address: &str, host: &Host) -> Verdict {
        if let Some(verdict) = host.given_up() {
            return verdict;
        }
        let Some(url) = web_address(address) else { return not_an_address() };
        if let Some(number) = number(&url).filter(|number| !is_public(*number) && !number.is_loopback()) {
            return Verdict::Unverified(format!("{number} is an address of a private network, and was not asked"));
        }
        match self.follow(Method::Head, &url) {
            Ok(answer) if matches!(answer.status().as_u16(), 200..=399) => {
                host.answered();
                return Verdict::Good;
            }
            // Who asks for a pause would take the whole question for impatience.
            Ok(answer) if matches!(answer.status().as_u16(), 429 | 503) => match pause_asked_for(&answer) {
                Some(pause) if pause > LONGEST_PAUSE => return busy(host, busy_for(pause)),
                pause => std::thread::sleep(pause.unwrap_or(PATIENCE)),
            },
            Ok(_) => host.answered(),
            Err(failure) => {
                let verdict = failed(&failure, host);
                if !may_pass(&failure) || host.given_up().is_some() {
                    return verdict;
                }
            }
        }
        self.ask_whole(&url, host, true)
    }

    fn ask_whole(&self, url: &Url, host: &Host, again: bool) -> Verdict {
        let answer = self.follow(Method::Get, url);
        let pause = match &answer {
            Ok(answer) if is_busy(answer.status().as_u16()) => Some(pause_asked_for(answer).unwrap_or(PATIENCE)),
            Err(failure) if may_pass(failure) && !is_timeout(failure) => Some(PATIENCE),
            _ => None,
        };
        match (pause, answer) {
            (Some(pause), _) if pause > LONGEST_PAUSE => busy(host, busy_for(pause)),
            (Some(pause), _) if again => {
                std::thread::sleep(pause);
                self.ask_whole(url, host, false)
            }
            (Some(_), Ok(answer)) => busy(host, answered(answer.status().as_u16())),
            (_, Ok(answer)) => {
                host.answered();
                answered(answer.status().as_u16())
            }
            (_, Err(failure)) => failed(&failure, host),
        }
    }

    /// The answer at the end of the redirects that begin at an address. All of them together take no longer than one answer may.
    fn follow(&self, method: Method, start: &Url) -> Result<Response<Body>, Failure> {
        let deadline = Instant::now() + self.timeout;
        let mut url = start.clone();
        for _ in 0..=MOST_REDIRECTS {
            let answer = self.request(method, &url, deadline)?;
            match redirect(&answer, &url)? {
                Some(next) => url = next,
                None => return Ok(answer),
            }
        }
        Err(Failure::Circle)
    }

    fn request(&self, method: Method, url: &Url, deadline: Instant) -> Result<Response<Body>, Error> {
        let request = match method {
            Method::Head => self.agent.head(url.as_str()),
            Method::Get => self.agent.get(url.as_str()),
        };
        let left = deadline.saturating_duration_since(Instant::now());
        request.config().timeout_global(Some(left)).build().call()
    }
}

/// Where an answer leads on to; `None` if it doesn't.
fn redirect(answer: &Response<Body>, from: &Url) -> Result<Option<Url>, Failure> {
    if !matches!(answer.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
        return Ok(None);
    }
    let Some(location) = answer.headers().get("location") else { return Ok(None) };
    let location = String::from_utf8_lossy(location.as_bytes());
    let Ok(next) = from.join(&location) else {
        return Err(Failure::Refused("it leads on to something that is not an address".to_owned()));
    };
    if !is_web(&next) {
        return Err(Failure::Refused(format!("it leads on to a program: {}", next.scheme())));
    }
    // A path of the same host is as good as the address itself; a whole address never leads into a private network.
    let is_path = Url::parse(&location).is_err() && next.origin() == from.origin();
    if !is_path && number(&next).is_some_and(|number| !is_public(number)) {
        let why = format!("it leads on to {next}, an address of a private network, which was not asked");
        return Err(Failure::Refused(why));
    }
    Ok(Some(next))
}

/// The number by which an address names its host, in whatever spelling.
fn number(url: &Url) -> Option<IpAddr> {
    match url.host()? {
        UrlHost::Ipv4(number) => Some(number.into()),
        UrlHost::Ipv6(number) => Some(number.into()),
        UrlHost::Domain(_) => None,
    }
}

fn is_busy(status: u16) -> bool {
    matches!(status, 429 | 500 | 502..=599)
}

/// The seconds of `Retry-After` (RFC 9110 § 10.2.3); a day and hour is not used: clocks differ.
fn pause_asked_for(answer: &Response<Body>) -> Option<Duration> {
    let seconds = answer.headers().get("retry-after")?.to_str().ok()?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds))
}

fn busy_for(pause: Duration) -> Verdict {
    Verdict::Unverified(format!("the host wants to be asked again in {} seconds", pause.as_secs()))
}

/// A host that has no time now counts as one that doesn't answer.
fn busy(host: &Host, verdict: Verdict) -> Verdict {
    host.failed(Verdict::Unverified("its host was too busy for other links, so this one was not asked".to_owned()));
    verdict
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

fn not_an_address() -> Verdict {
    Verdict::Broken("this is not an address".to_owned())
}

/// Whether asking again may help.
fn may_pass(failure: &Failure) -> bool {
    match failure {
        Failure::Http(Error::Timeout(_)) => true,
        Failure::Http(Error::Io(io)) => !is_closed(io),
        _ => false,
    }
}

fn is_timeout(failure: &Failure) -> bool {
    matches!(failure, Failure::Http(Error::Timeout(_)))
}

fn is_closed(io: &std::io::Error) -> bool {
    io.kind() == std::io::ErrorKind::ConnectionRefused
}

/// The verdict on a link that got no answer, and what follows for its host.
fn failed(failure: &Failure, host: &Host) -> Verdict {
    let verdict = verdict(failure);
    match failure {
        Failure::Http(Error::HostNotFound) => host.is_absent(verdict.clone()),
        Failure::Http(Error::ConnectionFailed) => host.failed(verdict.clone()),
        Failure::Http(Error::Io(io)) if is_closed(io) => host.failed(verdict.clone()),
        Failure::Http(Error::Timeout(_) | Error::Io(_) | Error::Other(_)) => host.failed(no_answer()),
        _ => host.answered(),
    }
    verdict
}

fn no_answer() -> Verdict {
    Verdict::Unverified("its host did not answer for other links, so this one was not asked".to_owned())
}

fn verdict(failure: &Failure) -> Verdict {
    let error = match failure {
        Failure::Http(error) => error,
        Failure::Refused(why) => return Verdict::Unverified(why.clone()),
        Failure::Circle => return Verdict::Broken("the address leads round in a circle".to_owned()),
    };
    match error {
        Error::HostNotFound => Verdict::Broken("there is no such host".to_owned()),
        Error::ConnectionFailed => Verdict::Broken("nobody answers there".to_owned()),
        Error::BadUri(_) | Error::Http(_) => not_an_address(),
        Error::Tls(_) | Error::Rustls(_) => {
            Verdict::Broken(format!("the host's certificate can't be trusted: {error}"))
        }
        Error::Io(io) if is_closed(io) => Verdict::Broken("nobody answers there".to_owned()),
        Error::Timeout(_) => Verdict::Unverified("the host took too long".to_owned()),
        Error::Other(other) if other.is::<NotPublic>() => {
            Verdict::Unverified(format!("its host leads into a private network, and was not asked: {other}"))
        }
        Error::Other(other) => Verdict::Unverified(format!("the name of its host could not be looked up: {other}")),
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
        assert!(is_askable("HTTPS://www.gov.uk/resign") && is_askable("//www.gov.uk/resign"));
        assert_eq!(host("https://me@www.gov.uk:8080/a?b#c"), "www.gov.uk:8080");
        assert_eq!(host("http://2130706433/"), host("http://0x7f.1/"), "one host, however it is spelt");
    }

    #[test]
    fn addresses_of_private_networks_are_not_asked_in_any_spelling() {
        let asker = Asker::new(1);
        for address in [
            "http://10.0.0.1/",
            "http://0xa9.0xfe.0xa9.0xfe/",
            "http://[::ffff:a00:1]/",
            "http://0/",
            "http://167772161/",
        ] {
            match asker.ask(address, &Host::default()) {
                Verdict::Unverified(why) => assert!(why.contains("private network"), "{address}: {why}"),
                other => panic!("{address}: {other:?}"),
            }
        }
    }

    #[test]
    fn a_refusal_is_not_a_broken_link() {
        assert!(matches!(answered(403), Verdict::Unverified(_)));
        assert!(matches!(answered(999), Verdict::Unverified(_)));
        assert!(matches!(answered(503), Verdict::Unverified(_)));
        assert!(matches!(answered(404), Verdict::Broken(_)));
    }
}
