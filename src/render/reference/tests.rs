//! The table beside everything that a site answers.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::*;
use crate::images::Images;
use crate::render::answer::Traces;
use crate::render::jobs;
use crate::render::question::{Node, Question};
use crate::render::rendering::Rendering;
use crate::render::session::Session;
use crate::render::world::World;

/// A site in which every kind of page and record occurs.
pub(in crate::render) fn rendering() -> Rendering {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    };
    write(
        "letterpress.toml",
        "title = \"Advice\"\nbase_url = \"https://example.org/advice/\"\nper_page = 1\n\
         links = [{ label = \"Jobs\", url = \"/jobs\" }]\nfooter_links = [{ label = \"Privacy\", url = \"/privacy\" }]\n\
         [publisher]\nname = \"Jobs\"\nurl = \"https://example.org/\"\nlogo = \"https://example.org/logo.png\"\n\
         [authors.Ayesha]\nrole = \"Recruiter\"\n[languages.ur]\ntitle = \"مشورہ\"\n",
    );
    let front = "date: 2026-03-05\nupdated: 2026-04-05\nauthor: Ayesha\ntopics: [money]\ntags: [tax]\nweight: 3";
    let article = format!(
        "---\ntitle: Pay\n{front}\nreview_by: 2027-01-01\nimage: pay.png\naliases: [/old/]\n---\n\n## One\n\n### Deeper\n\n## Two\n\n\
         ## Three\n\n![The letter](../../letters/raise.md)\n"
    );
    write("content/articles/pay/index.md", &article);
    let image = concat!(env!("CARGO_MANIFEST_DIR"), "/themes/default/preview.png");
    std::fs::copy(image, folder.path().join("content/articles/pay/pay.png")).expect("a picture");
    write("content/articles/leave.md", &format!("---\ntitle: Leave\n{front}\n---\n\nWords.\n"));
    write("content/articles/leave.ur.md", &format!("---\ntitle: چھٹی\n{front}\n---\n\nالفاظ۔\n"));
    write("content/about.md", "---\ntitle: About\n---\n\n## Who?\n\nWe.\n\n## Where?\n\nHere.\n");
    write("content/start.md", "---\ntitle: Start\nschema: howto\n---\n\n1. Read.\n2. Ask.\n");
    write(
        "content/letters/raise.md",
        &format!(
            "---\ntitle: Raise\n{front}\nsubject: \"Pay of [name]\"\nsituations: [You earn too little]\nfields:\n  reason: {{ \
             suggestions: [Work] }}\n  notice: {{ choices: [a month, a week] }}\n---\n\nDear [name],\n\n[reason] [notice]\n"
        ),
    );
    let options = crate::collect::Options {
        folder: folder.path().to_path_buf(),
        as_of: Some("2026-11-01".parse().expect("a date")),
        ..crate::collect::Options::default()
    };
    let (sources, diagnostics) = crate::collect::collect(&options).expect("a readable site");
    let mut memo = crate::pipeline::Memo::default();
    let built = crate::pipeline::build(&sources, diagnostics, &mut memo).expect("a build");
    assert!(!crate::diagnostic::any_errors(&built.diagnostics), "{:#?}", built.diagnostics);
    let theme = crate::theme::Theme::new(&sources.theme, &sources.config, crate::theme::ContentSize::of(&sources));
    let settings = crate::config::ImageSettings::default();
    let (images, _) = Images::new(&sources, &built.site, &settings, &mut memo.images, &memo.cache);
    let world = World::new(&built.site, &Arc::new(theme), &Arc::new(images));
    Rendering::new(world, Traces::Kept, None)
}

/// Walks the answers beside the table.
struct Walk {
    rendering: Rendering,
    seen: BTreeSet<(String, Question)>,
    met: BTreeMap<&'static str, usize>,
    faults: BTreeSet<String>,
}

impl Walk {
    fn fields_of(name: &str) -> Vec<Field> {
        let entry = ENTRIES.iter().find(|entry| entry.name == name).unwrap_or_else(|| panic!("no record `{name}`"));
        let mut fields = entry.extends.map(Self::fields_of).unwrap_or_default();
        fields.extend(entry.fields);
        fields
    }

    fn visit(&mut self, place: &str, node: &Node, shape: Shape) {
        let fits = match (node, shape) {
            (Node::Ask(question), _) => {
                if self.seen.insert((format!("{shape:?}"), question.clone())) {
                    let answer = self.rendering.answer(question).node.clone();
                    self.visit(place, &answer, shape);
                }
                true
            }
            (Node::None, Optional(_)) => true,
            (node, Optional(inner)) => {
                self.visit(place, node, *inner);
                true
            }
            (Node::List(nodes), List(inner)) => {
                nodes.iter().for_each(|node| self.visit(place, node, *inner));
                true
            }
            (Node::Record(fields), Record(name)) => {
                self.record(place, fields, name);
                true
            }
            (Node::Text(_), Text)
            | (Node::Html(_), Html)
            | (Node::Number(_), Number)
            | (Node::Flag(_), Flag)
            | (Node::Table(_), Table) => true,
            _ => false,
        };
        if !fits {
            self.faults.insert(format!("{place} is {node:?}, and the reference says {}", shape.describe()));
        }
    }

    fn record(&mut self, place: &str, fields: &[(&'static str, Node)], name: &'static str) {
        *self.met.entry(name).or_default() += 1;
        let documented = Self::fields_of(name);
        for (field, shape, _) in &documented {
            match fields.iter().find(|(own, _)| own == field) {
                Some((_, node)) => self.visit(&format!("{name}.{field}"), node, *shape),
                None => drop(self.faults.insert(format!("{place}: {name} has no `{field}`"))),
            }
        }
        for (own, _) in fields.iter().filter(|(own, _)| documented.iter().all(|(field, ..)| field != own)) {
            self.faults.insert(format!("`{own}` of {name} is not in the reference"));
        }
    }
}

#[test]
fn the_reference_names_everything_that_templates_can_see_and_nothing_else() {
    let rendering = rendering();
    let jobs = jobs::all(&rendering.world);
    let mut walk = Walk { rendering, seen: BTreeSet::new(), met: BTreeMap::new(), faults: BTreeSet::new() };
    for job in &jobs {
        let template =
            all_templates().find(|template| template.name == job.template).expect("a template of the reference");
        let documented: Vec<Field> = COMMON.iter().chain(template.starts_from).copied().collect();
        assert_eq!(documented.len(), job.context.len(), "{}", job.template);
        for (name, shape, _) in documented {
            let (_, node) = job.context.iter().find(|(own, _)| *own == name).expect(name);
            walk.visit(name, node, shape);
        }
    }
    assert_eq!(walk.faults, BTreeSet::new());
    for template in all_templates() {
        assert!(jobs.iter().any(|job| job.template == template.name), "{} makes nothing", template.name);
    }
    for entry in ENTRIES {
        assert!(walk.met.contains_key(entry.name), "no template ever meets {}", entry.name);
    }
}

#[test]
fn functions_and_filters_are_there_as_the_reference_writes_them() {
    let rendering = Arc::new(rendering());
    let session = Session::new(&rendering, 0);
    let job = &jobs::all(&rendering.world)[0];
    let context = crate::render::context(&session, job);
    let mut environment = minijinja::Environment::new();
    environment.add_template("partials/entry.html", "{{ item.title }} {{ level }}").unwrap();
    crate::render::register(&mut environment);
    for (call, _) in FUNCTIONS {
        let result = environment.render_str(&format!("{{{{ {call} }}}}"), &context);
        assert!(result.is_ok_and(|text| !text.is_empty()), "{call}");
    }
}
