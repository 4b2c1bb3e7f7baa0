//! Site and theme → pages. A page whose questions are all answered as before keeps its bytes.
//!
//! Takes no file and no clock; what templates can see is `view.rs`, what they can ask is [`Question`].

mod feeds;
mod functions;
mod jobs;
mod listings;
mod pages;
mod question;
mod view;
mod world;

pub use question::{Feed, Node, Question, Subject};
pub use world::World;
pub(crate) use world::{SEARCH_ENTRY, letter_words, search_entry, url};

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use minijinja::value::Value;
use rayon::prelude::*;

use crate::collect::{Hash, ThemeFiles};
use crate::diagnostic::Diagnostic;
use crate::output::{Artifact, Output};
use crate::pictures::Pictures;
use crate::site::Site;
use crate::theme::{Theme, template_error};
use jobs::Job;

/// A page as it was rendered, with everything that it asked: the verifying trace of build systems.
#[derive(Debug, Clone)]
struct Trace {
    template: &'static str,
    templates: Hash,
    reads: Vec<(Question, Hash)>,
    artifact: Artifact,
}

/// The pages of the last build, by address.
#[derive(Debug, Default)]
pub struct Memory {
    traces: HashMap<String, Trace>,
}

/// What a rendering did.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// Pages rendered anew.
    pub rendered: usize,
    /// Pages whose bytes were still right.
    pub reused: usize,
}

/// Renders every page of the site into `output`.
pub fn render(
    site: &Arc<Site>,
    theme: &Arc<Theme>,
    pictures: &Arc<Pictures>,
    files: &ThemeFiles,
    memory: &mut Memory,
    output: &mut Output,
) -> (Counts, Vec<Diagnostic>) {
    let world = Arc::new(World::new(Arc::clone(site), Arc::clone(theme), Arc::clone(pictures)));
    let jobs = jobs::all(&world);
    let known = &memory.traces;
    let results: Vec<_> =
        jobs.into_par_iter().map(|job| (job.file.clone(), rendered(&world, &job, known.get(&job.file)))).collect();
    let mut counts = Counts::default();
    let mut diagnostics = Vec::new();
    let mut traces = HashMap::with_capacity(results.len());
    for (file, result) in results {
        match result {
            Ok((trace, is_new)) => {
                if is_new {
                    counts.rendered += 1
                } else {
                    counts.reused += 1
                }
                output.insert(file.clone(), trace.artifact.clone());
                traces.insert(file, trace);
            }
            Err(error) => diagnostics.push(template_error(&error, files)),
        }
    }
    memory.traces = traces;
    (counts, diagnostics)
}

/// The remembered page if it is still right, else a new one.
fn rendered(world: &Arc<World>, job: &Job, known: Option<&Trace>) -> Result<(Trace, bool), minijinja::Error> {
    if let Some(trace) = known.filter(|trace| still_right(world, job, trace)) {
        return Ok((trace.clone(), false));
    }
    fresh(world, job).map(|trace| (trace, true))
}

fn still_right(world: &World, job: &Job, trace: &Trace) -> bool {
    trace.template == job.template
        && trace.templates == world.theme.templates_hash
        && trace.reads.iter().all(|(question, fingerprint)| world.answer(question).fingerprint == *fingerprint)
}

fn fresh(world: &Arc<World>, job: &Job) -> Result<Trace, minijinja::Error> {
    let session = view::Session::new(world, job.language);
    let context = context(&session, job);
    let text = world.theme.templates.get_template(job.template)?.render(context)?;
    let reads = session.questions().into_iter().map(|question| {
        let fingerprint = world.answer(&question).fingerprint;
        (question, fingerprint)
    });
    Ok(Trace {
        template: job.template,
        templates: world.theme.templates_hash,
        reads: reads.collect(),
        artifact: Artifact::new(text.into_bytes()),
    })
}

fn context(session: &Arc<view::Session>, job: &Job) -> Value {
    let own = job.context.iter().map(|(name, node)| (*name, view::value(session, node)));
    let functions = [
        (functions::WORDS, Value::from_object(functions::Words(Arc::clone(session)))),
        ("asset", Value::from_object(functions::Asset(Arc::clone(session)))),
        ("url", Value::from_object(functions::Url(Arc::clone(session)))),
    ];
    Value::from(own.chain(functions).collect::<BTreeMap<_, _>>())
}

/// Adds what templates of this program can use to a theme's environment.
pub fn register(environment: &mut minijinja::Environment<'static>) {
    functions::register(environment);
}
