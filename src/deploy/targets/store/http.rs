//! Requests of `object_store` → the HTTP client that this program has already. It waits, so each request has a thread of the runtime's.

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use hyper::body::Body;
use object_store::ClientOptions;
use object_store::client::{
    HttpClient, HttpConnector, HttpError, HttpErrorKind, HttpRequest, HttpResponse, HttpService,
};
use ureq::http::{Method, Request, Response};
use ureq::{Agent, Error};

/// A store that is there accepts a connection much sooner.
const LONGEST_CONNECT: Duration = Duration::from_secs(15);
/// How long a store may take to answer what it has whole.
const LONGEST_ANSWER: Duration = Duration::from_secs(60);
/// How long a file may take on its way.
const LONGEST_BODY: Duration = Duration::from_secs(240);
/// The largest answer, in bytes: a listing, or a record of a very large site.
const LARGEST_ANSWER: u64 = 512 * 1024 * 1024;

/// Connects with one agent, which keeps connections open.
#[derive(Debug, Clone)]
pub(super) struct Connector {
    agent: Arc<Agent>,
}

impl Connector {
    /// With as many open connections as requests are made at the same time.
    pub(super) fn new(connections: usize) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .max_idle_connections(connections)
            .max_idle_connections_per_host(connections)
            .timeout_connect(Some(LONGEST_CONNECT))
            .timeout_recv_response(Some(LONGEST_ANSWER))
            .timeout_send_body(Some(LONGEST_BODY))
            .timeout_recv_body(Some(LONGEST_BODY))
            .user_agent(concat!("Letterpress/", env!("CARGO_PKG_VERSION")));
        Self { agent: Arc::new(Agent::new_with_config(config.build())) }
    }
}

impl HttpConnector for Connector {
    fn connect(&self, _: &ClientOptions) -> object_store::Result<HttpClient> {
        Ok(HttpClient::new(self.clone()))
    }
}

/// What [`HttpService::call`] returns.
type Answer<'a> = Pin<Box<dyn Future<Output = Result<HttpResponse, HttpError>> + Send + 'a>>;

impl HttpService for Connector {
    fn call<'own, 'answer>(&'own self, request: HttpRequest) -> Answer<'answer>
    where
        'own: 'answer,
        Self: 'answer,
    {
        let agent = Arc::clone(&self.agent);
        Box::pin(async move {
            let (parts, body) = request.into_parts();
            let request = Request::from_parts(parts, whole(body).await?);
            let answer = tokio::task::spawn_blocking(move || ask(&agent, request)).await;
            answer.unwrap_or_else(|error| Err(HttpError::new(HttpErrorKind::Unknown, error)))
        })
    }
}

/// The bytes of a request.
async fn whole(mut body: impl Body<Data = impl AsRef<[u8]>, Error = HttpError> + Unpin) -> Result<Vec<u8>, HttpError> {
    let mut bytes = Vec::new();
    while let Some(frame) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        if let Ok(data) = frame?.into_data() {
            bytes.extend_from_slice(data.as_ref());
        }
    }
    Ok(bytes)
}

fn ask(agent: &Agent, request: Request<Vec<u8>>) -> Result<HttpResponse, HttpError> {
    let has_body = matches!(*request.method(), Method::PUT | Method::POST | Method::PATCH);
    let answer = if has_body { agent.run(request) } else { agent.run(request.map(|_| ())) };
    let (parts, body) = answer.map_err(failed)?.into_parts();
    let bytes = body.into_with_config().limit(LARGEST_ANSWER).read_to_vec().map_err(failed)?;
    Ok(Response::from_parts(parts, bytes.into()))
}

/// What may pass is said to be so, for `object_store` to try it again. A host without an address has none the next moment either.
fn failed(error: Error) -> HttpError {
    use std::io::ErrorKind as Io;
    let kind = match &error {
        Error::Timeout(_) => HttpErrorKind::Timeout,
        Error::ConnectionFailed => HttpErrorKind::Connect,
        Error::Io(error) => match error.kind() {
            Io::ConnectionRefused | Io::NotConnected | Io::AddrNotAvailable => HttpErrorKind::Connect,
            Io::TimedOut | Io::WouldBlock => HttpErrorKind::Timeout,
            Io::ConnectionReset | Io::ConnectionAborted | Io::BrokenPipe | Io::UnexpectedEof => {
                HttpErrorKind::Interrupted
            }
            _ => HttpErrorKind::Unknown,
        },
        _ => HttpErrorKind::Unknown,
    };
    HttpError::new(kind, error)
}
