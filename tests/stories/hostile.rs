//! Stories about content that means harm: whatever an editor or a stranger writes, it stays text in every file that readers and hosts get.

use std::cell::RefCell;
use std::collections::BTreeSet;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts, states,
};

use crate::support::{BuiltSite, Site, messages};
use letterpress::pipeline::Built;

/// What breaks out of HTML text and attributes, scripts, JSON, XML, YAML, headers, redirects, templates and the program's own marks.
const PAYLOADS: &[&str] = &[
    "\"><xss-mark onx=1>",
    "' onmouseover='alert(1)' x='",
    "</script><script>alert(1)</script>",
    "</title></style></textarea><xss-mark>",
    "<!-- <script>",
    "]]><xss-mark/>",
    "\\\"};alert(1);//",
    "&quot;&gt;&lt;xss-mark&gt;",
    "&#x22;&#x3e;<xss-mark>",
    "{{ 7 * 7 }}{% include 'base.html' %}",
    "a\u{8}b\u{b}c\u{1f}d\u{7f}e\u{ffff}",
    "\u{202e}gnp.exe\u{2066}",
    "\u{2028}\u{2029}",
    "&#xfdd0;w callout_tip&#xfdd1;",
    "\u{fdd0}l0\u{fdd1}",
    "line\n/evil/* https://evil.example 301\nX-Evil: yes",
    "%0d%0aSet-Cookie:x",
    "$(id)`id`;id",
];

/// Every start tag of a page, as a browser reads it, and the text of its data blocks.
#[derive(Default)]
struct Seen {
    tags: RefCell<Vec<Tag>>,
    in_script: RefCell<Option<String>>,
    scripts: RefCell<Vec<String>>,
}

impl TokenSink for Seen {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => {
                let raw = match &*tag.name {
                    "script" => Some(states::RawKind::ScriptData),
                    "style" => Some(states::RawKind::Rawtext),
                    "title" | "textarea" => Some(states::RawKind::Rcdata),
                    _ => None,
                };
                if &*tag.name == "script" {
                    *self.in_script.borrow_mut() = Some(String::new());
                }
                self.tags.borrow_mut().push(tag);
                return raw.map_or(TokenSinkResult::Continue, TokenSinkResult::RawData);
            }
            Token::TagToken(tag) if &*tag.name == "script" => {
                self.scripts.borrow_mut().extend(self.in_script.borrow_mut().take());
            }
            Token::CharacterTokens(text) => {
                if let Some(script) = &mut *self.in_script.borrow_mut() {
                    script.push_str(&text);
                }
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

fn seen(html: &str) -> Seen {
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from_slice(html));
    let tokenizer = Tokenizer::new(Seen::default(), TokenizerOpts::default());
    let _ = tokenizer.feed(&queue);
    tokenizer.end();
    tokenizer.sink
}

const UNSAFE: &[&str] = &["javascript:", "vbscript:", "data:text", "data:image/svg"];

/// What holds of every page: no script but files of the site, no handler, no inline style, no link that runs one, whole data blocks.
fn assert_harmless_page(file: &str, html: &str) {
    let seen = seen(html);
    for tag in seen.tags.borrow().iter() {
        assert_ne!(&*tag.name, "xss-mark", "{file}");
        let value = |name: &str| tag.attrs.iter().find(|one| &*one.name.local == name).map(|one| one.value.to_string());
        for attribute in &tag.attrs {
            let name = &*attribute.name.local;
            assert!(!name.starts_with("on") && name != "style" && name != "srcdoc", "{file}: {name} of {tag:?}");
            if ["href", "src", "action", "formaction", "srcset", "content"].contains(&name) {
                let address: String =
                    attribute.value.chars().filter(|sign| !sign.is_whitespace() && !sign.is_control()).collect();
                let address = address.to_lowercase();
                assert!(!UNSAFE.iter().any(|scheme| address.starts_with(scheme)), "{file}: {tag:?}");
            }
        }
        if &*tag.name == "script" {
            let is_data = value("type").as_deref() == Some("application/ld+json");
            assert!(is_data || value("src").is_some_and(|src| src.starts_with('/')), "{file}: {tag:?}");
        }
    }
    for script in seen.scripts.borrow().iter().filter(|script| !script.trim().is_empty()) {
        serde_json::from_str::<serde_json::Value>(script).unwrap_or_else(|error| panic!("{file}: {error}: {script}"));
    }
}

/// XML that a parser takes, with characters that XML 1.0 § 2.2 allows.
fn assert_well_formed(file: &str, xml: &str) {
    let allowed =
        |sign: char| matches!(sign, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    assert!(xml.chars().all(allowed), "{file} holds a character that XML does not");
    let mut reader = quick_xml::Reader::from_str(xml);
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("{file}: {error}")) {
            quick_xml::events::Event::Eof => return,
            quick_xml::events::Event::Start(tag) => assert_ne!(tag.name().as_ref(), "xss-mark", "{file}"),
            _ => {}
        }
    }
}

