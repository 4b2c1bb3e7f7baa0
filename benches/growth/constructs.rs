//! Everything that a site's files can contain many of, one line each. To add a construct, add its line.

/// One construct, and where it is put.
pub struct Construct {
    /// What it is called in the table.
    pub name: &'static str,
    place: Place,
    text: fn(usize) -> String,
}

/// Where the text of a construct is put in an otherwise small site.
#[derive(Clone, Copy)]
enum Place {
    /// The body of an article.
    Body,
    /// The front matter of an article that has no other keys than title and description.
    FrontMatter,
    /// The body of a letter.
    Letter,
    /// The front matter of a letter.
    LetterFrontMatter,
    /// The guidance of a letter, which is Markdown.
    Guidance,
    /// The end of `letterpress.toml`.
    Settings,
    /// A file of its own, by its path.
    File(&'static str),
}

impl Construct {
    /// The files of a site that contains it `n` times: path and text.
    pub fn site(&self, n: usize) -> Vec<(&'static str, String)> {
        let text = (self.text)(n);
        let mut settings = "title = \"A\"\nbase_url = \"https://example.org/a/\"\n".to_owned();
        let mut article = ["title: P\ndescription: What it says\n".to_owned(), "Words.\n".to_owned()];
        let mut letter = [
            "title: L\ndescription: When to send it\nsubject: A letter\n".to_owned(),
            "Dear [name],\n\nWords.\n".to_owned(),
        ];
        let mut file = None;
        match self.place {
            Place::Body => article[1] = text,
            Place::FrontMatter => article[0] += &text,
            Place::Letter => letter[1] = text,
            Place::LetterFrontMatter => letter[0] += &text,
            Place::Guidance => letter[0] += &format!("guidance: |\n  {}\n", text.replace('\n', "\n  ")),
            Place::Settings => settings += &text,
            Place::File(path) => file = Some((path, text)),
        }
        if matches!(self.place, Place::File(path) if path.starts_with("themes/")) {
            settings += "theme = \"own\"\n";
        }
        let page = |[front, body]: [String; 2]| format!("---\n{front}---\n\n{body}\n");
        let mut files = vec![
            ("letterpress.toml", settings),
            ("content/articles/p.md", page(article)),
            ("content/letters/l.md", page(letter)),
            ("themes/own/theme.toml", "extends = \"default\"\n".to_owned()),
        ];
        files.extend(file);
        files
    }
}

/// `line` for each number below `n`, one after another.
fn each(n: usize, line: impl Fn(usize) -> String) -> String {
    (0..n).map(line).collect()
}

/// Units of growing length that have about `n` characters together.
fn growing(n: usize, unit: impl Fn(usize) -> String) -> String {
    let mut text = String::new();
    for length in 1.. {
        if text.len() >= n {
            break;
        }
        text += &unit(length);
    }
    text
}

const fn body(name: &'static str, text: fn(usize) -> String) -> Construct {
    Construct { name, place: Place::Body, text }
}

const fn front(name: &'static str, text: fn(usize) -> String) -> Construct {
    Construct { name, place: Place::FrontMatter, text }
}

const fn letter(name: &'static str, text: fn(usize) -> String) -> Construct {
    Construct { name, place: Place::Letter, text }
}

const fn letter_front(name: &'static str, text: fn(usize) -> String) -> Construct {
    Construct { name, place: Place::LetterFrontMatter, text }
}

const fn guidance(name: &'static str, text: fn(usize) -> String) -> Construct {
    Construct { name, place: Place::Guidance, text }
}

const fn settings(name: &'static str, text: fn(usize) -> String) -> Construct {
    Construct { name, place: Place::Settings, text }
}

const fn file(name: &'static str, path: &'static str, text: fn(usize) -> String) -> Construct {
    Construct { name, place: Place::File(path), text }
}

/// A template of the site's own, which the theme's templates show.
const FOOTER: &str = "themes/own/templates/partials/footer.html";

/// All of them.
pub const CONSTRUCTS: &[Construct] = &[
    // Markdown: brackets, links, images.
    body("[", |n| "[".repeat(n)),
    body("]", |n| "]".repeat(n)),
    body("[a](", |n| "[a](".repeat(n)),
    body("[a](<", |n| "[a](<b".repeat(n)),
    body("[a](b \"", |n| "[a](b \"c".repeat(n)),
    body("[a](b '", |n| "[a](b 'c".repeat(n)),
    body("[a](b (", |n| "[a](b (c".repeat(n)),
    body("[a](((", |n| "[a](".to_owned() + &"(".repeat(n)),
    body("[a](\\", |n| "[a](".to_owned() + &"\\".repeat(n)),
    body("](", |n| "](".repeat(n)),
    body("a](b", |n| "a](b ".repeat(n)),
    body("![](", |n| "![](".repeat(n)),
    body("![", |n| "![".repeat(n)),
    body("[[", |n| "[[a".repeat(n)),
    body("[[a]]", |n| "[[a]] ".repeat(n)),
    body("[a][", |n| "[a][".repeat(n)),
    body("[a][b]", |n| "[a][b] ".repeat(n)),
    body("[a] [b]", |n| "[a] ".repeat(n)),
    body("[a][]", |n| "[a][] ".repeat(n)),
    body("nested [ ]", |n| "[".repeat(n) + "a" + &"]".repeat(n)),
    body("nested ![ ]", |n| "![".repeat(n) + "a" + &"](b.png)".repeat(n)),
    body("nested links", |n| "[".repeat(n) + "a" + &"](b.md)".repeat(n)),
    body("links to nothing", |n| each(n, |i| format!("[a page {i}](b{i}.md)\n"))),
    body("links to one page that is missing", |n| "[a page](b.md)\n".repeat(n)),
    body("links ending in .html", |n| each(n, |i| format!("[a page {i}](b{i}.html)\n"))),
    body("links from the root", |n| each(n, |i| format!("[a page {i}](/a/b{i}/)\n"))),
    body("links to own address", |n| each(n, |i| format!("[a page {i}](https://example.org/a/b{i}/)\n"))),
    body("links to other sites", |n| each(n, |i| format!("[a page {i}](https://b{i}.example/)\n"))),
    body("links without words", |n| each(n, |i| format!("[](https://b{i}.example/)\n"))),
    body("links with odd schemes", |n| each(n, |i| format!("[a page {i}](htps://b{i}.example/)\n"))),
    body("links with the same words", |n| each(n, |i| format!("[click here](https://b{i}.example/)\n"))),
    body("links with spaces", |n| each(n, |i| format!("[a page {i}](b c{i}.md)\n"))),
    body("links turned round", |n| each(n, |i| format!("(a page {i})[b{i}.md]\n"))),
    body("(a", |n| "(a".repeat(n)),
    body("(a)[", |n| "(a)[".repeat(n)),
    body("[a] (", |n| "[a] (".repeat(n)),
    body("broken anchors, many headings", |n| each(n, |i| format!("## Heading {i}\n\n[a part](#heding-{i})\n\n"))),
    body("broken anchors, long headings", |n| {
        each(n, |i| format!("## How to ask for {i} days of leave\n\n[a part](#how-to-ask-{i}-days-leave)\n\n"))
    }),
    body("images that are missing", |n| each(n, |i| format!("![A picture {i}](b{i}.png)\n\n"))),
    body("images without words", |n| each(n, |i| format!("![](b{i}.png)\n\n"))),
    body("reference definitions", |n| each(n, |i| format!("[a{i}]: https://b{i}.example/\n"))),
    body("reference definitions, used", |n| each(n, |i| format!("[a{i}]: https://b{i}.example/\n\nSee [a{i}].\n\n"))),
    body("one definition, used often", |n| "[a]: https://b.example/\n\n".to_owned() + &"See [a]. ".repeat(n)),
    body("one long definition, used often", |n| {
        format!("[a]: https://b.example/{}\n\n", "b".repeat(n)) + &"See [a]. ".repeat(n)
    }),
    body("undefined references", |n| each(n, |i| format!("[words {i}][label{i}]\n"))),
    body("[a]: without an address", |n| "[a]:\n".repeat(n)),
    body("[a]: \"title", |n| "[a]: b \"c\n".repeat(n)),
    body("[^a]", |n| "[^a] ".repeat(n)),
    body("[^", |n| "[^".repeat(n)),
    body("footnotes", |n| each(n, |i| format!("Words.[^{i}]\n\n[^{i}]: A note.\n\n"))),
    body("one footnote, used often", |n| "Words.[^1] ".repeat(n) + "\n\n[^1]: A note.\n"),
    body("footnotes without a use", |n| each(n, |i| format!("[^{i}]: A note.\n\n"))),
    body("footnotes without a note", |n| each(n, |i| format!("Words.[^{i}]\n"))),
    body("nested footnotes", |n| each(n, |i| format!("[^{i}]: Words.[^{}]\n\n", i + 1)) + "Words.[^0]\n"),
    // Markdown: addresses in the text.
    body("http://", |n| "http://".repeat(n)),
    body("http://a ", |n| "http://a.example ".repeat(n)),
    body("www.", |n| "www.".repeat(n)),
    body("a@", |n| "a@".repeat(n)),
    body("a@b.example", |n| "a@b.example ".repeat(n)),
    body("<http://", |n| "<http://".repeat(n)),
    body("<a@", |n| "<a@".repeat(n)),
    body("telephone numbers", |n| "+92 300 1234567 ".repeat(n)),
    body("digits", |n| "1".repeat(n)),
    // Markdown: HTML.
    body("<", |n| "<".repeat(n)),
    body("<a", |n| "<a".repeat(n)),
    body("<a b=", |n| "<a b=".repeat(n)),
    body("<a b=\"", |n| "<a b=\"".repeat(n)),
    body("<a href=b>", |n| "<a href=\"b.md\">c</a> ".repeat(n)),
    body("attributes of a tag", |n| format!("<a{}>b</a>\n", each(n, |i| format!(" b{i}=c")))),
    body("words of a class", |n| format!("<a class=\"{}\">b</a>\n", each(n, |i| format!("b{i} ")))),
    body("</a>", |n| "</a>".repeat(n)),
    body("<b>", |n| "<b>".repeat(n)),
    body("<b></b>", |n| "<b>a</b> ".repeat(n)),
    body("<div> in blocks", |n| "<div>\n\n".repeat(n)),
    body("<script>", |n| "<script>a</script>\n\n".repeat(n)),
    body("<p onclick>", |n| "<p onclick=\"b\">a</p>\n\n".repeat(n)),
    body("<p style>", |n| "<p style=\"b\">a</p>\n\n".repeat(n)),
    body("<img>", |n| each(n, |i| format!("<img src=\"b{i}.png\">\n"))),
    body("<table>", |n| "<table><tr><td>a".repeat(n)),
    body("<!--", |n| "<!--".repeat(n)),
    body("a <!--", |n| "a <!--".repeat(n)),
    body("<!-- a -->", |n| "<!-- a -->".repeat(n)),
    body("a <!-- b -->", |n| "a <!-- b -->".repeat(n)),
    body("<!-- a --> in blocks", |n| "<!-- a -->\n\n".repeat(n)),
    body("<![CDATA[", |n| "a <![CDATA[".repeat(n)),
    body("<?", |n| "a <?".repeat(n)),
    body("<!A", |n| "a <!A".repeat(n)),
    body("&", |n| "&".repeat(n)),
    body("&amp;", |n| "&amp;".repeat(n)),
    body("&#1", |n| "&#1".repeat(n)),
    body("&#xfdd0;", |n| "&#xfdd0;".repeat(n)),
    // Markdown: emphasis, code, quotation marks.
    body("*", |n| "*".repeat(n)),
    body("*a ", |n| "*a ".repeat(n)),
    body("*a _b ", |n| "*a _b ".repeat(n)),
    body("*a **b ", |n| "*a **b ".repeat(n)),
    body("a**b", |n| "a**b".repeat(n)),
    body("a**b c* ", |n| "a**b c* ".repeat(n)),
    body("***a ** b", |n| "***a ** b".repeat(n)),
    body("nested emphasis", |n| "*a ".repeat(n) + &"b* ".repeat(n)),
    body("_a", |n| "_a".repeat(n)),
    body("~~", |n| "~~".repeat(n)),
    body("~~a", |n| "~~a ".repeat(n)),
    body("~a ~~b ", |n| "~a ~~b ".repeat(n)),
    body("~ of growing length", |n| growing(n, |length| "~".repeat(length) + "a ")),
    body("* of growing length", |n| growing(n, |length| "*".repeat(length) + "a ")),
    body("` of growing length", |n| growing(n, |length| "`".repeat(length) + "a")),
    body("`", |n| "`".repeat(n)),
    body("`a", |n| "`a ".repeat(n) + "`"),
    body("``a`", |n| "``a` ".repeat(n)),
    body("\\`", |n| "\\`".repeat(n)),
    body("$", |n| "$".repeat(n)),
    body("$a$", |n| "$a$ ".repeat(n)),
    body("\"", |n| "\"".repeat(n)),
    body("\"a ", |n| "\"a ".repeat(n)),
    body("'a ", |n| "'a ".repeat(n)),
    body("a'", |n| "a'".repeat(n)),
    body("\"a 'b ", |n| "\"a 'b ".repeat(n)),
    body("\\", |n| "\\".repeat(n)),
    body("...", |n| "...".repeat(n)),
    body("--", |n| "--".repeat(n)),
    body(":a:", |n| ":a:".repeat(n)),
    body("==", |n| "==a== ".repeat(n)),
    body("{{", |n| "{{".repeat(n)),
    body("{{ a }}", |n| "{{ a }} ".repeat(n)),
    body("{%", |n| "{% a %} ".repeat(n)),
    body("}}", |n| "}}".repeat(n)),
    body("{{ a", |n| "{{".to_owned() + &"a}}".repeat(n)),
    body("%%", |n| "%%a ".repeat(n)),
    // Markdown: blocks.
    body("nested >", |n| ">".repeat(n) + " a"),
    body("> in lines", |n| "> a\n".repeat(n)),
    body("> that grow", |n| growing(n, |length| ">".repeat(length) + " a\n")),
    body("> and empty lines", |n| "> a\n\n".repeat(n)),
    body("> [!NOTE]", |n| "> [!NOTE]\n> a\n\n".repeat(n)),
    body("nested lists on a line", |n| "- ".repeat(n) + "a"),
    body("nested numbers on a line", |n| "1. ".repeat(n) + "a"),
    body("nested lists, indented", |n| growing(n, |length| " ".repeat(2 * length) + "- a\n")),
    body("nested lists and quotations", |n| "> - ".repeat(n) + "a"),
    body("- a", |n| "- a\n".repeat(n)),
    body("- a, apart", |n| "- a\n\n".repeat(n)),
    body("1. a", |n| "1. a\n".repeat(n)),
    body("numbers that are wrong", |n| "1. a\n5. b\n\nc\n\n".repeat(n)),
    body("- [ ] a", |n| "- [ ] a\n".repeat(n)),
    body("-", |n| "-\n".repeat(n)),
    body("list of code", |n| "- a\n\n      b\n".repeat(n)),
    body("a : b", |n| "a\n: b\n\n".repeat(n)),
    body(": b", |n| "a\n".to_owned() + &": b\n".repeat(n)),
    body("nested : ", |n| "a\n".to_owned() + &": ".repeat(n)),
    body("rows of a table", |n| "| a | b |\n|---|---|\n".to_owned() + &"| c | d |\n".repeat(n)),
    body("columns of a table", |n| format!("{}|\n{}|\n", "| a ".repeat(n), "|---".repeat(n))),
    body("short rows of a wide table", |n| {
        format!("{}|\n{}|\n{}", "| a ".repeat(n), "|---".repeat(n), "| b |\n".repeat(n))
    }),
    body("tables", |n| "| a | b |\n|---|---|\n| c | d |\n\n".repeat(n)),
    body("tables without a rule", |n| "| a | b |\n| c | d |\n\n".repeat(n)),
    body("|", |n| "|".repeat(n)),
    body("a | b, no table", |n| "a | b\n".repeat(n)),
    body("|-", |n| "a\n".to_owned() + &"|-".repeat(n)),
    body("headings", |n| each(n, |i| format!("## Heading {i}\n\nWords.\n\n"))),
    body("one heading, often", |n| "## Heading\n\nWords.\n\n".repeat(n)),
    body("headings that collide", |n| each(n, |i| format!("## Heading\n\n## Heading {i}\n\n"))),
    body("headings of all levels", |n| "# A\n\n## B\n\n#### C\n\n###### D\n\n".repeat(n)),
    body("headings with questions", |n| each(n, |i| format!("## What is {i}?\n\nWords.\n\n"))),
    body("headings with an id", |n| each(n, |i| format!("## Heading {{#a{i}}}\n\n"))),
    body("headings with one id", |n| "## Heading {#a}\n\n".repeat(n)),
    body("attributes of a heading", |n| format!("## Heading {{{}}}\n\n", each(n, |i| format!(" .a{i} b{i}=c")))),
    body("# without a space", |n| "##Heading\n\n".repeat(n)),
    body("a, underlined", |n| "a\n===\n\n".repeat(n)),
    body("=", |n| "a\n".to_owned() + &"=".repeat(n)),
    body("#", |n| "#".repeat(n)),
    body("rules", |n| "---\n\n".repeat(n)),
    body("* * *", |n| "* ".repeat(n)),
    body("fences", |n| "```\na\n```\n\n".repeat(n)),
    body("fences that are open", |n| "```a\n".repeat(n)),
    body("fences with a language", |n| "```rust\nlet a = 1;\n```\n\n".repeat(n)),
    body("a long fence with a language", |n| format!("```js\n{}```\n", "a(b => c);\n".repeat(n))),
    body("one line of code", |n| format!("```js\n{}\n```\n", "a(b=>c);".repeat(n))),
    body("brackets of code", |n| format!("```js\n{}\n```\n", "(".repeat(n))),
    body("indented code", |n| "    a\n\nb\n\n".repeat(n)),
    body(":::", |n| "::: tip\na\n:::\n\n".repeat(n)),
    body("{: .a}", |n| "a\n{: .a}\n\n".repeat(n)),
    body("[TOC]", |n| "[TOC]\n\n".repeat(n)),
    body("paragraphs", |n| "Words.\n\n".repeat(n)),
    body("lines", |n| "Words\n".repeat(n)),
    body("hard line breaks", |n| "Words\\\n".repeat(n)),
    body("empty lines", |n| "\n".repeat(n)),
    body("spaces", |n| "a ".to_owned() + &" ".repeat(n) + "b"),
    body("tabs", |n| "\t".repeat(n)),
    body("no-break spaces", |n| "a\u{a0}".repeat(n)),
    body("carriage returns", |n| "a\r\n".repeat(n)),
    body("one letter", |n| "a".repeat(n)),
    body("one letter of Arabic script", |n| "\u{627}".repeat(n)),
    body("accents on a letter", |n| "a".to_owned() + &"\u{301}".repeat(n)),
    body("emoji", |n| "\u{1f600}".repeat(n)),
    body("joined emoji", |n| "\u{1f468}\u{200d}".repeat(n)),
    body("different words", |n| each(n, |i| format!("word{i} "))),
    body("the same word", |n| "word ".repeat(n)),
    body("a sentence without an end", |n| "and so on ".repeat(n)),
    body("sentences", |n| "This is a sentence. ".repeat(n)),
    body("words in capitals", |n| "WORDS ".repeat(n)),
    body("amounts", |n| "Rs. 50,000 ".repeat(n)),
    body("dates", |n| "on 5 March 2024 ".repeat(n)),
    body("bold lines", |n| "**Bold**\n\n".repeat(n)),
    body("letters in place", |n| "![L](../letters/l.md)\n\n".repeat(n)),
    body("letters out of place", |n| "See ![L](../letters/l.md).\n\n".repeat(n)),
    body("numbered steps", |n| "schema\n\n".to_owned() + &"1. **A.** b\n".repeat(n)),
    // Front matter.
    front("unknown keys", |n| each(n, |i| format!("key{i}: a\n"))),
    front("the same key", |n| "toc: false\n".repeat(n)),
    front("keys of allow", |n| format!("allow:\n{}", each(n, |i| format!("  rule{i}: b\n")))),
    front("known keys of allow, repeated", |n| format!("allow:\n{}", "  long-sentence: b\n".repeat(n))),
    front("topics", |n| format!("topics: [{}]\n", each(n, |i| format!("a{i}, ")))),
    front("tags", |n| format!("tags: [{}]\n", each(n, |i| format!("a{i}, ")))),
    front("the same tag", |n| format!("tags: [{}]\n", "a, ".repeat(n))),
    front("aliases", |n| format!("aliases: [{}]\n", each(n, |i| format!("/a{i}/, ")))),
    front("the same alias", |n| format!("aliases: [{}]\n", "/a/, ".repeat(n))),
    front("aliases that are wrong", |n| format!("aliases: [{}]\n", each(n, |i| format!("../a{i}/, ")))),
    front("authors", |n| format!("authors: [{}]\n", each(n, |i| format!("A{i}, ")))),
    front("related", |n| format!("related: [{}]\n", each(n, |i| format!("a{i}.md, ")))),
    front("the same related", |n| format!("related: [{}]\n", "../letters/l.md, ".repeat(n))),
    front("a long value", |n| format!("author: {}\n", "a ".repeat(n))),
    front("a quoted value", |n| format!("author: \"{}\"\n", "\\u00e9".repeat(n))),
    front("a value of many lines", |n| format!("author: >\n{}", "  a\n".repeat(n))),
    front("a slug", |n| format!("slug: {}\n", "a".repeat(n))),
    front("nested [", |n| format!("tags: {}{}\n", "[".repeat(n), "]".repeat(n))),
    front("nested {", |n| format!("tags: {}{}\n", "{a: ".repeat(n), "}".repeat(n))),
    front("nested keys", |n| growing(n, |length| " ".repeat(length - 1) + "a:\n")),
    front("[ that are open", |n| format!("tags: {}\n", "[".repeat(n))),
    front("{ that are open", |n| format!("tags: {}\n", "{".repeat(n))),
    front("nested -", |n| format!("tags:\n  {}a\n", "- ".repeat(n))),
    front("anchors of YAML", |n| format!("tags: [{}]\n", each(n, |i| format!("&a{i} b, *a{i}, ")))),
    front("comments of YAML", |n| "# a\n".repeat(n)),
    front("? of YAML", |n| format!("tags: {}\n", "? ".repeat(n))),
    front(": of YAML", |n| format!("tags: {}\n", "a: ".repeat(n))),
    front("colons of a value", |n| format!("description: {}\n", "a:b ".repeat(n))),
    front("\" that is open", |n| format!("author: \"{}\n", "a\n".repeat(n))),
    front("empty lines of front matter", |n| "\n".repeat(n)),
    file("keys of TOML front matter", "content/articles/q.md", |n| {
        format!("+++\ntitle = \"Q\"\ndescription = \"b\"\n{}+++\n\nWords.\n", each(n, |i| format!("key{i} = 1\n")))
    }),
    file("tables of TOML front matter", "content/articles/q.md", |n| {
        format!("+++\ntitle = \"Q\"\ndescription = \"b\"\n{}+++\n\nWords.\n", each(n, |i| format!("[a.b{i}]\n")))
    }),
    file("nested TOML", "content/articles/q.md", |n| {
        format!("+++\ntitle = \"Q\"\na = {}{}\n+++\n\nWords.\n", "[".repeat(n), "]".repeat(n))
    }),
    file("dotted keys of TOML", "content/articles/q.md", |n| {
        format!("+++\ntitle = \"Q\"\na{} = 1\n+++\n\nWords.\n", ".a".repeat(n))
    }),
    // Letters.
    letter("blanks", |n| each(n, |i| format!("[blank {i}] "))),
    letter("the same blank", |n| "[blank] ".repeat(n)),
    letter("blanks that are alike", |n| each(n, |i| format!("[the name of your manager {i}] "))),
    letter("blank within blank", |n| "[".repeat(n) + "a" + &"]".repeat(n)),
    letter("[ of a letter", |n| "[".repeat(n)),
    letter("[a](", |n| "[a](".repeat(n)),
    letter("links of a letter", |n| "[a](https://b.example/) ".repeat(n)),
    letter("nested links of a letter", |n| "[a ".repeat(n) + &"](b.md)".repeat(n)),
    letter("nested images of a letter", |n| "![a ".repeat(n) + &"](b.md)".repeat(n)),
    letter("a long blank", |n| format!("[{}]", "a ".repeat(n))),
    letter("emphasis of a letter", |n| "*a* **b** ".repeat(n)),
    letter("nested emphasis of a letter", |n| "*a **b ".repeat(n) + &"c** d* ".repeat(n)),
    letter("http:// of a letter", |n| "http://".repeat(n)),
    letter("code of a letter", |n| "`a` ".repeat(n)),
    letter("HTML of a letter", |n| "<b>a</b> ".repeat(n)),
    letter("paragraphs of a letter", |n| "Words.\n\n".repeat(n)),
    letter("lines of a letter", |n| "Words\\\n".repeat(n)),
    letter("one line of a letter", |n| "Words ".repeat(n)),
    letter("one word of a letter", |n| "a".repeat(n)),
    letter("one word of Arabic script in a letter", |n| "\u{628}".repeat(n)),
    letter("lists of a letter", |n| "- a\n".repeat(n)),
    letter("nested lists of a letter", |n| "- ".repeat(n) + "a"),
    letter("quotations of a letter", |n| ">".repeat(n) + " a"),
    letter("tables of a letter", |n| "| a |\n|---|\n| b |\n\n".repeat(n)),
    letter("headings of a letter", |n| "## A\n\n".repeat(n)),
    letter("rules of a letter", |n| "---\n\n".repeat(n)),
    letter("[optional: that are open", |n| "[optional: a [b] ".repeat(n)),
    letter("nested [optional:", |n| "[optional: a ".repeat(n) + &"]".repeat(n)),
    letter("::: optional", |n| "::: optional\na\n:::\n\n".repeat(n)),
    letter("::: when", |n| "[b]\n\n".to_owned() + &each(n, |i| format!("::: when b is \"{i}\"\na\n:::\n\n"))),
    letter("::: that are open", |n| "::: optional\na\n\n".repeat(n)),
    letter("::: that close nothing", |n| ":::\n\n".repeat(n)),
    letter("choices with or", |n| {
        format!("[b]\n\n::: when b is \"0\"{}\na\n:::\n", each(n, |i| format!(" or \"{i}\"")))
    }),
    letter("signatures", |n| "Yours sincerely,\n\n[name]\n\n".repeat(n)),
    letter("letters of unlike scripts", |n| "a \u{628} ".repeat(n)),
    letter_front("fields that are not used", |n| {
        format!("fields:\n{}", each(n, |i| format!("  a{i}: {{ type: date }}\n")))
    }),
    letter_front("choices of a field", |n| {
        format!("fields:\n  name: {{ choices: [{}] }}\n", each(n, |i| format!("a{i}, ")))
    }),
    letter_front("suggestions of a field", |n| {
        format!("fields:\n  name: {{ suggestions: [{}] }}\n", each(n, |i| format!("a{i}, ")))
    }),
    letter_front("unknown keys of a field", |n| {
        format!("fields:\n  name: {{ {} }}\n", each(n, |i| format!("a{i}: b, ")))
    }),
    letter_front("situations", |n| format!("situations: [{}]\n", each(n, |i| format!("You have {i}, ")))),
    file("used fields", "content/letters/m.md", |n| {
        let fields = each(n, |i| format!("  a{i}: {{ type: date }}\n"));
        format!(
            "---\ntitle: M\ndescription: b\nsubject: c\nfields:\n{fields}---\n\n{}\n",
            each(n, |i| format!("[a{i}]\n\n"))
        )
    }),
    file("blanks of a subject", "content/letters/m.md", |n| {
        format!("---\ntitle: M\ndescription: b\nsubject: {}\n---\n\nWords.\n", each(n, |i| format!("c [a{i}] ")))
    }),
    guidance("[a]( of guidance", |n| "[a](".repeat(n)),
    guidance("links of guidance", |n| each(n, |i| format!("[a page {i}](b{i}.md)\n"))),
    guidance("the same faults of guidance", |n| "[a page](b.md)\n".repeat(n)),
    guidance("headings of guidance", |n| "## A\n\n".repeat(n)),
    guidance("HTML of guidance", |n| "<b>a</b> ".repeat(n)),
    // Settings.
    settings("unknown settings", |n| each(n, |i| format!("key{i} = 1\n"))),
    settings("links of the header", |n| {
        each(n, |i| format!("[[links]]\nlabel = \"a{i}\"\nurl = \"https://b.example/\"\n"))
    }),
    settings("links of the footer", |n| {
        each(n, |i| format!("[[footer_links]]\nlabel = \"a{i}\"\nurl = \"https://b.example/\"\n"))
    }),
    settings("featured topics", |n| format!("featured_topics = [{}]\n", each(n, |i| format!("\"a{i}\", ")))),
    settings("authors of the site", |n| each(n, |i| format!("[authors.\"A {i}\"]\nrole = \"b\"\n"))),
    settings("unknown languages", |n| each(n, |i| format!("[languages.a{i}]\nname = \"b\"\n"))),
    settings("letter fields", |n| each(n, |i| format!("[letter_fields.\"a {i}\"]\ntype = \"date\"\n"))),
    settings("unknown rules", |n| format!("[check.rules]\n{}", each(n, |i| format!("rule{i} = \"off\"\n")))),
    settings("unknown checks", |n| format!("[check]\n{}", each(n, |i| format!("key{i} = 1\n")))),
    settings("sections of reading grades", |n| {
        format!("[check.reading_grade]\n{}", each(n, |i| format!("a{i} = 9\n")))
    }),
    settings("sections to review", |n| {
        format!("[check]\nreview_required = [{}]\n", each(n, |i| format!("\"a{i}\", ")))
    }),
    settings("dictionaries that are missing", |n| {
        format!("[check.dictionaries]\n{}", each(n, |i| format!("a{i} = \"b{i}\"\n")))
    }),
    settings("settings of the theme", |n| format!("[settings]\n{}", each(n, |i| format!("a{i} = \"b\"\n")))),
    settings("a long title", |n| format!("description = \"{}\"\n", "a ".repeat(n))),
    // Files beside the pages.
    file("words of one synonym group", "content/search.toml", |n| {
        format!("synonyms = [[{}]]\n", each(n, |i| format!("\"a{i}\", ")))
    }),
    file("synonym groups", "content/search.toml", |n| {
        format!("synonyms = [{}]\n", each(n, |i| format!("[\"a{i}\", \"b{i}\"], ")))
    }),
    file("synonym groups with one word", "content/search.toml", |n| {
        format!("synonyms = [{}]\n", each(n, |i| format!("[\"words\", \"b{i}\"], ")))
    }),
    file("synonym groups in a chain", "content/search.toml", |n| {
        format!("synonyms = [{}]\n", each(n, |i| format!("[\"a{i}\", \"a{}\"], ", i + 1)))
    }),
    file("synonyms of many words", "content/search.toml", |n| {
        format!("synonyms = [[\"a\", \"{}\"]]\n", "b ".repeat(n))
    }),
    file("synonyms of one word", "content/search.toml", |n| {
        format!("synonyms = [{}]\n", each(n, |i| format!("[\"a{i}\"], ")))
    }),
    file("unknown keys of search.toml", "content/search.toml", |n| each(n, |i| format!("key{i} = 1\n"))),
    file("terms to avoid", "content/terms.toml", |n| {
        each(n, |i| format!("[[avoid]]\nterm = \"a{i}\"\nbetter = \"b\"\n"))
    }),
    file("one term to avoid", "content/terms.toml", |n| "[[avoid]]\nterm = \"words\"\nbetter = \"b\"\n".repeat(n)),
    file("a term of many words", "content/terms.toml", |n| format!("[[avoid]]\nterm = \"{}\"\n", "a ".repeat(n))),
    file("unknown keys of terms.toml", "content/terms.toml", |n| each(n, |i| format!("key{i} = 1\n"))),
    file("a picture of many elements", "content/articles/b.svg", |n| {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\">{}</svg>",
            "<path d=\"M0 0\"/>".repeat(n)
        )
    }),
    file("a picture of nested elements", "content/articles/b.svg", |n| {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\">{}{}</svg>",
            "<g>".repeat(n),
            "</g>".repeat(n)
        )
    }),
    file("a topic's introduction", "content/topics/t.md", |n| {
        format!("---\ntitle: T\ndescription: b\n---\n\n{}", "Words. ".repeat(n))
    }),
    // Templates.
    file("text of a template", FOOTER, |n| "a ".repeat(n)),
    file("values of a template", FOOTER, |n| "{{ 1 }} ".repeat(n)),
    file("conditions of a template", FOOTER, |n| "{% if true %}a{% endif %}".repeat(n)),
    file("nested conditions of a template", FOOTER, |n| "{% if true %}".repeat(n) + &"{% endif %}".repeat(n)),
    file("elif of a template", FOOTER, |n| format!("{{% if false %}}{}{{% endif %}}", "{% elif false %}a".repeat(n))),
    file("sums of a template", FOOTER, |n| format!("{{{{ 1{} }}}}", "+1".repeat(n))),
    file("brackets of a template", FOOTER, |n| format!("{{{{ {}1{} }}}}", "(".repeat(n), ")".repeat(n))),
    file("loops of a template", FOOTER, |n| format!("{{% for i in range({}) %}}a{{% endfor %}}", n.min(100_000))),
    file("comments of a template", FOOTER, |n| "{# a #}".repeat(n)),
    file("filters of a template", FOOTER, |n| format!("{{{{ 'a'{} }}}}", "|upper".repeat(n))),
    file("faults of a template", FOOTER, |n| "{{ ".repeat(n)),
    // What the checks read.
    body("checked: comments that never close", |n| "<!-- a\n\n".repeat(n)),
    body("checked: fences that never close", |n| each(n, |i| format!("{}\na\n\n", "`".repeat(3 + i % 9)))),
    body("checked: [[wiki]]", |n| each(n, |i| format!("See [[a page {i}]].\n\n"))),
    body("checked: %%", |n| "%% a\n\n".repeat(n)),
    body("checked: ==", |n| "==a== b ==\n\n".repeat(n)),
    body("checked: :::", |n| "::: a\n\nb\n\n".repeat(n)),
    body("checked: rows of no table", |n| "| a | b |\n\n".repeat(n)),
    body("checked: rows that are too long", |n| "| a |\n|---|\n".to_owned() + &"| b | c | d |\n".repeat(n)),
    body("checked: notes without a text", |n| each(n, |i| format!("a[^{i}]\n\n"))),
    body("checked: notes without a mark", |n| each(n, |i| format!("[^{i}]: a\n\n"))),
    body("checked: notes given twice", |n| "a[^1]\n\n".to_owned() + &"[^1]: b\n\n".repeat(n)),
    body("checked: headings of one text", |n| "## A\n\nb\n\n".repeat(n)),
    body("checked: lines in bold", |n| each(n, |i| format!("**A line {i}**\n\nb\n\n"))),
    body("checked: ** that never close", |n| "**a b\n\n".repeat(n)),
    body("checked: ** in a row", |n| "**a ".repeat(n)),
    body("checked: ##Heading", |n| each(n, |i| format!("##Heading {i}\n\n"))),
    body("checked: links to one's own machine", |n| each(n, |i| format!("[a](file:///C:/b{i}.docx)\n\n"))),
    body("checked: control characters", |n| "a\u{1} b\u{200b}\n".repeat(n)),
    body("checked: unclosed braces", |n| "{{ a\n\n{% b\n\n".repeat(n)),
    front("checked: keys that keep back", |n| each(n, |i| format!("a{i}: {{ draft: true }}\n"))),
    front("checked: tags", |n| format!("tags: [{}]\n", each(n, |i| format!("a {i}, ")))),
    front("checked: aliases that collide", |n| format!("aliases: [{}]\n", "/p/, ".repeat(n))),
    front("checked: aliases", |n| format!("aliases: [{}]\n", each(n, |i| format!("/a{i}/, ")))),
];
