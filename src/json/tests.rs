use std::fmt::Write;

use serde_json::Value as Other;

use super::{Fault, MOST_DEPTH, Value, parse};

/// Numbers that look random, the same each time (<https://en.wikipedia.org/wiki/Linear_congruential_generator>).
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }

    fn document(&mut self, depth: usize, out: &mut String) {
        let blank = [" ", "\n", "\r\n\t", "", "", ""];
        *out += self.one(&blank);
        match self.below(if depth == 0 { 4 } else { 8 }) {
            0 => *out += self.one(&["true", "false", "null", "{}", "[]", "\"\"", "[ ]", "{ }"]),
            1 => self.text(out),
            2 => *out += self.one(&["0", "-0", "1", "-1.5", "2e3", "2E+3", "4294967295", "9007199254740992", "1e-7"]),
            3 => drop(write!(out, "{}.{:04}e{}", self.below(100_000), self.below(10_000), self.below(40) as i32 - 20)),
            4 | 5 => {
                *out += "[";
                for item in 0..self.below(5) {
                    *out += if item > 0 { "," } else { "" };
                    self.document(depth - 1, out);
                }
                *out += "]";
            }
            _ => {
                *out += "{";
                for member in 0..self.below(6) {
                    *out += if member > 0 { "," } else { "" };
                    self.text(out);
                    *out += self.one(&[":", " :", ": "]);
                    self.document(depth - 1, out);
                }
                *out += "}";
            }
        }
        *out += self.one(&blank);
    }

    fn text(&mut self, out: &mut String) {
        let pieces =
            ["a", "b", "uri", "ü", "€", "😀", "\\n", "\\\"", "\\\\", "\\/", "\\u00e4", "\\ud83d\\uDE00", "/", "\u{7f}"];
        *out += "\"";
        for _ in 0..self.below(4) {
            *out += self.one(&pieces);
        }
        *out += "\"";
    }

    /// A document with one piece left out, doubled or replaced.
    fn damaged(&mut self, document: &str) -> String {
        let mut characters: Vec<char> = document.chars().collect();
        let at = self.below(characters.len());
        let wrong =
            ['"', '\\', '{', '}', '[', ']', ',', ':', '0', '.', 'e', '-', '+', 'u', ' ', '\n', '\u{1}', '\u{a0}', 'ü'];
        match self.below(4) {
            0 => drop(characters.remove(at)),
            1 => characters.insert(at, wrong[self.below(wrong.len())]),
            2 => characters[at] = wrong[self.below(wrong.len())],
            _ => characters.truncate(at),
        }
        characters.into_iter().collect()
    }
}

/// The same value, where numbers are the same to a glTF reader.
fn same(ours: &Value, other: &Other) -> bool {
    match (ours, other) {
        (Value::Null, Other::Null) => true,
        (Value::Bool(one), Other::Bool(two)) => one == two,
        (Value::String(one), Other::String(two)) => one == two,
        (Value::Number(one), Other::Number(two)) => {
            let whole = two.as_u64().is_none_or(|number| number > 1 << 53 || ours.as_u64() == Some(number));
            whole && two.as_f64().is_some_and(|two| *one as f32 == two as f32)
        }
        (Value::Array(one), Other::Array(two)) => {
            one.len() == two.len() && one.iter().zip(two).all(|(one, two)| same(one, two))
        }
        (Value::Object(one), Other::Object(two)) => {
            one.iter().count() == two.len()
                && two.iter().all(|(name, two)| one.get(name).is_some_and(|one| same(one, two)))
        }
        _ => false,
    }
}

/// Whether both readers have the same to say.
fn assert_agrees(text: &str) -> bool {
    let other: Result<Other, _> = serde_json::from_str(text);
    let ours = parse(text);
    let agrees = match (&ours, &other) {
        (Ok(ours), Ok(other)) => same(ours, other),
        (Err(_), Err(_)) => true,
        // Too large a number is a bad value to us, and no JSON to the other.
        (Ok(_), Err(error)) => error.to_string().starts_with("number out of range"),
        (Err(_), Ok(_)) => false,
    };
    assert!(agrees, "{text:?}: {ours:?}, {other:?}");
    ours.is_ok()
}

#[test]
fn two_readers_agree_on_whole_and_damaged_documents() {
    let mut dice = Dice(7);
    let mut accepted = 0;
    for _ in 0..4_000 {
        let mut document = String::new();
        dice.document(4, &mut document);
        assert!(assert_agrees(&document), "{document}");
        for _ in 0..8 {
            let damaged = dice.damaged(&document);
            accepted += u32::from(assert_agrees(&damaged));
        }
    }
    assert!((2_000..30_000).contains(&accepted), "{accepted} of 32000 damaged ones are JSON all the same");
}