fn assert_harmless(built: &Built) {
    for (file, artifact) in built.output.iter() {
        let bytes = artifact.read().expect("its bytes");
        let text = String::from_utf8_lossy(&bytes);
        match file.rsplit('.').next() {
            Some("html") => assert_harmless_page(file, &text),
            Some("xml") => assert_well_formed(file, &text),
            Some("json") => {
                drop(serde_json::from_str::<serde_json::Value>(&text).unwrap_or_else(|error| panic!("{file}: {error}")))
            }
            Some("docx") => assert_docx(file, &artifact.read().expect("its bytes")),
            Some("pdf") => {
                assert!(
                    artifact.read().expect("its bytes").starts_with(b"%PDF-")
                        && artifact.read().expect("its bytes").ends_with(b"%%EOF"),
                    "{file}"
                )
            }
            _ => {}
        }
    }
    for line in built.page("_redirects").lines().filter(|line| !line.is_empty()) {
        let parts: Vec<&str> = line.split(' ').collect();
        assert!(
            parts.len() == 3 && parts[0].starts_with("/career-advice/") && parts[1].starts_with("/career-advice/"),
            "{line:?}"
        );
    }
    assert_harmless_for_nginx(&built.page("_nginx.conf"));
    assert_harmless_for_apache(&built.page(".htaccess"));
    assert_harmless_for_s3(&built.page("_s3-routing-rules.json"));
    let known = [
        "Content-Security-Policy",
        "X-Content-Type-Options",
        "Referrer-Policy",
        "Permissions-Policy",
        "Cross-Origin-Opener-Policy",
        "Cache-Control",
    ];
    for line in built.page("_headers").lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let is_path = line.starts_with("/career-advice/") && !line.contains(' ');
        let is_header = line
            .strip_prefix("  ")
            .and_then(|line| line.split_once(": "))
            .is_some_and(|(name, _)| known.contains(&name));
        assert!(is_path || is_header, "{line:?}");
    }
}

/// A directive's words: those in quotation marks are one, as nginx and Apache read them.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut word, mut quoted, mut escaped) = (Vec::new(), String::new(), false, false);
    for sign in line.chars() {
        match sign {
            _ if escaped => (escaped, _) = (false, word.push(sign)),
            '\\' => escaped = true,
            '"' => quoted = !quoted,
            ' ' if !quoted => words.push(std::mem::take(&mut word)),
            _ => word.push(sign),
        }
    }
    assert!(!quoted && !escaped, "an open quotation: {line}");
    words.push(word);
    words.retain(|word| !word.is_empty());
    words
}

/// Only the directives that the program writes; a redirect leads from one address of the site to another.
fn assert_harmless_for_nginx(text: &str) {
    let known = [
        "alias",
        "index",
        "error_page",
        "charset",
        "gzip_static",
        "brotli_static",
        "add_header",
        "absolute_redirect",
        "gzip_vary",
        "default_type",
        "return",
        "types",
    ];
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#') && *line != "}") {
        let words = words(line.trim_end_matches([';', '{']));
        match words[0].as_str() {
            "location" => assert!(words.last().is_some_and(|path| path.contains("/career-advice/")), "{line}"),
            "return" => assert!(words[1..] == ["404"] || words[2].starts_with("/career-advice/"), "{line}"),
            name => assert!(known.contains(&name), "{line}"),
        }
    }
}

