//! A listener → served connections, limited in number and in time.
//!
//! A browser that sends nothing, or one byte a minute, is not waited for; and when there are too many, the one that has been idle for longest
//! goes. So nobody who only holds connections open keeps the editor's own browser out.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, Response};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio::time::{Instant, Sleep};

/// So many connections at once; a browser opens six for itself, and one for each page that waits for changes.
const MOST: usize = 256;
/// So long may a browser take for the head of a request, or keep a connection without one.
const PATIENCE: Duration = Duration::from_secs(10);
/// So long may a browser take nothing of an answer.
const LONGEST_STALL: Duration = Duration::from_secs(30);
/// The longest head of a request, in bytes.
const LONGEST_HEAD: usize = 32 * 1024;
/// So long a listener rests that can't accept, as when the process has no more files to open.
const REST: Duration = Duration::from_millis(50);

/// Serves for ever.
pub(super) async fn serve<Answer, Answering>(listener: TcpListener, answer: Answer) -> io::Result<()>
where
    Answer: Fn(Request<Incoming>) -> Answering + Clone + Send + 'static,
    Answering: Future<Output = Response<Body>> + Send + 'static,
{
    let start = Instant::now();
    let mut connections: JoinSet<u64> = JoinSet::new();
    let mut open = BTreeMap::new();
    for number in 0_u64.. {
        let stream = accept(&listener).await;
        while let Some(ended) = connections.try_join_next() {
            if let Ok(number) = ended {
                open.remove(&number);
            }
        }
        if open.len() >= MOST {
            end_stillest(&mut open);
        }
        // Small messages must not wait for larger ones.
        drop(stream.set_nodelay(true));
        let moved = Arc::new(AtomicU64::new(0));
        let stream = Stirring { stream, start, moved: Arc::clone(&moved), longest_stall: LONGEST_STALL, stalled: None };
        stream.stir();
        let serving = connection(stream, answer.clone());
        let handle = connections.spawn(async move {
            serving.await;
            number
        });
        open.insert(number, (moved, handle));
    }
    Ok(())
}

type Open = BTreeMap<u64, (Arc<AtomicU64>, tokio::task::AbortHandle)>;

fn end_stillest(open: &mut Open) {
    let stillest = open.iter().min_by_key(|(_, (moved, _))| moved.load(Ordering::Relaxed)).map(|(number, _)| *number);
    if let Some((_, handle)) = stillest.and_then(|number| open.remove(&number)) {
        handle.abort();
    }
}

async fn accept(listener: &TcpListener) -> TcpStream {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => return stream,
            Err(_) => tokio::time::sleep(REST).await,
        }
    }
}

async fn connection<Answer, Answering>(stream: Stirring, answer: Answer)
where
    Answer: Fn(Request<Incoming>) -> Answering,
    Answering: Future<Output = Response<Body>>,
{
    let service = service_fn(move |request| {
        let answering = answer(request);
        async {
            // Many requests at once on one connection take turns with the other connections.
            tokio::task::yield_now().await;
            Ok::<_, Infallible>(answering.await)
        }
    });
    let mut protocol = http1::Builder::new();
    protocol.timer(TokioTimer::new()).header_read_timeout(PATIENCE).max_buf_size(LONGEST_HEAD);
    // Who has asked and sends no more still waits for the answer.
    protocol.half_close(true);
    // A browser that goes away or sends nonsense ends its own connection and nothing else.
    drop(protocol.serve_connection(TokioIo::new(stream), service).await);
}

/// A stream that notes when it last moved a byte, and ends if nobody takes what it has to write.
struct Stirring {
    stream: TcpStream,
    start: Instant,
    /// Milliseconds from the start of the server.
    moved: Arc<AtomicU64>,
    longest_stall: Duration,
    /// Until when what is being written must move.
    stalled: Option<Pin<Box<Sleep>>>,
}

impl Stirring {
    fn stir(&self) {
        let elapsed = u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.moved.store(elapsed, Ordering::Relaxed);
    }
}

impl AsyncRead for Stirring {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        ready!(Pin::new(&mut self.stream).poll_read(context, buffer))?;
        self.stir();
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Stirring {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        if let Poll::Ready(written) = Pin::new(&mut self.stream).poll_write(context, bytes) {
            self.stalled = None;
            self.stir();
            return Poll::Ready(written);
        }
        let longest = self.longest_stall;
        let stalled = self.stalled.get_or_insert_with(|| Box::pin(tokio::time::sleep(longest)));
        ready!(stalled.as_mut().poll(context));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_that_nobody_takes_is_given_up() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let ended = runtime.block_on(async {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            let reader = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
            let (stream, _) = listener.accept().await.unwrap();
            let longest_stall = Duration::from_millis(10);
            let moved = Arc::default();
            let mut stream = Stirring { stream, start: Instant::now(), moved, longest_stall, stalled: None };
            let ended = loop {
                let write = |context: &mut Context<'_>| Pin::new(&mut stream).poll_write(context, &[0; 64 * 1024]);
                if let Err(error) = std::future::poll_fn(write).await {
                    break error;
                }
            };
            drop(reader);
            ended
        });
        assert_eq!(ended.kind(), io::ErrorKind::TimedOut);
    }
}
