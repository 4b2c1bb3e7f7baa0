//! Batches of touched files → snapshots: reads, builds, shows, and has the output folder brought up to date.
//!
//! The build is the one of `letterpress build`, with a memo that stays. While the content has errors the last good pages stay up, and the
//! output folder stays as it is.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use super::debounce::{Batch, Debounce, Stage, Touch};
use super::external_files::ExternalFiles;
use super::media::Media;
use super::messages::{Message, News, Options, Rebuilt, spawn};
use super::output_writer::OutputWriter;
use super::problems::Problems;
use super::snapshot::{Channel, Snapshot};
use super::watching::Watching;
use super::{polling, server};
use crate::collect::Sources;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Rule, any_errors};
use crate::output::Output;
use crate::pipeline::{Memo, Pages};
use crate::site::Site;
use crate::source::SourcePath;
use crate::{collect, pipeline, render};

/// How often the day is looked at.
const DAY_CHECK: Duration = Duration::from_secs(20);
/// So long the feeds, the largest pages and the search index wait for a further change, which is shown before them.
const PAUSE: Duration = Duration::from_millis(80);
/// An editor who never pauses has a new search index at least so often.
const LONGEST_UNFINISHED: Duration = Duration::from_secs(3);

/// Starts the thread that builds.
pub(super) fn start(
    options: &Options,
    channel: Channel,
    address: SocketAddr,
    taken: Option<u16>,
    writer: OutputWriter,
    messages: Sender<Message>,
) {
    let builder = Builder {
        options: options.clone(),
        channel,
        messages: messages.clone(),
        writer,
        sources: None,
        collected: Vec::new(),
        memo: Memo::of_site(&options.site.folder),
        latest: None,
        good: None,
        external: ExternalFiles::default(),
        debounce: Debounce::default(),
        unfinished: None,
        completed: Instant::now(),
    };
    let ready = move |config: &Config| {
        let host = server::shown_host(address.ip());
        let root = format!("http://{host}:{}", address.port());
        News::Ready {
            address: format!("{root}{}", config.base_link),
            dashboard: format!("{root}/_letterpress/"),
            taken,
        }
    };
    if let Err(error) = spawn("builder", &messages, move || builder.run(ready)) {
        let _ = messages.send(Message::Failed(error));
    }
}

struct Builder {
    options: Options,
    channel: Channel,
    messages: Sender<Message>,
    writer: OutputWriter,
    /// What was read last; `None` if it could not be read.
    sources: Option<Sources>,
    /// What was wrong in the reading.
    collected: Vec<Diagnostic>,
    memo: Memo,
    latest: Option<Arc<Snapshot>>,
    /// The site and the search index of the last good build.
    good: Option<(Output, Output)>,
    /// Files elsewhere that the configuration names.
    external: ExternalFiles,
    /// What was touched since the batch that is being worked on.
    debounce: Debounce,
    /// The pages of the latest build, if it was cut short for a later one.
    unfinished: Option<Unfinished>,
    /// When a build was last complete.
    completed: Instant,
}

/// A build that is shown and lacks the search index.
struct Unfinished {
    pages: Pages,
    changed: Vec<SourcePath>,
    is_good: bool,
    time: Duration,
}

impl Builder {
    fn run(mut self, ready: impl FnOnce(&Config) -> News) -> std::io::Result<()> {
        let (touches, inbox) = mpsc::channel();
        self.memo.cache().sweep_unfinished();
        let mut watching = self.watch(&touches);
        self.pull(&Batch { everything: true, ..Batch::default() }, |_| false);
        let Some(sources) = &self.sources else {
            // // There is no preview without a configuration, so the error is reported now.
            return collect::collect(&self.options.site).map(drop);
        };
        self.tell(ready(&sources.config));
        self.attend_named(watching.as_mut());
        while let Some(batch) = self.next(&inbox, watching.as_mut()) {
            self.attend(&mut watching, &touches);
            self.pull(&batch, |builder| builder.gather(&inbox, watching.as_mut()));
            self.attend_named(watching.as_mut());
        }
        Ok(())
    }

    /// The watch on the files; none where they are looked at again and again instead.
    fn watch(&self, touches: &Sender<Touch>) -> Option<Watching> {
        let folder = &self.options.site.folder;
        if !self.options.poll {
            match Watching::start(folder, self.external.clone(), touches.clone()) {
                Ok(watching) => return Some(watching),
                Err(fault) => self.trouble(cannot_watch(&fault)),
            }
        }
        polling::start(folder, self.external.clone(), touches.clone());
        None
    }

    /// Folders are watched before they are read. Where the system watches no more of them, all files are looked at instead.
    fn attend(&mut self, watching: &mut Option<Watching>, touches: &Sender<Touch>) {
        let Some(Err(fault)) = watching.as_mut().map(Watching::attend) else { return };
        self.trouble(cannot_watch(&fault));
        polling::start(&self.options.site.folder, self.external.clone(), touches.clone());
        *watching = None;
        self.debounce.add(Touch::Everything, Instant::now());
    }

