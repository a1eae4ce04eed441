//! The address that opens Android's Scene Viewer (<https://developers.google.com/ar/develop/scene-viewer>).

use super::percent_encoded;
use super::quick_look::is_https;
use crate::issue::{Code, Issue};

/// What stands in a template for the configuration's code.
const CODE: &str = "{code}";
/// The same after an address went through a page's URL parser, which escapes braces in a path.
const ESCAPED_CODE: &str = "%7Bcode%7D";

/// What Scene Viewer is told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Intent {
    /// The hosted `.glb` or `.gltf`: absolute, `https:`.
    pub file: String,
    /// In the room at once where that can be (`ar_preferred`), or only there (`ar_only`).
    pub is_ar_only: bool,
    /// The product may be made larger and smaller.
    pub is_resizable: bool,
    /// It may hang on a wall.
    pub is_vertical: bool,
    /// The product's name; Scene Viewer cuts it after 60 characters. Empty for none.
    pub title: String,
    /// A page to buy it at, `https:`; empty for none.
    pub link: String,
    /// A sound to loop, `https:`; empty for none.
    pub sound: String,
    /// The page for a phone without Scene Viewer, `https:`; empty for none.
    pub fallback: String,
}

impl Intent {
    /// The address of the intent.
    ///
    /// # Errors
    ///
    /// [`Code::ArAddress`] when the file, or another address that is given, is not an absolute `https:` one: Scene Viewer is
    /// another program and sees no `blob:` or `data:` of a page.
    pub fn url(&self) -> Result<String, Issue> {
        let optional = [("link", &self.link), ("sound", &self.sound), ("fallback", &self.fallback)];
        let given = optional.into_iter().filter(|(_, address)| !address.is_empty());
        for (name, address) in [("file", &self.file)].into_iter().chain(given) {
            if !is_https(address) {
                let start: String = address.chars().take(80).collect();
                return Err(Issue::new(Code::ArAddress, name, start));
            }
        }
        let mut url = String::from("intent://arvr.google.com/scene-viewer/1.2?mode=");
        url.push_str(if self.is_ar_only { "ar_only" } else { "ar_preferred" });
        if !self.is_resizable {
            url.push_str("&resizable=false");
        }
        if self.is_vertical {
            url.push_str("&enable_vertical_placement=true");
        }
        for (name, value) in
            [("&title=", &self.title), ("&link=", &self.link), ("&sound=", &self.sound), ("&file=", &self.file)]
        {
            if !value.is_empty() {
                url.push_str(name);
                url.push_str(&percent_encoded(value));
            }
        }
        url.push_str("#Intent;scheme=https;package=");
        url.push_str(if self.is_ar_only { "com.google.ar.core" } else { "com.google.android.googlequicksearchbox" });
        url.push_str(";action=android.intent.action.VIEW;");
        if !self.fallback.is_empty() {
            url.push_str("S.browser_fallback_url=");
            url.push_str(&percent_encoded(&self.fallback));
            url.push(';');
        }
        url.push_str("end;");
        Ok(url)
    }
}

/// The address of a configuration's own file: a template with the code, escaped, in each place of `{code}`.
pub fn file_of(template: &str, code: &str) -> String {
    let code = percent_encoded(code);
    let mut out = String::new();
    let mut rest = template;
    while !rest.is_empty() {
        let mark = [CODE, ESCAPED_CODE].into_iter().find(|mark| {
            let start = rest.as_bytes().get(..mark.len());
            start.is_some_and(|start| start.eq_ignore_ascii_case(mark.as_bytes()))
        });
        let length = if let Some(mark) = mark {
            out.push_str(&code);
            mark.len()
        } else {
            out.extend(rest.chars().next());
            rest.chars().next().map_or(1, char::len_utf8)
        };
        rest = rest.get(length..).unwrap_or_default();
    }
    out
}
