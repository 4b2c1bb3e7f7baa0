//! The pages of the last build with what they asked, and from each question the way back to the pages: verifying traces (Mokhov, Mitchell,
//! Peyton Jones 2018, § 3.3), turned round.
//!
//! A page keeps its bytes as long as every question that its template asked is answered as before. So after a change only those questions
//! are answered again whose answers read what changed ([`Read`]), each once, and only the pages that asked one with a new answer are
//! rendered. What an edit of one body costs does not grow with the site.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use foldhash::fast::RandomState;
use rayon::prelude::*;

use super::answer::{Answer, Traces};
use super::jobs::{Job, Jobs};
use super::models::Models;
use super::questions::Questions;
use super::rendering::Rendering;
use super::session::{Answers, Rendered};
use super::world::World;
use crate::output::Output;
use crate::site::{Differences, Read};
use crate::storage::Fingerprint;
use crate::theme::Theme;

/// The pages of the last build.
#[derive(Debug)]
pub struct RenderCache {
    traces: Traces,
    /// A page that asked more questions than this is rendered after the others.
    most_asked: usize,
    theme: Option<Arc<Theme>>,
    pages: Vec<Page>,
    /// What the pages became.
    output: Output,
    models: Models,
    questions: Questions,
    /// Questions that nobody asked when this was last looked at.
    idle: Vec<u32>,
    /// The numbers of a world's questions, by the numbers that they have there.
    of_world: Vec<u32>,
    /// Whether the map from questions to pages must be rebuilt.
    is_scattered: bool,
    /// Stale pages that the others don't wait for.
    late: BTreeSet<usize>,
    /// Pages that are not rendered yet, or could not be.
    missing: BTreeSet<usize>,
}

/// A page as it was rendered.
#[derive(Debug)]
struct Page {
    job: Job,
    /// The numbers of the questions that it asked.
    asked: Box<[u32]>,
}

impl Page {
    /// Whether others are served first: it takes long, or it is a feed or a list that no reader has before them. A page that is not rendered
    /// yet has asked nothing.
    fn is_late(&self, most_asked: usize) -> bool {
        self.asked.len() > most_asked || !(self.asked.is_empty() || self.job.file.ends_with(".html"))
    }
}

/// The fingerprint of an answer, and what it read.
type SharedMap = (Fingerprint, Box<[Read]>);

/// In place of a number.
const UNKNOWN: u32 = u32::MAX;
/// Beyond this share of all pages, the way back is rebuilt instead of being mended.
const MOST_MENDED: usize = 16;
/// A page that asks more than this, such as the A–Z of a large site, takes longer than all others together.
const MOST_ASKED: usize = 2_000;

impl Default for RenderCache {
    fn default() -> Self {
        Self {
            traces: Traces::default(),
            most_asked: MOST_ASKED,
            theme: None,
            pages: Vec::new(),
            output: Output::default(),
            models: Models::default(),
            questions: Questions::default(),
            idle: Vec::new(),
            of_world: Vec::new(),
            is_scattered: false,
            late: BTreeSet::new(),
            missing: BTreeSet::new(),
        }
    }
}

impl RenderCache {
    /// The same with another limit of questions, beyond which a page is rendered after the others.
    #[must_use]
    pub(crate) fn with_most_asked(self, most_asked: usize) -> Self {
        Self { most_asked, ..self }
    }

    /// The memory of a build that has none after it: it keeps pages alone.
    pub(crate) fn for_one_build() -> Self {
        Self { traces: Traces::Dropped, ..Self::default() }
    }

    /// Whether no build comes after it.
    pub(crate) fn is_for_one_build(&self) -> bool {
        self.traces == Traces::Dropped
    }

    pub(super) fn traces(&self) -> Traces {
        self.traces
    }