    /// The files that the configuration names are known once it is read; new ones are read once more, now that they are watched.
    fn attend_named(&mut self, watching: Option<&mut Watching>) {
        let Some(sources) = &self.sources else { return };
        let folder = &self.options.site.folder;
        let fresh = self.external.renew(sources.named_files().iter().map(|file| folder.join(file)).collect());
        if let Some(watching) = watching.filter(|_| !fresh.is_empty()) {
            watching.outdate();
        }
        let now = Instant::now();
        fresh.into_iter().for_each(|path| self.debounce.add(Touch::Path { path, stage: Stage::Settled }, now));
    }

    /// Waits for the next series of events to end; none when nothing will come any more.
    fn next(&mut self, inbox: &Receiver<Touch>, mut watching: Option<&mut Watching>) -> Option<Batch> {
        loop {
            let wait = self.debounce.due().map_or(DAY_CHECK, |due| due.saturating_duration_since(Instant::now()));
            match inbox.recv_timeout(wait) {
                Ok(touch) => {
                    let touches = meant(touch, watching.as_deref_mut());
                    touches.into_iter().for_each(|touch| self.debounce.add(touch, Instant::now()));
                }
                Err(RecvTimeoutError::Disconnected) => return None,
                Err(RecvTimeoutError::Timeout) if self.debounce.due().is_some() => return Some(self.debounce.take()),
                Err(RecvTimeoutError::Timeout) if self.is_next_day() => {
                    return Some(Batch { everything: true, ..Batch::default() });
                }
                Err(RecvTimeoutError::Timeout) => {}
            }
        }
    }

    /// Takes what is touched meanwhile, or in a moment; whether anything was.
    fn gather(&mut self, inbox: &Receiver<Touch>, mut watching: Option<&mut Watching>) -> bool {
        let touches = inbox.recv_timeout(PAUSE).into_iter().chain(inbox.try_iter());
        let touches: Vec<Touch> = touches.flat_map(|touch| meant(touch, watching.as_deref_mut())).collect();
        touches.into_iter().for_each(|touch| self.debounce.add(touch, Instant::now()));
        self.debounce.due().is_some()
    }

    fn is_next_day(&self) -> bool {
        let day = collect::day(&self.options.site);
        self.sources.as_ref().zip(day.ok()).is_some_and(|(sources, day)| sources.today != day)
    }

    /// Builds what is now on disk and shows it: first the pages, then, unless more is already waiting, the search index with them.
    fn pull(&mut self, batch: &Batch, is_more_waiting: impl FnOnce(&mut Self) -> bool) {
        let start = Instant::now();
        let pages = match (self.read(batch), self.unfinished.take()) {
            (Some(changed), before) => self.show_pages(changed, before, start),
            (None, Some(pages)) => Some(pages),
            (None, None) => None,
        };
        let Some(pages) = pages else { return };
        if self.completed.elapsed() < LONGEST_UNFINISHED && is_more_waiting(self) {
            self.unfinished = Some(pages);
        } else {
            self.complete(pages);
        }
    }

    fn show_pages(
        &mut self,
        mut changed: Vec<SourcePath>,
        before: Option<Unfinished>,
        start: Instant,
    ) -> Option<Unfinished> {
        let pages = match pipeline::pages(self.sources.as_ref()?, self.collected.clone(), &mut self.memo) {
            Ok(pages) => pages,
            Err(error) => {
                self.unreadable(&error);
                return None;
            }
        };
        let is_good = !any_errors(&pages.diagnostics);
        let snapshot = self.snapshot(&pages, &changed, is_good);
        self.show(snapshot);
        changed.extend(before.into_iter().flat_map(|before| before.changed));
        changed.sort();
        changed.dedup();
        Some(Unfinished { pages, changed, is_good, time: start.elapsed() })
    }

    /// Makes the search index, shows what is wrong in all, and brings the output folder up to date.
    fn complete(&mut self, unfinished: Unfinished) {
        let Unfinished { pages, changed, is_good, time } = unfinished;
        let (Some(sources), Some(latest)) = (&self.sources, &self.latest) else { return };
        let built = match pipeline::complete(sources, pages, &mut self.memo) {
            Ok(built) => built,
            Err(error) => return self.unreadable(&error),
        };
        self.completed = Instant::now();
        let is_good = is_good && !any_errors(&built.diagnostics);
        if is_good || self.good.is_none() {
            self.good = Some((built.output, built.index));
        }
        let (output, index) = self.good.clone().unwrap_or_default();
        let problems: Arc<[Diagnostic]> = built.diagnostics.into();
        let snapshot =
            Snapshot { output: output.clone(), index, problems: Problems::of(&problems), ..Snapshot::clone(latest) };
        self.show(snapshot);
        self.tell(News::Rebuilt(Rebuilt {
            changed,
            report: built.report,
            diagnostics: problems,
            is_shown: is_good,
            time,
        }));
        if is_good {
            self.writer.of(&output);
        }
    }

