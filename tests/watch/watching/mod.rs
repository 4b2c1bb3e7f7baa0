//! A site in a temporary folder with a running `letterpress watch`, and a browser's part of HTTP.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use letterpress::storage::Fingerprint;

/// So long may the slowest machine take before a test fails.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running preview.
pub struct Preview {
    /// None once it is stopped.
    folder: Option<TempDir>,
    pub port: u16,
    child: Child,
    printed: Arc<Mutex<String>>,
}

/// What a server answered.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (known, value) = line.split_once(": ")?;
            known.eq_ignore_ascii_case(name).then_some(value)
        })
    }
}

/// A site with two articles and a letter, under a base path.
pub fn site() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let files = [
        (
            "letterpress.toml",
            "title = \"Advice\"\ndescription = \"Plain advice\"\nbase_url = \"https://jobs.example/advice/\"\nlanguage = \"en\"\n",
        ),
        (
            "content/articles/one.md",
            "---\ntitle: First article\ndescription: About one thing\ndate: 2026-01-01\n---\n\nThe first body.\n",
        ),
        (
            "content/articles/two.md",
            "---\ntitle: Second article\ndescription: About another\ndate: 2026-01-02\n---\n\nSee [the first](one.md).\n",
        ),
        (
            "content/letters/thanks.md",
            "---\ntitle: Say thank you\nsubject: Thank you\ndescription: A short letter\n---\n\nDear [name of person],\n\nThank you for [the reason].\n\nYours sincerely,\n\n[your name]\n",
        ),
    ];
    for (path, text) in files {
        write(&folder.path().join(path), text);
    }
    folder
}

pub fn write(path: &Path, text: impl AsRef<[u8]>) {
    std::fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("the folder can be made");
    std::fs::write(path, text).expect("the file can be written");
}

impl Preview {
    /// Watches the small site.
    pub fn start(arguments: &[&str]) -> Self {
        Self::of(site(), arguments)
    }

