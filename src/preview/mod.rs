//! Changes on disk → the browser: builds a snapshot with [`workspace`](crate::workspace), serves it from memory, updates browsers.
//!
//! Three threads: the `builder` builds what was touched and passes the snapshot on; the `server` answers browsers; the `output_writer` brings
//! the output folder up to date. None prints: messages come out as [`News`].

mod builder;
mod connections;
mod dashboard;
mod events;
mod host;
mod injection;
mod media;
mod messages;
mod output_writer;
mod problems;
mod reading_ease;
mod server;
mod snapshot;

use messages::Message;
pub use messages::{News, Options, Rebuilt};

use crate::files::named;
use std::io;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::path::{Component, Path, PathBuf};
use std::sync::mpsc;
use std::sync::{Arc, Mutex, TryLockError};
use std::thread;
use std::time::{Duration, Instant};

/// How many ports are tried, from the one that was asked for.
const PORTS: u16 = 100;

/// How long an end may wait for what is being written.
const LONGEST_END: Duration = Duration::from_millis(400);

/// Watches, builds and serves until the process is asked to stop.
///
/// `tell` must not block: while it does, no request to stop is seen.
///
/// # Errors
/// When no port can be had, or the server fails.
pub fn run(mut options: Options, tell: &mut dyn FnMut(News)) -> io::Result<()> {
    options.site.folder = absolute(&options.site.folder)?;
    let (listener, address) = listen(options.host, options.port)?;
    let taken = (address.port() != options.port && options.port != 0).then_some(options.port);
    let (messages, inbox) = mpsc::channel();
    let channel = snapshot::Channel::default();
    // Held while files are written: a stop waits a moment for that.
    let writing = Arc::new(Mutex::new(()));
    server::start(&options, listener, &channel, &messages)?;
    let writer = output_writer::OutputWriter::start(options.output.clone(), Arc::clone(&writing), &messages)?;
    builder::start(&options, channel, address, taken, writer, messages);
    for message in inbox {
        match message {
            Message::News(news) => tell(news),
            Message::Failed(error) => return Err(error),
            Message::Stop => break,
        }
    }
    wait_for(&writing);
    Ok(())
}

/// A folder's absolute path. Links in it stay, so that they may be turned while it is watched.
fn absolute(folder: &Path) -> io::Result<PathBuf> {
    let whole = std::path::absolute(folder)?;
    let mut plain = PathBuf::new();
    for part in whole.components() {
        match part {
            Component::ParentDir => drop(plain.pop()),
            part => plain.push(part),
        }
    }
    // // After a link, `..` leads elsewhere than the path reads.
    let real = whole.canonicalize()?;
    Ok(if plain.canonicalize().is_ok_and(|same| same == real) { plain } else { real })
}

/// Waits until nothing is being written, but not for ever: what is written when the program ends is cut off between two whole files.
fn wait_for(writing: &Mutex<()>) {
    let end = Instant::now() + LONGEST_END;
    while matches!(writing.try_lock(), Err(TryLockError::WouldBlock)) && Instant::now() < end {
        thread::sleep(Duration::from_millis(5));
    }
}

/// A listener at the port, or at the next free one.
fn listen(host: IpAddr, port: u16) -> io::Result<(TcpListener, SocketAddr)> {
    let mut tried = port;
    loop {
        match TcpListener::bind((host, tried)) {
            Ok(listener) => {
                let address = listener.local_addr()?;
                return Ok((listener, address));
            }
            Err(error) if error.kind() == io::ErrorKind::AddrInUse && tried < port.saturating_add(PORTS) => {
                tried = tried.checked_add(1).ok_or(error)?;
            }
            Err(error) => return Err(named(&error, "listen at", &PathBuf::from(format!("{host}:{tried}")))),
        }
    }
}
