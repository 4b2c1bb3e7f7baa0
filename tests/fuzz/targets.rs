//! What is fuzzed, and what must hold whatever comes in.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use letterpress::collect::{Options, Sources, collect};
use letterpress::diagnostic::{Diagnostic, render_human, render_json};
use letterpress::output::Output;
use letterpress::pipeline::{Built, Memo, build};
use letterpress::source::{Source, SourcePath};

/// A site with a letter, a page and the default theme, in memory.
fn small_site() -> Sources {
    let folder = tempfile::tempdir().expect("a folder");
    let files = [
        ("letterpress.toml", "title = \"Advice\"\nbase_url = \"https://example.org/advice/\"\n[languages.ur]\n"),
        (
            "content/articles/b.md",
            "---\ntitle: B\ndescription: About b\ndate: 2026-01-01\n---\n\n![A](a.png) [a](a.md)\n",
        ),
        (
            "content/letters/b.md",
            "---\ntitle: C\nsubject: S\ndescription: About c\n---\n\nDear [name],\n\nYours,\n\n[your name]\n",
        ),
    ];
    for (path, text) in files {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }
    read(folder.path()).0
}

fn read(folder: &std::path::Path) -> (Sources, Vec<Diagnostic>) {
    let as_of = Some("2026-11-01".parse().expect("a date"));
    collect(&Options { folder: folder.to_path_buf(), as_of, ..Options::default() }).expect("a readable folder")
}

fn put(sources: &mut Sources, path: &str, bytes: &[u8]) {
    let path = SourcePath::new(path);
    sources.content.insert(path.clone(), Arc::new(Source::new(path, bytes.to_vec())));
}

/// Characters that stand for holes in a body; no output may hold them, and no name of a file is taken that does.
fn is_mark(sign: char) -> bool {
    matches!(sign, '\0' | '\u{fdd0}'..='\u{fdef}')
}

/// Builds with a memo that stays, looks at everything that came out, and gives its fingerprint.
fn built(sources: &Sources, collected: Vec<Diagnostic>, memo: &mut Memo) -> u64 {
    let built = build(sources, collected, memo).expect("a build");
    promises(&built);
    fingerprint(&built)
}

/// What must hold of every site, good or bad.
fn promises(built: &Built) {
    for diagnostic in &built.diagnostics {
        drop(render_human(diagnostic, true));
        drop(render_json(diagnostic));
    }
    for (file, artifact) in built.output.iter() {
        assert!(!file.starts_with('/') && !file.split('/').any(|part| matches!(part, "" | "." | "..")), "{file:?}");
        if let Ok(text) = std::str::from_utf8(&artifact.read().expect("its bytes")) {
            // Other files may be an editor's own, which are published as they are.
            if file.ends_with(".html") || file.ends_with(".xml") {
                assert!(!text.contains(is_mark), "{file}: a mark is left");
            }
            if file.ends_with(".html") {
                harmless(file, text);
            }
        }
    }
    well_formed(&built.output);
}

fn harmless(file: &str, html: &str) {
    for tag in tags(html) {
        let lower = tag.to_ascii_lowercase();
        for scheme in ["javascript:", "vbscript:", "data:"] {
            for attribute in [" href=\"", " src=\"", " action=\""] {
                assert!(!lower.contains(&format!("{attribute}{scheme}")), "{file}: {tag}");
            }
        }
        let is_script = lower.starts_with("<script") && !lower.contains(" src=\"/") && !lower.contains("ld+json");
        assert!(!is_script && !lower.contains(" onx=") && !lower.starts_with("<x"), "{file}: {tag}");
    }
    for block in html.split("<script type=\"application/ld+json\">").skip(1) {
        let json = block.split("</script>").next().unwrap_or_default();
        serde_json::from_str::<serde_json::Value>(json).unwrap_or_else(|error| panic!("{file}: {error}: {json}"));
    }
}

