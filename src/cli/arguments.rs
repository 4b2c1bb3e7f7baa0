//! The command line, from which help and completions are made as well.

use std::net::IpAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

/// Turns a folder of Markdown into an advice section that readers can search, with letters that they can fill in and take away.
#[derive(Debug, Parser)]
#[command(name = "letterpress", version, max_term_width = 100)]
#[command(after_help = "Exit status: 0 done, 1 the content has errors, 2 the command line has, 3 the machine failed.")]
pub(super) struct Arguments {
    /// Say what is being done: how long each pass takes, what is written and removed
    #[arg(long, short, global = true)]
    pub verbose: bool,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Build the site into its output folder
    Build(Build),
    /// Show the site in a browser and keep it current while you write
    Watch(Watch),
    /// Report what is wrong with the site; write nothing, unless --fix asks for it
    Check(Check),
    /// List what is still to be translated, and what changed since it was
    Translations(Translations),
    /// Build the site and send what changed to where readers find it
    Deploy(Deploy),
    /// Make a site that builds, with a first article and a first letter
    New(New),
    /// Add an article or a letter with its front matter filled in
    Add(Add),
    /// Print the reference for editors and theme authors, in Markdown
    Reference {
        /// Which part of it [default: all]
        #[arg(value_enum)]
        part: Option<Part>,
    },
    /// Print completions for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

#[derive(Debug, Args)]
pub(super) struct Build {
    /// The folder that holds letterpress.toml [default: the nearest one upwards]
    #[arg(long, value_name = "DIR")]
    pub source: Option<PathBuf>,
    /// Where the site is written [default: public in the site's folder]
    #[arg(long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// Where the site will live, instead of the setting base_url
    #[arg(long, value_name = "URL", value_parser = base_url)]
    pub base_url: Option<String>,
    /// Include drafts and scheduled pages
    #[arg(long)]
    pub drafts: bool,
    /// The day that counts as today, as 2026-03-05
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub as_of: Option<Date>,
    /// Keep texts on disk while building, as for a site of 20,000 files: slower, in less memory
    #[arg(long)]
    pub low_memory: bool,
    /// Write a gzip and a Brotli copy beside each text file, for hosts that serve such
    #[arg(long)]
    pub precompress: bool,
    /// Make warnings errors
    #[arg(long)]
    pub strict: bool,
    /// How messages are printed
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
    /// Print how long each pass took
    #[arg(long)]
    pub timings: bool,
}

#[derive(Debug, Args)]
pub(super) struct Watch {
    /// The folder that holds letterpress.toml [default: the nearest one upwards]
    #[arg(long, value_name = "DIR")]
    pub source: Option<PathBuf>,
    /// Where the site is written [default: public in the site's folder]
    #[arg(long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// The address to listen at; others than 127.0.0.1 let other machines in
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    pub host: IpAddr,
    /// The port to listen at; if it is taken, the next free one
    #[arg(long, default_value_t = 4000)]
    pub port: u16,
    /// Show drafts and scheduled pages, and write nothing
    #[arg(long)]
    pub drafts: bool,
    /// Open the preview in a browser
    #[arg(long)]
    pub open: bool,
    /// Look at the files again and again, where the file system gives no events
    #[arg(long)]
    pub poll: bool,
    /// Take browsers to the page that is being edited
    #[arg(long)]
    pub follow: bool,
}

#[derive(Debug, Args)]
pub(super) struct Check {
    /// The folder that holds letterpress.toml [default: the nearest one upwards]
    #[arg(long, value_name = "DIR")]
    pub source: Option<PathBuf>,
    /// Where the site was published, to find pages that were renamed since [default: public in the site's folder]
    #[arg(long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// The day that counts as today, as 2026-03-05
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub as_of: Option<Date>,
    /// Check drafts and scheduled pages as well
    #[arg(long)]
    pub drafts: bool,
    /// Ask for the links to other sites too; nothing else goes to the network
    #[arg(long)]
    pub external: bool,
    /// Fix what can be fixed safely: shows the difference, asks on a terminal, then writes
    #[arg(long)]
    pub fix: bool,
    /// With --fix: show the difference and write nothing
    #[arg(long, requires = "fix")]
    pub dry_run: bool,
    /// Make warnings errors
    #[arg(long)]
    pub strict: bool,
    /// Show every warning, however many of a rule there are
    #[arg(long)]
    pub all: bool,
    /// How messages are printed
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
    /// Print the reference of all rules, in Markdown, and check nothing
    #[arg(long, exclusive = true)]
    pub rules: bool,
    /// Print the JSON Schema of a line of --format json, and check nothing
    #[arg(long, exclusive = true)]
    pub json_schema: bool,
}

#[derive(Debug, Args)]
pub(super) struct Translations {
    /// The folder that holds letterpress.toml [default: the nearest one upwards]
    #[arg(long, value_name = "DIR")]
    pub source: Option<PathBuf>,
    /// Only this language, as ur
    #[arg(long, value_name = "LANGUAGE")]
    pub language: Option<String>,
    /// Print one JSON object a line, for programs
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub(super) struct Deploy {
    /// Which of the groups [deploy.NAME] in letterpress.toml [default: the only one]
    #[arg(value_name = "NAME")]
    pub name: Option<String>,
    /// The folder that holds letterpress.toml [default: the nearest one upwards]
    #[arg(long, value_name = "DIR")]
    pub source: Option<PathBuf>,
    /// Where the site is built [default: public in the site's folder]
    #[arg(long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// Send what is in the output folder, and build nothing
    #[arg(long)]
    pub no_build: bool,
    /// Print what would be done, as a table, and change nothing there
    #[arg(long)]
    pub dry_run: bool,
    /// Delete more files than max_deletes allows
    #[arg(long)]
    pub yes: bool,
    /// Replace files there that no deployment of this site put there
    #[arg(long)]
    pub take_over: bool,
    /// Print the addresses whose older states a cache must forget, one a line, on standard output
    #[arg(long, conflicts_with = "dry_run")]
    pub purge_list: bool,
    /// Make warnings errors
    #[arg(long)]
    pub strict: bool,
}

#[derive(Debug, Args)]
pub(super) struct New {
    /// The folder of the new site
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct Add {
    /// What to add
    #[arg(value_enum)]
    pub kind: Kind,
    /// Its title, from which the file's name is made
    pub title: String,
    /// The folder that holds letterpress.toml [default: the nearest one upwards]
    #[arg(long, value_name = "DIR")]
    pub source: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum Kind {
    /// An article in content/articles
    Article,
    /// A letter in content/letters
    Letter,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum Part {
    /// Front matter, Markdown and letters
    Writing,
    /// letterpress.toml
    Settings,
    /// The rules that a site is checked by
    Rules,
    /// Themes: theme.toml, and what templates can see
    Themes,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people
    #[default]
    Human,
    /// For people who listen: one sentence after the other, nothing drawn
    Plain,
    /// One JSON object a line
    Json,
    /// One SARIF 2.1.0 log
    Sarif,
    /// GitHub's annotations, for its workflows
    Github,
}

impl Format {
    /// Whether a person reads it.
    pub(super) fn is_for_people(self) -> bool {
        matches!(self, Self::Human | Self::Plain)
    }
}

fn date(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "write year-month-day with hyphens, for example 2026-03-05".to_owned())
}

fn base_url(text: &str) -> Result<String, String> {
    let fault = letterpress::config::base_url_fault(text);
    match fault.filter(|_| !text.trim().is_empty()) {
        None if text.trim().is_empty() => {
            Err("write a whole address such as https://www.example.com/advice/".to_owned())
        }
        None => Ok(text.to_owned()),
        Some(fault) => Err(format!("{}; {}", fault.message, fault.hint)),
    }
}
