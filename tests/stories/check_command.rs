//! Stories about `letterpress check`: its forms, what it mends, what it asks of other sites.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::Output;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use assert_cmd::Command;
use serde_json::Value;

use crate::support::Site;

fn check(site: &Site, arguments: &[&str]) -> Output {
    check_on("2026-11-01", site, arguments)
}

fn check_on(day: &str, site: &Site, arguments: &[&str]) -> Output {
    let mut command = Command::cargo_bin("letterpress").expect("the built command");
    command.env("NO_COLOR", "1").args(["check", "--as-of", day, "--source"]).arg(site.folder());
    command.args(arguments).output().expect("a run")
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// An error, a warning and a fault that can be mended.
fn faulty() -> Site {
    Site::new()
        .article(
            "a, b.md",
            "title: A",
            "See [the rules](nowhere-at-all.md), and https://www.example.org.\n\nSee [B](../letters/b.md).",
        )
        .article("b.md", "title: B\ndescription: What B says", "Words.")
}

fn schema(name: &str) -> jsonschema::Validator {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/check/schemas").join(name);
    // OASIS's schema has a pattern with a `]` of its own, which only older JavaScript takes.
    let text = fs::read_to_string(path).expect("a schema").replace("{2}]?$", "{2}$");
    let schema: Value = serde_json::from_str(&text).expect("JSON");
    jsonschema::validator_for(&schema).expect("a valid schema")
}

fn faults_by(validator: &jsonschema::Validator, value: &Value) -> Vec<String> {
    validator.iter_errors(value).map(|error| format!("{error} at {}", error.instance_path())).collect()
}

#[test]
fn the_sarif_log_is_valid_by_its_schema() {
    let log: Value = serde_json::from_str(&out(&check(&faulty(), &["--format", "sarif"]))).expect("JSON");
    assert_eq!(faults_by(&schema("sarif-2.1.0.json"), &log), Vec::<String>::new());
    let results = log["runs"][0]["results"].as_array().expect("results");
    assert_eq!(results.len(), 3, "{log:#}");
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().expect("rules");
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().expect("an index")).expect("a small one");
        assert_eq!(rules[index]["id"], result["ruleId"]);
    }
    assert_eq!(results[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "content/articles/a,%20b.md");
    assert!(results.iter().any(|result| result["fixes"].is_array()));
}

#[test]
fn each_line_of_json_is_valid_by_the_schema_that_the_command_prints() {
    let printed = Command::cargo_bin("letterpress").expect("the command").args(["check", "--json-schema"]).output();
    let schema: Value = serde_json::from_slice(&printed.expect("a run").stdout).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a valid schema");
    let lines = out(&check(&faulty(), &["--format", "json"]));
    assert_eq!(lines.lines().count(), 3);
    for line in lines.lines() {
        let value: Value = serde_json::from_str(line).expect("JSON");
        assert_eq!(faults_by(&validator, &value), Vec::<String>::new(), "{line}");
    }
}

#[test]
fn annotations_name_file_line_and_columns() {
    let lines = out(&check(&faulty(), &["--format", "github"]));
    assert!(
        lines.contains("::error file=content/articles/a%2C b.md,line=6,col=5,endColumn=35,title=broken-link::"),
        "{lines}"
    );
}

#[test]
fn the_plain_form_draws_nothing() {
    let text = said(&check(&faulty(), &["--format", "plain"]));
    assert!(text.is_ascii() && !text.contains("-->") && !text.contains(" | "), "{text}");
    assert!(
        text.starts_with("Error in content/articles/a, b.md, line 6, column 5: there is no file `nowhere-at-all.md`."),
        "{text}"
    );
}

#[test]
fn the_status_tells_errors_from_warnings() {
    let warned = Site::new().article("a.md", "title: A", "See https://www.example.org.");
    assert_eq!(check(&faulty(), &[]).status.code(), Some(1));
    assert_eq!(check(&warned, &[]).status.code(), Some(0));
    assert_eq!(check(&warned, &["--strict"]).status.code(), Some(1));
    assert_eq!(check(&warned, &["--dry-run"]).status.code(), Some(2));
}

