//! Stories about pictures: what lies beside an article, and what a phone, a feed and a shared link get of it.

use std::io::Cursor;
use std::time::Instant;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};

use crate::support::{BuiltSite, Site, between};
use letterpress::collect::collect;
use letterpress::pipeline::{Memo, build};

const THEME: &str = "name = \"own\"\nextends = \"default\"\n[pictures]\nwidths = [32, 64]\nsizes = \"50vw\"\n";

/// A picture with as many colours as a photo has.
fn noise(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        let mixed = (x * 7919 + y * 104_729).wrapping_mul(2_654_435_761);
        Rgb([(x * 255 / width) as u8 ^ (mixed >> 28) as u8, (mixed >> 26) as u8, (y * 255 / height) as u8])
    })
}

fn encoded(picture: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.into().write_to(&mut bytes, format).expect("an encoded picture");
    bytes.into_inner()
}

fn photo(width: u32, height: u32) -> Vec<u8> {
    encoded(noise(width, height), ImageFormat::Jpeg)
}

/// A photo that a phone held upright has stored on its side, with the phone's name.
fn upright_photo(width: u32, height: u32) -> Vec<u8> {
    let plain = photo(width, height);
    let exif = b"\xff\xe1\0\x32Exif\0\0MM\0*\0\0\0\x08\0\x02\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\x01\x10\0\x02\0\0\0\x04Cam\0\0\0\0\0";
    let mut bytes = plain[..2].to_vec();
    bytes.extend(&exif[..2]);
    bytes.extend(u16::try_from(exif.len() - 2).expect("short").to_be_bytes());
    bytes.extend(&exif[4..]);
    bytes.extend(&plain[2..]);
    bytes
}

/// A site whose theme wants small pictures, so that the tests are quick.
fn site() -> Site {
    let config = "title = \"Advice\"\nbase_url = \"https://example.org/career-advice/\"\ntheme = \"own\"\n";
    Site::new().file("letterpress.toml", config).file("themes/own/theme.toml", THEME)
}

#[test]
fn a_photo_comes_at_several_widths_in_a_modern_kind_and_its_own() {
    let site = site()
        .article("a/index.md", "title: A", "Words.\n\n![A desk](My%20Desk.jpg \"Mine\")")
        .file("content/articles/a/My Desk.jpg", photo(100, 50));
    let built = site.built();
    let page = built.page("articles/a/index.html");
    let figure = between(&page, "<figure>", "</figure>");
    assert!(
        figure.starts_with(
            "<figure><picture><source type=\"image/avif\" srcset=\"/career-advice/assets/pictures/my-desk-32."
        ),
        "{figure}"
    );
    assert!(figure.contains(" 32w, ") && figure.contains(" 64w\" sizes=\"50vw\">"), "{figure}");
    assert!(
        figure.contains("width=\"100\" height=\"50\" alt=\"A desk\"") && figure.contains("</picture><figcaption>"),
        "{figure}"
    );
    let pictures: Vec<&str> =
        built.output.iter().map(|(file, _)| file).filter(|file| file.starts_with("assets/pictures/")).collect();
    assert_eq!(pictures.len(), 4, "{pictures:?}");
    for file in pictures.iter().filter(|file| file.ends_with(".jpg")) {
        let picture = image::load_from_memory(&built.output.get(file).expect("a file").read().expect("its bytes"))
            .expect("a picture");
        assert_eq!(picture.width(), picture.height() * 2);
        assert!(page.contains(file));
    }
    let feed = built.page("feed.xml");
    assert!(!feed.contains("srcset") && !feed.contains("&lt;picture"), "a feed's reader takes one address");
}

