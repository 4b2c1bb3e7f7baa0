//! Arguments → exit status: commands, flags, and what is printed. No work of its own.

mod arguments;
mod deploy;
mod print;
mod report;
mod translations;
mod watch;

use std::io;
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use clap::{CommandFactory, Parser};

use arguments::{Add, Arguments, Build, Check, Command, Kind, New, Part};
use letterpress::check::fix;
use letterpress::collect::{LARGE_SITE, Sources, SpillTexts, find_site};
use letterpress::diagnostic::{Diagnostic, Rule, Severity, any_errors};
use letterpress::pipeline::{Built, Memo, Report, build};
use letterpress::publish::Published;
use letterpress::source::CONFIG_FILE;
use letterpress::workspace::receipt;
use letterpress::workspace::receipt::Receipt;
use letterpress::{check, collect, diagnostic, publish, reference, starter};
use print::Printer;

/// The content has errors.
const CONTENT: u8 = 1;
/// The command line has.
const USAGE: u8 = 2;
/// The machine failed.
const MACHINE: u8 = 3;

/// Runs the command that the arguments name.
pub fn main() -> ExitCode {
    report::install();
    let arguments = Arguments::parse();
    // Templates may nest further than a thread's usual stack reaches. It fails only if there is a pool already.
    let _ = rayon::ThreadPoolBuilder::new().stack_size(letterpress::theme::STACK).build_global();
    let verbose = arguments.verbose;
    let result = match arguments.command {
        Command::Build(build) => run_build(build, verbose),
        Command::Watch(arguments) => watch::run(arguments, verbose),
        Command::Check(check) => run_check(check),
        Command::Translations(translations) => translations::run(&translations),
        Command::Deploy(arguments) => deploy::run(&arguments, verbose),
        Command::New(new) => run_new(&new),
        Command::Add(add) => run_add(&add),
        Command::Reference { part } => {
            print::document(&reference(part));
            Ok(ExitCode::SUCCESS)
        }
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Arguments::command(), "letterpress", &mut script);
            print::bytes(&script);
            Ok(ExitCode::SUCCESS)
        }
    };
    result.unwrap_or_else(|stop| {
        print::error(&stop.message);
        ExitCode::from(stop.status)
    })
}

/// Why a command stopped before its work was done.
struct Stop {
    status: u8,
    message: String,
}

impl Stop {
    fn usage(message: impl Into<String>) -> Self {
        Self { status: USAGE, message: message.into() }
    }
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        let is_usage = error.kind() == io::ErrorKind::InvalidInput
            || error.get_ref().is_some_and(|inner| inner.is::<publish::ForeignFiles>());
        Self { status: if is_usage { USAGE } else { MACHINE }, message: error.to_string() }
    }
}

type Outcome = Result<ExitCode, Stop>;

fn run_build(arguments: Build, verbose: bool) -> Outcome {
    let start = Instant::now();
    let folder = site_folder(arguments.source.as_deref())?;
    let output_folder = arguments.output.clone().unwrap_or_else(|| folder.join("public"));
    publish::check_folder(&folder, &output_folder).map_err(|refusal| Stop::usage(refusal.to_string()))?;
    let options = collect::Options {
        folder,
        base_url: arguments.base_url.clone(),
        as_of: arguments.as_of,
        drafts: arguments.drafts,
        spill: SpillTexts::FromFiles(if arguments.low_memory { 0 } else { LARGE_SITE }),
        ..collect::Options::default()
    };
    let printer = Printer::new(arguments.format, &options.folder).logging(verbose);
    report::doing("reading the site");
    let program = receipt::Program::running();
    let (sources, collected) = collect::collect(&options)?;
    let read = start.elapsed();
    let fingerprint = receipt::fingerprint(program, &sources, &collected, arguments.precompress);
    // The program ends with this build: to give back a large site's memory piece by piece would take it a third of a second more.
    let sources = ManuallyDrop::new(sources);
    let mut memo = ManuallyDrop::new(Memo::for_one_build(&options.folder));
    let publishing = Publishing { arguments: &arguments, printer: &printer, folder: &output_folder, start };
    memo.cache().sweep_unfinished();
    let known = fingerprint.and_then(|fingerprint| receipt::find(memo.cache(), &fingerprint, &output_folder));
    if let Some((receipt, files)) = known {
        let is_fit = publishing.nothing_new(receipt, &files)?;
        return Ok(if is_fit { ExitCode::SUCCESS } else { ExitCode::from(CONTENT) });
    }
    report::doing("building the site");
    let progress = printer.progress();
    let mut built = ManuallyDrop::new(build(&sources, collected, &mut memo)?);
    built.report.timings.insert(0, ("read", read));
    progress.finish_and_clear();
    let found = built.diagnostics.clone();
    if verbose || arguments.timings {
        print::timings(&built.report.timings);
    }
    if !publishing.publish(&mut built, &memo)? {
        return Ok(ExitCode::from(CONTENT));
    }
    let told = Receipt { report: std::mem::take(&mut built.report), diagnostics: found };
    if let Some(fingerprint) = fingerprint {
        receipt::keep(memo.cache(), &fingerprint, &output_folder, &built.output, told);
    }
    memo.sweep();
    Ok(ExitCode::SUCCESS)
}