fn assert_harmless_for_apache(text: &str) {
    let known = [
        "DirectoryIndex",
        "Options",
        "AddDefaultCharset",
        "ErrorDocument",
        "AddType",
        "AddEncoding",
        "Header",
        "RedirectMatch",
        "RewriteEngine",
        "RewriteCond",
        "RewriteRule",
        "RemoveLanguage",
        "RemoveType",
    ];
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with(['#', '<'])) {
        let words = words(line);
        assert!(known.contains(&words[0].as_str()), "{line}");
        if words[0] == "RedirectMatch" && words[1] == "301" {
            assert!(
                words.len() == 4 && words[2].starts_with("^/career-advice/") && words[3].starts_with("/career-advice/"),
                "{line}"
            );
        }
    }
    let sections = text.lines().filter(|line| line.starts_with('<') && !line.starts_with("</"));
    for section in sections {
        assert!(
            section.starts_with("<IfModule mod_")
                || section.starts_with("<If \"%{REQUEST_URI} ")
                || section.starts_with("<FilesMatch \"\\.(?:html|"),
            "{section}"
        );
    }
}

fn assert_harmless_for_s3(text: &str) {
    let rules: serde_json::Value = serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"));
    for rule in rules.as_array().expect("a list of rules") {
        let target = rule["Redirect"].as_object().expect("a target");
        assert!(target.keys().all(|key| ["HttpRedirectCode", "ReplaceKeyWith"].contains(&key.as_str())), "{rule}");
        for key in [&rule["Condition"]["KeyPrefixEquals"], &target["ReplaceKeyWith"]] {
            assert!(key.as_str().is_some_and(|key| key.starts_with("career-advice/")), "{rule}");
        }
    }
}

fn assert_docx(file: &str, bytes: &[u8]) {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("an archive");
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).expect("a part");
        let mut text = String::new();
        if std::io::Read::read_to_string(&mut part, &mut text).is_ok() {
            assert_well_formed(&format!("{file}, part {index}"), &text);
        }
    }
}

/// A payload as a quoted scalar of YAML and of TOML alike.
fn quoted(text: &str) -> String {
    let escaped = |sign: char| match sign {
        '"' => "\\\"".to_owned(),
        '\\' => "\\\\".to_owned(),
        '\n' => "\\n".to_owned(),
        sign if sign.is_control()
            || matches!(sign, '\u{fdd0}'..='\u{fdef}' | '\u{fffe}' | '\u{ffff}' | '\u{2028}' | '\u{2029}') =>
        {
            format!("\\u{:04x}", u32::from(sign))
        }
        sign => sign.to_string(),
    };
    format!("\"{}\"", text.chars().map(escaped).collect::<String>())
}

