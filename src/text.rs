//! Texts, cut and escaped with less code than by the standard library's search for any character.

/// What is before and behind the first `mark`; none when there is none, or when it is not of ASCII.
pub(crate) fn split_once(text: &str, mark: u8) -> Option<(&str, &str)> {
    let at = text.bytes().position(|byte| byte == mark)?;
    text.get(..at).zip(text.get(at + 1..))
}

/// With each of these characters replaced.
pub(crate) fn escaped(text: &str, escapes: &[(char, &str)]) -> String {
    let mut out = String::new();
    for character in text.chars() {
        match escapes.iter().find(|escape| escape.0 == character) {
            Some((_, escape)) => out.push_str(escape),
            None => out.push(character),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{escaped, split_once};

    #[test]
    fn escapes_are_not_escaped_again() {
        assert_eq!(escaped("~ä/~1", &[('~', "~0"), ('/', "~1")]), "~0ä~1~01");
    }

    #[test]
    fn a_text_is_cut_at_the_first_mark() {
        assert_eq!(split_once("ä,b,c", b','), Some(("ä", "b,c")));
        assert_eq!(split_once(",", b','), Some(("", "")));
        assert_eq!(split_once("ä", b','), None);
        assert_eq!(split_once("ä", "ä".as_bytes()[1]), None);
    }
}
