//! Configurations as short texts for addresses: made of the permanent numbers, so that one can be read without the
//! catalog that it was made with.
//!
//! A code is base64url (RFC 4648 §5) without padding: a version of four bits, the groups in the order of their numbers, and a
//! check of twelve bits at the end. A number is written in pieces of three bits, the lowest first, each with a bit that
//! says whether more follow. Each group has its distance from the one before, less one, doubled; one more for what is not
//! just one choice, whose kind then follows. Kinds 5 and 6 came later: readers of older days refuse such codes as a whole.

mod artwork;

use super::artwork::{Artwork, Words};
use super::catalog::Catalog;
use super::file::{Group, Kind};
use super::{Change, Configuration, Value};

/// One group's answer, as a code has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The group's permanent number.
    pub group: u32,
    /// Its answer.
    pub answer: Answer,
}

/// An answer by permanent numbers.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// Choices by their numbers, ascending.
    Choices(Vec<u32>),
    /// A number: this many of 10 to the power of −`digits`.
    Number {
        /// The digits without their point.
        value: i64,
        /// How many stand behind the point, at most 9.
        digits: u32,
    },
    /// sRGB.
    Color([u8; 3]),
    /// Words.
    Text(Words),
    /// Pictures by name, and words.
    Picture(Artwork),
}

/// A code is not one, or has a wrong character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadCode;

/// What became of a code.
#[derive(Clone, Debug, PartialEq)]
pub struct Decoded {
    /// A valid configuration: what the code says, or the nearest to it.
    pub configuration: Configuration,
    /// Groups and choices that are not there any more, by their numbers; 0 for a whole group.
    pub gone: Vec<(u32, u32)>,
    /// What differs from what the code says, because of the rules of today.
    pub changes: Vec<Change>,
}

const VERSION: u32 = 1;
const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
/// Longer ones are not read.
const LONGEST: usize = 1 << 22;
/// Pictures have shorter names.
pub(super) const LONGEST_NAME: usize = 200;

struct Bits(Vec<bool>);

impl Bits {
    fn put(&mut self, value: u32, count: u32) {
        self.0.extend((0..count).rev().map(|at| value >> at & 1 == 1));
    }

    fn number(&mut self, mut value: u64) {
        loop {
            let more = value >> 3 != 0;
            self.put((value & 7) as u32 | u32::from(more) << 3, 4);
            value >>= 3;
            if !more {
                return;
            }
        }
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.number(bytes.len() as u64);
        bytes.iter().for_each(|byte| self.put(u32::from(*byte), 8));
    }
}

struct Reader<'a> {
    bits: &'a [bool],
}

impl Reader<'_> {
    fn take(&mut self, count: usize) -> Result<u32, BadCode> {
        let (bits, rest) = self.bits.split_at_checked(count).ok_or(BadCode)?;
        self.bits = rest;
        Ok(bits.iter().fold(0, |value, bit| value << 1 | u32::from(*bit)))
    }

    fn number(&mut self) -> Result<u64, BadCode> {
        let mut value = 0;
        for shift in (0..60).step_by(3) {
            let piece = self.take(4)?;
            value |= u64::from(piece & 7) << shift;
            if piece & 8 == 0 {
                return Ok(value);
            }
        }
        Err(BadCode)
    }

    fn small(&mut self) -> Result<u32, BadCode> {
        u32::try_from(self.number()?).map_err(|_| BadCode)
    }

    fn text(&mut self) -> Result<String, BadCode> {
        let length = self.number()?;
        let bytes = (0..length).map(|_| self.take(8).map(|byte| byte as u8)).collect::<Result<Vec<_>, _>>()?;
        String::from_utf8(bytes).map_err(|_| BadCode)
    }
}

/// The check: x¹² + x¹¹ + x³ + x² + x + 1. It finds every burst of up to twelve bits, so one wrong character, or two that
/// changed places.
fn check(bits: &[bool]) -> u32 {
    bits.iter().fold(0xfff, |rest, bit| {
        let high = (rest >> 11 & 1 == 1) != *bit;
        let rest = rest << 1 & 0xfff;
        if high { rest ^ 0x80f } else { rest }
    })
}

