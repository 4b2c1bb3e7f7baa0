//! One rendering of one page: where its answers come from, and a record of what its template asked.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, Once, PoisonError};

use foldhash::fast::RandomState;

use super::answer::{Answer, Traces};
use super::part::{Asked, Key, Part};
use super::question::Question;
use super::rendering::Rendering;
use crate::config::Config;
use crate::output::Artifact;
use crate::storage::StoredText;
use crate::theme::Strings;

/// Everything that a rendering asked; some of it more than once.
#[derive(Debug, Default)]
pub(super) struct Answers {
    own: Vec<Arc<Answer>>,
    parts: Vec<Arc<Part>>,
}

impl Answers {
    pub(super) fn iter(&self) -> impl Iterator<Item = &Arc<Answer>> {
        self.own.iter().chain(self.parts.iter().flat_map(|part| part.answers.iter()))
    }
}

/// A page, and everything that its template asked.
#[derive(Debug)]
pub(super) struct Rendered {
    pub(super) artifact: Artifact,
    pub(super) answers: Answers,
}

/// Parts in the order in which they are shown, which is nearly that in which they are written.
#[derive(Debug, Default)]
struct Shown {
    parts: Vec<Arc<Part>>,
    /// Behind the one that was written last.
    next: usize,
}

impl Shown {
    /// The part whose very memory these bytes are.
    fn find(&mut self, bytes: &[u8]) -> Option<&Arc<Part>> {
        let is_it = |part: &Arc<Part>| std::ptr::eq(part.html.as_bytes(), bytes);
        let (before, behind) = self.parts.split_at(self.next);
        let found =
            behind.iter().position(is_it).map(|at| self.next + at).or_else(|| before.iter().rposition(is_it))?;
        self.next = found + 1;
        self.parts.get(found)
    }
}

/// One rendering of one page, or of a part that pages share: where answers come from, and what was asked.
#[derive(Debug)]
pub(super) struct Session {
    pub(super) rendering: Arc<Rendering>,
    pub(super) language: usize,
    /// Answers that a rendering was given; some of them more than once.
    asked: Mutex<Vec<Arc<Answer>>>,
    /// The parts that pages share and this one shows.
    shown: Mutex<Shown>,
    /// The parts that no other page shows.
    own_parts: Mutex<Vec<(Key, Arc<str>)>>,
    /// Answers that no other rendering needs.
    own: Mutex<HashMap<Question, Arc<Answer>, RandomState>>,
    strings_asked: Once,
    base_asked: Once,
}

impl Session {
    pub(super) fn new(rendering: &Arc<Rendering>, language: usize) -> Arc<Self> {
        Arc::new(Self {
            rendering: Arc::clone(rendering),
            language,
            asked: Mutex::default(),
            own: Mutex::default(),
            shown: Mutex::default(),
            own_parts: Mutex::default(),
            strings_asked: Once::new(),
            base_asked: Once::new(),
        })
    }

    /// The strings of the session's language, which almost every line of a template needs.
    pub(super) fn strings(&self) -> Option<&Strings> {
        self.strings_asked.call_once(|| drop(self.ask(&Question::Strings(self.language))));
        self.rendering.world.strings(self.language)
    }

    /// The site's settings, of which base path and origin may be looked at.
    pub(super) fn base(&self) -> &Config {
        self.base_asked.call_once(|| drop(self.ask(&Question::Base)));
        self.rendering.world.config()
    }

    /// The answer; the question is recorded.
    pub(super) fn ask(&self, question: &Question) -> Arc<Answer> {
        if question.is_of_one_page() {
            return self.ask_alone(question);
        }
        let answer = self.rendering.answer(question);
        if self.rendering.traces == Traces::Dropped {
            return answer;
        }
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).push(Arc::clone(&answer));
        answer
    }

    /// What only one page asks is kept as long as that page is rendered.
    fn ask_alone(&self, question: &Question) -> Arc<Answer> {
        if let Some(answer) = self.own().get(question) {
            return Arc::clone(answer);
        }
        let answer = Arc::new(self.rendering.answer_alone(question));
        self.own().insert(question.clone(), Arc::clone(&answer));
        answer
    }

    /// Says that a part that pages share is about to be written: what it asked, this page asked.
    pub(super) fn show(&self, part: Arc<Part>) {
        self.shown().parts.push(part);
    }

    /// A part that no other page shows, rendered at its first use.
    pub(super) fn own_part<E>(
        &self,
        asked: &Asked<'_>,
        html: impl FnOnce() -> Result<Arc<str>, E>,
    ) -> Result<Arc<str>, E> {
        let known = |parts: &Vec<(Key, Arc<str>)>| {
            parts.iter().find(|(known, _)| known.is(asked)).map(|(_, html)| Arc::clone(html))
        };
        if let Some(html) = known(&self.own_parts.lock().unwrap_or_else(PoisonError::into_inner)) {
            return Ok(html);
        }
        let html = html()?;
        self.own_parts.lock().unwrap_or_else(PoisonError::into_inner).push((asked.for_keeps(), Arc::clone(&html)));
        Ok(html)
    }

    /// Everything that was asked so far. The answers that nobody else needs are left out of it, but for their fingerprints.
    pub(super) fn answers(&self) -> Answers {
        if self.rendering.traces == Traces::Dropped {
            return Answers::default();
        }
        let own = std::mem::take(&mut *self.own());
        let own = own.into_values().map(|answer| Arc::new(answer.without_node()));
        let asked = std::mem::take(&mut *self.asked.lock().unwrap_or_else(PoisonError::into_inner));
        Answers { own: own.chain(asked).collect(), parts: std::mem::take(&mut *self.shown()).parts }
    }

    /// The text of the shared part whose very memory these bytes are.
    pub(super) fn shown_as(&self, bytes: &[u8]) -> Option<StoredText> {
        self.shown().find(bytes).map(|part| part.html.clone())
    }

    fn shown(&self) -> MutexGuard<'_, Shown> {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn own(&self) -> MutexGuard<'_, HashMap<Question, Arc<Answer>, RandomState>> {
        self.own.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
