//! Archives, read as the format's specification has them.

use anprobe::export::Archive;

/// One file as its two headers describe it.
#[derive(Debug, PartialEq)]
pub(crate) struct Stored {
    pub(crate) name: String,
    pub(crate) start: usize,
    pub(crate) content: Vec<u8>,
}

fn number(bytes: &[u8], at: usize, width: usize) -> usize {
    bytes[at..at + width].iter().rev().fold(0, |sum, byte| sum << 8 | usize::from(*byte))
}

/// CRC-32 bit by bit, as the standard defines it.
fn crc(content: &[u8]) -> usize {
    let bit = |sum: u32, bit: u8| if (sum ^ u32::from(bit)) & 1 == 1 { sum >> 1 ^ 0xEDB8_8320 } else { sum >> 1 };
    let sum = content.iter().fold(!0_u32, |sum, byte| (0..8).fold(sum, |sum, place| bit(sum, byte >> place)));
    !sum as usize
}

/// Reads an archive from its end, and checks each local header against the directory.
pub(crate) fn read(bytes: &[u8]) -> Vec<Stored> {
    let end = bytes.len() - 22;
    assert_eq!(&bytes[end..end + 4], b"PK\x05\x06");
    let (count, mut at) = (number(bytes, end + 10, 2), number(bytes, end + 16, 4));
    assert_eq!(at + number(bytes, end + 12, 4), end, "the directory ends where the end begins");
    let mut files = Vec::new();
    let mut before = 0;
    for _ in 0..count {
        assert_eq!(&bytes[at..at + 4], b"PK\x01\x02");
        let (name_length, local) = (number(bytes, at + 28, 2), number(bytes, at + 42, 4));
        assert_eq!(local, before, "files lie one behind the other");
        assert_eq!(&bytes[local..local + 4], b"PK\x03\x04");
        // Version, flags, method, time, date, CRC and sizes.
        assert_eq!(bytes[at + 6..at + 28], bytes[local + 4..local + 26]);
        assert_eq!(number(bytes, at + 10, 2), 0, "stored");
        assert_eq!(number(bytes, at + 8, 2) & 1, 0, "not encrypted");
        let length = number(bytes, at + 20, 4);
        assert_eq!(length, number(bytes, at + 24, 4));
        assert_eq!(number(bytes, local + 26, 2), name_length);
        let extra = number(bytes, local + 28, 2);
        if extra > 0 {
            assert_eq!(number(bytes, local + 30 + name_length + 2, 2) + 4, extra, "one field of padding");
        }
        let start = local + 30 + name_length + extra;
        let content = bytes[start..start + length].to_vec();
        assert_eq!(number(bytes, at + 16, 4), crc(&content));
        let name = String::from_utf8(bytes[at + 46..at + 46 + name_length].to_vec()).unwrap();
        files.push(Stored { name, start, content });
        before = start + length;
        at += 46 + name_length + number(bytes, at + 30, 2) + number(bytes, at + 32, 2);
    }
    assert_eq!(at, end);
    files
}

#[test]
fn files_of_every_length_come_back_from_where_they_must_lie() {
    for alignment in [1, 64] {
        let mut archive = Archive::new(alignment);
        let files: Vec<(String, Vec<u8>)> =
            (0..150).map(|at: usize| (format!("{}ä.bin", "n".repeat(at % 70)), vec![at as u8; at * 7 % 331])).collect();
        for (name, content) in &files {
            assert!(archive.add(name, content));
        }
        let read = read(&archive.finish());
        assert_eq!(read.len(), files.len());
        for (stored, (name, content)) in read.iter().zip(&files) {
            assert_eq!((&stored.name, &stored.content), (name, content));
            assert_eq!(stored.start % alignment, 0, "{name}");
        }
    }
}

#[test]
fn equal_files_make_equal_archives() {
    let make = || {
        let mut archive = Archive::new(64);
        assert!(archive.add("a", b"one") && archive.add("b", b""));
        archive.finish()
    };
    assert_eq!(make(), make());
}
