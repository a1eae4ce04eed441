//! ZIP archives (PKWARE's APPNOTE 6.3). The archive compresses nothing itself: a file is stored as it is, or comes deflated.

/// Bytes of a file's header before its name, in front of it and in the directory.
const LOCAL: usize = 30;
/// Marks padding; the number that OpenUSD's own writer uses.
const PADDING: u16 = 0x1986;
/// 1980-01-01, the first day that an archive knows: equal products make equal files.
const FIRST_DAY: u16 = 0x0021;
/// The versions that a reader must know: 1.0 knows stored files, 2.0 deflated ones.
const STORES: u16 = 10;
const INFLATES: u16 = 20;
/// The method's number.
const DEFLATED: u16 = 8;
/// Names are UTF-8.
const UTF_8: u16 = 1 << 11;

/// An archive in the making. Its files stand in the order in which they are added.
#[derive(Debug)]
pub struct Archive {
    alignment: usize,
    bytes: Vec<u8>,
    directory: Vec<u8>,
    count: u16,
    sum: Sum,
}

impl Archive {
    /// An empty archive in which the contents of each file begin at a multiple of `alignment`: 64 for USDZ, 1 for any.
    pub fn new(alignment: usize) -> Self {
        let alignment = alignment.clamp(1, 0x8000);
        Self { alignment, bytes: Vec::new(), directory: Vec::new(), count: 0, sum: Sum::default() }
    }

    /// Adds a file. False, with nothing added, when the archive would pass the 4 GB, 65,535 files or 65,535 bytes of a
    /// name that it can count.
    #[must_use]
    pub fn add(&mut self, name: &str, content: &[u8]) -> bool {
        let mut sum = self.sum.clone();
        sum.take(content);
        self.put(name, (content.len(), sum.value()), content, false)
    }

    /// Adds a file whose content was deflated (RFC 1951, without the frame of zlib): its length and sum are those of what
    /// comes out again. False as [`Archive::add`] has it.
    #[must_use]
    pub fn add_deflated(&mut self, name: &str, length: usize, sum: &Sum, deflated: &[u8]) -> bool {
        self.put(name, (length, sum.value()), deflated, true)
    }

    fn put(&mut self, name: &str, (length, crc): (usize, u32), content: &[u8], is_deflated: bool) -> bool {
        let start = self.bytes.len();
        let padding = self.padding(start + LOCAL + name.len());
        let end = start as u64 + (LOCAL + name.len() + padding + content.len()) as u64;
        let (Ok(length), Ok(packed), Ok(_)) = (
            u32::try_from(length),
            u32::try_from(content.len()),
            u32::try_from(end + self.directory.len() as u64 + 70_000),
        ) else {
            return false;
        };
        if name.len() > usize::from(u16::MAX) || self.count == u16::MAX {
            return false;
        }
        let (version, method) = if is_deflated { (INFLATES, DEFLATED) } else { (STORES, 0) };
        let common = |out: &mut Vec<u8>, extra: usize| {
            // The time of day is midnight.
            [version, UTF_8, method, 0, FIRST_DAY].into_iter().for_each(|number| push_16(out, number));
            [crc, packed, length].into_iter().for_each(|number| push_32(out, number));
            push_16(out, name.len() as u16);
            push_16(out, extra as u16);
        };
        push_32(&mut self.bytes, 0x0403_4B50);
        common(&mut self.bytes, padding);
        self.bytes.extend_from_slice(name.as_bytes());
        if padding > 0 {
            push_16(&mut self.bytes, PADDING);
            push_16(&mut self.bytes, (padding - 4) as u16);
            self.bytes.resize(self.bytes.len() + padding - 4, 0);
        }
        self.bytes.extend_from_slice(content);
        push_32(&mut self.directory, 0x0201_4B50);
        push_16(&mut self.directory, version);
        common(&mut self.directory, 0);
        // Length of a comment, number of the disk, attributes of two kinds.
        self.directory.resize(self.directory.len() + 10, 0);
        push_32(&mut self.directory, start as u32);
        self.directory.extend_from_slice(name.as_bytes());
        self.count += 1;
        true
    }

    /// The whole archive.
    pub fn finish(mut self) -> Vec<u8> {
        let (start, length) = (self.bytes.len() as u32, self.directory.len() as u32);
        self.bytes.append(&mut self.directory);
        push_32(&mut self.bytes, 0x0605_4B50);
        [0, 0, self.count, self.count].into_iter().for_each(|number| push_16(&mut self.bytes, number));
        [length, start].into_iter().for_each(|number| push_32(&mut self.bytes, number));
        push_16(&mut self.bytes, 0);
        self.bytes
    }

    /// Bytes of padding, its own header of four included, behind a name that ends at `end`.
    fn padding(&self, end: usize) -> usize {
        match (self.alignment - end % self.alignment) % self.alignment {
            0 => 0,
            lacking @ 1..4 => lacking + self.alignment.max(4).next_multiple_of(self.alignment),
            lacking => lacking,
        }
    }
}

/// CRC-32 (ITU-T V.42), piece by piece. A crate's is eight times as quick with eight times the table, which a customer would
/// download.
#[derive(Clone, Debug)]
pub struct Sum {
    table: [u32; 256],
    inverse: u32,
}

impl Default for Sum {
    fn default() -> Self {
        Self { table: table(), inverse: !0 }
    }
}

impl Sum {
    /// Takes what comes next.
    pub fn take(&mut self, content: &[u8]) {
        self.inverse = content.iter().fold(self.inverse, |sum: u32, byte| {
            let entry = self.table.get((sum as u8 ^ byte) as usize).copied().unwrap_or(0);
            sum >> 8 ^ entry
        });
    }

    /// The sum of all that was taken.
    pub fn value(&self) -> u32 {
        !self.inverse
    }
}

/// The remainders of all bytes.
fn table() -> [u32; 256] {
    let mut table = [0; 256];
    for (byte, entry) in (0..).zip(&mut table) {
        let step = |sum: u32, _| if sum & 1 == 1 { sum >> 1 ^ 0xEDB8_8320 } else { sum >> 1 };
        *entry = (0..8).fold(byte, step);
    }
    table
}

fn push_16(out: &mut Vec<u8>, number: u16) {
    out.extend_from_slice(&number.to_le_bytes());
}

fn push_32(out: &mut Vec<u8>, number: u32) {
    out.extend_from_slice(&number.to_le_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sum_is_the_standards_own() {
        let mut sum = Sum::default();
        assert_eq!(sum.value(), 0);
        sum.take(b"1234");
        sum.take(b"56789");
        assert_eq!(sum.value(), 0xCBF4_3926);
    }

    #[test]
    fn padding_has_room_for_its_own_header_and_ends_on_a_line() {
        for alignment in [1, 2, 4, 64] {
            let archive = Archive::new(alignment);
            for end in 0..200 {
                let padding = archive.padding(end);
                assert_eq!((end + padding) % alignment, 0);
                assert!(padding == 0 || padding >= 4, "{end} {padding}");
            }
        }
    }

    #[test]
    fn what_cannot_be_counted_is_not_added() {
        let mut archive = Archive::new(64);
        assert!(!archive.add(&"n".repeat(70_000), b""));
        assert_eq!(archive.finish().len(), 22, "an empty archive");
    }
}
