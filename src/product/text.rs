//! Words in any number of languages.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};

/// What a customer reads: one text for all languages, or one for each, by BCP 47 tag (`en`, `de`, `pt-BR`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text(BTreeMap<String, String>);

/// The key of a text that is the same in all languages.
const ANY: &str = "";

impl Text {
    /// The same in all languages.
    pub fn plain(text: &str) -> Self {
        Self(BTreeMap::from([(ANY.to_owned(), text.to_owned())]))
    }

    /// The text for a language: the exact tag, then its primary language, then English, then the first there is.
    pub fn in_language(&self, tag: &str) -> &str {
        let primary = tag.get(..tag.bytes().position(|byte| byte == b'-').unwrap_or(tag.len()));
        let known = [Some(tag), primary, Some("en"), Some(ANY)].into_iter().flatten().find_map(|tag| self.0.get(tag));
        known.or_else(|| self.0.values().next()).map_or("", String::as_str)
    }

    /// Whether there is nothing to read.
    pub fn is_empty(&self) -> bool {
        self.0.values().all(String::is_empty)
    }

    /// The languages that it is written in; none for one that is the same in all.
    pub fn languages(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str).filter(|tag| *tag != ANY)
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        struct Words;
        impl<'de> Visitor<'de> for Words {
            type Value = Text;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("a text, or an object of texts by language")
            }

            fn visit_str<E>(self, text: &str) -> Result<Text, E> {
                Ok(Text::plain(text))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Text, A::Error> {
                let mut texts = BTreeMap::new();
                while let Some((tag, text)) = map.next_entry()? {
                    texts.insert(tag, text);
                }
                Ok(Text(texts))
            }
        }
        reader.deserialize_any(Words)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Text {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Text".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "What a customer reads: one text for all languages, or one for each, by BCP 47 tag.",
            "anyOf": [
                { "type": "string" },
                { "type": "object", "additionalProperties": { "type": "string" }, "minProperties": 1 },
            ],
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_language_is_read() {
        let text: Text = serde_json::from_str(r#"{"de":"Schirm","en":"Shade","pt-BR":"Cúpula"}"#).unwrap();
        for (tag, expected) in
            [("de", "Schirm"), ("de-AT", "Schirm"), ("fr", "Shade"), ("pt-BR", "Cúpula"), ("", "Shade")]
        {
            assert_eq!(text.in_language(tag), expected, "{tag}");
        }
        let plain: Text = serde_json::from_str(r#""Lumo""#).unwrap();
        assert_eq!(plain.in_language("de"), "Lumo");
        assert_eq!(plain.languages().count(), 0);
        assert!(serde_json::from_str::<Text>("3").is_err());
    }
}
