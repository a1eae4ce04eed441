//! Why no camera was found.

use crate::issue::{Code, Issue};

/// What is wrong with marked points. Points are counted as they were given, from 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Fault {
    /// Fewer than four in a picture, or three in a room; so many there are.
    TooFew(usize),
    /// Two are one and the same, on the product or in the picture.
    Coincident(usize, usize),
    /// All lie on a line, on the product or in the picture: it can be turned around that line.
    Line,
    /// Two were taken for each other.
    Swapped(usize, usize),
    /// This one is not where the others say; the others agree.
    Outlier(usize),
    /// They do not belong together, and it cannot be told which is wrong.
    Apart,
}

impl Fault {
    /// Its stable spelling.
    pub fn code(self) -> Code {
        match self {
            Self::TooFew(_) => Code::AlignFew,
            Self::Coincident(..) => Code::AlignCoincident,
            Self::Line => Code::AlignLine,
            Self::Swapped(..) => Code::AlignSwapped,
            Self::Outlier(_) => Code::AlignOutlier,
            Self::Apart => Code::AlignApart,
        }
    }

    /// The points that it is about, by number; none where it is about all.
    pub fn points(self) -> Vec<usize> {
        match self {
            Self::Coincident(one, other) | Self::Swapped(one, other) => vec![one, other],
            Self::Outlier(one) => vec![one],
            Self::TooFew(_) | Self::Line | Self::Apart => Vec::new(),
        }
    }

    /// The same as an issue; the path is that of the point among those that were given.
    pub fn issue(self) -> Issue {
        let path = self.points().first().map_or_else(String::new, |point| format!("/{point}"));
        let detail = match self {
            Self::TooFew(there) => format!("{there} points"),
            _ => String::new(),
        };
        Issue::new(self.code(), path, detail)
    }
}
