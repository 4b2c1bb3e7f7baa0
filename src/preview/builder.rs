//! Batches of touched files → snapshots: builds, shows, and has the output folder brought up to date.
//!
//! The build is the one of `letterpress build`. While the content has errors the last good pages stay up, and the output folder stays as it is.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};

use super::media::Media;
use super::messages::{Message, News, Options, Rebuilt, spawn};
use super::output_writer::OutputWriter;
use super::problems::Problems;
use super::server;
use super::snapshot::{Channel, Snapshot};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Rule, any_errors};
use crate::output::Output;
use crate::pipeline::Pages;
use crate::site::Site;
use crate::source::SourcePath;
use crate::workspace::{Batch, FileWatch, Next, SiteBuilder};
use crate::{collect, render};

/// How often the day is compared.
const DAY_CHECK: Duration = Duration::from_secs(20);
/// How long feeds, the largest pages and the search index are delayed after an edit: a further one is shown before them.
const PAUSE: Duration = Duration::from_millis(80);
/// An editor who never pauses has a new search index at least this often.
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
        site: SiteBuilder::new(options.site.clone()),
        latest: None,
        good: None,
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
    site: SiteBuilder,
    latest: Option<Arc<Snapshot>>,
    /// The site and the search index of the last good build.
    good: Option<(Output, Output)>,
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
        let mut files = FileWatch::start(&self.options.site.folder, self.options.poll, &|reason| self.trouble(reason));
        self.update(&Batch { everything: true, ..Batch::default() }, &mut files);
        let Some(sources) = self.site.sources() else {
            // There is no preview without a configuration, so the error is reported now.
            return collect::collect(&self.options.site).map(drop);
        };
        self.tell(ready(&sources.config));
        self.attend_external(&mut files);
        while let Some(batch) = self.next(&mut files) {
            files.attend(&|reason| self.trouble(reason));
            self.update(&batch, &mut files);
            self.attend_external(&mut files);
        }
        Ok(())
    }

    fn attend_external(&self, files: &mut FileWatch) {
        let Some(sources) = self.site.sources() else { return };
        let folder = &self.options.site.folder;
        files.attend_external(sources.named_files().iter().map(|file| folder.join(file)).collect());
    }

    /// Waits until files were touched or the day has changed; `None` when nothing will come any more.
    fn next(&self, files: &mut FileWatch) -> Option<Batch> {
        loop {
            match files.next(DAY_CHECK) {
                Next::Batch(batch) => return Some(batch),
                Next::Quiet if self.site.is_next_day() => return Some(Batch { everything: true, ..Batch::default() }),
                Next::Quiet => {}
                Next::Closed => return None,
            }
        }
    }

    /// Builds what is now on disk and shows it: first the pages, then, unless more is already waiting, the search index with them.
    fn update(&mut self, batch: &Batch, files: &mut FileWatch) {
        let start = Instant::now();
        let pages = match (self.site.update(batch), self.unfinished.take()) {
            (Err(error), _) => return self.unreadable(&error),
            (Ok(Some(changed)), before) => self.show_pages(changed, before, start),
            (Ok(None), before) => before,
        };
        let Some(pages) = pages else { return };
        if self.completed.elapsed() < LONGEST_UNFINISHED && files.is_touched_within(PAUSE) {
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
        let pages = match self.site.pages()? {
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

    /// Builds the search index, shows all diagnostics, and brings the output folder up to date.
    fn complete(&mut self, unfinished: Unfinished) {
        let Unfinished { pages, changed, is_good, time } = unfinished;
        let built = match self.site.complete(pages) {
            Some(Ok(built)) => built,
            Some(Err(error)) => return self.unreadable(&error),
            None => return,
        };
        let Some(latest) = &self.latest else { return };
        self.completed = Instant::now();
        let is_good = is_good && !any_errors(&built.diagnostics);
        if is_good || self.good.is_none() {
            self.good = Some((built.output, built.index));
        }
        let (output, index) = self.good.clone().unwrap_or_default();
        let diagnostics: Arc<[Diagnostic]> = built.diagnostics.into();
        let problems = Problems::of(&diagnostics);
        let snapshot = Snapshot { output: output.clone(), index, problems, ..Snapshot::clone(latest) };
        self.show(snapshot);
        self.tell(News::Rebuilt(Rebuilt { changed, report: built.report, diagnostics, is_shown: is_good, time }));
        if is_good {
            self.writer.of(&output);
        }
    }

    fn show(&mut self, snapshot: Snapshot) {
        let snapshot = Arc::new(snapshot);
        self.latest = Some(Arc::clone(&snapshot));
        self.channel.show(snapshot);
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
