//! Mode 0: rows, byte by byte, as differences from the row before.

use super::{LONG, SHORT, byte, take};

/// Elements in a group.
const GROUP: usize = 16;

/// How the differences of one channel of four bytes are undone.
#[derive(Clone, Copy)]
enum Channel {
    /// Each byte by itself.
    Bytes,
    /// Two numbers of two bytes.
    Pairs,
    /// Bits that changed, turned to the left by so many.
    Bits(u32),
}

pub(super) fn decode(stream: &[u8], count: usize, stride: usize) -> Result<Vec<u8>, &'static str> {
    let (is_first, body) = match stream {
        [0xa0, body @ ..] => (true, body),
        [0xa1, body @ ..] => (false, body),
        _ => return Err("not a stream of attributes in a known version"),
    };
    let width = stride / 4;
    let (tail, least) = if is_first { (stride, 32) } else { (stride + width, 24) };
    let split = body.len().checked_sub(tail.max(least)).ok_or(SHORT)?;
    let (mut rest, padded) = body.split_at(split);
    let (row, modes) = padded.get(padded.len() - tail..).and_then(|tail| tail.split_at_checked(stride)).ok_or(SHORT)?;
    let mut last = row.to_vec();
    let mut channels = vec![Channel::Bytes; width];
    for (channel, mode) in channels.iter_mut().zip(modes) {
        *channel = match (mode & 15, mode >> 4) {
            (0, 0) => Channel::Bytes,
            (1, 0) => Channel::Pairs,
            (2, turned) => Channel::Bits(turned.into()),
            _ => return Err("a channel of an unknown mode"),
        };
    }
    let most = ((8192 / stride) & !(GROUP - 1)).min(256);
    let mut deltas = vec![0; most * stride];
    let mut out = vec![0; count.checked_mul(stride).ok_or("more than can be held")?];
    for block in out.chunks_mut(most * stride) {
        let elements = block.len() / stride;
        let controls = if is_first { &[][..] } else { take(&mut rest, width)? };
        for (place, row) in deltas.chunks_exact_mut(most).enumerate() {
            let control = controls.get(place / 4).map(|control| control >> (2 * (place % 4)) & 3);
            let row = row.get_mut(..elements.next_multiple_of(GROUP)).unwrap_or_default();
            read_row(&mut rest, control, elements, row)?;
        }
        let rows = deltas.chunks_exact(4 * most).zip(last.as_chunks_mut().0).zip(&channels);
        for (place, ((rows, last), channel)) in rows.enumerate() {
            undo(block, stride, 4 * place, rows, last, *channel);
        }
    }
    if rest.is_empty() { Ok(out) } else { Err(LONG) }
}

/// The differences of one byte of all elements of a block.
fn read_row(rest: &mut &[u8], control: Option<u8>, elements: usize, row: &mut [u8]) -> Result<(), &'static str> {
    let bits = match control {
        None => [0, 2, 4, 8],
        Some(0) => [0, 1, 2, 4],
        Some(1) => [1, 2, 4, 8],
        Some(2) => {
            row.fill(0);
            return Ok(());
        }
        Some(_) => {
            let literal = take(rest, elements)?;
            row.iter_mut().zip(literal).for_each(|(delta, literal)| *delta = *literal);
            return Ok(());
        }
    };
    let groups = row.len() / GROUP;
    let heads = take(rest, groups.div_ceil(4))?;
    for (place, group) in row.as_chunks_mut().0.iter_mut().enumerate() {
        let head = heads.get(place / 4).map_or(0, |head| head >> (2 * (place % 4)) & 3);
        read_group(rest, bits.get(usize::from(head)).copied().unwrap_or(0), group)?;
    }
    Ok(())
}

/// The differences of sixteen elements in so many bits each; one of all ones stands for a byte behind them.
fn read_group(rest: &mut &[u8], bits: u32, group: &mut [u8; GROUP]) -> Result<(), &'static str> {
    let packed = take(rest, 2 * bits as usize)?;
    match bits {
        0 => group.fill(0),
        8 => group.copy_from_slice(packed),
        _ => {
            let per_byte = 8 / bits;
            let sentinel = (1 << bits) - 1;
            let pieces = packed.iter().flat_map(|byte| {
                (0..per_byte).map(move |place| {
                    // Single bits begin at the lowest, others at the highest.
                    let shift = if bits == 1 { place } else { 8 - bits * (place + 1) };
                    byte >> shift & sentinel
                })
            });
            for (delta, piece) in group.iter_mut().zip(pieces) {
                *delta = if piece == sentinel { byte(rest)? } else { piece };
            }
        }
    }
    Ok(())
}

/// Four bytes of all elements of a block, from four rows of differences.
fn undo(block: &mut [u8], stride: usize, place: usize, rows: &[u8], last: &mut [u8; 4], channel: Channel) {
    let mut rows = rows.chunks_exact(rows.len() / 4);
    let [Some(a), Some(b), Some(c), Some(d)] = [rows.next(), rows.next(), rows.next(), rows.next()] else { return };
    let deltas = a.iter().zip(b).zip(c).zip(d).map(|(((a, b), c), d)| [*a, *b, *c, *d]);
    for (element, delta) in block.chunks_exact_mut(stride).zip(deltas) {
        *last = match channel {
            Channel::Bytes => {
                let [a, b, c, d] = delta.map(|delta| (delta >> 1) ^ (delta & 1).wrapping_neg());
                let [p, q, r, s] = *last;
                [p.wrapping_add(a), q.wrapping_add(b), r.wrapping_add(c), s.wrapping_add(d)]
            }
            Channel::Pairs => {
                let ([a, b, c, d], [p, q, r, s]) = (delta, *last);
                let next = |delta: [u8; 2], last: [u8; 2]| {
                    let delta = u16::from_le_bytes(delta);
                    let delta = (delta >> 1) ^ (delta & 1).wrapping_neg();
                    u16::from_le_bytes(last).wrapping_add(delta).to_le_bytes()
                };
                let ([p, q], [r, s]) = (next([a, b], [p, q]), next([c, d], [r, s]));
                [p, q, r, s]
            }
            Channel::Bits(turned) => {
                (u32::from_le_bytes(*last) ^ u32::from_le_bytes(delta).rotate_right(turned)).to_le_bytes()
            }
        };
        if let Some(target) = element.get_mut(place..place + 4) {
            target.copy_from_slice(last);
        }
    }
}