/// Where a build is published, and where it is reported.
struct Publishing<'a> {
    arguments: &'a Build,
    printer: &'a Printer,
    folder: &'a Path,
    start: Instant,
}

impl Publishing<'_> {
    /// Tells what is wrong; whether the site can be published in spite of it.
    fn is_fit(&self, diagnostics: &mut [Diagnostic]) -> bool {
        self.printer.diagnostics(&strictly(diagnostics, self.arguments.strict));
        let is_fit = !any_errors(diagnostics);
        if !is_fit {
            self.printer.not_published(diagnostics, self.folder);
        }
        is_fit
    }

    /// Brings the folder up to date, if the site is fit for it.
    fn publish(&self, built: &mut Built, memo: &Memo) -> Result<bool, Stop> {
        if !self.is_fit(&mut built.diagnostics) {
            return Ok(false);
        }
        if self.arguments.precompress {
            report::doing("packing copies");
            publish::compress(&mut built.output, memo.cache())?;
        }
        let ready = Instant::now();
        report::doing("publishing");
        let published = publish::publish(&built.output, self.folder, &|step| self.printer.step(step, self.folder))?;
        if self.arguments.timings {
            print::last_timings(&built.report.timings, ready.elapsed(), self.start.elapsed());
        }
        let files = built.output.iter().map(|(file, _)| file);
        self.tell(&built.report, &built.diagnostics, published, files)?;
        Ok(true)
    }

    /// Reports the build that published these files, if it is still valid today.
    fn nothing_new(&self, receipt: Receipt, files: &[String]) -> Result<bool, Stop> {
        let Receipt { report, mut diagnostics } = receipt;
        if !self.is_fit(&mut diagnostics) {
            return Ok(false);
        }
        if self.arguments.timings {
            print::timings(&[("read, and compare with the last build", self.start.elapsed())]);
        }
        let published = Published { unchanged: files.len(), ..Published::default() };
        self.tell(&report, &diagnostics, published, files.iter().map(String::as_str))?;
        Ok(true)
    }

    fn tell<'a>(
        &self,
        report: &Report,
        diagnostics: &[Diagnostic],
        published: Published,
        files: impl Iterator<Item = &'a str>,
    ) -> Result<(), Stop> {
        self.printer.published(report, diagnostics, published, self.folder, self.start.elapsed());
        if !published.is_first {
            self.printer.unknown_files(&publish::unknown_files(self.folder, files)?, self.folder);
        }
        Ok(())
    }
}

fn run_check(arguments: Check) -> Outcome {
    if arguments.rules {
        print::document(&check::reference());
        return Ok(ExitCode::SUCCESS);
    }
    if arguments.json_schema {
        print::document(diagnostic::SCHEMA);
        return Ok(ExitCode::SUCCESS);
    }
    let start = Instant::now();
    let folder = site_folder(arguments.source.as_deref())?;
    let options = collect::Options {
        folder,
        as_of: arguments.as_of,
        drafts: arguments.drafts,
        spill: SpillTexts::FromFiles(LARGE_SITE),
        ..collect::Options::default()
    };
    let printer = Printer::new(arguments.format, &options.folder).showing(arguments.all);
    let mut checking = Checking { options: &options, arguments: &arguments, printer: &printer, history: None };
    let (mut built, is_fixed) = checking.run()?;
    if arguments.external {
        built.diagnostics.extend(checking.external(&built));
        diagnostic::sort(&mut built.diagnostics);
    }
    printer.diagnostics(&strictly(&mut built.diagnostics, arguments.strict));
    printer.checked(&built, start.elapsed());
    Ok(match (is_fixed, any_errors(&built.diagnostics)) {
        (false, _) => ExitCode::from(MACHINE),
        (true, true) => ExitCode::from(CONTENT),
        (true, false) => ExitCode::SUCCESS,
    })
}

/// One run of `check`.
struct Checking<'a> {
    options: &'a collect::Options,
    arguments: &'a Check,
    printer: &'a Printer,
    /// The history of the site's files, if it was asked for.
    history: Option<fix::History>,
}