    /// Watches a site and waits until it can be seen.
    pub fn of(folder: TempDir, arguments: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_letterpress"));
        command.args(["watch", "--source"]).arg(folder.path()).args(arguments);
        if !arguments.contains(&"--port") {
            command.args(["--port", "0"]);
        }
        command.env("SOURCE_DATE_EPOCH", "1780000000").env("NO_COLOR", "1");
        let mut child = command.stderr(Stdio::piped()).stdin(Stdio::null()).spawn().expect("the program starts");
        let printed = Arc::new(Mutex::new(String::new()));
        let lines = BufReader::new(child.stderr.take().expect("a pipe")).lines();
        let kept = Arc::clone(&printed);
        thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let mut kept = kept.lock().expect("nobody panics with it");
                kept.push_str(&line);
                kept.push('\n');
            }
        });
        let mut preview = Self { folder: Some(folder), port: 0, child, printed };
        preview.port = preview.wait_for("an address", || {
            let printed = preview.printed();
            let (_, rest) = printed.split_once("Preview  http://127.0.0.1:")?;
            rest.split(['/', '\n']).next()?.parse().ok().filter(|_| printed.contains("Desk"))
        });
        preview
    }

    fn site(&self) -> &Path {
        self.folder.as_ref().expect("a running preview").path()
    }

    /// Stops it and gives its site, for another to watch.
    pub fn stop(mut self) -> TempDir {
        self.folder.take().expect("a running preview")
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.site().join(path)
    }

    /// Saves as careful editors do, by a new file that takes the name: however busy the machine, the file is never seen half written.
    pub fn save(&self, path: &str, text: &str) {
        let unfinished = self.path(&format!("{path}.swp"));
        write(&unfinished, text);
        std::fs::rename(unfinished, self.path(path)).expect("the new file takes the name");
    }

    /// Saves as simple editors do, by emptying the file and writing it anew.
    pub fn save_in_place(&self, path: &str, text: &str) {
        write(&self.path(path), text);
    }

    /// All that was printed so far.
    pub fn printed(&self) -> String {
        self.printed.lock().expect("nobody panics with it").clone()
    }

    pub fn get(&self, path: &str) -> Answer {
        self.request(&format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n\r\n", self.port))
    }

    pub fn get_with(&self, path: &str, headers: &str) -> Answer {
        self.request(&format!(
            "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n{headers}\r\n",
            self.port
        ))
    }

    /// Sends a request as it stands.
    pub fn request(&self, request: &str) -> Answer {
        let mut stream = self.connect();
        stream.write_all(request.as_bytes()).expect("the request can be sent");
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).expect("an answer");
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").unwrap_or(bytes.len());
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default();
        Answer { status, head, body: bytes.get(end + 4..).unwrap_or_default().to_vec() }
    }

    /// The hash of the page that is served at a path.
    pub fn hash_of(&self, path: &str) -> String {
        let page = self.get(path).text();
        let (_, rest) = page.split_once("data-hash=\"").expect("a page with the reload script");
        rest.split('"').next().unwrap_or_default().to_owned()
    }

    /// A connection on which the server tells what changes.
    pub fn events(&self, query: &str) -> Events {
        let mut stream = self.connect();
        let request = format!("GET /_letterpress/events?{query} HTTP/1.1\r\nHost: localhost:{}\r\n\r\n", self.port);
        stream.write_all(request.as_bytes()).expect("the request can be sent");
        Events { reader: BufReader::new(stream) }
    }

    /// A connection on which something was sent, and no answer waited for.
    pub fn opened(&self, sent: &str) -> TcpStream {
        let mut stream = self.connect();
        stream.write_all(sent.as_bytes()).expect("it can be sent");
        stream
    }

    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).expect("a connection");
        stream.set_read_timeout(Some(PATIENCE)).expect("a time limit");
        stream
    }

    /// Waits until the page at a path satisfies a test.
    pub fn eventually(&self, path: &str, what: &str, test: impl Fn(&Answer) -> bool) -> Answer {
        self.wait_for(what, || Some(self.get(path)).filter(&test))
    }

    /// Waits until something has been printed.
    pub fn says(&self, text: &str) {
        self.wait_for(text, || self.printed().contains(text).then_some(()));
    }

    fn wait_for<T>(&self, what: &str, mut look: impl FnMut() -> Option<T>) -> T {
        let start = Instant::now();
        loop {
            if let Some(found) = look() {
                return found;
            }
            assert!(start.elapsed() < PATIENCE, "waited in vain for {what}; printed:\n{}", self.printed());
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// The published files as they are on disk, without the manifest.
    pub fn published(&self) -> Vec<(String, Vec<u8>)> {
        files_below(&self.path("public"))
    }

    /// Whether the site has no errors as it is now.
    pub fn can_be_built(&self) -> bool {
        let mut command = Command::new(env!("CARGO_BIN_EXE_letterpress"));
        let checked = command.args(["check", "--source"]).arg(self.site()).output().expect("the program runs");
        checked.status.success()
    }

    /// What a build from nothing publishes now.
    pub fn built_from_nothing(&self) -> Vec<(String, Vec<u8>)> {
        let output = tempfile::tempdir().expect("a temporary folder");
        let mut command = Command::new(env!("CARGO_BIN_EXE_letterpress"));
        command.args(["build", "--source"]).arg(self.site()).arg("--output").arg(output.path());
        let done = command.env("SOURCE_DATE_EPOCH", "1780000000").output().expect("the program runs");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        files_below(output.path())
    }

    /// Waits until the output folder holds, and the preview serves, what a build from nothing would give, byte for byte.
    pub fn is_as_built_from_nothing(&self) {
        let wanted = self.built_from_nothing();
        self.wait_for("the output folder to follow", || (self.published() == wanted).then_some(()));
        for (file, bytes) in &wanted {
            let address = format!("/advice/{}", file.strip_suffix("index.html").unwrap_or(file));
            let answer = self.get(&address.replace('%', "%25").replace(' ', "%20"));
            assert_eq!(answer.status, 200, "{address}");
            let is_same = if file.ends_with(".html") { is_page(&answer.text(), bytes) } else { answer.body == *bytes };
            assert!(is_same, "{address} is served otherwise than a build from nothing writes it");
        }
    }

    /// Stops the program without its doing, as a laptop that is closed does, while something happens.
    #[cfg(unix)]
    pub fn asleep(&self, happens: impl FnOnce()) {
        self.signal("-STOP");
        happens();
        self.signal("-CONT");
    }

    #[cfg(unix)]
    fn signal(&self, name: &str) {
        let sent = Command::new("kill").args([name, &self.child.id().to_string()]).status().expect("kill runs");
        assert!(sent.success());
    }

    /// Ends it as Ctrl-C does.
    #[cfg(unix)]
    pub fn interrupt(self) -> ExitStatus {
        self.ended_by("-INT")
    }

    /// How it ends after a signal.
    #[cfg(unix)]
    pub fn ended_by(mut self, signal: &str) -> ExitStatus {
        self.signal(signal);
        self.child.wait().expect("it ends")
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Server-sent events as they come.
pub struct Events {
    reader: BufReader<TcpStream>,
}

impl Events {
    /// The data of the next event of that name, and the names of those before it.
    pub fn next(&mut self, name: &str) -> (String, Vec<String>) {
        let mut before = Vec::new();
        let mut current = String::new();
        let mut line = String::new();
        loop {
            line.clear();
            assert!(self.reader.read_line(&mut line).expect("an event") > 0, "the connection ended before {name}");
            if let Some(event) = line.trim_end().strip_prefix("event: ") {
                current = event.to_owned();
                if current != name {
                    before.push(current.clone());
                }
            } else if let Some(data) = line.trim_end().strip_prefix("data: ")
                && current == name
            {
                return (data.to_owned(), before);
            }
        }
    }
}

/// Whether a served page is the built one but for the reload script, and for a policy that would keep that out.
fn is_page(served: &str, built: &[u8]) -> bool {
    let Some((start, rest)) = served.split_once("<script type=\"module\" src=\"/_letterpress/reload.js\"") else {
        return false;
    };
    let Some((script, end)) = rest.split_once("</script>") else { return false };
    let built = String::from_utf8_lossy(built);
    let has_policy = built.contains("Content-Security-Policy") || built.contains(" data-policy=");
    let is_named = script.contains(&format!("data-hash=\"{}\"", Fingerprint::of(built.as_bytes())));
    // The site's own page for missing addresses is no page in view, when it is asked for by its name.
    is_named && (has_policy || format!("{start}{end}") == built)
}

fn files_below(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(&next).into_iter().flatten().flatten() {
            let path = entry.path();
            let name = path.strip_prefix(folder).expect("below").to_string_lossy().into_owned();
            match path.is_dir() {
                true => folders.push(path),
                false if name.contains(".letterpress-") => {}
                false => found.push((name, std::fs::read(&path).unwrap_or_default())),
            }
        }
    }
    found.sort();
    found
}
