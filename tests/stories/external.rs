//! Stories about `letterpress check --external`: many hosts at once, hosts that don't answer, and addresses that must not be asked. Hosts are
//! addresses of this machine's loopback network, of which Linux has millions.

#![cfg(target_os = "linux")]

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crate::support::Site;

fn check(site: &Site) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_letterpress"));
    command.env("NO_COLOR", "1").args(["check", "--external", "--all", "--format", "plain", "--source"]);
    command.arg(site.folder()).stdin(Stdio::null()).output().expect("a run")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A site that links to each address, and waits two seconds for an answer.
fn linking(addresses: &[String]) -> Site {
    let links: String =
        addresses.iter().map(|address| format!("See [the page at {address}]({address}).\n\n")).collect();
    let settings = "title = \"A\"\n[check]\nexternal_timeout_seconds = 2\n";
    Site::new().file("letterpress.toml", settings).article("a.md", "title: A", &links)
}

/// A host at an address of the loopback network, which answers each request with `answer`. Its port, and the first lines that it was sent.
fn host(ip: &str, answer: impl Fn(&mut TcpStream) + Send + Sync + 'static) -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind((ip, 0)).expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    let asked = Arc::new(Mutex::new(Vec::new()));
    let (log, answer) = (Arc::clone(&asked), Arc::new(answer));
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let (log, answer) = (Arc::clone(&log), Arc::clone(&answer));
            std::thread::spawn(move || {
                let mut lines = BufReader::new(stream.try_clone().expect("a stream")).lines();
                let Some(Ok(request)) = lines.next() else { return };
                while lines.next().is_some_and(|line| line.is_ok_and(|line| !line.is_empty())) {}
                log.lock().expect("the log").push(request);
                answer(&mut stream);
            });
        }
    });
    (address, asked)
}

fn say(stream: &mut TcpStream, head: &str) {
    let _ = stream.write_all(format!("HTTP/1.1 {head}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").as_bytes());
}

fn silent(_: &mut TcpStream) {
    std::thread::sleep(Duration::from_secs(60));
}

#[test]
fn hosts_are_asked_at_the_same_time() {
    let open = Arc::new(AtomicUsize::new(0));
    let most = Arc::new(AtomicUsize::new(0));
    let hosts: Vec<String> = (1..=8)
        .map(|number| {
            let (open, most) = (Arc::clone(&open), Arc::clone(&most));
            let answer = move |stream: &mut TcpStream| {
                most.fetch_max(open.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                std::thread::sleep(Duration::from_millis(700));
                open.fetch_sub(1, Ordering::SeqCst);
                say(stream, "200 OK");
            };
            host(&format!("127.0.5.{number}"), answer).0 + "/"
        })
        .collect();
    let output = check(&linking(&hosts));
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(most.load(Ordering::SeqCst) >= 6, "{} at once", most.load(Ordering::SeqCst));
}

#[test]
fn a_host_that_does_not_answer_is_given_up() {
    let hosts: Vec<_> = (1..=3).map(|number| host(&format!("127.0.6.{number}"), silent)).collect();
    let links: Vec<String> = (0..40).map(|number| format!("{}/{number}", hosts[number % 3].0)).collect();
    let start = Instant::now();
    let text = said(&check(&linking(&links)));
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
    assert_eq!(text.matches("Rule: unverified-external-link").count(), 40, "each link is reported: {text}");
    assert!(text.contains("its host did not answer for other links, so this one was not asked"), "{text}");
    for (address, asked) in &hosts {
        assert!(asked.lock().expect("the log").len() <= 4, "{address}");
    }
}

#[test]
fn a_host_whose_port_is_closed_is_broken_at_each_link() {
    let closed = TcpListener::bind("127.0.7.1:0").and_then(|listener| listener.local_addr()).expect("a port");
    let links: Vec<String> = (0..20).map(|number| format!("http://{closed}/{number}")).collect();
    let start = Instant::now();
    let text = said(&check(&linking(&links)));
    assert_eq!(text.matches("Rule: broken-external-link").count(), 20, "{text}");
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
}

#[test]
fn a_redirect_into_a_private_network_is_not_followed() {
    let (inside, asked) = host("127.0.0.1", |stream| say(stream, "200 OK"));
    let port = inside.rsplit(':').next().expect("a port").to_owned();
    let places = [
        format!("http://127.0.0.1:{port}/"),
        format!("http://2130706433:{port}/"),
        format!("http://0x7f.1:{port}/"),
        format!("http://0177.0.0.1:{port}/"),
        format!("http://127.1:{port}/"),
        format!("http://[::ffff:127.0.0.1]:{port}/"),
        format!("//127.0.0.1:{port}/"),
        format!("/\\127.0.0.1:{port}/"),
        format!("http://0:{port}/"),
        format!("http://localhost:{port}/"),
        "http://169.254.169.254/latest/".to_owned(),
        "http://[fe80::1]/".to_owned(),
        "http://10.0.0.1/".to_owned(),
    ];
    let leading: Vec<String> = (1..)
        .zip(&places)
        .map(|(number, place)| {
            let head = format!("302 Found\r\nLocation: {place}");
            host(&format!("127.0.8.{number}"), move |stream| say(stream, &head)).0 + "/"
        })
        .collect();
    let text = said(&check(&linking(&leading)));
    assert_eq!(*asked.lock().expect("the log"), Vec::<String>::new(), "{text}");
    assert_eq!(text.matches("Rule: unverified-external-link").count(), places.len(), "{text}");
}

#[test]
fn an_address_of_a_private_network_is_reported_and_not_asked() {
    let links = ["http://10.0.0.1/", "http://0xa9fea9fe/latest/", "http://[fd00::1]/", "http://192.168.1.1:8080/"];
    let start = Instant::now();
    let text = said(&check(&linking(&links.map(str::to_owned))));
    assert_eq!(text.matches("is an address of a private network, and was not asked").count(), 4, "{text}");
    assert!(start.elapsed() < Duration::from_secs(15), "{:?}", start.elapsed());
}

#[test]
fn a_redirect_to_a_path_of_the_same_host_is_followed_and_a_circle_is_broken() {
    let (address, asked) = host("127.0.9.1", |stream| say(stream, "302 Found\r\nLocation: /again"));
    let text = said(&check(&linking(&[format!("{address}/first")])));
    assert!(text.contains("leads nowhere: the address leads round in a circle"), "{text}");
    assert!(asked.lock().expect("the log").len() <= 25);
}

#[test]
fn an_answer_that_never_ends_is_given_up() {
    let (drip, _) = host("127.0.10.1", |stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nX: ");
        while stream.write_all(b"x").is_ok() {
            std::thread::sleep(Duration::from_millis(100));
        }
    });
    let (endless, _) = host("127.0.10.2", |stream| while stream.write_all(&[b'x'; 4096]).is_ok() {});
    let (body, _) = host("127.0.10.3", |stream| {
        let _ = stream.write_all(b"HTTP/1.1 404 Not Found\r\n\r\n");
        while stream.write_all(b"x").is_ok() {
            std::thread::sleep(Duration::from_millis(100));
        }
    });
    let start = Instant::now();
    let text = said(&check(&linking(&[drip + "/", endless + "/", body + "/"])));
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
    assert_eq!(text.matches("Rule: unverified-external-link").count(), 2, "{text}");
    assert_eq!(text.matches("Rule: broken-external-link").count(), 1, "{text}");
}

