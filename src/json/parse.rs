//! From text to [`Value`].

use super::{Object, Value};
use crate::decimal::split_decimal;

/// So many brackets may stand in one another.
pub const MOST_DEPTH: usize = 127;

/// Where a text stops being JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    /// From 1.
    pub line: usize,
    /// In bytes, from 1.
    pub column: usize,
}

/// The value that a text holds.
///
/// # Errors
/// The first place that is not JSON.
pub fn parse(text: &str) -> Result<Value, Fault> {
    let mut parser = Parser { rest: text };
    let value = parser.value(MOST_DEPTH);
    if let (Some(value), None) = (value, parser.next()) {
        return Ok(value);
    }
    let mut fault = Fault { line: 1, column: 1 };
    for byte in text.bytes().take(text.len() - parser.rest.len()) {
        fault = match byte {
            b'\n' => Fault { line: fault.line + 1, column: 1 },
            _ => Fault { column: fault.column + 1, ..fault },
        };
    }
    Err(fault)
}

/// Nothing is read behind a fault: `rest` begins near it.
struct Parser<'a> {
    rest: &'a str,
}

impl Parser<'_> {
    fn value(&mut self, depth: usize) -> Option<Value> {
        Some(match self.next()? {
            b'{' => {
                let depth = depth.checked_sub(1)?;
                let mut members = Vec::new();
                self.items(b'}', |parser| {
                    (parser.next()? == b'"').then_some(())?;
                    let name = parser.string()?;
                    parser.takes(b':').then_some(())?;
                    members.push((name, parser.value(depth)?));
                    Some(())
                })?;
                Value::Object(Object::new(members))
            }
            b'[' => {
                let depth = depth.checked_sub(1)?;
                let mut items = Vec::new();
                self.items(b']', |parser| {
                    items.push(parser.value(depth)?);
                    Some(())
                })?;
                Value::Array(items)
            }
            b'"' => Value::String(self.string()?),
            b't' => self.word("true", Value::Bool(true))?,
            b'f' => self.word("false", Value::Bool(false))?,
            b'n' => self.word("null", Value::Null)?,
            _ => self.number()?,
        })
    }

    /// The next byte behind blanks.
    fn next(&mut self) -> Option<u8> {
        self.rest = self.rest.trim_start_matches([' ', '\n', '\r', '\t']);
        self.rest.as_bytes().first().copied()
    }

    /// Goes past the next byte, which is ASCII, if it is this one.
    fn takes(&mut self, byte: u8) -> bool {
        let is = self.next() == Some(byte);
        if is {
            self.rest = self.rest.get(1..).unwrap_or_default();
        }
        is
    }

    /// What stands between brackets: `item` reads one, commas are read here.
    fn items(&mut self, end: u8, mut item: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.rest = self.rest.get(1..)?;
        if self.takes(end) {
            return Some(());
        }
        loop {
            item(self)?;
            if self.takes(end) {
                return Some(());
            }
            self.takes(b',').then_some(())?;
        }
    }

    fn word(&mut self, word: &str, value: Value) -> Option<Value> {
        self.rest = self.rest.strip_prefix(word)?;
        Some(value)
    }

    /// Stricter than CSS: no plus, no zeros in front, a digit before the point. What CSS leaves is no JSON either.
    fn number(&mut self) -> Option<Value> {
        let digits = self.rest.strip_prefix('-').unwrap_or(self.rest).as_bytes();
        let zero_first = digits.first() == Some(&b'0') && digits.get(1).is_some_and(u8::is_ascii_digit);
        if zero_first || !digits.first()?.is_ascii_digit() {
            return None;
        }
        let (number, rest) = split_decimal(self.rest)?;
        self.rest = rest;
        Some(Value::Number(number))
    }

    fn string(&mut self) -> Option<String> {
        let mut out = String::new();
        self.rest = self.rest.get(1..)?;
        loop {
            let end = self.rest.bytes().position(|byte| matches!(byte, b'"' | b'\\' | 0..0x20))?;
            let (plain, rest) = self.rest.split_at_checked(end)?;
            out.push_str(plain);
            self.rest = rest;
            if let Some(rest) = rest.strip_prefix('"') {
                self.rest = rest;
                return Some(out);
            }
            out.push(self.escaped()?);
        }
    }

    /// The character that an escape stands for (§7).
    fn escaped(&mut self) -> Option<char> {
        let rest = self.rest.strip_prefix('\\')?;
        let kind = *rest.as_bytes().first()?;
        self.rest = rest.get(1..)?;
        Some(match kind {
            b'"' | b'\\' | b'/' => kind.into(),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let mut code = self.unit()?;
                if let 0xd800..0xdc00 = code {
                    self.rest = self.rest.strip_prefix("\\u")?;
                    let low @ 0xdc00..0xe000 = self.unit()? else { return None };
                    code = 0x1_0000 + ((code - 0xd800) << 10) + (low - 0xdc00);
                }
                char::from_u32(code)?
            }
            _ => return None,
        })
    }

    /// Four hexadecimal digits: one unit of UTF-16.
    fn unit(&mut self) -> Option<u32> {
        let (digits, rest) = self.rest.split_at_checked(4)?;
        self.rest = rest;
        digits.chars().try_fold(0, |unit, digit| Some(unit << 4 | digit.to_digit(16)?))
    }
}