impl Checking<'_> {
    /// Checks the site, and fixes it first if that is asked for. The site with all that is wrong in it, and whether each file that should
    /// have been written was.
    fn run(&mut self) -> Result<(Built, bool), Stop> {
        report::doing("checking the site");
        let (sources, collected) = collect::collect(self.options)?;
        self.history = self.arguments.fix.then(|| fix::History::read(&self.options.folder));
        let built = self.built(&sources, collected.clone())?;
        if !self.arguments.fix {
            return Ok((built, true));
        }
        fix::sweep(&self.options.folder);
        let changes = self.changes(&sources, &collected, &built);
        self.printer.changes(&changes);
        let write = !changes.is_empty() && !self.arguments.dry_run && self.printer.confirm(&changes);
        if !write {
            self.printer.mended(&changes, false);
            return Ok((built, true));
        }
        let written = self.write(changes);
        let (sources, collected) = collect::collect(self.options)?;
        self.history = None;
        Ok((self.built(&sources, collected)?, written))
    }

    /// What a build reports, and what only this command looks for.
    fn built(&self, sources: &Sources, collected: Vec<Diagnostic>) -> Result<Built, Stop> {
        let progress = self.printer.progress();
        let folder = &self.options.folder;
        let mut built = build(sources, collected, &mut Memo::for_one_build(folder))?;
        let published = self.arguments.output.clone().unwrap_or_else(|| folder.join("public"));
        let lost = publish::lost(&published, &built.output)?;
        built.diagnostics.extend(check::lost_addresses(&built.site, &built.output, &lost));
        if let Some(history) = &self.history {
            built.diagnostics.extend(history.missing_updated(&built.site));
        }
        progress.finish_and_clear();
        diagnostic::sort(&mut built.diagnostics);
        Ok(built)
    }

    fn changes(&self, sources: &Sources, collected: &[Diagnostic], built: &Built) -> Vec<fix::Change> {
        let mut check = |sources: &Sources| match self.built(sources, collected.to_vec()) {
            Ok(built) => built.diagnostics,
            // What can't be checked is not kept.
            Err(stop) => vec![Diagnostic::error(Rule::UnreadableSite, stop.message)],
        };
        fix::fixed(sources, built.diagnostics.clone(), &mut check)
    }

    /// Writes the changed files, and reports those that can't be. Whether all could.
    fn write(&self, changes: Vec<fix::Change>) -> bool {
        let write = |change: &fix::Change| {
            change.write(&self.options.folder).inspect_err(|error| print::error(&error.to_string()))
        };
        let (written, failed): (Vec<_>, Vec<_>) = changes.into_iter().partition(|change| write(change).is_ok());
        if !written.is_empty() {
            self.printer.mended(&written, true);
        }
        failed.is_empty()
    }

    fn external(&self, built: &Built) -> Vec<Diagnostic> {
        let progress = self.printer.progress();
        let asked = |done: usize, all: usize| progress.set_message(format!("{done} of {all} links to other sites"));
        let found = check::external::check_external(&built.site, &self.options.folder, &asked);
        progress.finish_and_clear();
        found
    }
}

fn reference(part: Option<Part>) -> String {
    match part {
        None => [reference::writing(), reference::settings(), check::reference(), reference::themes()].join("\n"),
        Some(Part::Writing) => reference::writing(),
        Some(Part::Settings) => reference::settings(),
        Some(Part::Rules) => check::reference(),
        Some(Part::Themes) => reference::themes(),
    }
}

fn run_new(arguments: &New) -> Outcome {
    let made = starter::new_site(&arguments.folder, today()).map_err(not_there)?;
    print::made(&made);
    print::next_steps(&arguments.folder);
    Ok(ExitCode::SUCCESS)
}

fn run_add(arguments: &Add) -> Outcome {
    let folder = site_folder(arguments.source.as_deref())?;
    let kind = match arguments.kind {
        Kind::Article => starter::Kind::Article,
        Kind::Letter => starter::Kind::Letter,
    };
    let made = starter::add(&folder, kind, &arguments.title, today()).map_err(not_there)?;
    print::made(&[made]);
    print::next_for_draft();
    Ok(ExitCode::SUCCESS)
}

/// A file that is already there, or a title without a letter, is a slip of the command line, not of the machine.
fn not_there(error: io::Error) -> Stop {
    match error.kind() {
        io::ErrorKind::AlreadyExists | io::ErrorKind::InvalidInput => Stop::usage(error.to_string()),
        _ => error.into(),
    }
}

fn today() -> jiff::civil::Date {
    jiff::ZonedDateTime::now().date()
}

/// With `--strict`, warnings are errors.
fn strictly(diagnostics: &mut [Diagnostic], strict: bool) -> Vec<Diagnostic> {
    if strict {
        diagnostics.iter_mut().for_each(|diagnostic| diagnostic.severity = Severity::Error);
    }
    diagnostics.to_vec()
}

/// The folder that was named, or the nearest upwards that holds a `letterpress.toml`.
fn site_folder(named: Option<&Path>) -> Result<PathBuf, Stop> {
    if let Some(folder) = named {
        if folder.join(CONFIG_FILE).is_file() {
            return Ok(folder.to_path_buf());
        }
        let message = format!("there is no {} in {}", CONFIG_FILE, folder.display());
        return Err(Stop::usage(message));
    }
    let here = std::env::current_dir()?;
    find_site(&here).ok_or_else(|| {
        Stop::usage(format!(
            "there is no {} here or in a folder above; `letterpress new DIR` makes a site",
            CONFIG_FILE
        ))
    })
}
