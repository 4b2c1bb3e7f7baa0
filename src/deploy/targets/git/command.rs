//! Runs `git`, without prompts, and without what a hook's environment says of another repository.

use std::fmt;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread;

/// Variables that would lead to another repository or index, as a hook has them.
const OF_HOOKS: &[&str] = &[
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_PREFIX",
    "GIT_COMMON_DIR",
    "GIT_NAMESPACE",
    "GIT_QUARANTINE_PATH",
];

/// Where `git` runs.
#[derive(Debug, Clone)]
pub(super) struct Git {
    folder: PathBuf,
    repository: Option<PathBuf>,
    index: Option<PathBuf>,
    /// Whether nobody is known in whose name commits could be made.
    is_nobody: bool,
}

/// Why a command failed.
#[derive(Debug)]
pub(super) enum Failed {
    /// It could not be started.
    Start(io::Error),
    /// It ended with an error, and printed this.
    Status(String),
}

impl fmt::Display for Failed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Start(error) => write!(formatter, "{error}"),
            Self::Status(message) => formatter.write_str(message),
        }
    }
}

impl Git {
    /// In the repository that a folder is in.
    pub(super) fn in_folder(folder: &Path) -> Self {
        Self { folder: folder.to_path_buf(), repository: None, index: None, is_nobody: false }
    }

    /// In that repository.
    pub(super) fn with_repository(self, repository: PathBuf) -> Self {
        Self { repository: Some(repository), ..self }
    }

    /// With that index, and in somebody's name.
    pub(super) fn with_index(self, index: PathBuf) -> Self {
        let is_nobody = self.text(&["var", "GIT_COMMITTER_IDENT"]).is_err();
        Self { index: Some(index), is_nobody, ..self }
    }

    /// What a command prints.
    pub(super) fn text(&self, arguments: &[&str]) -> Result<String, Failed> {
        self.output(arguments, b"").map(|printed| String::from_utf8_lossy(&printed).into_owned())
    }

    /// What a command prints that reads `input`.
    pub(super) fn output(&self, arguments: &[&str], input: &[u8]) -> Result<Vec<u8>, Failed> {
        let output = self.run(arguments, input).map_err(Failed::Start)?;
        match output.status.success() {
            true => Ok(output.stdout),
            false => Err(Failed::Status(last_lines(&String::from_utf8_lossy(&output.stderr)))),
        }
    }

    fn run(&self, arguments: &[&str], input: &[u8]) -> io::Result<Output> {
        let mut child = self.command(arguments).spawn()?;
        let stdin = child.stdin.take();
        thread::scope(|scope| {
            scope.spawn(move || {
                // A command that ends before it has read all says why itself.
                stdin.map(|mut stdin| stdin.write_all(input))
            });
            child.wait_with_output()
        })
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("git");
        for name in OF_HOOKS {
            command.env_remove(name);
        }
        command.current_dir(&self.folder).env("LC_ALL", "C").env("GIT_TERMINAL_PROMPT", "0");
        if let Some(repository) = &self.repository {
            command.env("GIT_DIR", repository);
        }
        if let Some(index) = &self.index {
            command.env("GIT_INDEX_FILE", index);
        }
        if self.is_nobody {
            for (name, value) in [("NAME", "Letterpress"), ("EMAIL", "letterpress@localhost")] {
                command.env(format!("GIT_AUTHOR_{name}"), value).env(format!("GIT_COMMITTER_{name}"), value);
            }
        }
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }
}

/// The end of what was printed, in one line.
fn last_lines(printed: &str) -> String {
    let lines: Vec<&str> =
        printed.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("hint:")).collect();
    lines[lines.len().saturating_sub(6)..].join("; ")
}
