//! Counts tests in what their runners print.

use crate::run::Said;
use std::fmt;
use std::ops::AddAssign;

/// How many tests did what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Count {
    /// Ran well.
    pub(crate) passed: usize,
    /// Ran badly, or couldn't run.
    pub(crate) failed: usize,
    /// Didn't run on purpose.
    pub(crate) skipped: usize,
}

impl Count {
    /// A check that is one test: a linter, a compiler.
    pub(crate) fn one(ok: bool) -> Self {
        Self { passed: usize::from(ok), failed: usize::from(!ok), skipped: 0 }
    }

    /// Of `cargo test` and of wasm-bindgen's runner: `test result: ok. 3 passed; 0 failed; 1 ignored; …`.
    pub(crate) fn of_cargo(said: &Said) -> Self {
        let mut count = Self::default();
        for line in said.lines.iter().filter(|line| line.starts_with("test result:")) {
            count += Self {
                passed: before(line, " passed"),
                failed: before(line, " failed"),
                skipped: before(line, " ignored"),
            };
        }
        count.honest(said.ok)
    }

    /// Of `node --test` with the TAP reporter: `# pass 3`.
    pub(crate) fn of_tap(said: &Said) -> Self {
        let sum = |name: &str| -> usize {
            let lines = said.lines.iter().filter_map(|line| line.strip_prefix("# ")?.strip_prefix(name));
            lines.filter_map(|number| number.trim().parse::<usize>().ok()).sum()
        };
        let count = Self {
            passed: sum("pass "),
            failed: sum("fail ") + sum("cancelled "),
            skipped: sum("skipped ") + sum("todo "),
        };
        count.honest(said.ok)
    }

    /// After what failed was tried again: it is the second try that counts for it.
    pub(crate) fn after(self, again: Self) -> Self {
        let cured = self.failed.saturating_sub(again.failed);
        Self { passed: self.passed + cured, failed: self.failed - cured, skipped: self.skipped }
    }

    /// A runner that failed without a failed test, say because nothing compiled, counts as one.
    fn honest(mut self, ok: bool) -> Self {
        if !ok && self.failed == 0 {
            self.failed = 1;
        }
        self
    }

    /// Files with tests of which none ran are a failure: a filter or a lost `mod` hides them.
    pub(crate) fn or_nothing_ran(mut self, what: &str) -> Self {
        if self == Self::default() {
            println!("{what}: there are tests, but none ran");
            self.failed = 1;
        }
        self
    }
}

impl AddAssign for Count {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)?;
        if self.skipped > 0 {
            write!(f, ", {} skipped", self.skipped)?;
        }
        Ok(())
    }
}

/// Tests that failed under `node --test`, each with its file; suites only hold them.
pub(crate) fn fallen(said: &Said) -> Vec<(String, String)> {
    let mut fallen = Vec::new();
    let (mut name, mut suite) = (None, false);
    for line in said.lines.iter().map(|line| line.trim()) {
        if line.starts_with("ok ") || line.starts_with("not ok ") {
            name = line.strip_prefix("not ok ").and_then(|rest| Some(rest.split_once(" - ")?.1.to_owned()));
            suite = false;
        } else if line == "type: 'suite'" {
            suite = true;
        } else if let Some(place) = line.strip_prefix("location: '").filter(|_| !suite) {
            let file = place.trim_end_matches('\'').rsplitn(3, ':').last().unwrap_or(place);
            fallen.extend(name.take().map(|name| (name, file.to_owned())));
        }
    }
    fallen
}

/// The number that stands before a word.
fn before(line: &str, word: &str) -> usize {
    let head = line.split(word).next().unwrap_or_default();
    let digits = head.rsplit(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
    digits.parse().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{Count, fallen};
    use crate::run::Said;

    fn said(text: &str, ok: bool) -> Said {
        Said { lines: text.lines().map(str::to_owned).collect(), ok }
    }

    #[test]
    fn cargo_binaries_add_up() {
        let text = "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out\n\
                    test result: FAILED. 2 passed; 3 failed; 0 ignored; 0 measured; 0 filtered out";
        assert_eq!(Count::of_cargo(&said(text, false)), Count { passed: 14, failed: 3, skipped: 1 });
    }

    #[test]
    fn what_does_not_compile_fails() {
        assert_eq!(Count::of_cargo(&said("error: no", false)), Count::one(false));
        assert_eq!(Count::of_tap(&said("", false)), Count::one(false));
    }

    #[test]
    fn tap_is_counted() {
        let text = "ok 1 - a\n# tests 7\n# suites 0\n# pass 4\n# fail 1\n# cancelled 1\n# skipped 1\n# todo 0";
        assert_eq!(Count::of_tap(&said(text, false)), Count { passed: 4, failed: 2, skipped: 1 });
    }

    #[test]
    fn what_fell_is_named_with_its_file() {
        let text = "    not ok 1 - waits - long\n      ---\n      duration_ms: 9\n      location: '/a/b.test.mjs:265:3'\n\
                    ok 2 - fine\n  location: '/a/c.test.mjs:1:1'\n\
                    not ok 1 - panel\n  ---\n  type: 'suite'\n  location: '/a/b.test.mjs:28:1'";
        assert_eq!(fallen(&said(text, false)), [("waits - long".to_owned(), "/a/b.test.mjs".to_owned())]);
    }

    #[test]
    fn a_second_try_cures_only_what_it_passes() {
        let first = Count { passed: 5, failed: 2, skipped: 1 };
        assert_eq!(first.after(Count { passed: 9, failed: 0, skipped: 0 }), Count { passed: 7, failed: 0, skipped: 1 });
        assert_eq!(first.after(Count { passed: 8, failed: 1, skipped: 0 }), Count { passed: 6, failed: 1, skipped: 1 });
        assert_eq!(first.after(Count { passed: 0, failed: 9, skipped: 0 }), first);
    }

    #[test]
    fn silence_is_no_success() {
        assert_eq!(Count::default().or_nothing_ran("x"), Count::one(false));
        assert_eq!(Count::one(true).or_nothing_ran("x"), Count::one(true));
    }

    #[test]
    fn the_last_line_is_plain() {
        assert_eq!(Count { passed: 3, failed: 0, skipped: 0 }.to_string(), "3 passed, 0 failed");
        assert_eq!(Count { passed: 3, failed: 1, skipped: 2 }.to_string(), "3 passed, 1 failed, 2 skipped");
    }
}