#[test]
fn many_warnings_of_a_rule_are_counted_and_the_first_are_shown() {
    let urls: String = (0..60).map(|number| format!("See https://www.example.org/{number}\n\n")).collect();
    let site = Site::new().article("a.md", "title: A", &urls);
    let text = said(&check(&site, &["--format", "plain"]));
    assert_eq!(text.lines().filter(|line| line.starts_with("Warning")).count(), 25, "{text}");
    assert!(text.contains("    60  bare-url (not all of its warnings are shown; --all shows them)"), "{text}");
    let all = said(&check(&site, &["--format", "plain", "--all"]));
    assert_eq!(all.lines().filter(|line| line.starts_with("Warning")).count(), 60);
}

#[test]
fn fix_mends_what_is_certain_and_touches_nothing_else() {
    let text = "\u{feff}---\r\ntitle: A\r\ndescription: One\r\n---\r\n\r\nSee  [it](../letters/b.md#When_),\r\nand [no](nowhere-at-all.md).\r\n";
    let site = Site::new().file("content/articles/a.md", text).article("b.md", "title: B", "## When\n\nWords.");
    let shown = check(&site, &["--fix", "--dry-run"]);
    assert!(
        out(&shown).contains("    6 - See  [it](../letters/b.md#When_),\n    6 + See  [it](b.md#when),\n"),
        "{}",
        out(&shown)
    );
    assert_eq!(fs::read_to_string(site.path("content/articles/a.md")).expect("text"), text);
    check(&site, &["--fix"]);
    let mended = text.replace("../letters/b.md#When_", "b.md#when");
    assert_eq!(fs::read_to_string(site.path("content/articles/a.md")).expect("text"), mended);
    let left: Vec<String> = fs::read_dir(site.path("content/articles"))
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .filter(|name| !name.ends_with(".md"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn a_renamed_page_keeps_its_old_address() {
    let page =
        "---\ntitle: Ask for \"leave\" & rest\ndescription: One\naliases:\n  - /articles/older/\n---\n\nWords.\n";
    let site = Site::new().file("content/articles/old.md", page);
    let built =
        Command::cargo_bin("letterpress").expect("the command").args(["build", "--source"]).arg(site.folder()).output();
    assert!(built.expect("a run").status.success());
    site.remove("content/articles/old.md");
    site.write("content/articles/new.md", page);
    let text = said(&check(&site, &["--format", "plain"]));
    assert!(text.contains("this page was published at /articles/old/, and nothing leads on from there"), "{text}");
    check(&site, &["--fix"]);
    let mended = page.replace("/articles/older/\n", "/articles/older/\n  - /articles/old/\n");
    assert_eq!(fs::read_to_string(site.path("content/articles/new.md")).expect("text"), mended);
    assert!(said(&check(&site, &[])).contains("Nothing to mend"));
}

fn git(folder: &Path, day: &str, arguments: &[&str]) {
    let mut command = std::process::Command::new("git");
    command.arg("-C").arg(folder).args(["-c", "user.name=A", "-c", "user.email=a@example.org"]).args(arguments);
    let date = format!("{day}T12:00:00Z");
    let output = command.env("GIT_AUTHOR_DATE", &date).env("GIT_COMMITTER_DATE", &date).output().expect("git");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_page_that_changed_gets_the_day_of_its_change() {
    let site = Site::new().article("a.md", "title: A\ndate: 2024-01-01", "Words.");
    git(site.folder(), "2024-01-01", &["init", "-q"]);
    git(site.folder(), "2024-01-01", &["add", "."]);
    git(site.folder(), "2024-01-01", &["commit", "-qm", "First"]);
    let text = fs::read_to_string(site.path("content/articles/a.md")).expect("text").replace("Words", "Better words");
    site.write("content/articles/a.md", &text);
    git(site.folder(), "2026-05-06", &["commit", "-qam", "Second"]);
    check(&site, &["--fix"]);
    let mended = text.replacen("\n---\n", "\nupdated: 2026-05-06\n---\n", 1);
    assert_eq!(fs::read_to_string(site.path("content/articles/a.md")).expect("text"), mended);
}

/// A host that answers by path; gives its address and what it was asked.
fn host() -> (String, Arc<Mutex<Vec<String>>>, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    let asked = Arc::new(Mutex::new(Vec::new()));
    let most = Arc::new(AtomicUsize::new(0));
    let (log, peak) = (Arc::clone(&asked), Arc::clone(&most));
    let open = Arc::new(AtomicUsize::new(0));
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let (log, peak, open) = (Arc::clone(&log), Arc::clone(&peak), Arc::clone(&open));
            std::thread::spawn(move || {
                peak.fetch_max(open.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                answer(stream, &log);
                open.fetch_sub(1, Ordering::SeqCst);
            });
        }
    });
    (address, asked, most)
}

fn answer(mut stream: std::net::TcpStream, log: &Mutex<Vec<String>>) {
    let mut lines = BufReader::new(stream.try_clone().expect("a stream")).lines();
    let Some(Ok(request)) = lines.next() else { return };
    while lines.next().is_some_and(|line| line.is_ok_and(|line| !line.is_empty())) {}
    let mut words = request.split(' ');
    let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let mut log = log.lock().expect("the log");
    let question = format!("{method} {path}");
    let is_first = !log.contains(&question);
    log.push(question);
    drop(log);
    let status = match (method, path) {
        (_, "/gone") => "410 Gone",
        (_, "/missing") => "404 Not Found",
        (_, "/robots") => "403 Forbidden",
        ("HEAD", "/get-only") => "405 Method Not Allowed",
        (_, "/moved") => "302 Found\r\nLocation: /good",
        (_, "/circle") => "302 Found\r\nLocation: /circle",
        (_, "/patient") if is_first => "429 Too Many Requests\r\nRetry-After: 1",
        (_, "/tired") => "503 Service Unavailable\r\nRetry-After: 3600",
        ("GET", "/unsteady") if is_first => "500 Internal Server Error",
        ("HEAD", "/unsteady") => "501 Not Implemented",
        (_, "/silent") => {
            // Longer than the site's own limit, however slow the machine is.
            std::thread::sleep(std::time::Duration::from_secs(60));
            return;
        }
        _ => "200 OK",
    };
    let _ = stream.write_all(format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").as_bytes());
}

#[test]
fn links_to_other_sites_are_asked_for_once_and_judged_fairly() {
    let (address, asked, most) = host();
    let paths = ["good", "good#part", "get-only", "moved", "robots", "missing", "gone", "circle", "a", "b", "c", "d"];
    let links: String = paths.iter().map(|path| format!("See [the page {path}]({address}/{path}).\n\n")).collect();
    // The host of this test is on the machine itself, to which no link should lead.
    let settings = "title = \"Advice\"\n[check.rules]\npreview-link = \"off\"\n";
    let site = Site::new().file("letterpress.toml", settings).article("a.md", "title: A", &links);
    assert_eq!(
        said(&check(&site, &["--format", "plain"])).matches("Rule:").count(),
        0,
        "nothing is asked without the flag"
    );
    assert!(asked.lock().expect("the log").is_empty());

    let output = check(&site, &["--external", "--format", "json"]);
    let found: Vec<Value> = out(&output).lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let told: Vec<(&str, u64)> = found
        .iter()
        .map(|one| (one["code"].as_str().expect("a code"), one["line"].as_u64().expect("a line")))
        .collect();
    assert_eq!(
        told,
        [
            ("unverified-external-link", 14),
            ("broken-external-link", 16),
            ("broken-external-link", 18),
            ("broken-external-link", 20)
        ],
        "{found:#?}"
    );
    assert_eq!(output.status.code(), Some(1));
    let log = asked.lock().expect("the log").clone();
    assert_eq!(log.iter().filter(|asked| *asked == "HEAD /a").count(), 1);
    assert!(log.contains(&"GET /get-only".to_owned()) && !log.contains(&"GET /a".to_owned()), "{log:?}");
    assert!(most.load(Ordering::SeqCst) <= 3, "two at a time, and one that is just closing");

    asked.lock().expect("the log").clear();
    check(&site, &["--external"]);
    let again = asked.lock().expect("the log").clone();
    assert!(!again.iter().any(|asked| asked.ends_with("/a")), "good answers are remembered: {again:?}");
    assert!(again.iter().any(|asked| asked.ends_with("/missing")), "bad ones are asked again: {again:?}");
}

#[test]
fn a_host_that_is_busy_is_asked_again_when_it_says_and_one_that_is_silent_is_not_called_broken() {
    let (address, asked, _) = host();
    let paths = ["patient", "tired", "unsteady", "silent"];
    let links: String = paths.iter().map(|path| format!("See [the page {path}]({address}/{path}).\n\n")).collect();
    let config = "title = \"A\"\n[check]\nexternal_timeout_seconds = 2\n";
    let site = Site::new().file("letterpress.toml", config).article("a.md", "title: A", &links);
    let output = check(&site, &["--external", "--format", "plain"]);
    let text = said(&output);
    assert_eq!(output.status.code(), Some(0), "{text}");
    assert_eq!(text.matches("Rule: unverified-external-link").count(), 2, "{text}");
    assert!(text.contains("/tired could not be verified: the host wants to be asked again in 3600 seconds"), "{text}");
    assert!(text.contains("/silent could not be verified: the host took too long"), "{text}");
    let log = asked.lock().expect("the log").clone();
    let times = |question: &str| log.iter().filter(|asked| *asked == question).count();
    assert_eq!((times("HEAD /patient"), times("GET /patient")), (1, 2), "{log:?}");
    assert_eq!((times("HEAD /tired"), times("GET /tired")), (1, 0), "who is tired is left alone: {log:?}");
    assert_eq!(times("GET /unsteady"), 2, "{log:?}");
}

#[test]
fn answers_are_asked_for_again_when_they_are_old() {
    let (address, asked, _) = host();
    let config = "title = \"A\"\n[check]\nexternal_cache_days = 7\n";
    let site =
        Site::new().file("letterpress.toml", config).article("a.md", "title: A", &format!("See [it]({address}/good)."));
    let on = |day: &str| {
        check_on(day, &site, &["--external"]);
        std::mem::take(&mut *asked.lock().expect("the log")).len()
    };
    assert_eq!((on("2027-03-05"), on("2027-03-08"), on("2027-03-20"), on("2027-03-21")), (1, 0, 1, 0));
    fs::write(site.path(".letterpress/external-links.json"), "not JSON").expect("a written file");
    assert_eq!(on("2027-03-21"), 1, "a cache that can't be read is none");
}

#[test]
fn a_file_in_another_encoding_is_told_at_its_first_strange_byte() {
    let site = Site::new().file("content/articles/a.md", b"---\ntitle: A\ndescription: B\n---\n\nR\xe9sum\xe9\n");
    let text = said(&check(&site, &["--format", "plain"]));
    assert!(text.contains("line 6, column 2: this file is not UTF-8 text"), "{text}");
}

#[test]
fn a_dictionary_finds_the_slip_and_nothing_else() {
    let part = |ending: &str| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/check/dictionaries");
        fs::read(folder.join(format!("small.{ending}"))).expect("a dictionary")
    };
    let site = Site::new()
        .file("dictionaries/en.dic", part("dic"))
        .file("dictionaries/en.aff", part("aff"))
        .file("letterpress.toml", "title = \"A\"\n[check]\ndictionaries = { en = \"dictionaries/en\" }\n")
        .article(
            "a.md",
            "title: Leaving\ndescription: Leaving and replies",
            "Your employer's manager mustn't recieve unpaid replies twice; don’t worry about it.",
        );
    let text = said(&check(&site, &["--format", "plain"]));
    assert!(text.contains("'recieve' is in no dictionary of this site. To mend it: did you mean 'receive'?"), "{text}");
    assert_eq!(text.matches("Rule: spelling").count(), 1, "{text}");
}
