//! `letterpress watch`: what a person reads at the terminal while the preview runs.

use std::io::{self, IsTerminal, Write, stderr};
use std::process::{Command, ExitCode, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::thread;
use std::time::Duration;

use super::arguments::Watch;
use super::{Outcome, Stop, print, report, site_folder};
use letterpress::diagnostic::{Diagnostic, any_errors, render_human};
use letterpress::preview::{News, Options, Rebuilt};
use letterpress::source::SourcePath;
use letterpress::{collect, diagnostic, preview, publish};

/// So many changed files are named in a line.
const NAMED: usize = 2;
/// So many diagnostics are printed in full.
const SHOWN: usize = 20;
/// So many pieces of news wait for a terminal.
const MOST_WAITING: usize = 100;
/// How long the last word may take.
const LAST_WORD: Duration = Duration::from_millis(200);

/// Watches until Ctrl-C.
pub(super) fn run(arguments: Watch, verbose: bool) -> Outcome {
    report::doing("showing the preview");
    let folder = site_folder(arguments.source.as_deref())?;
    let output = arguments.output.clone().unwrap_or_else(|| folder.join("public"));
    if !arguments.drafts {
        publish::check_folder(&folder, &output).map_err(|refusal| Stop::usage(refusal.to_string()))?;
    }
    let options = Options {
        site: collect::Options { folder, drafts: arguments.drafts, ..collect::Options::default() },
        output: (!arguments.drafts).then_some(output),
        host: arguments.host,
        port: arguments.port,
        poll: arguments.poll,
        follow: arguments.follow,
    };
    let terminal = Terminal { open: arguments.open, known: Arc::default(), is_first: true, verbose };
    let (news, printed) = printing(terminal)?;
    // What doesn't fit any more is lost on a terminal that takes nothing.
    preview::run(options, &mut |one| drop(news.try_send(one)))?;
    drop(news);
    // Ends with the last word, unless the terminal takes nothing.
    let _ = printed.recv_timeout(LAST_WORD);
    Ok(ExitCode::SUCCESS)
}

/// Starts the thread that prints, since a terminal or pipe that nobody reads may block for ever. It reports its end.
fn printing(mut terminal: Terminal) -> io::Result<(SyncSender<News>, Receiver<()>)> {
    let (news, inbox) = mpsc::sync_channel(MOST_WAITING);
    let (ended, printed) = mpsc::channel();
    thread::Builder::new().name("terminal".to_owned()).spawn(move || {
        inbox.iter().for_each(|one| terminal.tell(one));
        // Nobody waits for it when the program ends by a fault.
        let _ = ended.send(());
    })?;
    Ok((news, printed))
}

struct Terminal {
    /// Whether a browser is to be opened.
    open: bool,
    /// What was wrong after the last build.
    known: Arc<[Diagnostic]>,
    is_first: bool,
    /// Whether it prints how long each pass took.
    verbose: bool,
}

impl Terminal {
    fn tell(&mut self, news: News) {
        match news {
            News::Ready { address, dashboard, taken } => self.ready(&address, &dashboard, taken),
            News::Rebuilt(rebuilt) => self.rebuilt(&rebuilt),
            News::Trouble(message) => print::error(&message),
        }
    }

    fn ready(&self, address: &str, desk: &str, taken: Option<u16>) {
        if let Some(port) = taken {
            line(&format!("Port {port} is taken by another program, so this preview has the next free one."));
        }
        line(&format!("Preview  {address}\nDesk     {desk}\nCtrl-C ends it."));
        if self.open {
            open(address);
        }
    }

    fn rebuilt(&mut self, rebuilt: &Rebuilt) {
        let colour = stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        // // What was reported before and is still wrong is counted, not repeated.
        let fresh = diagnostic::fresh(&self.known, &rebuilt.diagnostics);
        for diagnostic in fresh.iter().take(SHOWN) {
            line(&format!("{}\n", render_human(diagnostic, colour)));
        }
        if fresh.len() > SHOWN {
            line(&format!("… and {} more; `letterpress check` names them all.\n", fresh.len() - SHOWN));
        }
        if self.verbose {
            print::timings(&rebuilt.report.timings);
        }
        line(&self.summary(rebuilt));
        self.known = Arc::clone(&rebuilt.diagnostics);
        self.is_first = false;
    }

    /// What changed, how many pages were rendered, how long it took.
    fn summary(&self, rebuilt: &Rebuilt) -> String {
        let pages = print::plural(rebuilt.report.rendered.rendered, "page");
        let what = match self.is_first {
            true => "Built".to_owned(),
            false => changed(&rebuilt.changed),
        };
        let faults = match (rebuilt.diagnostics.is_empty(), !self.known.is_empty()) {
            (true, true) => "; all is mended".to_owned(),
            (true, false) => String::new(),
            (false, _) => format!("; {}", print::counts(&rebuilt.diagnostics)),
        };
        let shown =
            if rebuilt.is_shown || !any_errors(&rebuilt.diagnostics) { "" } else { "; the last good pages stay up" };
        format!("{what}: {pages} rendered in {} ms{faults}{shown}", rebuilt.time.as_millis())
    }
}

fn changed(paths: &[SourcePath]) -> String {
    if paths.is_empty() {
        return "A new day".to_owned();
    }
    let named: Vec<&str> = paths.iter().take(NAMED).map(SourcePath::as_str).collect();
    match paths.len() - named.len() {
        0 => named.join(", "),
        others => format!("{} and {others} more", named.join(", ")),
    }
}

fn line(text: &str) {
    // A closed pipe is the reader's choice.
    let _ = writeln!(stderr().lock(), "{text}");
}

/// Opens the system's browser, if it has one.
fn open(address: &str) {
    let (program, arguments): (&str, &[&str]) = match std::env::consts::OS {
        "macos" => ("open", &[]),
        "windows" => ("cmd", &["/C", "start", ""]),
        _ => ("xdg-open", &[]),
    };
    let started =
        Command::new(program).args(arguments).arg(address).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    if started.is_err() {
        print::error("no browser could be opened; the address is above");
    }
}
