//! Site and theme → pages. A page whose questions are all answered as before keeps its bytes.
//!
//! Takes no file and no clock; what templates can see is `view.rs`, what they can ask is [`Question`].

mod answer;
mod answers;
mod found;
mod functions;
mod jobs;
mod letter_words;
mod models;
mod part;
mod question;
mod questions;
pub(crate) mod reference;
mod render_cache;
mod rendering;
mod search_entry;
mod session;
mod shared_parts;
mod view;
mod world;
mod writer;

pub use jobs::{Jobs, Made};
pub(crate) use letter_words::letter_words;
pub use question::{Feed, Node, Question, Subject};
pub use render_cache::RenderCache;
pub(crate) use search_entry::search_entry;
pub use world::World;
pub(crate) use world::{SEARCH_ENTRY, url};

use std::sync::Arc;

use minijinja::value::Value;
use rayon::prelude::*;

use crate::collect::Sources;
use crate::diagnostic::Diagnostic;
use crate::images::Images;
use crate::output::{Artifact, Output};
use crate::site::{Address, Differences, Site};
use crate::social_cards::Card;
use crate::storage::StoreIn;
use crate::theme::{Theme, template_error};
use answer::Traces;
use answers::card;
use jobs::Job;
use models::Models;
use rendering::Rendering;
use session::{Rendered, Session};
use world::{Reader, Reads};
use writer::PageWriter;

/// What a rendering did.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// Pages rendered.
    pub rendered: usize,
    /// Pages whose bytes were still right.
    pub reused: usize,
}

/// What a site has to render.
#[must_use]
pub fn jobs(site: &Arc<Site>, theme: &Arc<Theme>, images: &Arc<Images>) -> Jobs {
    Jobs::of(&World::new(site, theme, images))
}

/// Renders what has changed: all of `jobs`, or those of the last build if they are `None`. `differences` are those from the site of that
/// build; `None` if everything may differ.
pub fn render(
    site: &Arc<Site>,
    theme: &Arc<Theme>,
    images: &Arc<Images>,
    sources: &Sources,
    memory: &mut RenderCache,
    (jobs, differences): (Option<Jobs>, Option<&Differences>),
) -> (Output, Counts, Vec<Diagnostic>) {
    let world = World::new(site, theme, images);
    let rendering = Arc::new(Rendering::new(world, memory.traces(), sources.scratch.as_ref()));
    let stale = memory.prepare(&rendering, jobs, differences);
    let (rendered, diagnostics) = renew(&rendering, sources, memory, &stale);
    (memory.output().clone(), Counts { rendered, reused: memory.len() - rendered }, diagnostics)
}

/// Renders into `output` the few pages that [`render`] left as they were, because the others should not wait for them.
pub fn rest(
    site: &Arc<Site>,
    theme: &Arc<Theme>,
    images: &Arc<Images>,
    sources: &Sources,
    memory: &mut RenderCache,
    output: &mut Output,
) -> (usize, Vec<Diagnostic>) {
    let late = memory.late();
    if late.is_empty() {
        return (0, Vec::new());
    }
    let world = World::new(site, theme, images);
    let rendering = Arc::new(Rendering::new(world, memory.traces(), sources.scratch.as_ref()));
    let (rendered, diagnostics) = renew(&rendering, sources, memory, &late);
    for number in late {
        let file = &memory.job(number).file;
        match memory.output().get(file) {
            Some(artifact) => output.insert(Arc::clone(file), artifact.clone()),
            None => output.remove(file),
        }
    }
    (rendered, diagnostics)
}

/// The cards of all pages that have one, by address.
#[must_use]
pub fn cards(site: &Arc<Site>, theme: &Arc<Theme>, images: &Arc<Images>) -> Vec<(Address, Card)> {
    if !site.config.social_cards {
        return Vec::new();
    }
    card::all(Reader::new(&World::new(site, theme, images), &Reads::ignored()))
}

/// So many pages hand over what they asked before others are rendered: enough to share the work out, few enough to need little memory. Where
/// nobody wants to know what they asked, no page waits for others.
const RENDERED_AT_ONCE: usize = 1024;

/// Renders pages; returns how many, and what is wrong in their templates.
fn renew(
    rendering: &Arc<Rendering>,
    sources: &Sources,
    memory: &mut RenderCache,
    stale: &[usize],
) -> (usize, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    memory.expect(stale.len());
    let at_once = match rendering.traces {
        Traces::Kept => RENDERED_AT_ONCE,
        Traces::Dropped => stale.len().max(1),
    };
    for some in stale.chunks(at_once) {
        let fresh: Vec<Result<Rendered, minijinja::Error>> =
            some.par_iter().map(|number| rendered(rendering, memory.job(*number), memory.models())).collect();
        for (number, result) in some.iter().zip(fresh) {
            if let Err(error) = &result
                && !rendering.world.theme.is_about_broken(error)
            {
                diagnostics.push(template_error(error, &sources.theme));
            }
            memory.keep(*number, result.ok());
        }
    }
    memory.finish(&rendering.world);
    (stale.len(), diagnostics)
}

fn rendered(rendering: &Arc<Rendering>, job: &Job, models: &Models) -> Result<Rendered, minijinja::Error> {
    let session = Session::new(rendering, job.language);
    let context = context(&session, job);
    let body = job.document().and_then(|path| rendering.world.html_of(path)).unwrap_or_default();
    let mut writer = PageWriter::new(&session, &body);
    rendering.world.theme.templates.get_template(job.template)?.render_captured_to(context, &mut writer)?;
    let page = writer.finished();
    let artifact = match (&rendering.scratch, rendering.traces) {
        (Some(scratch), _) => Artifact::of_pieces(page, StoreIn::Disk(scratch)),
        (None, Traces::Kept) => models.packed(job, page),
        // It is about to be written.
        (None, Traces::Dropped) => Artifact::of_pieces(page, StoreIn::Memory),
    };
    Ok(Rendered { artifact, answers: session.answers() })
}

fn context(session: &Arc<Session>, job: &Job) -> Value {
    let own = job.context.iter().map(|(name, node)| (*name, view::value(session, node)));
    let functions = functions::of(session).into_iter().chain([shared_parts::function(session)]);
    view::Scope::value(own.chain(functions).map(|(name, value)| (name.into(), value)))
}

/// Adds what templates of this program can use to a theme's environment.
pub fn register(environment: &mut minijinja::Environment<'static>) {
    functions::register(environment);
}