/// Writes entries, which are in the order of their groups' numbers.
pub fn encoded(entries: &[Entry]) -> String {
    let mut bits = Bits(Vec::new());
    bits.put(VERSION, 4);
    let mut before = 0;
    for Entry { group, answer } in entries {
        let distance = u64::from(group.saturating_sub(before).max(1) - 1) << 1;
        before = *group;
        let single = matches!(answer, Answer::Choices(choices) if choices.len() == 1);
        bits.number(distance | u64::from(!single));
        match answer {
            Answer::Choices(choices) => {
                if !single {
                    bits.put(0, 3);
                    bits.number(choices.len() as u64);
                }
                let mut before = 0;
                for choice in choices {
                    bits.number(u64::from(choice.saturating_sub(before).max(1) - 1));
                    before = *choice;
                }
            }
            Answer::Number { value, digits } => {
                bits.put(1, 3);
                bits.put(*digits, 4);
                // The sign is the lowest bit.
                bits.number(value.unsigned_abs() << 1 | u64::from(*value < 0));
            }
            Answer::Color(color) => {
                bits.put(2, 3);
                color.iter().for_each(|part| bits.put(u32::from(*part), 8));
            }
            Answer::Text(words) if words.is_plain() => {
                bits.put(3, 3);
                bits.bytes(words.text.as_bytes());
            }
            Answer::Text(words) => {
                bits.put(5, 3);
                bits.words(words);
            }
            Answer::Picture(artwork) => match artwork.plain() {
                Some(name) => {
                    bits.put(4, 3);
                    bits.bytes(name.as_bytes());
                }
                None => {
                    bits.put(6, 3);
                    bits.artwork(artwork);
                }
            },
        }
    }
    // Ones behind the last entry: a number that never ends, so that nobody takes them for an entry.
    while !bits.0.len().is_multiple_of(6) {
        bits.0.push(true);
    }
    let check = check(&bits.0);
    bits.put(check, 12);
    let letter = |six: &[bool]| six.iter().fold(0, |value, bit| value << 1 | usize::from(*bit));
    bits.0.chunks(6).filter_map(|six| LETTERS.get(letter(six))).map(|letter| char::from(*letter)).collect()
}

/// Reads a code, without any catalog.
///
/// # Errors
/// [`BadCode`].
pub fn entries(code: &str) -> Result<Vec<Entry>, BadCode> {
    if code.len() > LONGEST {
        return Err(BadCode);
    }
    let mut bits = Bits(Vec::new());
    for byte in code.bytes() {
        let value = LETTERS.iter().position(|letter| *letter == byte).ok_or(BadCode)?;
        bits.put(value as u32, 6);
    }
    let (body, end) = bits.0.split_at_checked(bits.0.len().checked_sub(12).ok_or(BadCode)?).ok_or(BadCode)?;
    if check(body) != (Reader { bits: end }).take(12)? {
        return Err(BadCode);
    }
    let mut reader = Reader { bits: body };
    if reader.take(4)? != VERSION {
        return Err(BadCode);
    }
    let mut entries = Vec::new();
    let mut group = 0_u32;
    while reader.bits.contains(&false) && reader.bits.len() >= 4 {
        let head = reader.number()?;
        let distance = u32::try_from(head >> 1).map_err(|_| BadCode)?;
        group = group.checked_add(distance).and_then(|group| group.checked_add(1)).ok_or(BadCode)?;
        let kind = if head & 1 == 0 { None } else { Some(reader.take(3)?) };
        let answer = match kind {
            None | Some(0) => {
                let count = if kind.is_none() { 1 } else { reader.small()? };
                let mut choice = 0_u32;
                let mut choices = Vec::new();
                for _ in 0..count {
                    choice =
                        choice.checked_add(reader.small()?).and_then(|choice| choice.checked_add(1)).ok_or(BadCode)?;
                    choices.push(choice);
                }
                Answer::Choices(choices)
            }
            Some(1) => {
                let digits = reader.take(4)?;
                let value = reader.number()?;
                let size = i64::try_from(value >> 1).map_err(|_| BadCode)?;
                Answer::Number { value: if value & 1 == 1 { -size } else { size }, digits: digits.min(9) }
            }
            Some(2) => Answer::Color([reader.take(8)? as u8, reader.take(8)? as u8, reader.take(8)? as u8]),
            Some(3) => Answer::Text(reader.text()?.as_str().into()),
            Some(4) => Answer::Picture(reader.text()?.as_str().into()),
            Some(5) => Answer::Text(reader.words()?),
            Some(6) => Answer::Picture(reader.artwork()?),
            Some(_) => return Err(BadCode),
        };
        entries.push(Entry { group, answer });
    }
    Ok(entries)
}

impl Catalog {
    /// A configuration's code.
    pub fn code(&self, configuration: &Configuration) -> String {
        let answered = self.product().groups.iter().filter_map(|(at, group)| {
            let answer = match configuration.value(at)? {
                Value::Choices(choices) => {
                    let mut numbers: Vec<_> =
                        choices.iter().filter_map(|choice| Some(group.choices.get(*choice)?.number)).collect();
                    numbers.sort_unstable();
                    Answer::Choices(numbers)
                }
                Value::Step(step) => decimal(group.value_of(*step)),
                Value::Color(color) => Answer::Color(*color),
                // Nothing said is the usual case.
                Value::Text(words) if words.text.is_empty() => return None,
                Value::Picture(artwork) if artwork.is_empty() => return None,
                Value::Text(words) => Answer::Text(words.clone()),
                Value::Picture(artwork) => Answer::Picture(artwork.clone()),
            };
            Some(Entry { group: group.number, answer })
        });
        let mut entries: Vec<_> = answered.collect();
        entries.sort_by_key(|entry| entry.group);
        encoded(&entries)
    }