    /// Brings pages and answers up to date with the world; returns the numbers of the pages that must be rendered.
    pub(super) fn prepare(
        &mut self,
        rendering: &Rendering,
        jobs: Option<Jobs>,
        differences: Option<&Differences>,
    ) -> Vec<usize> {
        let world = &rendering.world;
        let before = self.theme.take();
        let is_same_theme = before.as_ref().is_some_and(|theme| Arc::ptr_eq(theme, &world.theme));
        let has_same_templates = self.traces == Traces::Kept
            && before.as_ref().is_some_and(|theme| theme.templates_hash == world.theme.templates_hash);
        let differences = differences.filter(|_| is_same_theme);
        let mut stale = BTreeSet::new();
        if let Some(Jobs(jobs)) = jobs {
            self.match_jobs(jobs, &mut stale);
        }
        match has_same_templates {
            true => self.answer_again(rendering, differences, &mut stale),
            false => self.forget(),
        }
        stale.extend(std::mem::take(&mut self.late));
        stale.extend(std::mem::take(&mut self.missing));
        if !has_same_templates {
            stale.extend(0..self.pages.len());
        }
        let is_late = |number: &usize| self.pages[*number].is_late(self.most_asked);
        let (late, soon): (BTreeSet<usize>, BTreeSet<usize>) = stale.into_iter().partition(is_late);
        self.late = late;
        soon.into_iter().collect()
    }

    /// The numbers of the pages that are left to render.
    pub(super) fn late(&mut self) -> Vec<usize> {
        std::mem::take(&mut self.late).into_iter().collect()
    }

    /// Puts the pages in the order of the jobs. A page that is made in another way is stale.
    fn match_jobs(&mut self, jobs: Vec<Job>, stale: &mut BTreeSet<usize>) {
        let jobs = one_a_file(jobs);
        let is_same_order =
            jobs.len() == self.pages.len() && jobs.iter().zip(&self.pages).all(|(job, page)| job.file == page.job.file);
        if is_same_order {
            for (number, (job, page)) in jobs.into_iter().zip(&mut self.pages).enumerate() {
                if page.job != job {
                    page.job = job;
                    stale.insert(number);
                }
            }
            return;
        }
        let mut known: HashMap<Arc<str>, (usize, Page), RandomState> = self
            .pages
            .drain(..)
            .enumerate()
            .map(|(number, page)| (Arc::clone(&page.job.file), (number, page)))
            .collect();
        // Page numbers are others now.
        let mut left = std::mem::take(&mut self.late);
        left.append(&mut self.missing);
        for (number, job) in jobs.into_iter().enumerate() {
            let page = known.remove(&job.file).filter(|(before, page)| page.job == job && !left.contains(before));
            self.pages.push(page.map(|(_, page)| page).unwrap_or_else(|| {
                self.missing.insert(number);
                Page { job, asked: Box::default() }
            }));
        }
        known.keys().for_each(|file| self.output.remove(file));
        self.link_back();
    }

    /// Answers again the questions whose answers read something that changed. Pages that asked one with another answer are stale.
    fn answer_again(&mut self, rendering: &Rendering, differences: Option<&Differences>, stale: &mut BTreeSet<usize>) {
        let reads = differences.and_then(|differences| rendering.world.changed_reads(differences));
        let numbers = match &reads {
            Some(reads) => self.questions.reading(reads),
            None => {
                self.questions.forget_reads();
                self.questions.numbers().collect()
            }
        };
        let answered: Vec<(u32, Option<SharedMap>)> =
            numbers.into_par_iter().filter_map(|number| self.found_again(rendering, number)).collect();
        for (number, found) in answered {
            let (fingerprint, reads) = found.unzip();
            self.questions.note_reads(number, &reads.unwrap_or_default());
            let known = self.questions.get_mut(number);
            if fingerprint.is_none() || known.fingerprint != fingerprint {
                known.fingerprint = fingerprint;
                stale.extend(known.askers.iter().map(|&page| page as usize));
            }
        }
        // They were not answered again.
        std::mem::take(&mut self.idle).into_iter().for_each(|number| self.questions.forget(number));
    }

