//! Where in a text a JSON pointer leads: for messages that editors jump to.

/// Line and column, from 1, of the value that a JSON pointer (RFC 6901) names; of what is above it where it is not there.
pub(super) fn locate(text: &str, pointer: &str) -> (usize, usize) {
    let mut scan = Scan { bytes: text.as_bytes(), at: 0 };
    scan.space();
    let mut found = scan.at;
    for step in pointer.split('/').skip(1) {
        let step = step.replace("~1", "/").replace("~0", "~");
        if scan.enter(&step).is_none() {
            break;
        }
        found = scan.at;
    }
    let before = text.get(..found).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    (before.matches('\n').count() + 1, before.get(line_start..).map_or(0, |line| line.chars().count()) + 1)
}

struct Scan<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Scan<'_> {
    fn here(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn space(&mut self) {
        while self.here().is_some_and(|byte| byte.is_ascii_whitespace() || byte == b',' || byte == b':') {
            self.at += 1;
        }
    }

    /// Goes to a member or entry of the value that begins here.
    fn enter(&mut self, step: &str) -> Option<()> {
        let is_list = match self.here()? {
            b'[' => true,
            b'{' => false,
            _ => return None,
        };
        self.at += 1;
        for number in 0_usize.. {
            self.space();
            if matches!(self.here()?, b']' | b'}') {
                return None;
            }
            let is_it = if is_list {
                number.to_string() == step
            } else {
                let start = self.at;
                self.skip()?;
                let name = std::str::from_utf8(self.bytes.get(start..self.at)?).ok()?;
                self.space();
                serde_json::from_str::<String>(name).ok()? == step
            };
            if is_it {
                return Some(());
            }
            self.skip()?;
        }
        None
    }

    /// Passes over the value that begins here.
    fn skip(&mut self) -> Option<()> {
        let mut depth = 0_usize;
        loop {
            match self.here()? {
                b'"' => {
                    self.at += 1;
                    while self.here()? != b'"' {
                        self.at += if self.here()? == b'\\' { 2 } else { 1 };
                    }
                    self.at += 1;
                }
                b'{' | b'[' => {
                    depth += 1;
                    self.at += 1;
                }
                b'}' | b']' => {
                    depth = depth.checked_sub(1)?;
                    self.at += 1;
                }
                _ => self.at += 1,
            }
            if depth == 0 && self.here().is_none_or(|byte| byte.is_ascii_whitespace() || b",:]}".contains(&byte)) {
                return Some(());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::locate;

    #[test]
    fn a_pointer_leads_to_its_value() {
        let text = "{\n  \"a\": [ 1, { \"b/c\": \"x,]}\" } ],\n  \"d\": {\"é\": [[], {}], \"f\": -2.5e3}\n}\n";
        for (pointer, place) in [
            ("", (1, 1)),
            ("/a", (2, 8)),
            ("/a/0", (2, 10)),
            ("/a/1", (2, 13)),
            ("/a/1/b~1c", (2, 22)),
            ("/d/f", (3, 29)),
            // What is not there is where it would be.
            ("/d/g/7", (3, 8)),
            ("/a/9", (2, 8)),
        ] {
            assert_eq!(locate(text, pointer), place, "{pointer}");
        }
        assert_eq!(locate("", "/a"), (1, 1));
        assert_eq!(locate("[\"", "/0"), (1, 2));
    }
}
