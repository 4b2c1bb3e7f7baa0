//! Stories about readers of a site that nginx or Apache serves below a path, with the settings that the site itself wrote. Each server is the
//! system's own, listens on this machine alone and ends with its story.

use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::support::Site;

const BROTLI_MODULE: &str = "/usr/lib/nginx/modules/ngx_http_brotli_static_module.so";
const APACHE_MODULES: &str = "/usr/lib/apache2/modules";

/// Where a server listens.
enum Place {
    Socket(PathBuf),
    Port(u16),
}

struct Server {
    child: Child,
    place: Place,
    log: PathBuf,
}

impl Drop for Server {
    fn drop(&mut self) {
        // A server that has ended by itself needs no end.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[derive(Debug)]
struct Answer {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Answer {
    fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.iter().filter(|(own, _)| own.eq_ignore_ascii_case(name));
        let value = values.next().map(|(_, value)| value.as_str());
        assert_eq!(values.next(), None, "{name} is said once");
        value
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

impl Server {
    fn connect(&self) -> std::io::Result<Box<dyn ReadWrite>> {
        Ok(match &self.place {
            Place::Socket(path) => Box::new(UnixStream::connect(path)?),
            Place::Port(port) => Box::new(TcpStream::connect(("127.0.0.1", *port))?),
        })
    }

    /// Waits until the server answers; tells its log if it never does.
    fn ready(mut self) -> Self {
        for _ in 0..600 {
            if self.connect().is_ok() {
                return self;
            }
            let ended = self.child.try_wait().expect("a state");
            assert!(ended.is_none(), "{ended:?}: {}", fs::read_to_string(&self.log).unwrap_or_default());
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!("no answer: {}", fs::read_to_string(&self.log).unwrap_or_default());
    }

    fn get(&self, path: &str, headers: &str) -> Answer {
        let mut stream = self.connect().expect("a connection");
        let request = format!("GET {path} HTTP/1.1\r\nHost: example.org\r\nConnection: close\r\n{headers}\r\n");
        stream.write_all(request.as_bytes()).expect("a request");
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).expect("an answer");
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").expect("a head");
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let mut lines = head.lines();
        let status = lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok()).expect("a status");
        let header = |line: &str| line.split_once(": ").map(|(name, value)| (name.to_owned(), value.to_owned()));
        Answer { status, headers: lines.filter_map(header).collect(), body: bytes[end + 4..].to_vec() }
    }
}

trait ReadWrite: Read + Write {}
impl<T: Read + Write> ReadWrite for T {}

/// A site below a path, with a renamed page, a letter, a second language and packed copies.
fn published() -> Site {
    let words = "These words are here so that the page is worth packing. ".repeat(40);
    let site = Site::new()
        .file(
            "letterpress.toml",
            "title = \"Advice\"\nbase_url = \"https://example.org/career-advice/\"\n[languages.ur]\ntitle = \"مشورہ\"\n",
        )
        .article("new.md", "title: New\naliases: [/articles/old/, \"/articles/old (1)/\", /plain.html, /پرانا/]", &words)
        .article("new.ur.md", "title: نیا", &words)
        .letter("raise.md", "title: Raise", "Dear [name],\n\nplease.\n\nYours sincerely,\n\n[your name]");
    let mut command = Command::new(env!("CARGO_BIN_EXE_letterpress"));
    command.args(["build", "--precompress", "--source"]).arg(site.folder()).stdin(Stdio::null());
    let output = command.output().expect("a run");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    site
}

fn start(mut command: Command, place: Place, log: PathBuf) -> Server {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(fs::File::create(&log).expect("a log"));
    let program = command.get_program().to_owned();
    let child = command.spawn().unwrap_or_else(|error| panic!("{program:?}, which tests/run installs: {error}"));
    Server { child, place, log }.ready()
}

/// A program that an ordinary user's `PATH` may not lead to.
fn system(name: &str) -> PathBuf {
    let path = Path::new("/usr/sbin").join(name);
    if path.exists() { path } else { name.into() }
}

fn nginx(site: &Site) -> Server {
    let own = site.path("server");
    fs::create_dir_all(&own).expect("a folder");
    let public = site.path("public");
    let kinds = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
    let temporary: String = kinds.map(|kind| format!("{kind}_temp_path {}/{kind};\n", own.display())).concat();
    let config = format!(
        "load_module {BROTLI_MODULE};\ndaemon off;\nmaster_process off;\npid {own}/pid;\nerror_log stderr warn;\nevents {{}}\n\
         http {{\ninclude /etc/nginx/mime.types;\naccess_log off;\n{temporary}server {{\nlisten unix:{own}/socket;\nbrotli_static on;\n\
         set $letterpress {public};\ninclude {public}/_nginx.conf;\n}}\n}}\n",
        own = own.display(),
        public = public.display(),
    );
    fs::write(own.join("nginx.conf"), config).expect("a file");
    let mut command = Command::new(system("nginx"));
    command.arg("-p").arg(&own).arg("-c").arg(own.join("nginx.conf")).args(["-e", "stderr"]);
    start(command, Place::Socket(own.join("socket")), own.join("log"))
}

fn apache(site: &Site) -> Server {
    let own = site.path("server");
    fs::create_dir_all(&own).expect("a folder");
    // Let go just before Apache takes it: it can be told of no socket but a port.
    let port = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port").port();
    let modules = ["mpm_event", "authz_core", "dir", "mime", "headers", "alias", "rewrite", "autoindex"];
    let modules = modules.map(|name| format!("LoadModule {name}_module {APACHE_MODULES}/mod_{name}.so\n")).concat();
    let public = site.path("public");
    let config = format!(
        "{modules}ServerName example.org\nServerRoot {own}\nPidFile {own}/pid\nListen 127.0.0.1:{port}\nErrorLog /dev/stderr\n\
         TypesConfig /dev/null\nAddType text/html .html\nAddType text/css .css\nAddType text/plain .txt\nAddType application/xml .xml\n\
         AddLanguage br .br\nAddType application/x-gzip .gz\nDocumentRoot {own}\nAlias /career-advice/ {public}/\n\
         <Directory {public}>\nAllowOverride FileInfo Indexes Options=Indexes\nOptions Indexes FollowSymLinks\nRequire all granted\n\
         </Directory>\n",
        own = own.display(),
        public = public.display(),
    );
    fs::write(own.join("apache.conf"), config).expect("a file");
    let mut command = Command::new(system("apache2"));
    command.arg("-X").arg("-f").arg(own.join("apache.conf"));
    start(command, Place::Port(port), own.join("log"))
}

/// The site's own address of an asset that begins and ends so.
fn asset(public: &Path, start: &str, end: &str) -> String {
    let files = fs::read_dir(public.join("assets")).expect("assets").flatten();
    let mut names = files.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let name = names.find(|name| name.starts_with(start) && name.ends_with(end)).expect("an asset");
    format!("/career-advice/assets/{name}")
}

/// What every host must do with the settings that the site wrote for it.
fn assert_served(server: &Server, site: &Site) {
    let get = |path: &str| server.get(path, "");
    let public = site.path("public");
    let page = get("/career-advice/articles/new/");
    assert_eq!((page.status, page.header("Content-Type")), (200, Some("text/html; charset=utf-8")), "{page:?}");
    assert_eq!(page.body, fs::read(public.join("articles/new/index.html")).expect("the page"));
    assert_eq!(get("/career-advice/").status, 200);
    assert!(get("/career-advice/ur/articles/new/").text().contains("lang=\"ur\""));

    for old in ["/articles/old/", "/articles/old%20(1)/", "/plain.html", "/%D9%BE%D8%B1%D8%A7%D9%86%D8%A7/"] {
        let answer = get(&format!("/career-advice{old}"));
        let to = answer.header("Location").unwrap_or_default();
        assert_eq!(answer.status, 301, "{old}");
        let to = to.strip_prefix("http://example.org").unwrap_or(to);
        assert_eq!(to, "/career-advice/articles/new/", "{old}");
    }
    let without_slash = get("/career-advice/articles/new");
    assert_eq!(without_slash.status, 301);
    assert!(without_slash.header("Location").is_some_and(|to| to.ends_with("/career-advice/articles/new/")));

    let missing = get("/career-advice/articles/never-was/");
    assert_eq!(missing.status, 404);
    assert!(missing.text().contains("<html lang=\"en\""), "the site's own page: {}", missing.text());
    for hidden in ["_nginx.conf", "_headers", ".htaccess", ".letterpress-manifest.json"] {
        let status = get(&format!("/career-advice/{hidden}")).status;
        assert!([403, 404].contains(&status), "{hidden}: {status}");
    }
    assert!([403, 404].contains(&get("/career-advice/assets/").status), "folders are not listed");

    for answer in [&page, &missing] {
        let policy = answer.header("Content-Security-Policy").expect("a policy");
        assert!(policy.contains("connect-src 'self'") && policy.ends_with("frame-ancestors 'none'"), "{policy}");
        assert_eq!(answer.header("X-Content-Type-Options"), Some("nosniff"));
        assert!(answer.header("Referrer-Policy").is_some() && answer.header("Permissions-Policy").is_some());
        assert_eq!(answer.header("Cache-Control"), None, "a page may change");
    }
    for headers in ["", "Accept-Encoding: br\r\n"] {
        let letter = server.get("/career-advice/letters/raise/", headers);
        let policy = letter.header("Content-Security-Policy").expect("a policy");
        assert!(policy.contains("connect-src 'none'; form-action 'none'"), "{policy}");
    }

    let style = asset(&public, "site.", ".css");
    let engine = fs::read_dir(public.join("search")).expect("the index").flatten().map(|entry| entry.file_name());
    let engine = engine.map(|name| name.to_string_lossy().into_owned()).find(|name| name.starts_with("engine."));
    let engine = format!(
        "/career-advice/search/{}",
        engine.expect("the engine").trim_end_matches(".br").trim_end_matches(".gz")
    );
    for lasting in [&style, &engine] {
        let answer = get(lasting);
        assert_eq!(answer.header("Cache-Control"), Some("public, max-age=31536000, immutable"), "{lasting}");
        assert!(answer.header("Content-Security-Policy").is_some());
    }
    assert_eq!(get("/career-advice/search/index.json").header("Cache-Control"), None);
    let manifest = get("/career-advice/ur/site.webmanifest");
    assert!(manifest.header("Content-Type").is_some_and(|kind| kind.starts_with("application/manifest+json")));

    assert_packed(server, &public, &style);
}

/// Browsers get the copy that they take, of pages as of other texts.
fn assert_packed(server: &Server, public: &Path, style: &str) {
    for (path, file, kind) in [
        ("/career-advice/articles/new/", "articles/new/index.html", "text/html; charset=utf-8"),
        (style, style.trim_start_matches("/career-advice/"), "text/css; charset=utf-8"),
    ] {
        for (takes, encoding, ending) in [("gzip, br", "br", ".br"), ("gzip", "gzip", ".gz")] {
            let answer = server.get(path, &format!("Accept-Encoding: {takes}\r\n"));
            assert_eq!(answer.header("Content-Encoding"), Some(encoding), "{path}: {answer:?}");
            let told = answer.header("Content-Type").unwrap_or_default();
            assert_eq!(told.split(';').next(), kind.split(';').next(), "{path}");
            assert_eq!(answer.header("Content-Language"), None);
            assert!(answer.header("Vary").is_some_and(|vary| vary.contains("Accept-Encoding")), "{path}: {answer:?}");
            assert_eq!(answer.body, fs::read(public.join(format!("{file}{ending}"))).expect("a copy"), "{path}");
        }
        assert_eq!(server.get(path, "").header("Content-Encoding"), None);
    }
}

#[test]
fn nginx_serves_the_site_below_its_path() {
    let site = published();
    assert_served(&nginx(&site), &site);
}

#[test]
fn apache_serves_the_site_below_its_path() {
    let site = published();
    assert_served(&apache(&site), &site);
}