/// Every start tag, with the attributes as they are written: quotes may hide a `>`.
fn tags(html: &str) -> impl Iterator<Item = &str> {
    let starts =
        html.match_indices('<').filter(|(at, _)| html[at + 1..].starts_with(|sign: char| sign.is_ascii_alphabetic()));
    starts.map(|(at, _)| {
        let mut quote = None;
        let end = html[at..].find(|sign| {
            match (quote, sign) {
                (None, '"' | '\'') => quote = Some(sign),
                (Some(open), sign) if open == sign => quote = None,
                _ => {}
            }
            quote.is_none() && sign == '>'
        });
        &html[at..end.map_or(html.len(), |end| at + end)]
    })
}

fn well_formed(output: &Output) {
    for (file, artifact) in output.iter() {
        let bytes = artifact.read().expect("its bytes");
        let text = String::from_utf8_lossy(&bytes);
        if file.ends_with("feed.json") {
            serde_json::from_str::<serde_json::Value>(&text).unwrap_or_else(|error| panic!("{file}: {error}"));
        } else if file.ends_with("feed.xml") || file.ends_with("sitemap.xml") {
            let mut reader = quick_xml::Reader::from_str(&text);
            loop {
                match reader.read_event().unwrap_or_else(|error| panic!("{file}: {error}: {text}")) {
                    quick_xml::events::Event::Eof => break,
                    _ => continue,
                }
            }
        }
    }
}

/// Which messages there are, and how large the output is, roughly.
fn fingerprint(built: &Built) -> u64 {
    let mut codes: Vec<&str> = built.diagnostics.iter().map(|one| one.rule.code()).collect();
    codes.sort_unstable();
    codes.dedup();
    let bytes: usize = built.output.iter().map(|(_, artifact)| artifact.length()).sum();
    let mut hasher = DefaultHasher::new();
    (codes, built.output.len(), bytes / 512).hash(&mut hasher);
    hasher.finish()
}

/// A document beside others: front matter, Markdown, a letter and its files.
pub fn page(path: &'static str) -> impl FnMut(&[u8]) -> u64 {
    let mut sources = small_site();
    let mut memo = Memo::default();
    let mut count = 0_u64;
    move |bytes| {
        put(&mut sources, path, bytes);
        let print = built(&sources, Vec::new(), &mut memo);
        count += 1;
        if count.is_multiple_of(64) {
            let warm = build(&sources, Vec::new(), &mut memo).expect("a build");
            assert_eq!(
                warm.output,
                build(&sources, Vec::new(), &mut Memo::default()).expect("a build").output,
                "warm is not cold"
            );
        }
        print
    }
}

/// `letterpress.toml`, as it is read from disk.
pub fn config() -> impl FnMut(&[u8]) -> u64 {
    let folder = tempfile::tempdir().expect("a folder");
    let content = small_site().content;
    move |bytes| {
        std::fs::write(folder.path().join("letterpress.toml"), bytes).expect("a file");
        let (mut sources, collected) = read(folder.path());
        sources.content.clone_from(&content);
        built(&sources, collected, &mut Memo::default())
    }
}

/// A template of the theme, over the whole view.
pub fn template() -> impl FnMut(&[u8]) -> u64 {
    let mut sources = small_site();
    let mut memo = Memo::default();
    move |bytes| {
        let path = SourcePath::new("themes/mine/templates/article.html");
        let mut theme = (*sources.theme).clone();
        theme.files.insert("templates/article.html".to_owned(), Arc::new(Source::new(path, bytes.to_vec())));
        sources.theme = Arc::new(theme);
        let built = build(&sources, Vec::new(), &mut memo).expect("a build");
        fingerprint(&built)
    }
}

/// A picture that a page shows: its first byte says of what kind it claims to be.
pub fn picture() -> impl FnMut(&[u8]) -> u64 {
    let mut sources = small_site();
    let mut memo = Memo::default();
    move |bytes| {
        let endings = ["png", "jpg", "webp", "svg", "gif", "avif"];
        let (kind, picture) = bytes.split_first().map_or((0, bytes), |(kind, rest)| (*kind, rest));
        let ending = endings[usize::from(kind.saturating_sub(b'0')) % endings.len()];
        let page = format!("---\ntitle: A\ndescription: B\nimage: a.{ending}\n---\n\n![A](a.{ending})\n");
        put(&mut sources, "content/articles/a.md", page.as_bytes());
        let path = format!("content/articles/a.{ending}");
        put(&mut sources, &path, picture);
        let print = built(&sources, Vec::new(), &mut memo);
        sources.content.remove(path.as_str());
        print
    }
}

