//! A path, address or anchor that leads nowhere → the one that was probably meant. The lists that it looks through are made when the first
//! link is broken. It reports nothing itself; the rules do.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use crate::document::Document;
use crate::site::{Address, Site};
use crate::source::{CONTENT_FOLDER, SourcePath};
use crate::text::Guesses;

/// Everything of a site that a link may have meant.
pub(crate) struct Nearest<'a> {
    site: &'a Site,
    files: OnceLock<Files<'a>>,
    anchors: OnceLock<HashMap<(usize, &'a str), Option<&'a Document>>>,
    addresses: OnceLock<HashMap<&'a str, Option<&'a SourcePath>>>,
    folders: OnceLock<HashSet<&'a str>>,
}

/// The files that a link may lead to, each list in the order of the alphabet.
#[derive(Default)]
struct Files<'a> {
    by_name: HashMap<&'a str, Vec<&'a str>>,
    by_folder: HashMap<&'a str, Vec<&'a str>>,
    /// Names that identify a page.
    names: Vec<&'a str>,
}

/// A name is compared with no more than these, the next ones in the alphabet: else the broken links of a large site, which come by the
/// thousand when a folder is moved, would each be compared with every page.
const MOST_COMPARED: usize = 5_000;
/// Shorter names are like too many others.
const SHORTEST_NAME: usize = 5;

impl<'a> Nearest<'a> {
    pub(crate) fn new(site: &'a Site) -> Self {
        Self {
            site,
            files: OnceLock::new(),
            anchors: OnceLock::new(),
            addresses: OnceLock::new(),
            folders: OnceLock::new(),
        }
    }