    /// The configuration of a code, or the nearest valid one to it: what the code says counts as the customer's own.
    ///
    /// # Errors
    /// [`BadCode`].
    pub fn decoded(&self, code: &str) -> Result<Decoded, BadCode> {
        let mut said = self.first().clone();
        let mut gone = Vec::new();
        for Entry { group: number, answer } in entries(code)? {
            let found = self.product().groups.iter().find(|(_, group)| group.number == number);
            let Some((at, group)) = found else {
                gone.push((number, 0));
                continue;
            };
            if let Some(value) = understood(group, &answer, &mut gone) {
                said.set(at, value);
                self.items_of(at).for_each(|item| said.set_own(item, true));
            }
        }
        if self.is_valid(&said) {
            return Ok(Decoded { configuration: said, gone, changes: Vec::new() });
        }
        match self.nearest(&said, &[]) {
            Some(repair) => Ok(Decoded { configuration: repair.to, gone, changes: repair.changes }),
            None => {
                let changes = said.changes_to(self.first(), self);
                Ok(Decoded { configuration: self.first().clone(), gone, changes })
            }
        }
    }
}

/// What an answer means to a group of today; what it cannot mean is gone.
fn understood(group: &Group, answer: &Answer, gone: &mut Vec<(u32, u32)>) -> Option<Value> {
    let value = match (answer, group.kind) {
        (Answer::Choices(numbers), Kind::One | Kind::Many | Kind::Color) => {
            let mut choices = Vec::new();
            for number in numbers {
                match group.choices.iter().find(|(_, choice)| choice.number == *number) {
                    Some((at, _)) => choices.push(at),
                    None => gone.push((group.number, *number)),
                }
            }
            choices.sort_unstable();
            let fits = group.kind == Kind::Many || choices.len() == 1;
            return fits.then_some(Value::Choices(choices));
        }
        (Answer::Number { value, digits }, Kind::Number) => {
            let value = *value as f64 / 10_f64.powi(*digits as i32);
            let (min, _, step) = group.bounds();
            let nearest = ((value - min) / step).round().clamp(0.0, f64::from(group.last_step())) as u32;
            if group.step_of(value).is_none() {
                gone.push((group.number, 0));
            }
            Some(Value::Step(nearest))
        }
        (Answer::Color(color), Kind::Color) if group.free => Some(Value::Color(*color)),
        (Answer::Text(words), Kind::Text) if group.takes_words(words) => Some(Value::Text(words.clone())),
        (Answer::Picture(artwork), Kind::Picture) if artwork.is_sound() => Some(Value::Picture(artwork.clone())),
        _ => None,
    };
    if value.is_none() {
        gone.push((group.number, 0));
    }
    value
}

/// The fewest digits that say a value.
fn decimal(value: f64) -> Answer {
    let rounded = |digits: u32| (value * 10_f64.powi(digits as i32)).round();
    let exact = |digits: &u32| (rounded(*digits) / 10_f64.powi(*digits as i32) - value).abs() < 5e-10;
    let digits = (0..9).find(exact).unwrap_or(9);
    Answer::Number { value: rounded(digits) as i64, digits }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Vec<Entry> {
        let entry = |group, answer| Entry { group, answer };
        vec![
            entry(1, Answer::Choices(vec![3])),
            entry(2, Answer::Choices(vec![])),
            entry(4, Answer::Choices(vec![1, 2, 9])),
            entry(5, Answer::Number { value: -125, digits: 1 }),
            entry(900, Answer::Color([255, 0, 18])),
            entry(901, Answer::Text("Für Mia".into())),
            entry(902, Answer::Picture("a1b2".into())),
        ]
    }

    #[test]
    fn a_code_is_read_as_it_was_written() {
        for count in 0..=sample().len() {
            let some = &sample()[..count];
            let code = encoded(some);
            assert_eq!(entries(&code).as_deref(), Ok(some), "{code}");
        }
        // Eight groups with small numbers.
        let small: Vec<_> = (1..=8).map(|group| Entry { group, answer: Answer::Choices(vec![group]) }).collect();
        assert_eq!(encoded(&small).len(), 14);
    }

    #[test]
    fn every_single_wrong_character_and_every_swap_is_found() {
        let code = encoded(&sample());
        for at in 0..code.len() {
            for letter in LETTERS.iter().chain(b"+=/ ") {
                let mut wrong = code.clone().into_bytes();
                if wrong[at] != *letter {
                    wrong[at] = *letter;
                    assert_eq!(entries(std::str::from_utf8(&wrong).unwrap()), Err(BadCode), "{at}");
                }
            }
            let mut swapped = code.clone().into_bytes();
            if at > 0 && swapped[at] != swapped[at - 1] {
                swapped.swap(at, at - 1);
                assert_eq!(entries(std::str::from_utf8(&swapped).unwrap()), Err(BadCode), "{at}");
            }
        }
        for short in 0..code.len() {
            assert!(entries(&code[..short]).is_err(), "{short}");
        }
    }
}