    fn show(&mut self, snapshot: Snapshot) {
        let snapshot = Arc::new(snapshot);
        self.latest = Some(Arc::clone(&snapshot));
        self.channel.show(snapshot);
    }

    /// Brings the sources up to date. Gives what changed; `None` if nothing did, or if it can't be read.
    fn read(&mut self, batch: &Batch) -> Option<Vec<SourcePath>> {
        let previous = self.sources.take();
        let known = previous.as_ref().filter(|_| !batch.everything && self.collected.is_empty());
        let read = match known {
            Some(known) => collect::refresh(&self.options.site, known, &batch.paths),
            None => collect::collect(&self.options.site),
        };
        let (sources, collected) = match read {
            Ok(read) => read,
            Err(error) => {
                self.unreadable(&error);
                return None;
            }
        };
        let changed = previous.as_ref().map(|previous| sources.changed_since(previous));
        let is_same =
            previous.as_ref().is_some_and(|previous| previous.today == sources.today) && collected == self.collected;
        self.sources = Some(sources);
        self.collected = collected;
        match changed {
            Some(changed) if changed.is_empty() && is_same => None,
            // Only what is wrong in a file differs, as after a misspelt setting.
            Some(changed) if changed.is_empty() => {
                let folder = &self.options.site.folder;
                Some(batch.paths.iter().filter_map(|path| SourcePath::of(folder, path)).collect())
            }
            changed => Some(changed.unwrap_or_default()),
        }
    }

    fn snapshot(&self, pages: &Pages, changed: &[SourcePath], is_good: bool) -> Snapshot {
        let latest = self.latest.as_deref();
        let revision = latest.map_or(1, |latest| latest.revision + 1);
        let stays = latest.filter(|_| !is_good);
        let media = match stays {
            Some(latest) => Arc::clone(&latest.media),
            None => Media::after(latest.map(|latest| &latest.media), &pages.site),
        };
        let followed = self.edited(&pages.site, changed).map(|address| (revision, address));
        Snapshot {
            revision,
            output: stays.map_or(&pages.output, |latest| &latest.output).clone(),
            index: latest.map(|latest| latest.index.clone()).unwrap_or_default(),
            base_path: stays.map_or_else(|| pages.site.config.base_path.clone(), |latest| latest.base_path.clone()),
            home: stays.map_or_else(|| pages.site.config.base_link.clone(), |latest| latest.home.clone()),
            site: Arc::clone(&pages.site),
            folder: self.options.site.folder.clone(),
            problems: Problems::of(&pages.diagnostics),
            media,
            followed: followed.or_else(|| latest.and_then(|latest| latest.followed.clone())),
        }
    }

    /// The page of the first changed document, if browsers are to follow.
    fn edited(&self, site: &Site, changed: &[SourcePath]) -> Option<String> {
        let documents = changed.iter().filter(|path| self.options.follow && path.is_document());
        let mut addresses = documents.filter_map(|path| site.address_of(path));
        addresses.next().map(|address| render::url(site, address))
    }

    /// Says that the site can't be read; the last good pages stay up, and next time everything is read.
    fn unreadable(&mut self, error: &std::io::Error) {
        self.trouble(error.to_string());
        if let Some(latest) = &self.latest {
            let problems = [Diagnostic::error(Rule::UnreadableSite, error.to_string())];
            let snapshot = Snapshot {
                revision: latest.revision + 1,
                problems: Problems::of(&problems),
                ..Snapshot::clone(latest)
            };
            self.show(snapshot);
        }
    }

    fn trouble(&self, message: String) {
        self.tell(News::Trouble(message));
    }

    fn tell(&self, news: News) {
        // Nobody listens any more when the preview is stopping.
        let _ = self.messages.send(Message::News(news));
    }
}

/// A touched path as the site's own paths; `None` if it isn't the site's.
fn meant(touch: Touch, watching: Option<&mut Watching>) -> Vec<Touch> {
    match watching {
        Some(watching) => watching.meant(touch),
        None => vec![touch],
    }
}

/// Why files are looked at again and again from now on, in an editor's words.
fn cannot_watch(fault: &notify::Error) -> String {
    let reason = match fault.kind {
        notify::ErrorKind::MaxFilesWatch => {
            "the system watches no more folders for this user (on Linux, `sysctl fs.inotify.max_user_watches` shows how many)".to_owned()
        }
        _ => format!("the system can't watch the files ({fault})"),
    };
    format!("{reason}, so they are looked at again and again, as with --poll")
}
