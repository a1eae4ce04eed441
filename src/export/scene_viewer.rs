//! The address that opens Android's Scene Viewer (<https://developers.google.com/ar/develop/scene-viewer>).

use super::percent_encoded;
use super::quick_look::is_https;
use crate::issue::{Code, Issue};

/// What stands in a template for the configuration's code, and after the address went through a page's URL parser, which
/// escapes braces in a path.
const CODES: [&str; 2] = ["{code}", "%7Bcode%7D"];
/// The same for its file's name.
const FILES: [&str; 2] = ["{file}", "%7Bfile%7D"];
/// Longer names are cut; file systems take 255 bytes, and endings come behind.
const LONGEST_NAME: usize = 180;

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

/// The address of a configuration's own file: a template with the code, escaped, in each place of `{code}`, and with
/// [`file_name`] in each place of `{file}`.
pub fn file_of(template: &str, code: &str) -> String {
    let marks = [(CODES, percent_encoded(code)), (FILES, percent_encoded(&file_name(code)))];
    let mut out = String::new();
    let mut rest = template;
    while !rest.is_empty() {
        let starts = |mark: &str| {
            let start = rest.as_bytes().get(..mark.len());
            start.is_some_and(|start| start.eq_ignore_ascii_case(mark.as_bytes()))
        };
        let found = marks.iter().find_map(|(marks, text)| Some((marks.iter().find(|mark| starts(mark))?, text)));
        let length = if let Some((mark, text)) = found {
            out.push_str(text);
            mark.len()
        } else {
            out.extend(rest.chars().next());
            rest.chars().next().map_or(1, char::len_utf8)
        };
        rest = rest.get(length..).unwrap_or_default();
    }
    out
}

/// A code as the name of a file, without an ending. Codes tell large letters from small ones, and many disks do not: each
/// large letter is a small one with `~` behind it (`EbA` is `e~ba~`). What is longer than file systems take is cut, with
/// `~~` and 16 hexadecimal digits of its 64-bit FNV-1a hash (<http://www.isthe.com/chongo/tech/comp/fnv>) at its end.
pub fn file_name(code: &str) -> String {
    let mut name = String::new();
    for letter in code.chars() {
        name.push(letter.to_ascii_lowercase());
        if letter.is_ascii_uppercase() {
            name.push('~');
        }
    }
    if name.len() > LONGEST_NAME && name.is_ascii() {
        let mix = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3);
        let hash = code.bytes().fold(0xCBF2_9CE4_8422_2325, mix);
        name.truncate(LONGEST_NAME);
        name.push_str("~~");
        for digit in (0..16).rev() {
            let digit = (hash >> (4 * digit)) as u8 & 15;
            name.push(char::from(if digit < 10 { b'0' + digit } else { b'a' - 10 + digit }));
        }
    }
    name
}