/// Several files at once, one `=== path` after the other.
pub fn site() -> impl FnMut(&[u8]) -> u64 {
    let small = small_site();
    move |bytes| {
        let mut sources = small.clone();
        sources.content.clear();
        let text = String::from_utf8_lossy(bytes);
        for part in text.split("=== content/").skip(1) {
            let (path, body) = part.split_once('\n').unwrap_or((part, ""));
            if !path.split('/').any(|name| matches!(name, "" | "." | "..")) && !path.contains(is_mark) {
                put(&mut sources, &format!("content/{path}"), body.as_bytes());
            }
        }
        built(&sources, Vec::new(), &mut Memo::default())
    }
}

/// What search makes of words, in a language with a stemmer and in one without, and of the site's own synonyms.
pub fn search() -> impl FnMut(&[u8]) -> u64 {
    let mut sources = small_site();
    let mut memo = Memo::default();
    move |bytes| {
        let text = String::from_utf8_lossy(bytes).replace("---", "");
        let page = format!("---\ntitle: A\ndescription: B\n---\n\n{text}\n");
        put(&mut sources, "content/articles/a.md", page.as_bytes());
        put(&mut sources, "content/articles/a.ur.md", page.as_bytes());
        put(&mut sources, "content/search.toml", bytes);
        built(&sources, Vec::new(), &mut memo)
    }
}

/// Bytes sent to a running preview: it answers or closes, and goes on.
#[cfg(unix)]
pub fn request() -> impl FnMut(&[u8]) -> u64 {
    use std::io::{BufRead, BufReader, Read, Write};
    use std::net::{Shutdown, TcpStream};
    use std::process::{Child, Command, Stdio};
    use std::time::Duration;

    struct Preview(Child, #[expect(dead_code, reason = "removed when the preview is")] tempfile::TempDir);
    impl Drop for Preview {
        fn drop(&mut self) {
            let _ = self.0.kill();
            let _ = self.0.wait();
        }
    }
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("letterpress.toml"), "title = \"A\"\n").expect("a file");
    let mut command = Command::new(env!("CARGO_BIN_EXE_letterpress"));
    command.args(["watch", "--port", "0", "--source"]).arg(folder.path()).stderr(Stdio::piped()).stdin(Stdio::null());
    let mut preview = Preview(command.spawn().expect("the program"), folder);
    let mut lines = BufReader::new(preview.0.stderr.take().expect("a pipe")).lines().map_while(Result::ok);
    let line = lines.find(|line| line.starts_with("Preview ")).expect("an address");
    let port: u16 = line.rsplit(':').next().and_then(|rest| rest.trim_end_matches('/').parse().ok()).expect("a port");
    std::thread::spawn(move || lines.for_each(drop));
    let ask = move |bytes: &[u8]| {
        let mut stream = TcpStream::connect(("127.0.0.1", port)).expect("the preview still listens");
        stream.set_read_timeout(Some(Duration::from_millis(400))).expect("a time limit");
        let _ = stream.write_all(bytes);
        let _ = stream.shutdown(Shutdown::Write);
        let mut head = Vec::new();
        let _ = stream.take(300).read_to_end(&mut head);
        String::from_utf8_lossy(&head).into_owned()
    };
    move |bytes| {
        let answer = ask(bytes);
        assert!(answer.is_empty() || answer.starts_with("HTTP/1."), "{answer}");
        assert!(preview.0.try_wait().expect("a process").is_none(), "the preview has ended");
        let status = answer.get(9..12).unwrap_or_default();
        assert!(
            ["", "200", "206", "302", "304", "400", "403", "404", "405", "408", "414", "416", "431"].contains(&status),
            "{answer}"
        );
        let mut hasher = DefaultHasher::new();
        (status, answer.len() / 64).hash(&mut hasher);
        hasher.finish()
    }
}
