//! How soon an edit is in the browser: `cargo bench --bench watch`, with `ARTICLES=1000` for another size.
//!
//! Starts the real program on a made site, saves files as an editor does, and asks for the page until it shows the edit, then looks until it
//! is in the output folder. Printed are the median and the slowest of many edits, and the memory; before that, what each pass of a build costs.

#[path = "corpus/mod.rs"]
mod corpus;

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use letterpress::collect;
use letterpress::collect::Options;
use letterpress::pipeline::{Memo, build};

const PORT: u16 = 4790;
const EDITS: usize = 25;
/// Each renders every page.
const TEMPLATE_EDITS: usize = 5;
/// A part of every page of the theme.
const FOOTER: &str = include_str!("../themes/default/templates/partials/footer.html");

fn main() {
    let articles = std::env::var("ARTICLES").ok().and_then(|text| text.parse().ok()).unwrap_or(10_000);
    let folder = tempfile::tempdir().expect("a temporary folder");
    corpus::Corpus::of(articles).write(folder.path(), corpus::Layout::Letterpress);
    own_theme(folder.path());
    passes(folder.path());
    let preview = Running::start(folder.path());
    preview.median("first body edit after the start", 1, |number| body(folder.path(), articles, number, "firstmark"));
    thread::sleep(Duration::from_secs(10));
    preview.median("body edit, the page itself", EDITS, |number| body(folder.path(), articles, number, "bodymark"));
    preview.median("title and date, the page itself", EDITS, |number| {
        titled(folder.path(), articles, number, "titlemark", "2026-02", None)
    });
    preview.median("title and date, the home page's listing", EDITS, |number| {
        titled(folder.path(), articles, number, "listmark", "2026-03", Some("/advice/"))
    });
    preview.median("title alone, the home page's listing", EDITS, |number| renamed(folder.path(), articles, number));
    preview.median("template edit of every page, a page", TEMPLATE_EDITS, |number| Edit {
        file: folder.path().join("themes/mine/templates/partials/footer.html"),
        text: format!("{FOOTER}<p>templatemark{number}.</p>\n"),
        address: format!("/advice/articles/article-{:05}/", articles - 1),
        mark: format!("templatemark{number}."),
    });
    preview.print_memory();
}

/// What is saved, and the page on which it should show.
struct Edit {
    file: PathBuf,
    text: String,
    address: String,
    mark: String,
}

/// Gives the site a theme of its own, whose footer can be edited.
fn own_theme(folder: &Path) {
    let theme = folder.join("themes/mine");
    std::fs::create_dir_all(theme.join("templates/partials")).expect("the theme can be made");
    std::fs::write(theme.join("theme.toml"), "extends = \"default\"\n").expect("the theme can be made");
    std::fs::write(theme.join("templates/partials/footer.html"), FOOTER).expect("the theme can be made");
    let config = folder.join("letterpress.toml");
    let settings = std::fs::read_to_string(&config).expect("the settings");
    std::fs::write(&config, format!("theme = \"mine\"\n{settings}")).expect("the settings can be saved");
}

/// An edit of the body of one of the articles.
fn body(folder: &Path, articles: usize, number: usize, mark: &str) -> Edit {
    let name = format!("article-{:05}", number * 7 % articles);
    let file = folder.join(format!("content/articles/{name}.md"));
    let text = std::fs::read_to_string(&file).expect("an article");
    Edit {
        file,
        text: format!("{text}\nEdit {mark}{number}.\n"),
        address: format!("/advice/articles/{name}/"),
        mark: format!("{mark}{number}."),
    }
}

