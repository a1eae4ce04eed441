//! A Wasm module's sections and what they are made of (<https://webassembly.github.io/spec/core/binary/modules.html>).

use anyhow::{Context, Result, bail};

/// The module with other contents in its sections: `change` takes each one's number and contents.
pub(crate) fn changed(wasm: &[u8], mut change: impl FnMut(u8, &[u8]) -> Result<Vec<u8>>) -> Result<Vec<u8>> {
    let (head, mut rest) = wasm.split_at_checked(8).context("no Wasm module")?;
    let mut out = head.to_vec();
    while let Some((&id, after)) = rest.split_first() {
        rest = after;
        let size = number(&mut rest)?;
        let contents = change(id, take(&mut rest, size)?)?;
        out.push(id);
        push_number(&mut out, contents.len());
        out.extend(contents);
    }
    Ok(out)
}

/// The next bytes.
pub(crate) fn take<'a>(rest: &mut &'a [u8], count: usize) -> Result<&'a [u8]> {
    let (taken, after) = rest.split_at_checked(count).context("the module is cut short")?;
    *rest = after;
    Ok(taken)
}

/// A text behind its length.
pub(crate) fn name<'a>(rest: &mut &'a [u8]) -> Result<&'a str> {
    let length = number(rest)?;
    Ok(std::str::from_utf8(take(rest, length)?)?)
}

/// Unsigned LEB128, as the Wasm specification has it.
pub(crate) fn number(rest: &mut &[u8]) -> Result<usize> {
    let mut value = 0;
    for shift in (0..35).step_by(7) {
        let byte = take(rest, 1)?[0];
        value |= usize::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Ok(value);
        }
    }
    bail!("a number of the module is too long")
}

/// The same to be read again.
pub(crate) fn push_number(out: &mut Vec<u8>, mut value: usize) {
    while value > 0x7f {
        out.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// A text behind its length, to be read again.
pub(crate) fn push_name(out: &mut Vec<u8>, name: &str) {
    push_number(out, name.len());
    out.extend(name.as_bytes());
}
