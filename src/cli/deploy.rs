//! `letterpress deploy`: builds the site, and sends what changed to where readers find it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{IsTerminal, stderr};
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use indicatif::{HumanBytes, ProgressBar, ProgressStyle};

use super::arguments::{Build, Deploy, Format};
use super::print::{self, Printer, plural};
use super::{Outcome, Stop, report, run_build, site_folder};
use letterpress::collect;
use letterpress::config::{Config, DeployCompress, DeploySettings};
use letterpress::deploy::{self, Allowed, DeployError, Deployed, Deployment, Preview, Step};
use letterpress::diagnostic::any_errors;

/// How many names of files a line has.
const MOST_NAMED: usize = 5;

impl From<DeployError> for Stop {
    fn from(error: DeployError) -> Self {
        let status = if error.is_usage { super::USAGE } else { super::MACHINE };
        Self { status, message: error.to_string() }
    }
}

pub(super) fn run(arguments: &Deploy, verbose: bool) -> Outcome {
    let site = site_folder(arguments.source.as_deref())?;
    let output = arguments.output.clone().unwrap_or_else(|| site.join("public"));
    report::doing("reading the settings of deployments");
    let Some(config) = settings(&site)? else { return Ok(ExitCode::from(super::CONTENT)) };
    let (name, settings) = chosen(arguments.name.as_deref(), &config.deploy)?;
    if !arguments.no_build {
        let built = run_build(build(arguments, &site, settings), verbose)?;
        if built != ExitCode::SUCCESS {
            return Ok(built);
        }
    }
    report::doing("deploying the site");
    let deployment = Deployment { site: &site, output: &output, config: &config, name, settings };
    let allowed = Allowed { deletions: arguments.yes, take_over: arguments.take_over };
    if arguments.dry_run {
        print::document(&table(&deploy::preview(&deployment, allowed)?));
        return Ok(ExitCode::SUCCESS);
    }
    let bar = bar();
    let deployed = deploy::deploy(&deployment, allowed, &|step| tell(&bar, step, verbose));
    bar.finish_and_clear();
    let deployed = deployed?;
    print::note(&summary(&deployed));
    if arguments.purge_list {
        print::bytes(deployed.purge.iter().map(|address| format!("{address}\n")).collect::<String>().as_bytes());
    }
    Ok(ExitCode::SUCCESS)
}

/// The site's settings; `None` if they have errors, which were then reported.
fn settings(site: &Path) -> Result<Option<Config>, Stop> {
    let (config, diagnostics) = collect::settings(site)?;
    if any_errors(&diagnostics) {
        Printer::new(Format::Human, site).diagnostics(&diagnostics);
        return Ok(None);
    }
    Ok(Some(config))
}

/// The deployment of that name; the only one, if none is named.
fn chosen<'a>(
    name: Option<&str>,
    deployments: &'a BTreeMap<String, DeploySettings>,
) -> Result<(&'a str, &'a DeploySettings), Stop> {
    let names = || deployments.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
    let found = match (name, deployments.len()) {
        (_, 0) => {
            return Err(Stop::usage(
                "letterpress.toml says of no place to deploy to. Add one, such as:\n\n    [deploy.live]\n    to = \"folder\"\n    folder = \
                 \"/mnt/web/advice\"\n\n`letterpress reference settings` lists the others.",
            ));
        }
        (Some(name), _) => deployments.get_key_value(name),
        (None, 1) => deployments.first_key_value(),
        (None, _) => {
            return Err(Stop::usage(format!("which of {}? Add its name: `letterpress deploy NAME`.", names())));
        }
    };
    let unknown = || {
        Stop::usage(format!(
            "there is no `[deploy.{}]` in letterpress.toml; there is {}.",
            name.unwrap_or_default(),
            names()
        ))
    };
    found.map(|(name, settings)| (name.as_str(), settings)).ok_or_else(unknown)
}

fn build(arguments: &Deploy, site: &Path, settings: &DeploySettings) -> Build {
    Build {
        source: Some(site.to_path_buf()),
        output: arguments.output.clone(),
        base_url: None,
        drafts: false,
        as_of: None,
        low_memory: false,
        precompress: settings.compress == DeployCompress::Copies,
        strict: arguments.strict,
        format: Format::Human,
        timings: false,
    }
}

/// A bar of what has been sent, on a terminal only.
fn bar() -> ProgressBar {
    if !stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(0).with_message("Comparing …");
    let style = ProgressStyle::with_template("{spinner} {bar:30} {bytes} of {total_bytes} {msg} {eta}");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar.enable_steady_tick(Duration::from_millis(120));
    bar
}

fn tell(bar: &ProgressBar, step: Step<'_>, verbose: bool) {
    let line = match step {
        Step::Begin { bytes, files } => {
            bar.set_length(bytes);
            bar.set_message(plural(files, "file"));
            return;
        }
        Step::Sent { file, bytes } => {
            bar.inc(bytes);
            format!("send    {file}")
        }
        Step::Deleted(file) => format!("delete  {file}"),
    };
    if verbose {
        bar.suspend(|| print::note(&line));
    }
}

/// The plan, a step a line, and a line that sums it up.
fn table(preview: &Preview) -> String {
    let width = preview.steps.iter().map(|step| step.stage.len()).max().unwrap_or_default();
    let mut text = String::new();
    for step in &preview.steps {
        let bytes = step.bytes.map_or(String::new(), |bytes| bytes.to_string());
        // Writing to a string can't fail.
        let _ = writeln!(text, "{:<6}  {:<width$}  {bytes:>10}  {}", step.action, step.stage, step.file);
    }
    let deleted = preview.steps.iter().filter(|step| step.bytes.is_none()).count();
    let bytes = preview.steps.iter().filter_map(|step| step.bytes).sum();
    let _ = writeln!(
        text,
        "{} to send ({}), {deleted} to delete, {} unchanged. Nothing was changed there.",
        plural(preview.steps.len() - deleted, "file"),
        HumanBytes(bytes),
        preview.unchanged
    );
    if !preview.foreign.is_empty() {
        let _ = writeln!(
            text,
            "Not from this site, and in the way: {}. `--take-over` replaces them.",
            named(&preview.foreign)
        );
    }
    text
}

fn summary(deployed: &Deployed) -> String {
    let target = &deployed.target;
    let mut text = match (deployed.sent, deployed.deleted) {
        (0, 0) => format!("Nothing changed in {target}: {} as they should be", plural(deployed.unchanged, "file")),
        (sent, deleted) => format!(
            "{} ({}) sent to {target}, {deleted} deleted, {} unchanged",
            plural(sent, "file"),
            HumanBytes(deployed.bytes),
            deployed.unchanged
        ),
    };
    // Writing to a string can't fail.
    let _ = write!(text, ", in {:.2} s.", deployed.time.as_secs_f64());
    if !deployed.purge.is_empty() {
        let count = deployed.purge.len();
        let addresses = if count == 1 { "address" } else { "addresses" };
        let _ = write!(text, " {count} {addresses} to purge from caches; --purge-list prints them.");
    }
    if !deployed.repaired.is_empty() {
        let _ = write!(
            text,
            "\nPut right, since somebody else changed them there or a deployment was cut off: {}.",
            named(&deployed.repaired)
        );
    }
    if !deployed.kept.is_empty() {
        let _ = write!(text, "\nLeft there, since somebody else changed them: {}.", named(&deployed.kept));
    }
    text
}

fn named(files: &[String]) -> String {
    let names = files.iter().take(MOST_NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
    match files.len().saturating_sub(MOST_NAMED) {
        0 => names,
        more => format!("{names} and {more} more"),
    }
}