#[test]
fn a_cache_that_cannot_be_read_or_written_stops_nothing() {
    let (address, asked) = host("127.0.11.1", |stream| say(stream, "200 OK"));
    let site = linking(&[address + "/"]);
    let cache = site.path(".letterpress/external-links.json");
    fs::create_dir_all(cache.parent().expect("a folder")).expect("a folder");
    assert!(Command::new("mkfifo").arg(&cache).status().expect("mkfifo").success());
    let output = check(&site);
    assert_eq!(output.status.code(), Some(0), "a pipe: {}", said(&output));
    assert_eq!(asked.lock().expect("the log").len(), 1);
    fs::remove_file(&cache).expect("a removed file");
    fs::create_dir(&cache).expect("a folder in its place");
    let output = check(&site);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(said(&output).contains("the answers of other sites could not be kept"), "{}", said(&output));
    fs::remove_dir(&cache).expect("a removed folder");
    fs::write(&cache, b"\xff{").expect("a written file");
    assert_eq!(check(&site).status.code(), Some(0), "a damaged one");
    assert_eq!(asked.lock().expect("the log").len(), 3);
    assert_eq!(check(&site).status.code(), Some(0));
    assert_eq!(asked.lock().expect("the log").len(), 3, "it is whole again");
}

#[test]
fn an_interrupted_run_ends_at_once_and_keeps_its_answers() {
    let (quick, _) = host("127.0.12.1", |stream| say(stream, "200 OK"));
    let (slow, asked) = host("127.0.12.2", silent);
    let mut links: Vec<String> = (0..30).map(|number| format!("{quick}/{number}")).collect();
    links.push(format!("{slow}/"));
    let site = linking(&links);
    site.write("letterpress.toml", "title = \"A\"\n[check]\nexternal_timeout_seconds = 50\n");
    let mut command = Command::new(env!("CARGO_BIN_EXE_letterpress"));
    command.args(["check", "--external", "--source"]).arg(site.folder()).stderr(Stdio::null()).stdout(Stdio::null());
    let mut child = command.spawn().expect("the program starts");
    let cache = site.path(".letterpress/external-links.json");
    let start = Instant::now();
    while !(cache.exists() && asked.lock().expect("the log").len() == 1) {
        assert!(start.elapsed() < Duration::from_secs(40), "answers are written while others are waited for");
        std::thread::sleep(Duration::from_millis(20));
    }
    let interrupted = Instant::now();
    // Ctrl-C is ignored by what a shell starts in the background, as it may start these tests; the end is the same.
    let sent = Command::new("kill").args(["-TERM", &child.id().to_string()]).status().expect("kill runs");
    assert!(sent.success());
    child.wait().expect("it ends");
    assert!(interrupted.elapsed() < Duration::from_secs(5), "{:?}", interrupted.elapsed());
    assert!(fs::read_to_string(&cache).expect("text").contains(&format!("{quick}/")));
}
