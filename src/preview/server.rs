//! Requests → the bytes of the last good build, from memory: a path that isn't one of its files is not found, whatever it contains.
//!
//! Answers only who asks by an address of this machine, adds the reload script on the way out, and compresses nothing.

use std::io;
use std::net::{IpAddr, TcpListener};
use std::sync::Arc;
use std::sync::mpsc::Sender;

use axum::body::{Body, Bytes};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode, header};
use axum::response::IntoResponse;
use hyper::body::Incoming;
use percent_encoding::percent_decode_str;

use super::dashboard::Dashboard;
use super::messages::{Message, Options, spawn};
use super::snapshot::{Channel, Snapshot};
use super::{connections, dashboard, events, host, injection};
use crate::output::{Artifact, media_type};

/// The preview's own addresses begin so.
const OWN: &str = "/_letterpress/";

/// The preview's own files by name.
const OWN_FILES: &[(&str, &str)] = &[
    ("reload.js", include_str!("assets/reload.js")),
    ("patch.js", include_str!("assets/patch.js")),
    ("keep.js", include_str!("assets/keep.js")),
    ("overlay.js", include_str!("assets/overlay.js")),
    ("desk.js", include_str!("assets/desk.js")),
    ("desk.css", include_str!("assets/desk.css")),
    ("index.html", include_str!("assets/desk.html")),
];

type Answer = Response<Body>;

/// What every request can see.
struct Server {
    channel: Channel,
    listening: IpAddr,
    dashboard: Dashboard,
}

/// Starts the thread that answers, once there is a first snapshot. It also hears the wish to stop.
pub(super) fn start(
    options: &Options,
    listener: TcpListener,
    channel: &Channel,
    messages: &Sender<Message>,
) -> io::Result<()> {
    let server =
        Arc::new(Server { channel: channel.clone(), listening: options.host, dashboard: Dashboard::default() });
    let stopping = messages.clone();
    spawn("server", messages, move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(async {
            tokio::select! {
                served = serve(server, listener) => served,
                () = asked_to_stop() => {
                    // Nobody listens any more when the preview is stopping already.
                    let _ = stopping.send(Message::Stop);
                    Ok(())
                }
            }
        })
    })
}

async fn serve(server: Arc<Server>, listener: TcpListener) -> io::Result<()> {
    let mut reader = server.channel.reader();
    if reader.wait_for(Option::is_some).await.is_err() {
        return Ok(());
    }
    listener.set_nonblocking(true)?;
    let listener = tokio::net::TcpListener::from_std(listener)?;
    connections::serve(listener, move |request| answer(Arc::clone(&server), request)).await
}

/// Waits for Ctrl-C, or for the system to ask for an end.
async fn asked_to_stop() {
    #[cfg(unix)]
    if let Ok(mut terminated) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        tokio::select! {
            _ = terminated.recv() => return,
            Ok(()) = tokio::signal::ctrl_c() => return,
        }
    }
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}

/// How an address is written in a link.
pub(super) fn shown_host(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) if address.is_unspecified() => "127.0.0.1".to_owned(),
        IpAddr::V6(address) if address.is_unspecified() => "[::1]".to_owned(),
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => format!("[{address}]"),
    }
}

async fn answer(server: Arc<Server>, request: Request<Incoming>) -> Answer {
    let (request, _) = request.into_parts();
    if request.headers.get_all(header::HOST).iter().nth(1).is_some() {
        return plain(StatusCode::BAD_REQUEST, "A request names one host.\n");
    }
    if !is_for_us(&server, &request) {
        return plain(StatusCode::FORBIDDEN, "This preview answers only to an address of this machine.\n");
    }
    if !matches!(request.method, Method::GET | Method::HEAD) {
        let mut refused = plain(StatusCode::METHOD_NOT_ALLOWED, "This preview can only be read.\n");
        refused.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
        return refused;
    }
    let Some(snapshot) = server.channel.latest() else {
        return plain(StatusCode::SERVICE_UNAVAILABLE, "The first build is not done yet.\n");
    };
    match request.uri.path().strip_prefix(OWN) {
        Some(name) => own(&server, &snapshot, name, &request).await,
        None => page(&snapshot, &request),
    }
}

/// Whether every host that a request names is this machine: in its `Host`, and in its target if that is a whole address (RFC 9112 § 3.2.2).
/// HTTP/1.0 has no `Host`; then the target must contain it.
fn is_for_us(server: &Server, request: &Parts) -> bool {
    let sent = request.headers.get(header::HOST).map(|host| host.to_str().unwrap_or_default());
    let mut hosts = sent.into_iter().chain(request.uri.authority().map(|authority| authority.as_str())).peekable();
    hosts.peek().is_some() && hosts.all(|host| host::is_own(host, server.listening))
}

