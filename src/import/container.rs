//! GLB and plain glTF apart: which bytes are JSON, which are binary (glTF 2.0 §4.4).

use std::ops::Range;

use crate::issue::{Code, Issue, Issues};

const MAGIC: &[u8] = b"glTF";
const CHUNK_JSON: u32 = 0x4E4F_534A;
const CHUNK_BIN: u32 = 0x004E_4942;
const BYTE_ORDER_MARK: &[u8] = &[0xEF, 0xBB, 0xBF];

/// Where the parts of a file are.
#[derive(Debug, PartialEq)]
pub(crate) struct Parts {
    pub(crate) json: Range<usize>,
    pub(crate) bin: Option<Range<usize>>,
}

/// Finds the parts of a GLB or glTF file.
pub(super) fn split(bytes: &[u8], issues: &mut Issues) -> Result<Parts, Issue> {
    let mut parts = if bytes.starts_with(MAGIC) {
        split_glb(bytes, issues)?
    } else if looks_like_json(bytes) {
        Parts { json: 0..bytes.len(), bin: None }
    } else {
        let detail = if bytes.is_empty() { "the file is empty" } else { "unknown signature" };
        return Err(Issue::new(Code::NotGltf, "", detail));
    };
    if bytes.get(parts.json.clone()).is_some_and(|json| json.starts_with(BYTE_ORDER_MARK)) {
        issues.report(Code::Conformance, "", "the JSON begins with a byte order mark");
        parts.json.start += BYTE_ORDER_MARK.len();
    }
    Ok(parts)
}

fn looks_like_json(bytes: &[u8]) -> bool {
    let text = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
    text.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{')
}

fn split_glb(bytes: &[u8], issues: &mut Issues) -> Result<Parts, Issue> {
    let damaged = |detail: &str| Issue::new(Code::Container, "", detail);
    let version = word(bytes, 4).ok_or_else(|| damaged("the header is cut short"))?;
    if version != 2 {
        return Err(Issue::new(Code::Version, "", format!("GLB container version {version}")));
    }
    let stated = word(bytes, 8).ok_or_else(|| damaged("the header is cut short"))? as usize;
    if stated != bytes.len() {
        // Bytes decide, not the header: a wrong length alone loses nothing.
        let code = if stated > bytes.len() { Code::Container } else { Code::Conformance };
        issues.report(code, "", format!("the header says {stated} bytes, the file has {}", bytes.len()));
    }
    let end = if (20..bytes.len()).contains(&stated) { stated } else { bytes.len() };
    let (mut json, mut bin) = (None, None);
    let mut at = 12;
    while let (Some(length), Some(kind)) = (word(bytes, at), word(bytes, at + 4)) {
        if at + 8 > end {
            break;
        }
        let start = at + 8;
        let whole = start.saturating_add(length as usize);
        if whole > bytes.len() {
            issues.report(Code::Container, "", format!("a chunk of {length} bytes is cut to {}", bytes.len() - start));
        }
        let range = start..whole.min(bytes.len());
        match kind {
            CHUNK_JSON if json.is_none() => json = Some(range),
            CHUNK_BIN if bin.is_none() => bin = Some(range),
            _ => issues.report(Code::Conformance, "", "an additional chunk was passed over"),
        }
        at = whole;
    }
    if at < end {
        issues.report(Code::Container, "", "a chunk header is cut short");
    }
    let json = json.ok_or_else(|| damaged("there is no JSON chunk"))?;
    Ok(Parts { json, bin })
}

fn word(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}