/// A site in which the payload stands wherever an editor can write.
fn with(payload: &str) -> Site {
    let q = quoted(payload);
    let flat = payload.replace('\n', " ");
    Site::new()
        .file(
            "letterpress.toml",
            format!(
                "title = {q}\ndescription = {q}\nbase_url = \"https://example.org/career-advice/\"\npublisher = {{ name = {q}, url = {q}, logo = {q} }}\n\
                 links = [{{ label = {q}, url = {q} }}]\nfooter_links = [{{ label = {q}, url = {q} }}]\n[authors.{q}]\nrole = {q}\n[languages.ur]\nname = {q}\ntitle = {q}\n"
            ),
        )
        .file("content/topics/pay.md", format!("---\ntitle: {q}\ndescription: {q}\n---\n\n{payload}\n"))
        .article(
            "a.md",
            &format!("title: {q}\ndescription: {q}\ndate: 2026-01-01\nauthor: {q}\ntopics: [pay, {q}]\ntags: [{q}]\naliases: [/old/, {q}]\nimage: {q}"),
            &format!(
                "# {flat}\n\n{payload}\n\n## {flat}\n\n`{flat}` [{flat}](b.md \"{flat}\") ![{flat}](x.png \"{flat}\")\n\n![{flat}](x.png \"{flat}\")\n\n\
                 ```{flat}\n{payload}\n```\n\n| {flat} |\n|-|\n| {flat} |\n\nNote[^a].\n\n[^a]: {flat}\n\n<div title=\"{flat}\">{payload}</div>\n\n\
                 <{payload}>\n\n[r]\n\n[r]: <{flat}> '{flat}'\n"
            ),
        )
        .article("b.md", "title: B", "Words.")
        .file("content/articles/a.ur.md", format!("---\ntitle: {q}\ndescription: {q}\n---\n\n{payload}\n"))
        .letter(
            "l.md",
            &format!("title: {q}\nsubject: {q}\nguidance: {q}\nsituations: [{q}]\nfields:\n  name: {{ hint: {q}, choices: [{q}, x] }}\n  {q}: {{ suggestions: [{q}] }}"),
            &format!("Dear [name],\n\n{payload}\n\n**{flat}** [{flat}]\n\nYours sincerely,\n\n[your name]"),
        )
}

#[test]
fn no_payload_breaks_out_of_its_place() {
    for payload in PAYLOADS {
        let built = with(payload).build();
        assert_harmless(&built);
    }
}

#[test]
fn an_old_address_of_any_signs_stays_one_address_for_every_host() {
    let aliases = [
        "/old;}",
        "/a$uri",
        "/x{y}",
        "/it's",
        "/(a|b)*",
        "/<IfModule>",
        "/ä",
        "/\u{202e}x",
        "/%0d%0aX-Evil:%20yes",
        "/a%20b",
        "/^.*$",
        "/${HOME}",
        "/%{ENV:x}",
        "/:splat",
        "/*",
    ];
    for alias in aliases {
        let site = Site::new()
            .file(
                "letterpress.toml",
                "title = \"A\"\ndescription = \"B\"\nbase_url = \"https://example.org/career-advice/\"\n",
            )
            .article("a.md", &format!("title: A\naliases: [{}]", quoted(alias)), "Words.");
        let built = site.build();
        assert_harmless(&built);
        let lines = built.page("_redirects").lines().filter(|line| !line.is_empty()).count();
        assert!(lines == 1 || built.codes().contains(&"bad-alias"), "{alias}: {}", messages(&built));
    }
}

#[test]
fn links_that_run_a_script_are_refused_however_they_are_written() {
    let addresses = [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\tscript:alert(1)",
        "&#106;avascript:alert(1)",
        "&#x6A;avascript&colon;alert(1)",
        "javascript&#58;alert(1)",
        "&Tab;javascript:alert(1)",
        "&#1;javascript:alert(1)",
        "vbscript:msgbox(1)",
        "data:text/html,<script>alert(1)</script>",
        "data:image/svg+xml;base64,PHN2Zz4=",
        "javascript://example.org/%0aalert(1)",
    ];
    for address in addresses {
        for body in [
            format!("[x](<{address}>)"),
            format!("[x][r]\n\n[r]: <{address}>"),
            format!("![x](<{address}>)"),
            format!("A ![x](<{address}> \"t\") in words"),
            format!("<{address}>"),
            format!("<a href=\"{address}\">x</a>"),
            format!("<a href='{address}'>x</a>\n\n<img src=\"{address}\">"),
            format!("<form action=\"{address}\"><button formaction=\"{address}\">x</button></form>"),
            format!("<iframe src=\"{address}\"></iframe><object data=\"{address}\"></object><embed src=\"{address}\">"),
            format!("<svg><a xlink:href=\"{address}\">x</a></svg><math href=\"{address}\">x</math>"),
            format!("<base href=\"{address}\"><meta http-equiv=refresh content=\"0; url={address}\">"),
        ] {
            let site = Site::new().article("a.md", "title: A", &body);
            let built = site.build();
            assert_harmless_page(&body, &built.page("articles/a/index.html"));
        }
    }
    for link in
        ["[x](javascript:alert(1))", "[x](<&#x6A;avascript&colon;alert(1)>)", "![x](data:image/png;base64,AA==)"]
    {
        assert!(Site::new().article("a.md", "title: A", link).build().codes().contains(&"unsafe-link"), "{link}");
    }
}