/// One of the preview's own files and answers.
async fn own(server: &Arc<Server>, snapshot: &Arc<Snapshot>, name: &str, request: &Parts) -> Answer {
    match name {
        "events" => events::stream(&server.channel, request.uri.query().unwrap_or_default()).into_response(),
        "desk.json" => {
            let (server, snapshot) = (Arc::clone(server), Arc::clone(snapshot));
            // Counting the words of thousands of pages takes long enough to keep other requests waiting.
            let made = tokio::task::spawn_blocking(move || dashboard::json(&server.dashboard, &snapshot)).await;
            let bytes = made.map_or_else(|_| Bytes::new(), Bytes::from);
            whole(request, "application/json; charset=utf-8", None, bytes)
        }
        _ => {
            let name = if name.is_empty() { "index.html" } else { name };
            match OWN_FILES.iter().find(|(known, _)| *known == name) {
                Some((_, text)) => whole(request, media_type(name), None, Bytes::from_static(text.as_bytes())),
                None => plain(StatusCode::NOT_FOUND, "The preview has no such page.\n"),
            }
        }
    }
}

/// What an address leads to.
enum Found<'a> {
    File(String, &'a Artifact),
    /// The address as it should have been written.
    Elsewhere(String),
    /// A file below the base path that isn't there.
    Missing(String),
    /// An address outside of the base path.
    Outside,
}

fn page(snapshot: &Snapshot, request: &Parts) -> Answer {
    match find(snapshot, request.uri.path()) {
        Found::File(file, artifact) => served(snapshot, request, &file, artifact),
        Found::Elsewhere(address) => elsewhere(&address, request.uri.query()),
        Found::Missing(file) => missing(snapshot, request, &file),
        Found::Outside => {
            let text = format!("The site lives under {}\n", snapshot.base_path);
            plain(StatusCode::NOT_FOUND, &text)
        }
    }
}

fn find<'a>(snapshot: &'a Snapshot, path: &str) -> Found<'a> {
    let base = &snapshot.base_path;
    let Ok(decoded) = percent_decode_str(path).decode_utf8() else { return Found::Outside };
    let Some(inside) = decoded.strip_prefix(base.as_str()) else {
        let is_above = decoded == "/" || base.strip_suffix('/') == Some(&*decoded);
        return if is_above { Found::Elsewhere(base.clone()) } else { Found::Outside };
    };
    let file =
        if inside.is_empty() || inside.ends_with('/') { format!("{inside}index.html") } else { inside.to_owned() };
    match snapshot.file(&file) {
        Some(artifact) => Found::File(file, artifact),
        None if snapshot.file(&format!("{file}/index.html")).is_some() => Found::Elsewhere(format!("{path}/")),
        None => Found::Missing(file),
    }
}

fn elsewhere(address: &str, query: Option<&str>) -> Answer {
    let address = query.map_or_else(|| address.to_owned(), |query| format!("{address}?{query}"));
    let mut answer = plain(StatusCode::FOUND, "");
    if let Ok(address) = HeaderValue::from_str(&address) {
        answer.headers_mut().insert(header::LOCATION, address);
    }
    answer
}

/// The site's own page for addresses that don't exist, in the language of the address.
fn missing(snapshot: &Snapshot, request: &Parts, file: &str) -> Answer {
    let language = file.split_once('/').map(|(first, _)| format!("{first}/404.html"));
    let pages = language.into_iter().chain(["404.html".to_owned()]);
    let Some(page) = pages.filter_map(|page| snapshot.file(&page)).next() else {
        return plain(StatusCode::NOT_FOUND, "There is no such page.\n");
    };
    let Ok(page) = page.read() else { return unreadable() };
    let html = injection::prepared(&String::from_utf8_lossy(&page), file, "", snapshot.known());
    let mut answer = whole(request, media_type("404.html"), None, html.into());
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    *answer.status_mut() = StatusCode::NOT_FOUND;
    answer
}

fn served(snapshot: &Snapshot, request: &Parts, file: &str, artifact: &Artifact) -> Answer {
    let hash = artifact.fingerprint.to_string();
    let kind = media_type(file);
    if !kind.starts_with("text/html") {
        let Ok(bytes) = artifact.shared() else { return unreadable() };
        return whole(request, kind, Some(format!("\"{hash}\"")), Bytes::from_owner(bytes));
    }
    let Ok(page) = artifact.read() else { return unreadable() };
    let html = injection::prepared(&String::from_utf8_lossy(&page), file, &hash, snapshot.known());
    // // A copy from the browser's cache would be of an old snapshot, and have the browser apply edits of long ago.
    let mut answer = whole(request, kind, None, html.into());
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    answer
}

