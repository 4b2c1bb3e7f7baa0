//! Days as text: `2026-03-05`, and what other ways of writing one most probably mean.

use jiff::civil::Date;

/// Whether a text is a day that exists, written as `2026-03-05`.
#[must_use]
pub fn is_date(text: &str) -> bool {
    read_date(text).is_some()
}

/// A day as a field takes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Day {
    /// A day that exists.
    Is(Date),
    /// What programs write that have no date: a day of the year 1, or the first second of 1970.
    Absent,
    /// No day that exists.
    Not,
}

/// The earliest year that a page can speak of. What is before it is a slip, such as `0026`.
const EARLIEST: i16 = 1000;

impl Day {
    /// The day that a text means: `2026-03-05`, with or without a time of day after it.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let is_epoch = text.trim().starts_with("1970-01-01") && text.trim()[10..].get(1..9) == Some("00:00:00");
        match read_date(text) {
            _ if is_epoch => Self::Absent,
            Some(date) if date.year() == 1 => Self::Absent,
            Some(date) if date.year() >= EARLIEST => Self::Is(date),
            _ => Self::Not,
        }
    }

    /// The same for text from elsewhere, which may write a day in another way, such as `31 December 2026`. `Not` if it can mean several.
    #[must_use]
    pub fn likely(text: &str) -> Self {
        match (Self::of(text), meant(&parts(text)).as_slice()) {
            (Self::Not, [one]) => Self::Is(*one),
            (day, _) => day,
        }
    }
}

/// The day that a file's name begins with, as `2026-03-05-ask-for-leave` does.
#[must_use]
pub fn day_of_name(name: &str) -> Option<Date> {
    let is_apart = name.get(10..).is_some_and(|rest| rest.is_empty() || rest.starts_with(['-', '_', ' ', '.', 'T']));
    match Day::of(name.get(..10).filter(|_| is_apart)?) {
        Day::Is(date) => Some(date),
        _ => None,
    }
}

/// `2026-03-05`, with or without a time of day after it.
fn read_date(text: &str) -> Option<Date> {
    let day = text.trim().get(..10)?;
    let rest = &text.trim()[10..];
    let time_follows = rest.is_empty() || rest.starts_with(['T', 't', ' ']);
    let shaped = day
        .bytes()
        .enumerate()
        .all(|(at, byte)| if matches!(at, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() });
    if !time_follows || !shaped {
        return None;
    }
    Date::new(day[..4].parse().ok()?, day[5..7].parse().ok()?, day[8..].parse().ok()?).ok()
}

/// How to write the day that a text means, after `key`, which may be empty. Where day and month can't be distinguished, both are offered.
pub(crate) fn date_hint(key: &str, text: &str) -> String {
    let parts = parts(text);
    if let Some((year, month)) = month_without_day(&parts) {
        let length = Date::new(year, month, 1).map_or(31, Date::days_in_month);
        return format!("{year}-{month:02} has {length} days");
    }
    match *meant(&parts).as_slice() {
        [one] => format!("write `{key}{one}`"),
        [one, other, ..] => format!("write `{key}{one}`, or `{other}` if the month comes first"),
        [] => "write year-month-day with hyphens, for example 2026-03-05".to_owned(),
    }
}

/// A number, or a month by its English name, as texts have them one after the other.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Piece {
    Number(i16),
    Month(i8),
}

const MONTHS: &[&str] = &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

fn parts(text: &str) -> Vec<Piece> {
    let words = text.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty());
    words.filter_map(piece).collect()
}

fn piece(word: &str) -> Option<Piece> {
    let lower = word.to_ascii_lowercase();
    let number = lower.trim_end_matches(|sign: char| sign.is_ascii_alphabetic());
    if let Ok(number) = number.parse() {
        return Some(Piece::Number(number));
    }
    let month = MONTHS.iter().position(|month| lower.starts_with(month))?;
    Some(Piece::Month(i8::try_from(month + 1).ok()?))
}

/// A month that exists, with a day that it doesn't have.
fn month_without_day(parts: &[Piece]) -> Option<(i16, i8)> {
    let &[Piece::Number(year @ 1000..), Piece::Number(month), Piece::Number(29..=31), ..] = parts else { return None };
    let month = i8::try_from(month).ok().filter(|month| (1..=12).contains(month))?;
    meant(parts).is_empty().then_some((year, month))
}

/// The days that the pieces can mean, the likelier first.
fn meant(parts: &[Piece]) -> Vec<Date> {
    let mut dates: Vec<Date> = Vec::new();
    let mut add = |year: i16, month: i16, day: i16| {
        let date = i8::try_from(month).ok().zip(i8::try_from(day).ok());
        let date = date.and_then(|(month, day)| Date::new(year, month, day).ok());
        dates.extend(date.filter(|date| year >= 1000 && !dates.contains(date)));
    };
    match *parts {
        [Piece::Number(year @ 1000..), Piece::Number(month), Piece::Number(day), ..] => {
            add(year, month, day);
            if month > 12 {
                add(year, day, month);
            }
        }
        [Piece::Number(first), Piece::Number(second), Piece::Number(year), ..] => {
            add(year, second, first);
            add(year, first, second);
        }
        [Piece::Number(day), Piece::Month(month), Piece::Number(year), ..]
        | [Piece::Month(month), Piece::Number(day), Piece::Number(year), ..] => add(year, month.into(), day),
        _ => {}
    }
    dates
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_programs_write_for_no_date_is_none_and_years_of_three_digits_are_slips() {
        for text in ["0001-01-01", "0001-01-01T00:00:00Z", "1970-01-01T00:00:00Z", "1970-01-01 00:00:00"] {
            assert_eq!(Day::of(text), Day::Absent, "{text}");
        }
        for text in
            ["0000-00-00 00:00:00", "0000-01-01", "0026-03-05", "-2026-03-05", "10000-01-01", "2026-02-30", "۲۰۲۶"]
        {
            assert_eq!(Day::of(text), Day::Not, "{text}");
        }
        for text in ["9999-12-31", "1970-01-01", "2026-03-05T23:00:00+05:00", "2026-03-05 10:00:00 -0500"] {
            assert!(matches!(Day::of(text), Day::Is(_)), "{text}");
        }
        assert!(matches!(Day::likely("31 December 2026"), Day::Is(_)));
        assert_eq!(Day::likely("3/5/2026"), Day::Not);
    }

    #[test]
    fn a_day_in_another_notation_is_answered_with_its_own() {
        let expected = [
            ("31/12/2026", "write `2026-12-31`"),
            ("12/31/2026", "write `2026-12-31`"),
            ("3/5/2026", "write `2026-05-03`, or `2026-03-05` if the month comes first"),
            ("5.5.2026", "write `2026-05-05`"),
            ("2026/12/31", "write `2026-12-31`"),
            ("2026-1-5", "write `2026-01-05`"),
            ("2026-31-12", "write `2026-12-31`"),
            ("31 December 2026", "write `2026-12-31`"),
            ("Dec 1st, 2026", "write `2026-12-01`"),
            ("2026-02-31", "2026-02 has 28 days"),
            ("soon", "write year-month-day with hyphens, for example 2026-03-05"),
            ("99999-01-01", "write year-month-day with hyphens, for example 2026-03-05"),
        ];
        for (text, hint) in expected {
            assert_eq!(date_hint("", text), hint, "{text}");
        }
    }
}
