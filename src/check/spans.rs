//! The spans of a page's links or images → whether one of them covers a place, or is within it, without a scan of all.

use std::ops::Range;

/// Spans in the order in which they start.
pub(crate) struct Spans {
    starts: Vec<usize>,
    /// The furthest end of each span and all before it.
    furthest: Vec<usize>,
    /// The nearest end of each span and all behind it.
    nearest: Vec<usize>,
}

impl Spans {
    pub(crate) fn of<'a>(spans: impl Iterator<Item = &'a Range<usize>>) -> Self {
        let mut spans: Vec<&Range<usize>> = spans.collect();
        spans.sort_by_key(|span| span.start);
        let mut furthest: Vec<usize> = spans.iter().map(|span| span.end).collect();
        let mut nearest = furthest.clone();
        for at in 1..spans.len() {
            furthest[at] = furthest[at].max(furthest[at - 1]);
        }
        for at in (1..spans.len()).rev() {
            nearest[at - 1] = nearest[at - 1].min(nearest[at]);
        }
        Self { starts: spans.iter().map(|span| span.start).collect(), furthest, nearest }
    }

    /// Whether all of `place` is in one of them.
    pub(crate) fn cover(&self, place: &Range<usize>) -> bool {
        let behind = self.starts.partition_point(|start| *start <= place.start);
        behind > 0 && self.furthest[behind - 1] >= place.end
    }

    /// Whether all of one of them is in `place`.
    pub(crate) fn has_within(&self, place: &Range<usize>) -> bool {
        let first = self.starts.partition_point(|start| *start < place.start);
        self.nearest.get(first).is_some_and(|end| *end <= place.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_found_without_a_look_at_each() {
        let written = [5..9, 0..4, 6..8, 20..30, 12..14];
        let spans = Spans::of(written.iter());
        for start in 0..32 {
            for end in start..32 {
                let covers = written.iter().any(|span| span.start <= start && end <= span.end);
                let within = written.iter().any(|span| start <= span.start && span.end <= end);
                assert_eq!(
                    (spans.cover(&(start..end)), spans.has_within(&(start..end))),
                    (covers, within),
                    "{start}..{end}"
                );
            }
        }
        assert!(!Spans::of([].iter()).cover(&(0..0)));
    }
}