#[test]
fn links_in_settings_that_run_a_script_are_refused() {
    let site = Site::new().file(
        "letterpress.toml",
        "title = \"Advice\"\nlinks = [{ label = \"x\", url = \"javascript:alert(1)\" }]\n[publisher]\nname = \"P\"\nurl = \"java\\nscript:alert(1)\"\nlogo = \"data:text/html,x\"\n",
    );
    let built = site.build();
    assert_eq!(built.codes(), ["unsafe-link"; 3], "{}", messages(&built));
}

#[test]
fn a_percent_sign_does_not_smuggle_a_script_into_a_link_that_is_only_warned_of() {
    let site = Site::new()
        .file("letterpress.toml", "title = \"Advice\"\n[check.rules]\nbroken-link = \"warning\"\n")
        .article("a.md", "title: A", "[x](javascript%3Aalert(1)) [y](%6Aavascript:alert(1))");
    assert_harmless_page("a", &site.build().page("articles/a/index.html"));
}

#[test]
fn settings_and_front_matter_name_no_file_outside_of_the_site() {
    let site = Site::new()
        .file("letterpress.toml", "title = \"A\"\nbase_url = \"https://example.org/career-advice/\"\n[languages.\"../../x\"]\n")
        .article("a.md", "title: A\nslug: ../../x\naliases: [../../x/, /a/../../b/, \"/c\\\\..\\\\d\", \"/e\\n/f\", /fine/]\ntags: [../../t]\ntopics: [../../u]", "Words.");
    let built = site.build();
    assert_eq!(built.codes().iter().filter(|code| **code == "bad-alias").count(), 4, "{}", messages(&built));
    assert!(built.codes().contains(&"wrong-type"), "{}", messages(&built));
    for (file, _) in built.output.iter() {
        assert!(!file.split('/').any(|part| matches!(part, "" | "." | "..")), "{file}");
    }
    assert!(built.has("fine/index.html"));
}

#[test]
fn a_base_address_that_breaks_lines_or_quotes_is_refused() {
    for base in [
        "https://a.example/x\\n/y/",
        "https://a.example/\\\"x/",
        "https://a.example/a b/",
        "https://a.example/<x>/",
        "https://a.example/../x/",
    ] {
        let built = Site::new().file("letterpress.toml", format!("title = \"A\"\nbase_url = \"{base}\"\n")).build();
        assert_eq!(built.codes(), ["bad-base-url"], "{base}");
    }
}

#[test]
fn raw_html_is_cleaned_shown_or_left_as_the_site_says() {
    let page = |setting: &str| {
        let settings = format!("title = \"Advice\"\n{setting}");
        let body = "A <b onclick=\"x()\">bold</b> word.\n\n<script>alert(1)</script>\n\n<!-- a note -->\n";
        let built = Site::new().file("letterpress.toml", settings).article("a.md", "title: A", body).build();
        built.page("articles/a/index.html")
    };
    let cleaned = page("");
    assert!(cleaned.contains("A <b>bold</b> word.") && !cleaned.contains("alert(1)"), "{cleaned}");
    assert_eq!(page("raw_html = \"sanitize\"\n"), cleaned);
    let shown = page("raw_html = \"escape\"\n");
    assert!(
        shown.contains("A &lt;b onclick=\"x()\"&gt;bold&lt;/b&gt; word.") && shown.contains("&lt;script&gt;alert(1)"),
        "{shown}"
    );
    assert!(!shown.contains("a note"));
    let left = page("raw_html = \"allow\"\n");
    assert!(left.contains("<b onclick=\"x()\">bold</b>") && left.contains("<script>alert(1)</script>"), "{left}");
}

