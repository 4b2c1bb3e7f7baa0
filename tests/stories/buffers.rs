//! A site as an editor's program sees it: the text of open files counts before it is saved.

use crate::support::{BuiltSite, Site};
use letterpress::diagnostic::Rule;
use letterpress::pipeline::{Built, Memo, build};
use letterpress::source::SourcePath;
use letterpress::workspace::{Batch, SiteBuilder};
use letterpress::{collect, diagnostic};

const PAGE: &str = "content/articles/pay.md";

fn article(title: &str) -> String {
    format!("---\ntitle: {title}\ndescription: Words.\n---\n\nWords of {title}.\n")
}

fn site() -> Site {
    Site::new().file(PAGE, article("Pay"))
}

/// Reads what was touched and builds it.
fn built(builder: &mut SiteBuilder) -> Built {
    builder.update(&Batch::default()).expect("a readable site");
    let pages = builder.pages().expect("a site").expect("pages");
    builder.complete(pages).expect("a site").expect("a build")
}

#[test]
fn the_text_of_an_open_editor_counts_until_it_is_closed() {
    let site = site();
    let mut builder = SiteBuilder::new(site.options().clone());
    assert!(built(&mut builder).page("articles/pay/index.html").contains("Words of Pay"));
    let path = SourcePath::new(PAGE);
    builder.set_buffer(path.clone(), Some(article("Salary").as_bytes()));
    let changed = builder.update(&Batch::default()).expect("a readable site");
    assert_eq!(changed, Some(vec![path.clone()]));
    assert!(built(&mut builder).page("articles/pay/index.html").contains("Words of Salary"));
    builder.set_buffer(path, None);
    assert!(built(&mut builder).page("articles/pay/index.html").contains("Words of Pay"));
}

#[test]
fn a_file_that_was_never_saved_is_a_page() {
    let site = site();
    let mut builder = SiteBuilder::new(site.options().clone());
    built(&mut builder);
    builder.set_buffer(SourcePath::new("content/articles/new.md"), Some(article("New").as_bytes()));
    let open = built(&mut builder);
    assert!(open.has("articles/new/index.html") && open.page("articles/index.html").contains("New"));
    builder.set_buffer(SourcePath::new("content/articles/new.md"), None);
    assert!(!built(&mut builder).has("articles/new/index.html"));
}

#[test]
fn a_half_typed_front_matter_is_reported_at_its_place_and_mended_by_going_on() {
    let site = site();
    let mut builder = SiteBuilder::new(site.options().clone());
    built(&mut builder);
    builder.set_buffer(SourcePath::new(PAGE), Some(b"---\ntitle: \"Pa"));
    let broken = built(&mut builder);
    assert!(diagnostic::any_errors(&broken.diagnostics));
    assert!(broken.diagnostics.iter().any(|one| one.rule == Rule::UnclosedFrontMatter));
    builder.set_buffer(SourcePath::new(PAGE), Some(article("Pay").as_bytes()));
    assert!(!diagnostic::any_errors(&built(&mut builder).diagnostics));
}

#[test]
fn settings_and_templates_can_be_open_too() {
    let site = site();
    let mut builder = SiteBuilder::new(site.options().clone());
    built(&mut builder);
    let settings = std::fs::read_to_string(site.path("letterpress.toml")).expect("settings");
    let renamed = format!("title = \"Renamed by hand\"\n{}", settings.split_once('\n').map_or("", |(_, rest)| rest));
    assert!(settings.starts_with("title = "), "{settings}");
    builder.set_buffer(SourcePath::new("letterpress.toml"), Some(renamed.as_bytes()));
    assert!(built(&mut builder).page("index.html").contains("Renamed by hand"));
}

#[test]
fn a_site_with_buffers_is_built_as_if_they_were_saved() {
    let site = site();
    let mut builder = SiteBuilder::new(site.options().clone());
    built(&mut builder);
    builder.set_buffer(SourcePath::new(PAGE), Some(article("Salary").as_bytes()));
    let open = built(&mut builder);
    site.write(PAGE, article("Salary"));
    let (sources, found) = collect::collect(site.options()).expect("a readable site");
    let saved = build(&sources, found, &mut Memo::default()).expect("a build");
    assert!(open.output == saved.output && open.diagnostics == saved.diagnostics);
}
