//! Deployments to a store that speaks the protocol of Amazon S3: moto's server, on this machine.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::support::{SECRET, Site, file_of, killed, links, printed, steps};

/// Somebody of the bucket: moto asks who it is, and not whether that is true.
const READER: &str =
    "AWS4-HMAC-SHA256 Credential=reader/20261101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0";

/// Where a deployment's lock is.
const LOCK: &str = "/site/advice/.letterpress-deploy-lock.json";

/// A server that ends with the test.
struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn start() -> Self {
        Self::start_with(0)
    }

    /// One that answers every `busy`th request of a deployment by 'slow down', if that is not zero.
    fn start_with(busy: usize) -> Self {
        let tools = concat!(env!("CARGO_MANIFEST_DIR"), "/target/tools/moto");
        let mut command = Command::new("python3");
        command.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/deploy/server.py")).env("PYTHONPATH", tools);
        command.env("BUSY", busy.to_string());
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("python3");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("its output")).read_line(&mut line).expect("its address");
        assert!(line.starts_with("http://"), "moto is missing; tests/run installs it");
        let server = Self { child, address: line.trim().to_owned() };
        server.ask("PUT", "/site").expect("a bucket");
        server
    }

    /// The answer to an unsigned request; `None` if it is no good one.
    fn ask(&self, method: &str, path: &str) -> Option<ureq::http::Response<Vec<u8>>> {
        let request = ureq::http::Request::builder()
            .header("authorization", READER)
            .method(method)
            .uri(format!("{}{path}", self.address))
            .body(())
            .expect("a request");
        let (parts, mut body) = ureq::run(request).ok()?.into_parts();
        Some(ureq::http::Response::from_parts(parts, body.read_to_vec().ok()?))
    }

    fn put_lock(&self, lock: &str) {
        let put = ureq::put(format!("{}{LOCK}", self.address)).header("authorization", READER);
        put.send(lock).expect("a lock");
    }

    fn page(&self, file: &str) -> Option<String> {
        let answer = self.ask("GET", &format!("/site/advice/{file}"))?;
        Some(String::from_utf8_lossy(answer.body()).into_owned())
    }

    fn header(&self, file: &str, name: &str) -> String {
        let answer = self.ask("GET", &format!("/site/advice/{file}")).expect("a file");
        answer.headers().get(name).map_or(String::new(), |value| value.to_str().expect("text").to_owned())
    }

    /// The names of all files of the site there.
    fn files(&self) -> BTreeSet<String> {
        let listed = self.ask("GET", "/site?list-type=2&max-keys=1000&prefix=advice/").expect("a listing");
        let text = String::from_utf8_lossy(listed.body()).into_owned();
        let keys = text.split("<Key>advice/").skip(1).filter_map(|rest| rest.split_once("</Key>"));
        keys.map(|(key, _)| key.to_owned()).filter(|key| !key.starts_with(".letterpress-")).collect()
    }

    fn site(&self, more: &str) -> Site {
        let address = &self.address;
        Site::new(&format!(
            "[deploy.live]\nto = \"s3\"\nbucket = \"site\"\nprefix = \"advice\"\nendpoint = \"{address}\"\n{more}"
        ))
    }

    /// The links of pages that lead to nothing: of the home page and all that can be reached from it. A page that changes while it is read is
    /// read again.
    fn broken(&self) -> Vec<String> {
        let mut pages: Vec<String> = vec!["index.html".to_owned()];
        let mut seen: BTreeSet<String> = pages.iter().cloned().collect();
        let mut there: BTreeMap<String, bool> = BTreeMap::new();
        let mut broken = Vec::new();
        while let Some(name) = pages.pop() {
            let Some(text) = self.page(&name) else {
                // A page that was reached was there a moment ago; the home page always is.
                if name == "index.html" {
                    broken.push("no home page".to_owned());
                }
                continue;
            };
            for file in links(&text).iter().map(|link| file_of(link)) {
                let is_there = *there
                    .entry(file.clone())
                    .or_insert_with(|| self.ask("HEAD", &format!("/site/advice/{file}")).is_some());
                let still_leads =
                    || self.page(&name).is_some_and(|text| links(&text).iter().any(|link| file_of(link) == file));
                if !is_there && still_leads() && self.ask("HEAD", &format!("/site/advice/{file}")).is_none() {
                    broken.push(format!("{name} → {file}"));
                }
                if file.ends_with(".html") && seen.insert(file.clone()) {
                    pages.push(file);
                }
            }
        }
        broken
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn run(site: &Site, arguments: &[&str]) -> Command {
    let mut command = site.command(arguments);
    command.env("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE").env("AWS_SECRET_ACCESS_KEY", SECRET);
    command
}

fn deploy(site: &Site, arguments: &[&str], status: i32) -> String {
    printed(&run(site, arguments).output().expect("a run"), status)
}

fn names(site: &Site) -> BTreeSet<String> {
    site.built().into_iter().map(|(name, _)| name).collect()
}

#[test]
fn a_bucket_gets_what_changed_with_the_headers_of_each_kind() {
    let server = Server::start();
    let site = server.site("");
    deploy(&site, &[], 0);
    assert_eq!(server.files(), names(&site));
    let sheet = server.files().into_iter().find(|name| name.ends_with(".css")).expect("a style sheet");
    assert_eq!(server.header(&sheet, "cache-control"), "public, max-age=31536000, immutable");
    assert_eq!(server.header(&sheet, "content-type"), "text/css; charset=utf-8");
    assert_eq!(server.header("index.html", "cache-control"), "no-cache");
    assert_eq!(server.header("index.html", "content-type"), "text/html; charset=utf-8");
    assert!(deploy(&site, &[], 0).contains("Nothing changed in the folder advice in the bucket site"));
    site.article("pay", "Other words.");
    site.remove("content/articles/notice.md");
    let planned = steps(&deploy(&site, &["--dry-run"], 0));
    assert!(planned.contains(&("change".to_owned(), "articles/pay/index.html".to_owned())), "{planned:?}");
    assert!(!planned.iter().any(|(_, name)| name == &sheet), "{planned:?}");
    deploy(&site, &["--yes"], 0);
    assert_eq!(server.files(), names(&site));

    server.ask("DELETE", "/site/advice/articles/pay/index.html");
    let repaired = deploy(&site, &[], 0);
    assert!(repaired.contains("Put right") && repaired.contains("articles/pay/index.html"), "{repaired}");

    let toml = std::fs::read_to_string(site.path("letterpress.toml")).expect("settings");
    site.write("letterpress.toml", &format!("{toml}compress = \"gzip\"\n"));
    deploy(&site, &[], 0);
    let raw = server.ask("GET", "/site/advice/index.html").expect("a page");
    assert_eq!(raw.headers().get("content-encoding").map(|value| value.as_bytes()), Some(&b"gzip"[..]));
}

#[test]
fn foreign_files_of_a_bucket_stay_and_two_deployments_refuse_each_other() {
    let server = Server::start();
    let site = server.site("");
    let put = ureq::put(format!("{}/site/advice/robots.txt", server.address)).send("somebody's").expect("a file");
    assert!(put.status().is_success());
    let refused = deploy(&site, &[], 2);
    assert!(refused.contains("robots.txt") && refused.contains("--take-over"), "{refused}");
    deploy(&site, &["--take-over"], 0);
    let expires = jiff::Timestamp::now() + jiff::SignedDuration::from_secs(100);
    let lock = format!(
        "{{\"holder\": \"h\", \"place\": \"elsewhere\", \"since\": \"2026-11-01T10:00:00Z\", \"expires\": \"{expires}\"}}"
    );
    server.put_lock(&lock);
    let refused = deploy(&site, &[], 2);
    assert!(refused.contains("another deployment to"), "{refused}");
    server.ask("DELETE", LOCK);
    server.put_lock(&lock.replace(&expires.to_string(), "2026-11-01T10:00:00Z"));
    deploy(&site, &[], 0);
    assert!(!server.files().contains(".letterpress-deploy-lock.json"));
}

#[test]
fn of_two_deployments_that_begin_at_once_one_goes_on() {
    let server = Server::start();
    let (one, other) = (server.site("connections = 1"), server.site("connections = 1"));
    deploy(&one, &[], 0);
    [&one, &other].iter().for_each(|site| site.article("pay", "Other words."));
    let spawn = |site: &Site| run(site, &[]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("a run");
    let runs = [spawn(&one), spawn(&other)];
    let ended = runs.map(|run| run.wait_with_output().expect("an end"));
    let statuses: Vec<_> = ended.iter().map(|output| output.status.code()).collect();
    assert!(statuses.contains(&Some(0)), "{ended:?}");
    assert_eq!(server.files(), names(&one));
    assert!(server.broken().is_empty());
}

#[test]
fn wrong_settings_and_credentials_are_explained_and_never_printed() {
    let server = Server::start();
    let site = server.site("");
    let mut without = site.command(&["--verbose"]);
    without.env_remove("AWS_ACCESS_KEY_ID").env_remove("AWS_SECRET_ACCESS_KEY");
    let refused = printed(&without.output().expect("a run"), 2);
    assert!(refused.contains("no credentials for") && refused.contains("AWS_SECRET_ACCESS_KEY"), "{refused}");
    let toml = std::fs::read_to_string(site.path("letterpress.toml")).expect("settings");
    site.write("letterpress.toml", &toml.replace("bucket = \"site\"", "bucket = \"nowhere\""));
    let refused = deploy(&site, &["--verbose"], 2);
    assert!(refused.contains("There is no such bucket"), "{refused}");
    site.write("letterpress.toml", &toml);
    let mut panicking = run(&site, &["--verbose"]);
    panicking.env("LETTERPRESS_TEST_PANIC", "deploying the site").env("RUST_BACKTRACE", "1");
    let report = printed(&panicking.output().expect("a run"), 3);
    assert!(report.contains("while deploying the site") && report.contains("[hidden]"), "{report}");
}

#[test]
fn a_busy_store_is_asked_again() {
    let server = Server::start_with(3);
    let site = server.site("");
    deploy(&site, &[], 0);
    assert_eq!(server.files(), names(&site));
    assert!(deploy(&site, &[], 0).contains("Nothing changed"));
}

/// How often deployments are killed.
const KILLS: usize = 25;

/// The bytes of a xorshift generator: other moments in each round, and the same ones in each run.
fn random(state: &mut u64) -> u64 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    *state
}

#[test]
fn however_often_deployments_are_killed_no_page_leads_to_a_file_that_is_not_there() {
    let server = Server::start();
    let site = server.site("connections = 2\nmax_deletes = 10000");
    deploy(&site, &[], 0);
    let is_over = AtomicBool::new(false);
    let broken: Mutex<Vec<String>> = Mutex::default();
    let watched = Mutex::new(0);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !is_over.load(Ordering::Relaxed) {
                broken.lock().expect("the list").extend(server.broken());
                *watched.lock().expect("a count") += 1;
            }
        });
        let (mut state, mut kills, mut round) = (7, 0, 0);
        let mut longest = Duration::from_millis(1500);
        while kills < KILLS && round < 4 * KILLS {
            round += 1;
            let (next, last) = (format!("news-{round}"), format!("content/articles/news-{}.md", round - 1));
            site.article(&next, &format!("Read [about pay](pay.md). Round {round}."));
            site.article("pay", &format!("Read [the news]({next}.md). Round {round}."));
            if site.path(&last).exists() {
                site.remove(&last);
            }
            let moment = longest.mul_f64((random(&mut state) % 1000) as f64 / 1000.0);
            let start = Instant::now();
            let child = run(&site, &[]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("a run");
            match killed(child, || start.elapsed() >= moment) {
                true => kills += 1,
                false => longest = start.elapsed(),
            }
            if round % 5 == 0 {
                deploy(&site, &[], 0);
                assert_eq!(server.files(), names(&site), "round {round}");
            }
        }
        is_over.store(true, Ordering::Relaxed);
        assert_eq!(kills, KILLS);
    });
    deploy(&site, &[], 0);
    assert_eq!(server.files(), names(&site));
    assert!(*watched.lock().expect("a count") > 3, "the site was watched");
    let broken = broken.into_inner().expect("the list");
    server.ask("DELETE", "/site/advice/articles/interview/index.html");
    assert!(!server.broken().is_empty(), "a missing page is found");
    deploy(&site, &[], 0);
    assert!(broken.is_empty() && server.broken().is_empty(), "{broken:#?}");
}
