//! A small site, and runs of `letterpress deploy` as an editor makes them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

/// What a store's credentials are in these tests; no output may have it.
pub const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLE";

pub struct Site {
    folder: tempfile::TempDir,
}

impl Site {
    /// A site with a few articles that link to each other, deployed as these lines say.
    pub fn new(deploy: &str) -> Self {
        let site = Self { folder: tempfile::tempdir().expect("a folder") };
        site.write(
            "letterpress.toml",
            &format!("title = \"Advice\"\nbase_url = \"https://example.org/advice/\"\n{deploy}\n"),
        );
        for name in ["pay", "notice", "interview"] {
            site.article(name, "Words.");
        }
        site
    }

    pub fn article(&self, name: &str, body: &str) {
        let text = format!(
            "---\ntitle: About {name}\ndescription: What {name} is\ndate: 2026-01-01\ntags: [work]\n---\n\n{body}\n"
        );
        self.write(&format!("content/articles/{name}.md"), &text);
    }

    pub fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a written file");
    }

    pub fn remove(&self, path: &str) {
        fs::remove_file(self.path(path)).expect("a removed file");
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// `letterpress deploy` with these arguments.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_letterpress"));
        command.env("NO_COLOR", "1").env("SOURCE_DATE_EPOCH", "1790000000").arg("deploy").args(arguments);
        command.arg("--source").arg(self.folder()).stdin(Stdio::null());
        command
    }

    /// What a run prints that ends with that status.
    pub fn deploy(&self, arguments: &[&str], status: i32) -> String {
        printed(&self.command(arguments).output().expect("a run"), status)
    }

    /// The files of the site as it was built, by name.
    pub fn built(&self) -> Vec<(String, Vec<u8>)> {
        files(&self.path("public"))
    }
}

/// What a run printed, of which nothing is a credential.
pub fn printed(output: &Output, status: i32) -> String {
    let text = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(status), "{text}");
    assert!(!text.contains(SECRET), "{text}");
    text
}

/// Kills a run as soon as `when` says so, or lets it end. Whether it was killed.
pub fn killed(mut child: Child, when: impl Fn() -> bool) -> bool {
    loop {
        if child.try_wait().expect("a state").is_some() {
            return false;
        }
        if when() {
            child.kill().expect("a killed run");
            child.wait().expect("an end");
            return true;
        }
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
}

/// The files below a folder that readers may ask for, by name.
pub fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found: Vec<_> = walkdir::WalkDir::new(folder)
        .into_iter()
        // A deployment that is going on may have moved it.
        .flatten()
        .filter(|entry| {
            entry.file_type().is_file() && !entry.file_name().to_string_lossy().starts_with(".letterpress-")
        })
        .map(|entry| {
            let name = entry.path().strip_prefix(folder).expect("below").to_string_lossy().replace('\\', "/");
            (name, fs::read(entry.path()).unwrap_or_default())
        })
        .collect();
    found.sort();
    found
}

/// The names of a plan's lines, in their order, each after its action.
pub fn steps(table: &str) -> Vec<(String, String)> {
    let step = |line: &str| {
        let action = line.split_whitespace().next()?;
        let name = line.split_whitespace().last()?;
        ["add", "change", "repair", "delete"].contains(&action).then(|| (action.to_owned(), name.to_owned()))
    };
    table.lines().filter_map(step).collect()
}

/// The addresses that a page's links and its style sheets, scripts and images have, without their hosts.
pub fn links(page: &str) -> Vec<String> {
    let values = ["href=\"", "src=\""]
        .iter()
        .flat_map(|mark| page.match_indices(mark).map(|(at, mark)| &page[at + mark.len()..]));
    let addresses = values.filter_map(|rest| {
        rest.split_once('"').map(|(address, _)| address.split(['#', '?']).next().unwrap_or(address))
    });
    addresses.filter_map(|address| address.strip_prefix("/advice/").map(str::to_owned)).collect()
}

/// The file at an address below the base path.
pub fn file_of(address: &str) -> String {
    if address.is_empty() || address.ends_with('/') { format!("{address}index.html") } else { address.to_owned() }
}