#[test]
fn templates_reach_nothing_outside_of_their_theme() {
    for include in
        ["../../letterpress.toml", "/etc/hostname", "../theme.toml", "..\\..\\letterpress.toml", "file:///etc/hostname"]
    {
        let site = Site::new()
            .file("letterpress.toml", "title = \"Advice\"\ntheme = \"mine\"\n")
            .file("themes/mine/theme.toml", "name = \"mine\"\nextends = \"default\"\n")
            .file("themes/mine/templates/404.html", format!("{{% include \"{}\" %}}", include.replace('\\', "\\\\")));
        let built = site.build();
        assert_eq!(
            BTreeSet::from_iter(built.codes()),
            BTreeSet::from(["template-error"]),
            "{include}: {}",
            messages(&built)
        );
    }
}

#[test]
fn a_template_that_never_ends_is_stopped_and_told() {
    let endless = "{% for a in range(9999) %}{% for b in range(9999) %}{% for c in range(9999) %}{% endfor %}{% endfor %}{% endfor %}";
    let site = Site::new()
        .file("letterpress.toml", "title = \"Advice\"\ntheme = \"mine\"\n")
        .file("themes/mine/theme.toml", "name = \"mine\"\nextends = \"default\"\n")
        .file("themes/mine/templates/404.html", endless)
        .file("themes/mine/templates/robots.txt", "{% macro m(a) %}{{ m(a) }}{% endmacro %}{{ m(1) }}");
    let built = site.build();
    assert_eq!(built.codes(), ["template-error", "template-error"], "{}", messages(&built));
}

/// A picture that says it is much larger than its bytes.
fn png_of(width: u32, height: u32) -> Vec<u8> {
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut chunk = |kind: &[u8], content: &[u8]| {
        let length = u32::try_from(content.len()).expect("a short chunk");
        png.extend(length.to_be_bytes());
        let checked = [kind, content].concat();
        png.extend(&checked);
        png.extend(crc(&checked).to_be_bytes());
    };
    chunk(b"IHDR", &[&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 6, 0, 0, 0]].concat());
    let mut squeezed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    std::io::Write::write_all(&mut squeezed, &vec![0; 4_000_000]).expect("memory");
    chunk(b"IDAT", &squeezed.finish().expect("memory"));
    chunk(b"IEND", b"");
    png
}

fn crc(bytes: &[u8]) -> u32 {
    let mut crc = flate2::Crc::new();
    crc.update(bytes);
    crc.sum()
}

#[test]
fn pictures_that_would_fill_the_memory_are_told_and_not_decoded() {
    let bombs: [(&str, Vec<u8>); 4] = [
        ("a.png", png_of(60_000, 60_000)),
        ("a.webp", b"RIFF\x1a\0\0\0WEBPVP8L\x0d\0\0\0\x2f\xff\xff\xff\x0f\0\0\0\0\0\0\0\0\0".to_vec()),
        ("a.jpg", b"\xff\xd8\xff\xc0\0\x11\x08\xff\xff\xff\xff\x03\x01\x22\0\x02\x11\x01\x03\x11\x01\xff\xd9".to_vec()),
        (
            "a.svg",
            format!(
                "<?xml version=\"1.0\"?><!DOCTYPE svg [<!ENTITY a \"{}\">{}]><svg xmlns=\"http://www.w3.org/2000/svg\"><text>&j;</text></svg>",
                "x".repeat(1000),
                ('b'..='j').zip('a'..).map(|(name, of)| format!("<!ENTITY {name} \"{}\">", format!("&{of};").repeat(10))).collect::<String>()
            )
            .into_bytes(),
        ),
    ];
    for (name, bytes) in bombs {
        let built = Site::new()
            .file(&format!("content/articles/{name}"), bytes)
            .article("a.md", "title: A", &format!("![A picture]({name})"))
            .build();
        let published = built.output.get(&format!("articles/{name}")).map_or(0, |artifact| artifact.length());
        assert!(published < 100_000, "{name}: {published} bytes");
        assert!(name == "a.svg" || built.has_errors(), "{name}: {}", messages(&built));
    }
}
