//! Thousands of damaged streams and files: a typed answer each time, within the limits.

use anprobe::decode::{decode, meshopt};
use anprobe::import::{Limits, import};

use crate::{file, streams};

/// xorshift64*.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % end.max(1)
    }

    fn damage(&mut self, bytes: &mut Vec<u8>, from: usize) {
        for _ in 0..=self.below(4) {
            let at = from + self.below(bytes.len().saturating_sub(from));
            match self.below(5) {
                0 => bytes.truncate(at),
                1 => bytes.insert(at.min(bytes.len()), self.below(256) as u8),
                2 => bytes.get_mut(at).into_iter().for_each(|byte| *byte ^= 1 << self.below(8)),
                _ => bytes.get_mut(at).into_iter().for_each(|byte| *byte = self.below(256) as u8),
            }
        }
    }
}

#[test]
fn damaged_streams_give_as_many_bytes_as_they_say_or_a_reason() {
    let mut dice = Dice(7);
    let mut refused = 0;
    for (layout, stream, _) in streams::all() {
        for _ in 0..300 {
            let mut damaged = stream.clone();
            dice.damage(&mut damaged, 0);
            let count = if dice.below(3) == 0 { dice.below(4000) } else { layout.count };
            let layout = meshopt::Layout { count, ..layout };
            match meshopt::decode(&damaged, &layout) {
                Ok(bytes) => assert_eq!(bytes.len(), layout.count * layout.stride),
                Err(_) => refused += 1,
            }
        }
    }
    assert!(refused > 1000, "{refused} refused");
}

#[test]
fn damaged_files_are_read_or_refused_within_the_limits() {
    let limits = Limits { bytes: 1 << 20, nodes: 1000, ..Limits::default() };
    let mut dice = Dice(11);
    let (mut shown, mut refused) = (0, 0);
    let names = [
        "meshopt-ext.glb",
        "meshopt-khr.glb",
        "draco-edges.glb",
        "draco-fast.glb",
        "draco-sequential.glb",
        "instanced.glb",
    ];
    for name in names {
        let whole = file(name);
        let json = 20 + u32::from_le_bytes(whole[12..16].try_into().unwrap()) as usize;
        for round in 0..1500 {
            let mut damaged = whole.clone();
            // Two of three times the streams alone.
            dice.damage(&mut damaged, if round % 3 == 0 { 20 } else { json });
            match decode(damaged, &limits, |_| None) {
                Ok((plain, _)) => {
                    assert!(plain.len() <= 3 << 20, "{name}: {} bytes", plain.len());
                    // What comes out is as whole as the file lets it be: it reads without a panic.
                    shown += usize::from(import(plain).is_ok());
                }
                Err(_) => refused += 1,
            }
        }
    }
    assert!(shown > 500 && refused > 300, "{shown} shown, {refused} refused");
}
