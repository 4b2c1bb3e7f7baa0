//! How soon an edit is in the browser: `cargo bench --bench watch`, with `ARTICLES=1000` for another size.
//!
//! Starts the real program on a made site, saves files as an editor does, and asks for the page until it shows the edit. Printed are the
//! median and the slowest of many edits, the time from the save to the new page, and the memory; then what each pass of a build costs.

#[path = "corpus/mod.rs"]
mod corpus;

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use letterpress::build::build;
use letterpress::collect::{self, Options};
use letterpress::memo::Memo;

const PORT: u16 = 4790;
const EDITS: usize = 25;

fn main() {
    let articles = std::env::var("ARTICLES").ok().and_then(|text| text.parse().ok()).unwrap_or(10_000);
    let folder = tempfile::tempdir().expect("a temporary folder");
    corpus::Corpus::of(articles).write(folder.path(), corpus::Layout::Letterpress);
    passes(folder.path());
    let preview = Running::start(folder.path());
    preview.median("body edit, the page itself", |number| {
        let file = folder.path().join(format!("content/articles/article-{:05}.md", number * 7 % articles));
        let text = std::fs::read_to_string(&file).expect("an article");
        (
            file,
            format!("{text}\nEdit bodymark{number}.\n"),
            format!("/advice/articles/article-{:05}/", number * 7 % articles),
            format!("bodymark{number}"),
        )
    });
    preview.median("title edit, the page itself", |number| {
        titled(folder.path(), articles, number, "titlemark", "2026-02", None)
    });
    preview.median("title edit, the home page's listing", |number| {
        titled(folder.path(), articles, number, "listmark", "2026-03", Some("/advice/"))
    });
    preview.print_memory();
}

/// An edit of the title of one of the newest articles, and the page on which it should show.
fn titled(
    folder: &Path,
    articles: usize,
    number: usize,
    mark: &str,
    month: &str,
    page: Option<&str>,
) -> (std::path::PathBuf, String, String, String) {
    let which = number % articles;
    let file = folder.join(format!("content/articles/article-{which:05}.md"));
    let text = std::fs::read_to_string(&file).expect("an article");
    let rest = text.split_once("\ndescription:").expect("front matter").1;
    let date = rest.find("\ndate: ").expect("a date") + 7;
    let rest = format!("{}{month}-{:02}{}", &rest[..date], 1 + number % 28, &rest[date + 10..]);
    let own = format!("/advice/articles/article-{which:05}/");
    (
        file,
        format!("---\ntitle: A {mark}{number} title\ndescription:{rest}"),
        page.map_or(own, str::to_owned),
        format!("{mark}{number} "),
    )
}

struct Running(Child);

impl Running {
    fn start(folder: &Path) -> Self {
        let start = Instant::now();
        let mut command = Command::new(env!("CARGO_BIN_EXE_letterpress"));
        command.args(["watch", "--port", &PORT.to_string(), "--source"]).arg(folder);
        let child = command.stderr(Stdio::null()).spawn().expect("the program starts");
        while get("/advice/").is_none_or(|page| !page.contains("reload.js")) {
            thread::sleep(Duration::from_millis(20));
        }
        println!("{:<44} {:>8.0} ms", "start to the first page", start.elapsed().as_secs_f64() * 1000.0);
        thread::sleep(Duration::from_secs(10));
        Self(child)
    }

    /// Saves one file after another; each time from the end of the save to the first answer that shows it.
    fn median(&self, what: &str, mut edit: impl FnMut(usize) -> (std::path::PathBuf, String, String, String)) {
        let mut times: Vec<f64> = (1..=EDITS)
            .map(|number| {
                let (file, text, address, mark) = edit(number);
                std::fs::write(file, text).expect("the file can be saved");
                let start = Instant::now();
                while !get(&address).is_some_and(|page| page.contains(&mark)) {
                    thread::sleep(Duration::from_micros(500));
                    assert!(start.elapsed() < Duration::from_secs(30), "{address} never showed {mark}");
                }
                let time = start.elapsed().as_secs_f64() * 1000.0;
                thread::sleep(Duration::from_millis(700));
                time
            })
            .collect();
        times.sort_by(f64::total_cmp);
        println!("{what:<44} {:>8.1} ms   slowest {:.1} ms", times[EDITS / 2], times[EDITS - 1]);
    }

    /// Resident memory now and at its highest, as Linux tells it.
    fn print_memory(&self) {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.0.id())).unwrap_or_default();
        for line in status.lines().filter(|line| line.starts_with("VmRSS") || line.starts_with("VmHWM")) {
            println!("{line}");
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn get(path: &str) -> Option<String> {
    let mut stream = TcpStream::connect(("127.0.0.1", PORT)).ok()?;
    stream.write_all(format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").as_bytes()).ok()?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// What each pass costs, from nothing and after an edit.
fn passes(folder: &Path) {
    let options = Options { folder: folder.to_path_buf(), ..Options::default() };
    let mut memo = Memo::default();
    let start = Instant::now();
    let (mut sources, found) = collect::collect(&options).expect("the site can be read");
    println!("{:<44} {:>8.1} ms", "collect", start.elapsed().as_secs_f64() * 1000.0);
    print_passes("from nothing", &build(&sources, found, &mut memo));
    let file = folder.join("content/articles/article-00003.md");
    let original = std::fs::read_to_string(&file).expect("an article");
    let edits = [
        ("nothing changed", original.clone()),
        ("a body edit", format!("{original}\nMore words.\n")),
        ("a body edit again", format!("{original}\nMore words, and more.\n")),
        ("a title edit", original.replacen("title: ", "title: Another ", 1)),
    ];
    for (what, text) in edits {
        std::fs::write(&file, text).expect("the file can be saved");
        let start = Instant::now();
        let (next, found) =
            collect::refresh(&options, &sources, std::slice::from_ref(&file)).expect("the site can be read");
        println!("{:<44} {:>8.1} ms", "collect again", start.elapsed().as_secs_f64() * 1000.0);
        sources = next;
        print_passes(what, &build(&sources, found, &mut memo));
    }
    std::fs::write(&file, original).expect("the file can be saved");
}

fn print_passes(what: &str, built: &letterpress::build::Built) {
    let total: Duration = built.report.timings.iter().map(|(_, time)| *time).sum();
    println!("{what:<44} {:>8.1} ms   {} pages rendered", total.as_secs_f64() * 1000.0, built.report.rendered.rendered);
    let passes: Vec<String> =
        built.report.timings.iter().map(|(pass, time)| format!("{pass} {:.1}", time.as_secs_f64() * 1000.0)).collect();
    println!("    {}", passes.join(", "));
}