/// The answer for a file that can't be read back from the disk.
fn unreadable() -> Answer {
    plain(StatusCode::INTERNAL_SERVER_ERROR, "This file could not be read.\n")
}

/// Bytes with their headers: all of them, the part that was asked for, or `None` if the browser has them.
fn whole(request: &Parts, kind: &'static str, tag: Option<String>, bytes: Bytes) -> Answer {
    let headers = &request.headers;
    let known = tag
        .as_deref()
        .is_some_and(|tag| headers.get(header::IF_NONE_MATCH).is_some_and(|sent| sent.as_bytes() == tag.as_bytes()));
    let length = bytes.len();
    let (status, range, body) = match wanted_range(headers, length) {
        _ if known => (StatusCode::NOT_MODIFIED, None, Bytes::new()),
        Range::Whole => (StatusCode::OK, None, bytes),
        Range::Part(start, end) => {
            (StatusCode::PARTIAL_CONTENT, Some(format!("bytes {start}-{end}/{length}")), bytes.slice(start..=end))
        }
        Range::Outside => (StatusCode::RANGE_NOT_SATISFIABLE, Some(format!("bytes */{length}")), Bytes::new()),
    };
    let mut answer = Response::new(Body::from(body));
    *answer.status_mut() = status;
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    let optional = [(header::ETAG, tag), (header::CONTENT_RANGE, range)];
    for (name, value) in optional {
        if let Some(value) = value.and_then(|value| HeaderValue::try_from(value).ok()) {
            headers.insert(name, value);
        }
    }
    with_common_headers(answer)
}

fn plain(status: StatusCode, text: &str) -> Answer {
    let mut answer = Response::new(Body::from(text.to_owned()));
    *answer.status_mut() = status;
    answer.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    with_common_headers(answer)
}

/// Nothing of a preview is shown again without asking.
fn with_common_headers(mut answer: Answer) -> Answer {
    let headers = answer.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    answer
}

#[derive(Debug, PartialEq, Eq)]
enum Range {
    Whole,
    /// First and last byte.
    Part(usize, usize),
    Outside,
}

/// The one range that was asked for (RFC 9110 § 14.2). Several at once, or what can't be understood, give the whole.
fn wanted_range(headers: &HeaderMap, length: usize) -> Range {
    let sent = headers.get(header::RANGE).filter(|_| !headers.contains_key(header::IF_RANGE));
    let text = sent.and_then(|value| value.to_str().ok()).and_then(|value| value.strip_prefix("bytes="));
    let Some((first, last)) = text.and_then(|range| range.split_once('-')) else { return Range::Whole };
    match (first.trim().parse::<usize>(), last.trim().parse::<usize>()) {
        (Ok(first), Ok(last)) if first > last => Range::Whole,
        (Ok(first), _) if first >= length => Range::Outside,
        (Ok(first), Ok(last)) => Range::Part(first, last.min(length - 1)),
        (Ok(first), Err(_)) if last.trim().is_empty() => Range::Part(first, length - 1),
        (Err(_), Ok(0)) => Range::Outside,
        (Err(_), Ok(_)) if length == 0 => Range::Outside,
        (Err(_), Ok(count)) if first.trim().is_empty() => Range::Part(length.saturating_sub(count), length - 1),
        _ => Range::Whole,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(text: &'static str, length: usize) -> Range {
        wanted_range(&HeaderMap::from_iter([(header::RANGE, HeaderValue::from_static(text))]), length)
    }

    #[test]
    fn ranges_are_those_of_the_standard() {
        assert_eq!(range("bytes=0-4", 10), Range::Part(0, 4));
        assert_eq!(range("bytes=4-", 10), Range::Part(4, 9));
        assert_eq!(range("bytes=-3", 10), Range::Part(7, 9));
        assert_eq!(range("bytes=-30", 10), Range::Part(0, 9));
        assert_eq!(range("bytes=4-400", 10), Range::Part(4, 9));
        assert_eq!(range("bytes=10-", 10), Range::Outside);
        assert_eq!(range("bytes=-0", 10), Range::Outside);
        assert_eq!(range("bytes=0-1,4-5", 10), Range::Whole);
        assert_eq!(range("bytes=5-2", 10), Range::Whole);
        assert_eq!(range("lines=1-2", 10), Range::Whole);
        assert_eq!(range("bytes=0-", 0), Range::Outside);
    }
}