    fn files(&self) -> &Files<'a> {
        self.files.get_or_init(|| {
            let mut files = Files::default();
            for path in self.site.linkable() {
                files.by_name.entry(name_of(path.as_str())).or_default().push(path.as_str());
                files.by_folder.entry(path.folder()).or_default().push(path.as_str());
            }
            files.names = files.by_name.keys().copied().filter(|name| name.len() >= SHORTEST_NAME).collect();
            files.names.sort_unstable();
            files
        })
    }

    /// The file that a path led to before it moved: the only one of its name, or the page that has the old address as an alias.
    pub(crate) fn moved(&self, document: &Document, target: &str) -> Option<String> {
        let wanted = document.path.join(target)?;
        let address = wanted.as_str().strip_prefix(CONTENT_FOLDER)?.trim_start_matches('/');
        let address = address.trim_end_matches("/index.md").trim_end_matches(".md");
        let alias = redirect(self.site, address).and_then(|to| self.site.page_at(to));
        let by_alias = alias.map(|page| page.document.path.as_str());
        let moved = by_alias.or_else(|| self.only_of_name(wanted.as_str()))?;
        Some(relative(document.path.folder(), moved))
    }

    /// The only file of that name and kind; common names identify nothing.
    pub(crate) fn only_of_name(&self, wanted: &str) -> Option<&'a str> {
        let name = name_of(wanted);
        let same_kind = |path: &&&str| path.ends_with(".md") == wanted.ends_with(".md");
        let mut named = self.files().by_name.get(name)?.iter().filter(same_kind);
        let only = named.next()?;
        (named.next().is_none() && !matches!(name, "_index" | "index" | "")).then_some(*only)
    }

    /// The file that was probably meant, as a link to it would be written.
    pub(crate) fn meant(&self, guesses: &Guesses, document: &Document, target: &str) -> Option<String> {
        let wanted = document.path.join(target)?;
        let beside = self.files().by_folder.get(wanted.folder()).map(Vec::as_slice).unwrap_or_default();
        let meant = nearest_beside(guesses, wanted.as_str(), around(beside, wanted.as_str()));
        let meant = meant.or_else(|| self.nearest_bundle(guesses, wanted.as_str()))?;
        Some(relative(document.path.folder(), meant))
    }

    /// A page in a folder of its own, by the folder's name.
    fn nearest_bundle(&self, guesses: &Guesses, wanted: &str) -> Option<&'a str> {
        let files = self.files();
        let names = around(&files.names, name_of(wanted)).iter().copied();
        let named = files.by_name.get(guesses.did_you_mean(name_of(wanted), names)?)?;
        let same_kind = named.iter().find(|path| path.ends_with(".md") == wanted.ends_with(".md"));
        same_kind.or(named.first()).copied()
    }

    /// The only page in the same language that has the anchor, as a link to it there. An anchor of one word is too common.
    pub(crate) fn moved_anchor(&self, document: &Document, anchor: &str) -> Option<String> {
        let only = self.anchors().get(&(document.language, anchor)).filter(|_| anchor.contains('-'))?;
        Some(format!("{}#{anchor}", relative(document.path.folder(), (*only)?.path.as_str())))
    }

    /// The page that has an anchor, by language and name; none where several have it.
    fn anchors(&self) -> &HashMap<(usize, &'a str), Option<&'a Document>> {
        self.anchors.get_or_init(|| {
            let mut anchors = HashMap::new();
            for document in self.site.live() {
                let own: HashSet<&str> = document.body.anchors.iter().map(|anchor| &*anchor.id).collect();
                for id in own {
                    let only = |known: &mut Option<_>| *known = None;
                    anchors.entry((document.language, id)).and_modify(only).or_insert(Some(document));
                }
            }
            anchors
        })
    }

    /// Whether something of an editor's lives at an address, whatever slash it ends in.
    pub(crate) fn is_address(&self, address: &str) -> bool {
        self.addresses().contains_key(address.trim_end_matches('/'))
    }

    /// The page at an address, whatever slash it ends in.
    pub(crate) fn page_at(&self, address: &str) -> Option<&'a SourcePath> {
        self.addresses().get(address.trim_end_matches('/')).copied().flatten()
    }

    /// The page or file that a path from the root names, with or without the folder of contents and the site's base path before it.
    pub(crate) fn at_root(&self, target: &str) -> Option<SourcePath> {
        let target = target.split(['?', '#']).next().unwrap_or(target);
        let inside = target.strip_prefix(&self.site.config.base_path).unwrap_or(target).trim_start_matches('/');
        let name = inside.strip_prefix(CONTENT_FOLDER).map_or(inside, |name| name.trim_start_matches('/'));
        let leads_out = name.is_empty() || name.split('/').any(|part| part == "..");
        let path = SourcePath::new(&format!("{CONTENT_FOLDER}/{name}"));
        let is_there = !leads_out && (self.site.address_of(&path).is_some() || self.site.assets.get(&path).is_some());
        is_there.then_some(path)
    }

    /// Whether a name is that of a folder at the top of the contents.
    pub(crate) fn is_folder(&self, name: &str) -> bool {
        let folders = self.folders.get_or_init(|| {
            let folder = |path: &'a str| {
                path.strip_prefix(CONTENT_FOLDER)?.strip_prefix('/')?.split_once('/').map(|(folder, _)| folder)
            };
            self.site.linkable().filter_map(|path| folder(path.as_str())).collect()
        });
        name == CONTENT_FOLDER || folders.contains(name)
    }

    fn addresses(&self) -> &HashMap<&'a str, Option<&'a SourcePath>> {
        self.addresses.get_or_init(|| {
            let site = self.site;
            let sections = site.editions.iter().flat_map(|edition| edition.sections.values());
            let sections = sections.map(|section| (section.address.as_str(), None));
            let files = site.assets.iter().map(|(_, asset)| (asset.address.as_str(), None));
            let pages = site.pages.iter().rev().map(|page| (page.address.as_str(), Some(&page.document.path)));
            let all = sections.chain(files).chain(pages);
            all.map(|(address, page)| (address.trim_end_matches('/'), page)).collect()
        })
    }
}

/// The anchors of one page.
pub(crate) struct Anchors<'a> {
    names: HashSet<&'a str>,
    /// The first anchor of each name that is [`plain`].
    plain: HashMap<String, &'a str>,
}

impl<'a> Anchors<'a> {
    pub(crate) fn of(document: &'a Document) -> Self {
        let names = document.body.anchors.iter().map(|anchor| &*anchor.id);
        let plain = names.clone().rev().map(|name| (plain(name), name)).collect();
        Self { names: names.collect(), plain }
    }