#[test]
fn a_screenshot_keeps_its_edges_and_a_transparent_photo_its_transparency() {
    let flat = RgbImage::from_fn(80, 40, |x, _| if x < 40 { Rgb([255, 255, 255]) } else { Rgb([20, 90, 70]) });
    let veil = RgbaImage::from_fn(80, 40, |x, y| {
        let Rgb([r, g, b]) = *noise(80, 40).get_pixel(x, y);
        Rgba([r, g, b, if x < 10 { 0 } else { 255 }])
    });
    let site = site()
        .article("a/index.md", "title: A", "![Screen](screen.png)\n\n![Cut-out](veil.png)")
        .file("content/articles/a/screen.png", encoded(flat, ImageFormat::Png))
        .file("content/articles/a/veil.png", encoded(veil, ImageFormat::Png));
    let page = site.built().page("articles/a/index.html");
    let figures: Vec<&str> = page.split("<figure>").skip(1).collect();
    assert!(
        figures[0].contains("screen-64.") && !figures[0].contains("avif") && !figures[0].contains(".jpg"),
        "{}",
        figures[0]
    );
    assert!(
        figures[1].contains("image/avif") && figures[1].contains(".png") && !figures[1].contains(".jpg"),
        "{}",
        figures[1]
    );
}

#[test]
fn only_a_first_picture_in_sight_is_loaded_at_once() {
    let early = "![One](a.svg)\n\n![Two](a.svg)";
    let late = "Words.\n\n## Later\n\n![One](a.svg)";
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"></svg>";
    let page = |body: &str| {
        let site = site().article("a/index.md", "title: A", body).file("content/articles/a/a.svg", svg);
        site.built().page("articles/a/index.html")
    };
    let early = page(early);
    assert_eq!(early.matches("loading=\"eager\" fetchpriority=\"high\"").count(), 1);
    assert_eq!(early.matches("loading=\"lazy\"").count(), 1);
    assert!(!page(late).contains("fetchpriority"));
}

#[test]
fn no_picture_tells_where_it_was_taken_and_an_upright_photo_stands_upright() {
    let site = site()
        .article("a/index.md", "title: A", "![A desk](desk.jpg) and [the original](desk.jpg), [another](other.jpg)")
        .file("content/articles/a/desk.jpg", upright_photo(80, 40))
        .file("content/articles/a/other.jpg", upright_photo(80, 40));
    let built = site.built();
    assert!(built.page("articles/a/index.html").contains("width=\"40\" height=\"80\""));
    for (file, artifact) in built.output.iter() {
        assert!(
            !artifact.read().expect("its bytes").windows(3).any(|window| window == b"Cam") || !file.ends_with(".jpg"),
            "{file}"
        );
    }
    assert!(built.has("articles/a/desk.jpg") && built.has("articles/a/other.jpg"));
}

#[test]
fn a_broken_picture_is_told_where_it_is_shown() {
    let mut cut = photo(100, 50);
    cut.truncate(60);
    let site = site()
        .article("a/index.md", "title: A", "Words.\n\n![A desk](desk.jpg)\n\n![Phone](photo.heic)")
        .file("content/articles/a/desk.jpg", cut)
        .file("content/articles/a/photo.heic", "ftypheic");
    let built = site.build();
    assert_eq!(built.codes(), ["unreadable-image", "unreadable-image"]);
    let lines: Vec<usize> =
        built.diagnostics.iter().filter_map(|one| Some(one.location.as_ref()?.start.line)).collect();
    assert_eq!(lines, [8, 10]);
    assert!(built.diagnostics[1].hint.as_deref().is_some_and(|hint| hint.contains("JPEG or PNG")));
}