    /// The answer to a question that pages ask; without one if all of these are rendered after the others anyway.
    fn found_again(&self, rendering: &Rendering, number: u32) -> Option<(u32, Option<SharedMap>)> {
        let known = self.questions.get(number);
        if known.askers.is_empty() {
            return None;
        }
        if known.askers.iter().all(|page| self.pages[*page as usize].is_late(self.most_asked)) {
            return Some((number, None));
        }
        Some((number, Some(rendering.fingerprint(&known.question))))
    }

    /// Forgets all answers; every page will be rendered, by other templates.
    fn forget(&mut self) {
        self.models = Models::default();
        self.questions.clear();
        self.idle.clear();
        self.pages.iter_mut().for_each(|page| page.asked = Box::default());
    }

    /// Stores a page that was rendered; `None` for one that could not be.
    pub(super) fn keep(&mut self, number: usize, rendered: Option<Rendered>) {
        let before = std::mem::take(&mut self.pages[number].asked);
        let (artifact, answers) = rendered.map(|rendered| (rendered.artifact, rendered.answers)).unzip();
        let file = Arc::clone(&self.pages[number].job.file);
        match artifact {
            Some(artifact) => self.output.insert(file, artifact),
            None => {
                self.missing.insert(number);
                self.output.remove(&file);
            }
        }
        if self.traces == Traces::Dropped {
            return;
        }
        let mut asked: Vec<u32> = answers.iter().flat_map(Answers::iter).map(|answer| self.number(answer)).collect();
        asked.sort_unstable();
        asked.dedup();
        let asked = asked.into_boxed_slice();
        let page = number as u32;
        if !self.is_scattered && before != asked {
            for &question in &before {
                let askers = &mut self.questions.get_mut(question).askers;
                askers.retain(|asker| *asker != page);
                if askers.is_empty() {
                    self.idle.push(question);
                }
            }
            for &question in &asked {
                self.questions.get_mut(question).askers.push(page);
            }
        }
        self.pages[number].asked = asked;
    }

    /// The number of a question that was answered in this build.
    fn number(&mut self, answer: &Answer) -> u32 {
        let id = answer.id as usize;
        if self.of_world.len() <= id {
            self.of_world.resize(id + 1, UNKNOWN);
        }
        if self.of_world[id] == UNKNOWN {
            self.of_world[id] = self.questions.number(answer);
        }
        self.of_world[id]
    }

    /// Ends a build: from now on everything is as this world has it.
    pub(super) fn finish(&mut self, world: &World) {
        if std::mem::take(&mut self.is_scattered) {
            self.link_back();
        }
        self.theme = Some(Arc::clone(&world.theme));
    }

    /// Prepares for storing that many pages, all of one world.
    pub(super) fn expect(&mut self, fresh: usize) {
        self.of_world.clear();
        self.is_scattered = fresh * MOST_MENDED > self.pages.len();
    }

    /// Rebuilds the map from questions to pages.
    fn link_back(&mut self) {
        self.questions.iter_mut().for_each(|known| known.askers.clear());
        for (number, page) in self.pages.iter().enumerate() {
            for &question in &page.asked {
                self.questions.get_mut(question).askers.push(number as u32);
            }
        }
        self.idle = self.questions.unasked();
    }

    pub(super) fn job(&self, number: usize) -> &Job {
        &self.pages[number].job
    }

    pub(super) fn models(&self) -> &Models {
        &self.models
    }

    pub(super) fn len(&self) -> usize {
        self.pages.len()
    }

    /// What the pages became.
    pub(super) fn output(&self) -> &Output {
        &self.output
    }
}

/// Of two jobs for the same file the last one stays, as in [`crate::output::Output`].
fn one_a_file(jobs: Vec<Job>) -> Vec<Job> {
    let last: HashMap<&str, usize> = jobs.iter().enumerate().map(|(number, job)| (&*job.file, number)).collect();
    if last.len() == jobs.len() {
        return jobs;
    }
    let kept: BTreeSet<usize> = last.into_values().collect();
    jobs.into_iter().enumerate().filter(|(number, _)| kept.contains(number)).map(|(_, job)| job).collect()
}