    pub(crate) fn contains(&self, anchor: &str) -> bool {
        self.names.contains(anchor)
    }

    /// The anchor that another generator, or an editor, would write in this way.
    pub(crate) fn written_as(&self, anchor: &str) -> Option<&'a str> {
        self.plain.get(&plain(anchor)).copied()
    }
}

/// An anchor with what editors and generators write in different ways left out.
fn plain(anchor: &str) -> String {
    anchor.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The part of a sorted list around a name's place in it.
fn around<'l, 'a>(sorted: &'l [&'a str], name: &str) -> &'l [&'a str] {
    let at = sorted.partition_point(|known| *known < name);
    let end = (at + MOST_COMPARED / 2).max(MOST_COMPARED).min(sorted.len());
    &sorted[end.saturating_sub(MOST_COMPARED)..end]
}

/// The file of one folder that was probably meant. What they have in common, the folder and the ending, makes no two names alike.
fn nearest_beside<'a>(guesses: &Guesses, wanted: &str, beside: &[&'a str]) -> Option<&'a str> {
    let (name, ending) = split_name(wanted);
    let ending = if ending.is_empty() { "md" } else { ending };
    let same_ending = || beside.iter().filter(|path| split_name(path).1 == ending);
    let alike = guesses.did_you_mean(name, same_ending().map(|path| split_name(path).0));
    let found = alike.and_then(|name| same_ending().find(|path| split_name(path).0 == name));
    found.copied().or_else(|| {
        let slipped_ending = |path: &&&str| split_name(path).0 == name && split_name(path).1 != "md";
        beside.iter().find(slipped_ending).copied()
    })
}

/// The name of a path's file and its ending, without the dot.
fn split_name(path: &str) -> (&str, &str) {
    let file = path.trim_end_matches('/').rsplit('/').next().unwrap_or(path);
    file.rsplit_once('.').unwrap_or((file, ""))
}

/// The part of a path by which people know a page: its file's name, or its folder's if the file is an `index.md`.
fn name_of(path: &str) -> &str {
    let path = path.trim_end_matches("/index.md").trim_end_matches(".md").trim_end_matches('/');
    path.rsplit('/').next().unwrap_or(path)
}

/// The path from a folder to a file, as a link would be written.
pub(crate) fn relative(folder: &str, path: &str) -> String {
    let from: Vec<&str> = folder.split('/').collect();
    let to: Vec<&str> = path.split('/').collect();
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    format!("{}{}", "../".repeat(from.len() - shared), to[shared..].join("/"))
}

/// Where an old address leads.
pub(crate) fn redirect<'a>(site: &'a Site, inside: &str) -> Option<&'a Address> {
    let inside = inside.split(['?', '#']).next().unwrap_or(inside);
    let found = |address: &str| {
        let at = site.redirects.binary_search_by(|redirect| redirect.from.as_str().cmp(address)).ok()?;
        Some(&site.redirects[at].to)
    };
    found(inside).or_else(|| found(&format!("{}/", inside.trim_end_matches('/'))))
}

#[cfg(test)]
mod tests {
    use super::{MOST_COMPARED, around, relative};

    #[test]
    fn a_name_is_compared_with_those_next_to_it_in_the_alphabet() {
        let names: Vec<String> = (0..3 * MOST_COMPARED).map(|number| format!("p{number:05}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        for (name, first, last) in
            [("p00001", "p00000", "p04999"), ("p07500", "p05000", "p09999"), ("p99999", "p10000", "p14999")]
        {
            let around = around(&names, name);
            assert_eq!((around[0], around[around.len() - 1], around.len()), (first, last, MOST_COMPARED), "{name}");
        }
        assert_eq!(around(&names[..3], "p00002"), &names[..3], "all of a few");
        assert!(around(&[], "p").is_empty());
    }

    #[test]
    fn the_hint_is_a_path_that_can_be_pasted() {
        assert_eq!(relative("content/articles", "content/letters/a.md"), "../letters/a.md");
        assert_eq!(relative("content/articles/b", "content/articles/a.md"), "../a.md");
        assert_eq!(relative("content/articles", "content/articles/a.md"), "a.md");
    }
}