#[test]
fn a_picture_of_any_kind_whose_download_broke_off_is_told() {
    let png = encoded(noise(100, 50), ImageFormat::Png);
    let jpeg = photo(100, 50);
    let webp = encoded(noise(100, 50), ImageFormat::WebP);
    let damaged: Vec<u8> = png.iter().enumerate().map(|(at, byte)| if at == 900 { !byte } else { *byte }).collect();
    let half = |bytes: &[u8]| bytes[..bytes.len() / 2].to_vec();
    let files = [
        ("most.jpg", jpeg[..jpeg.len() - 20].to_vec(), "broke off"),
        ("half.png", half(&png), "broke off"),
        ("damaged.png", damaged, "damaged"),
        ("half.webp", half(&webp), "broke off"),
        ("half.gif", b"GIF89a\x02\0\x02\0\0\0\0,\0".to_vec(), "broke off"),
        ("half.avif", b"\0\0\0\x10ftypavif\0\0\0\0\0\0\0\xffmeta".to_vec(), "broke off"),
        ("page.jpg", b"<html>Not found</html>".to_vec(), "something else than its name says"),
        ("nothing.png", Vec::new(), "is empty"),
    ];
    let body: String = files.iter().map(|(name, ..)| format!("![The picture {}]({name})\n\n", &name[..4])).collect();
    let site = site().article("a/index.md", "title: A", &body);
    for (name, bytes, _) in &files {
        site.write(&format!("content/articles/a/{name}"), bytes);
    }
    let built = site.build();
    let told: Vec<&str> = built.diagnostics.iter().map(|one| one.message.as_str()).collect();
    assert_eq!(built.codes(), ["unreadable-image"; 8], "{told:#?}");
    for ((name, _, reason), message) in files.iter().zip(told) {
        assert!(message.contains(name) && message.contains(reason), "{name}: {message}");
    }
}

#[test]
fn a_drawing_comes_without_scripts_and_its_editor_is_told() {
    let drawing = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\" onload=\"x()\"><script>x()</script><path d=\"M0 0\"/></svg>";
    let site = site().article("a/index.md", "title: A", "![A](a.svg)").file("content/articles/a/a.svg", drawing);
    let built = site.build();
    assert_eq!(built.codes(), ["unsafe-svg"]);
    assert_eq!(
        built.page("articles/a/a.svg"),
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><path d=\"M0 0\"/></svg>"
    );
}

#[test]
fn a_shared_link_shows_a_photo_and_never_a_drawing() {
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"></svg>";
    let site = site()
        .article("a/index.md", "title: A\nimage: desk.jpg", "Words.")
        .article("b/index.md", "title: B\nimage: plan.svg", "Words.")
        .file("content/articles/a/desk.jpg", photo(100, 50))
        .file("content/articles/b/plan.svg", svg);
    let built = site.built();
    let image = |page: &str| between(page, "property=\"og:image\"", ">").to_owned();
    assert!(
        image(&built.page("articles/a/index.html"))
            .contains("https://example.org/career-advice/assets/pictures/desk-64.")
    );
    assert!(!image(&built.page("articles/b/index.html")).contains("svg"));
}

#[test]
fn a_second_build_converts_nothing_and_gives_the_same_bytes() {
    let site = site()
        .article("a/index.md", "title: A", "![A desk](desk.jpg)")
        .file("content/articles/a/desk.jpg", photo(600, 400));
    let (sources, found) = collect(site.options()).expect("a readable site");
    let run = |memo: &mut Memo| {
        let start = Instant::now();
        let built = build(&sources, found.clone(), memo).expect("a build");
        (built.output, start.elapsed())
    };
    let (cold, _) = run(&mut Memo::default());
    let (first, long) = run(&mut Memo::of_site(site.folder()));
    let mut memo = Memo::of_site(site.folder());
    let (second, short) = run(&mut memo);
    let (third, _) = run(&mut memo);
    assert!(cold == first && first == second && second == third);
    assert!(short < long, "{short:?} and {long:?}");
    assert!(site.path(".letterpress/.gitignore").is_file());
    let entries = || std::fs::read_dir(site.path(".letterpress")).expect("a folder").count();
    assert_eq!(entries(), 2);
    site.write("content/articles/a/desk.jpg", photo(60, 40));
    let (sources, found) = collect(site.options()).expect("a readable site");
    let memo = &mut Memo::of_site(site.folder());
    build(&sources, found, memo).expect("a build");
    memo.sweep();
    assert_eq!(entries(), 2, "the old photo is forgotten");
}

#[test]
fn a_theme_that_asks_for_impossible_widths_is_told() {
    let site = Site::new()
        .file("letterpress.toml", "title = \"Advice\"\ntheme = \"own\"\n")
        .file("themes/own/theme.toml", "extends = \"default\"\n[pictures]\nwidths = [0, \"wide\"]\nquality = 300\n");
    assert_eq!(site.build().codes(), ["wrong-type", "wrong-type"]);
}
