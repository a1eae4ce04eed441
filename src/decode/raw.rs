//! JSON as it is written: what is not changed stays byte for byte. All texts here have been parsed before.

use std::borrow::Cow;

use crate::json;

/// What stands between commas in an array or object.
pub(super) fn items(container: &str) -> Vec<&str> {
    let inner = container.trim_ascii();
    let inner = inner.get(1..inner.len().saturating_sub(1)).unwrap_or_default();
    let mut items = Vec::new();
    let (mut depth, mut in_text, mut escaped, mut start) = (0usize, false, false, 0);
    for (at, byte) in inner.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_text => escaped = true,
            b'"' => in_text = !in_text,
            _ if in_text => {}
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            b',' if depth == 0 => {
                items.extend(inner.get(start..at).map(str::trim_ascii));
                start = at + 1;
            }
            _ => {}
        }
    }
    items.extend(inner.get(start..).map(str::trim_ascii).filter(|last| !last.is_empty()));
    items
}

/// An array.
pub(super) fn array<T: AsRef<str>>(items: &[T]) -> String {
    let mut out = String::from("[");
    for item in items {
        if out.len() > 1 {
            out.push(',');
        }
        out.push_str(item.as_ref());
    }
    out.push(']');
    out
}

/// The members of an object, by their names without escapes; keys as they are written.
#[derive(Clone, Debug, Default)]
pub(super) struct Members<'a>(Vec<(String, Cow<'a, str>, Cow<'a, str>)>);

impl<'a> Members<'a> {
    pub(super) fn read(object: &'a str) -> Self {
        if !object.trim_ascii().starts_with('{') {
            return Self::default();
        }
        let member = |item: &'a str| {
            let mut escaped = false;
            let ends = |byte: u8| {
                let end = byte == b'"' && !escaped;
                escaped = byte == b'\\' && !escaped;
                end
            };
            let end = item.bytes().skip(1).position(ends)? + 2;
            let (key, rest) = item.split_at_checked(end)?;
            let name = json::parse(key).ok()?.as_str()?.to_owned();
            let value = rest.trim_ascii_start().strip_prefix(':')?.trim_ascii();
            Some((name, Cow::Borrowed(key), Cow::Borrowed(value)))
        };
        Self(items(object).into_iter().filter_map(member).collect())
    }

    /// The last of that name counts.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().rev().find(|member| member.0 == name).map(|member| &*member.2)
    }

    pub(super) fn remove(&mut self, name: &str) {
        self.0.retain(|member| member.0 != name);
    }

    /// The name needs no escapes.
    pub(super) fn set(&mut self, name: &str, value: impl Into<String>) {
        let value = Cow::Owned(value.into());
        match self.0.iter_mut().rev().find(|member| member.0 == name) {
            Some(member) => member.2 = value,
            None => self.0.push((name.to_owned(), Cow::Owned(format!("\"{name}\"")), value)),
        }
    }

    /// Takes out extensions, and what held them when it is empty.
    pub(super) fn drop_extensions(&mut self, names: &[&str]) {
        let Some(extensions) = self.get("extensions").map(str::to_owned) else { return };
        let mut extensions = Members::read(&extensions);
        let before = extensions.0.len();
        names.iter().for_each(|name| extensions.remove(name));
        if extensions.0.is_empty() {
            self.remove("extensions");
        } else if extensions.0.len() < before {
            self.set("extensions", extensions.write());
        }
    }

    pub(super) fn write(&self) -> String {
        let mut out = String::from("{");
        for (_, key, value) in &self.0 {
            if out.len() > 1 {
                out.push(',');
            }
            out.push_str(key);
            out.push(':');
            out.push_str(value);
        }
        out.push('}');
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_changed_stays_as_it_is_written() {
        let text = r#" { "a\"b" : [1.50, {"c": "},"}] , "\u0065xtensions":{"X":{}, "Y" : 1e400 },"n":-0.0}"#;
        let mut members = Members::read(text);
        assert_eq!(members.get("a\"b"), Some(r#"[1.50, {"c": "},"}]"#));
        members.drop_extensions(&["X", "Z"]);
        members.set("n", "2");
        members.set("new", "[]");
        let written = r#"{"a\"b":[1.50, {"c": "},"}],"\u0065xtensions":{"Y":1e400},"n":2,"new":[]}"#;
        assert_eq!(members.write(), written);
        members.drop_extensions(&["Y"]);
        assert_eq!(members.get("extensions"), None);
        assert_eq!(items("[ ]"), Vec::<&str>::new());
        assert_eq!(items(r#"[1, "a,]\\", [2,3]]"#), ["1", r#""a,]\\""#, "[2,3]"]);
    }
}
