//! Less text for the same shader.
//!
//! All shaders share one table of names, as modules are joined from several. Whoever joins wrongly squeezed parts gets
//! an error of the shader's compiler: `tests/shaders.rs` validates every module as browsers get it.

use std::collections::{BTreeMap, BTreeSet};

/// Without comments and indentation. WGSL has no strings, so that two slashes always begin a comment.
pub(crate) fn bare(source: &str) -> String {
    let lines = source.lines().map(|line| line.split("//").next().unwrap_or_default().trim());
    lines.filter(|line| !line.is_empty()).flat_map(|line| [line, "\n"]).collect()
}

/// A short name for everything that the shaders declare, the shortest for what is written most.
pub(crate) struct Names(BTreeMap<String, String>);

impl Names {
    /// The names of all that `sources` declare, but for what Rust calls by name: entry points and overrides. Each source has
    /// a weight: what is used the most, by that measure, gets the shortest names.
    pub(crate) fn of<'a>(sources: impl Iterator<Item = (&'a str, usize)>) -> Self {
        let (mut declared, mut fixed) = (BTreeSet::new(), BTreeSet::from(["default"]));
        let mut used: BTreeMap<&str, usize> = BTreeMap::new();
        for (source, weight) in sources {
            let tokens: Vec<_> = tokens(source).map(|(_, token)| token).collect();
            let mut entry = false;
            for (at, token) in tokens.iter().enumerate() {
                let behind = |steps: usize| at.checked_sub(steps).and_then(|at| tokens.get(at)).copied().unwrap_or("");
                match *token {
                    "vertex" | "fragment" if behind(1) == "@" => entry = true,
                    word if is_word(word) => {
                        *used.entry(word).or_default() += weight;
                        let called_by_name = behind(1) == "override" || behind(1) == "fn" && entry;
                        let named = matches!(behind(1), "let" | "var" | "const" | "struct" | "fn")
                            || behind(1) == ">" && behind(4) == "var"
                            || tokens.get(at + 1) == Some(&":");
                        if called_by_name {
                            fixed.insert(word);
                        } else if named && !is_swizzle(word) {
                            declared.insert(word);
                        }
                        entry &= behind(1) != "fn";
                    }
                    _ => {}
                }
            }
        }
        let mut ordered: Vec<_> =
            declared.difference(&fixed).map(|word| (used.get(*word).copied().unwrap_or(0), *word)).collect();
        ordered.sort_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(other.1)));
        let mut fresh = (0..).map(short).filter(|name| !used.contains_key(name.as_str()));
        let pairs = ordered.into_iter().filter_map(|(_, word)| Some((word.to_owned(), fresh.next()?)));
        Self(pairs.filter(|(word, name)| name.len() < word.len()).collect())
    }

    /// A source with short names and without needless blanks.
    pub(crate) fn shorten(&self, source: &str) -> String {
        let mut out = String::new();
        let mut attribute = 0;
        for (apart, token) in tokens(source) {
            // `@builtin(position)`: words in the brackets of an attribute are the language's own.
            attribute = match (attribute, token) {
                (_, "@") => 1,
                (1, word) if is_word(word) => 2,
                (2, "(") => 3,
                (3, token) if token != ")" => 3,
                _ => 0,
            };
            let token = match self.0.get(token) {
                Some(name) if attribute == 0 => name,
                _ => token,
            };
            // Two words would run into one another, and two operators may become another one.
            let (last, next) = (out.chars().last().unwrap_or(';'), token.chars().next().unwrap_or(';'));
            if apart && (in_word(last) && in_word(next) || is_operator(last) && is_operator(next)) {
                out.push(' ');
            }
            out.push_str(token);
        }
        out.push('\n');
        out
    }
}

/// Words, numbers and single characters, each with whether blanks stand before it.
fn tokens(source: &str) -> impl Iterator<Item = (bool, &str)> {
    let mut rest = source;
    std::iter::from_fn(move || {
        let begun = rest.trim_start();
        let apart = begun.len() < rest.len();
        let first = begun.chars().next()?;
        let length = match first {
            '0'..='9' => begun.find(|c| !in_number(c)),
            c if in_word(c) => begun.find(|c| !in_word(c)),
            c => Some(c.len_utf8()),
        };
        let (token, after) = begun.split_at(length.unwrap_or(begun.len()));
        rest = after;
        Some((apart, token))
    })
}

fn in_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

fn in_number(c: char) -> bool {
    in_word(c) || c == '.'
}

fn is_operator(c: char) -> bool {
    "+-*/%&|^!=<>".contains(c)
}

fn is_word(token: &str) -> bool {
    token.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
}

/// `.xyz`: nobody can tell these from a vector's parts.
fn is_swizzle(word: &str) -> bool {
    word.len() <= 4 && (word.chars().all(|c| "xyzw".contains(c)) || word.chars().all(|c| "rgba".contains(c)))
}

/// `A` to `Z`, then `A0` and on: no word of the language looks like these.
fn short(number: usize) -> String {
    let letter = char::from(b'A' + (number % 26) as u8);
    if number < 26 { letter.into() } else { format!("{letter}{:x}", number / 26 - 1) }
}
