//! Messages between the threads of the preview and to the terminal, and the settings that they share.

use std::io;
use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::thread;
use std::time::Duration;

use crate::collect;
use crate::diagnostic::Diagnostic;
use crate::pipeline::Report;
use crate::source::SourcePath;

/// What to watch, and where to show it.
#[derive(Debug, Clone)]
pub struct Options {
    /// The site.
    pub site: collect::Options,
    /// Where the site is written. `None`: nothing is written.
    pub output: Option<PathBuf>,
    /// The address to listen at.
    pub host: IpAddr,
    /// The port to listen at; if it is taken, the next free one.
    pub port: u16,
    /// Whether to poll the files, where the file system gives no events.
    pub poll: bool,
    /// Whether browsers go to the page that is being edited.
    pub follow: bool,
}

/// News for the person at the terminal.
#[derive(Debug)]
pub enum News {
    /// The preview can be seen.
    Ready {
        /// The address of the site's home page.
        address: String,
        /// The address of the editor's dashboard.
        dashboard: String,
        /// The port that was asked for, if it was taken.
        taken: Option<u16>,
    },
    /// There is a new snapshot.
    Rebuilt(Rebuilt),
    /// Something failed that a later change may mend.
    Trouble(String),
}

/// A message to the thread that started the others.
pub(super) enum Message {
    News(News),
    /// The editor wants to stop.
    Stop,
    /// The preview can't go on.
    Failed(io::Error),
}

/// A build in the preview.
#[derive(Debug)]
pub struct Rebuilt {
    /// The files that changed; none for the first build, or when only the day did.
    pub changed: Vec<SourcePath>,
    /// What the build did.
    pub report: Report,
    /// Everything that is wrong.
    pub diagnostics: Arc<[Diagnostic]>,
    /// Whether the pages in view are those of this build.
    pub is_shown: bool,
    /// From the end of the waiting to the new pages.
    pub time: Duration,
}

/// Starts a thread whose failure is reported.
pub(super) fn spawn(
    name: &str,
    messages: &Sender<Message>,
    work: impl FnOnce() -> io::Result<()> + Send + 'static,
) -> io::Result<()> {
    let messages = messages.clone();
    let thread = thread::Builder::new().name(name.to_owned());
    thread.spawn(move || {
        if let Err(error) = work() {
            // Nobody listens any more when the preview is stopping.
            let _ = messages.send(Message::Failed(error));
        }
    })?;
    Ok(())
}
