//! The JSON of a file as exporters get it: as it was, without the bytes that stand in it.

use crate::text::split_once;

/// A copy of a glTF JSON in which the data URIs of buffers and images end after their comma. Their bytes are decoded by
/// then, and would stay in memory a second time, a third larger.
pub(super) fn without_data(json: &str) -> Box<str> {
    let mut out = String::new();
    let mut rest = json;
    let mut depth = 0usize;
    // The last text before an array of the document is its name, the last before a value its key.
    let (mut list, mut last) = ("", "");
    while let Some((before, text, after)) = next_text(rest) {
        for byte in before.bytes() {
            match byte {
                b'{' | b'[' => depth += 1,
                b'}' | b']' => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
        if depth == 1 {
            list = text;
        }
        let is_data = depth == 3 && last == "uri" && matches!(list, "buffers" | "images");
        let is_data = is_data && text.get(..5).is_some_and(|s| s.eq_ignore_ascii_case("data:"));
        let comma = text.bytes().position(|byte| byte == b',' && is_data);
        out.push_str(before);
        out.push('"');
        out.push_str(comma.and_then(|comma| text.get(..=comma)).unwrap_or(text));
        out.push('"');
        (rest, last) = (after, text);
    }
    out.push_str(rest);
    out.into_boxed_str()
}

/// What comes before the next text in quotes, the text itself, and what comes after.
fn next_text(json: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = split_once(json, b'"')?;
    let mut escaped = false;
    let ends = |byte: u8| {
        let end = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        end
    };
    let end = rest.bytes().position(ends)?;
    Some((before, rest.get(..end)?, rest.get(end + 1..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_of_buffers_and_images_is_cut_and_nothing_else() {
        let json = r#"{ "buffers": [{ "uri": "data:a/b;base64,QUJD", "extras": { "uri": "data:,x" } }, { "uri": "a,b" }],
            "images": [{ "name": "uri", "mimeType": "data:,y" }, { "na\"me": "}", "uri" : "DATA:,%20" }],
            "extras": [{ "uri": "data:,z" }], "asset": { "ünï": "\\" } }"#;
        let kept = json.replace("QUJD", "").replace("%20", "");
        assert_eq!(&*without_data(json), kept);
        assert_eq!(&*without_data("{ \"buffers"), "{ \"buffers");
    }
}
