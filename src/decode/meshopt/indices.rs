//! Mode 2: indices as steps from one of two before.

use super::{LONG, SHORT, push, unzigzag, varint};

pub(super) fn decode(stream: &[u8], count: usize, stride: usize) -> Result<Vec<u8>, &'static str> {
    let [0xd1, body @ ..] = stream else { return Err("not a stream of indices in a known version") };
    let split = body.len().checked_sub(4).ok_or(SHORT)?;
    let (mut rest, _) = body.split_at(split);
    // Each takes a byte at least.
    if rest.len() < count {
        return Err(SHORT);
    }
    let mut out = Vec::with_capacity(count * stride);
    let (mut first, mut second) = (0u32, 0u32);
    for _ in 0..count {
        let value = varint(&mut rest)?;
        let last = if value & 1 == 0 { &mut first } else { &mut second };
        *last = last.wrapping_add(unzigzag(value >> 1));
        push(&mut out, *last, stride);
    }
    if rest.is_empty() { Ok(out) } else { Err(LONG) }
}