#[test]
fn two_readers_agree_on_every_rule() {
    for text in [
        "",
        " ",
        "nul",
        "nulll",
        "TRUE",
        "'a'",
        "[1,]",
        "[,1]",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{a:1}",
        "{1:1}",
        "1 2",
        "[1 2]",
        "]",
        "[}",
        "[1}",
        "{\"a\":1]",
        "\u{feff}1",
        "\u{a0}1",
        "1\u{c}",
        "/**/1",
    ]
    .into_iter()
    .chain([
        "0", "-0", "01", "-01", "00", "-", "+1", ".5", "-.5", "5.", "5.e1", "1e", "1e+", "1E-2", "1.5.2", "0x1", "NaN",
    ])
    .chain(["1e38", "1e39", "-1e300", "1e400", "1e-400", "1e99999999999", "0e99999999999"])
    .chain([r#""\x""#, r#""\u12g4""#, r#""\u+123""#, r#""\u12""#, r#""\ud800""#, r#""\ud800\u0041""#, r#""\udc00""#])
    .chain([
        r#""\ud83d\ude00\u0000""#,
        "\"\t\"",
        "\"\n\"",
        "\"\u{7f}\u{85}\"",
        "\"",
        "\"\\",
        "\"\\u",
        "\"\\\"",
        r#""\ü""#,
    ])
    .chain([r#"{"a":1,"b":2,"a":3,"a":4}"#, r#"{"b":1,"a":2,"":3}"#])
    {
        assert_agrees(text);
    }
}

#[test]
fn numbers_come_back_as_they_were() {
    let mut dice = Dice(3);
    for _ in 0..50_000 {
        let number = f32::from_bits((dice.below(1 << 16) as u32) << 16 | dice.below(1 << 16) as u32);
        if !number.is_finite() {
            continue;
        }
        // As one program writes an `f32`, as another writes it as `f64`, and with an exponent.
        for text in
            [number.to_string(), f64::from(number).to_string(), format!("{number:e}"), format!("{:.17e}", number)]
        {
            let read = parse(&text).ok().and_then(|value| value.as_f64()).map(|value| value as f32);
            // Numbers too small for all their digits may be off by the last bit.
            let apart = read.map(|read| read.to_bits().abs_diff(number.to_bits()));
            let allowed = u32::from(number.abs() < f32::MIN_POSITIVE);
            assert!(apart.is_some_and(|apart| apart <= allowed), "{text}: {read:?}");
        }
        let whole = u64::from(number.to_bits()) << 21;
        assert_eq!(parse(&whole.to_string()).ok().and_then(|value| value.as_u64()), Some(whole));
    }
    for (text, whole) in
        [("3.0", Some(3)), ("-0", Some(0)), ("-1", None), ("0.5", None), ("1e30", None), ("\"1\"", None)]
    {
        assert_eq!(parse(text).ok().and_then(|value| value.as_u64()), whole, "{text}");
    }
}

#[test]
fn hostile_documents_cost_no_more_than_their_length() {
    let deep = |depth| "[".repeat(depth) + &"]".repeat(depth);
    assert!(parse(&deep(MOST_DEPTH)).is_ok() && parse(&deep(MOST_DEPTH + 1)).is_err());
    assert!(parse(&"[".repeat(5_000_000)).is_err(), "no stack overflows");
    assert!(parse(&"{\"a\":".repeat(5_000_000)).is_err());
    // Members in the worst order, and of one name. With quadratic time this test would take an hour.
    let mut many = String::from("{\"z\":0");
    for name in (0..500_000).rev() {
        let _ = write!(many, ",\"{name:06}\":{name},\"a\":{name}");
    }
    many += "}";
    let many = parse(&many).unwrap_or_default();
    let number = |name: &str| many.get(name).and_then(Value::as_u64);
    assert_eq!(many.as_object().map(|members| members.iter().count()), Some(500_002));
    assert_eq!(
        [number("499999"), number("000000"), number("a"), number("z")],
        [Some(499_999), Some(0), Some(0), Some(0)]
    );
}

#[test]
fn a_fault_has_its_place() {
    assert_eq!(parse("{\n  \"a\": tru\n}"), Err(Fault { line: 2, column: 8 }));
    assert_eq!(parse("[1, 2"), Err(Fault { line: 1, column: 6 }));
    assert_eq!(parse("[]\n\n x"), Err(Fault { line: 3, column: 2 }));
}
