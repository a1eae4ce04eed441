//! Pictures and words in codes: what lies as it lies by itself has no more than its name or text.

use super::super::artwork::{Artwork, FONTS, MOST_LAYERS, Motif, Placement, Words};
use super::{BadCode, Bits, Reader};

/// Names by contents have so many hexadecimal digits, each of which takes four bits.
const DIGITS: usize = 24;

impl Bits {
    fn signed(&mut self, value: i32) {
        self.number(u64::from(value.unsigned_abs()) << 1 | u64::from(value < 0));
    }

    fn placement(&mut self, placement: Placement) {
        let lies_by_itself = placement == Placement::default();
        self.put(u32::from(!lies_by_itself), 1);
        if !lies_by_itself {
            [placement.x, placement.y, placement.scale, placement.rotation]
                .into_iter()
                .for_each(|value| self.signed(value));
        }
    }

    pub(super) fn words(&mut self, words: &Words) {
        self.bytes(words.text.as_bytes());
        let ours = FONTS.iter().position(|font| font.id == words.font);
        match ours {
            Some(at) => self.number(at as u64 + 2),
            None if words.font.is_empty() => self.number(0),
            None => {
                self.number(1);
                self.bytes(words.font.as_bytes());
            }
        }
        self.put(u32::from(words.ink.is_some()), 1);
        words.ink.iter().flatten().for_each(|part| self.put(u32::from(*part), 8));
        self.placement(words.placement);
    }

    pub(super) fn artwork(&mut self, artwork: &Artwork) {
        self.number(artwork.0.len() as u64);
        for motif in &artwork.0 {
            match motif {
                Motif::Picture { name, placement } => {
                    let is_digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
                    let is_short = name.len() == DIGITS && name.bytes().all(is_digit);
                    self.put(if is_short { 0 } else { 1 }, 2);
                    if is_short {
                        name.chars().filter_map(|digit| digit.to_digit(16)).for_each(|digit| self.put(digit, 4));
                    } else {
                        self.bytes(name.as_bytes());
                    }
                    self.placement(*placement);
                }
                Motif::Words(words) => {
                    self.put(2, 2);
                    self.words(words);
                }
            }
        }
    }
}

impl Reader<'_> {
    fn signed(&mut self) -> Result<i32, BadCode> {
        let value = self.number()?;
        let size = i32::try_from(value >> 1).map_err(|_| BadCode)?;
        Ok(if value & 1 == 1 { -size } else { size })
    }

    fn placement(&mut self) -> Result<Placement, BadCode> {
        if self.take(1)? == 0 {
            return Ok(Placement::default());
        }
        let (x, y) = (self.signed()?, self.signed()?);
        let (scale, rotation) = (self.signed()?, self.signed()?);
        Ok(Placement { x, y, scale, rotation })
    }

    pub(super) fn words(&mut self) -> Result<Words, BadCode> {
        let text = self.text()?;
        let font = match self.number()? {
            0 => String::new(),
            1 => self.text()?,
            // A font of later days: the usual one is near enough.
            ours => FONTS.get(usize::try_from(ours - 2).unwrap_or(usize::MAX)).map_or("", |font| font.id).to_owned(),
        };
        let ink = match self.take(1)? {
            0 => None,
            _ => Some([self.take(8)? as u8, self.take(8)? as u8, self.take(8)? as u8]),
        };
        Ok(Words { text, font, ink, placement: self.placement()? })
    }

    pub(super) fn artwork(&mut self) -> Result<Artwork, BadCode> {
        let count = self.number()?;
        if count > MOST_LAYERS as u64 {
            return Err(BadCode);
        }
        let mut motifs = Vec::new();
        for _ in 0..count {
            motifs.push(match self.take(2)? {
                0 => {
                    let digit = |_| self.take(4).map(|digit| char::from_digit(digit, 16).unwrap_or('0'));
                    let name = (0..DIGITS).map(digit).collect::<Result<_, _>>()?;
                    Motif::Picture { name, placement: self.placement()? }
                }
                1 => Motif::Picture { name: self.text()?, placement: self.placement()? },
                2 => Motif::Words(self.words()?),
                _ => return Err(BadCode),
            });
        }
        Ok(Artwork(motifs))
    }
}