/// An edit of the title of one of the newest articles, and the page on which it should show.
fn titled(folder: &Path, articles: usize, number: usize, mark: &str, month: &str, page: Option<&str>) -> Edit {
    let which = number % articles;
    let file = folder.join(format!("content/articles/article-{which:05}.md"));
    let text = std::fs::read_to_string(&file).expect("an article");
    let rest = text.split_once("\ndescription:").expect("front matter").1;
    let date = rest.find("\ndate: ").expect("a date") + 7;
    let rest = format!("{}{month}-{:02}{}", &rest[..date], 1 + number % 28, &rest[date + 10..]);
    let own = format!("/advice/articles/article-{which:05}/");
    Edit {
        file,
        text: format!("---\ntitle: A {mark}{number} title\ndescription:{rest}"),
        address: page.map_or(own, str::to_owned),
        mark: format!("{mark}{number} "),
    }
}

/// An edit of the title of the newest article, on the home page.
fn renamed(folder: &Path, articles: usize, number: usize) -> Edit {
    let newest = (EDITS - 1) % articles;
    let file = folder.join(format!("content/articles/article-{newest:05}.md"));
    let text = std::fs::read_to_string(&file).expect("an article");
    let rest = text.split_once("\ndescription:").expect("front matter").1;
    let mark = format!("namemark{number} ");
    Edit { file, text: format!("---\ntitle: A {mark}title\ndescription:{rest}"), address: "/advice/".to_owned(), mark }
}

struct Running {
    child: Child,
    public: PathBuf,
}

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
        Self { child, public: folder.join("public") }
    }

    /// Saves one file after another; each time from the end of the save to the first answer that shows it, and until it is written.
    fn median(&self, what: &str, edits: usize, mut edit: impl FnMut(usize) -> Edit) {
        let times = (1..=edits).map(|number| self.time(&edit(number)));
        let (mut shown, mut written): (Vec<f64>, Vec<f64>) = times.unzip();
        shown.sort_by(f64::total_cmp);
        written.sort_by(f64::total_cmp);
        let (middle, last) = (edits / 2, edits - 1);
        println!(
            "{what:<44} {:>8.1} ms   slowest {:>8.1} ms   in public/ {:>8.1} ms",
            shown[middle], shown[last], written[middle]
        );
    }

    /// Milliseconds from the save until an edit is shown, and until it is written.
    fn time(&self, edit: &Edit) -> (f64, f64) {
        std::fs::write(&edit.file, &edit.text).expect("the file can be saved");
        let start = Instant::now();
        let wait = |is_there: &dyn Fn() -> bool| {
            while !is_there() {
                thread::sleep(Duration::from_micros(500));
                assert!(start.elapsed() < Duration::from_secs(60), "{} never showed {}", edit.address, edit.mark);
            }
            start.elapsed().as_secs_f64() * 1000.0
        };
        let shown = wait(&|| get(&edit.address).is_some_and(|page| page.contains(&edit.mark)));
        let file = self.public.join(edit.address.trim_start_matches("/advice/")).join("index.html");
        let written = wait(&|| std::fs::read_to_string(&file).is_ok_and(|page| page.contains(&edit.mark)));
        thread::sleep(Duration::from_millis(700));
        (shown, written)
    }

    /// Resident memory now and at its highest, as Linux tells it.
    fn print_memory(&self) {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        for line in status.lines().filter(|line| line.starts_with("VmRSS") || line.starts_with("VmHWM")) {
            println!("{line}");
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
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
    print_passes("from nothing", &build(&sources, found, &mut memo).expect("a build"));
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
        print_passes(what, &build(&sources, found, &mut memo).expect("a build"));
    }
    std::fs::write(&file, original).expect("the file can be saved");
}

fn print_passes(what: &str, built: &letterpress::pipeline::Built) {
    let total: Duration = built.report.timings.iter().map(|(_, time)| *time).sum();
    println!("{what:<44} {:>8.1} ms   {} pages rendered", total.as_secs_f64() * 1000.0, built.report.rendered.rendered);
    let passes: Vec<String> =
        built.report.timings.iter().map(|(pass, time)| format!("{pass} {:.1}", time.as_secs_f64() * 1000.0)).collect();
    println!("    {}", passes.join(", "));
}
