//! A document with its bytes in one file: GLB (glTF 2.0 §4.4).

/// The file of a document and its buffer, each padded to four bytes; `None` where that would be 4 GB, which no length in it
/// could say.
pub fn container(json: &str, bin: &[u8]) -> Option<Vec<u8>> {
    let (json_length, bin_length) = (json.len().next_multiple_of(4), bin.len().next_multiple_of(4));
    let whole = json_length.checked_add(bin_length)?.checked_add(12 + 8 + 8)?;
    let length = u32::try_from(whole).ok()?;
    let mut out = Vec::with_capacity(whole);
    out.extend_from_slice(b"glTF");
    [2, length, json_length as u32].into_iter().for_each(|word| out.extend_from_slice(&word.to_le_bytes()));
    out.extend_from_slice(b"JSON");
    out.extend_from_slice(json.as_bytes());
    out.resize(20 + json_length, b' ');
    out.extend_from_slice(&(bin_length as u32).to_le_bytes());
    out.extend_from_slice(b"BIN\0");
    out.extend_from_slice(bin);
    out.resize(whole, 0);
    Some(out)
}
