//! From text to the typed file: generous, one fault after the other.

use serde_json::Value;
use serde_path_to_error::{Path, Segment};

use super::file::Product;
use crate::issue::{Code, Issue, Issues};

/// The longest file, bytes.
const LONGEST: usize = 16 << 20;

/// As many bytes are read again and again for the sake of faults.
const PATIENCE: usize = 64 << 20;

/// Reads what can be read. Each fault is cut out of the tree, so that the rest can be read.
///
/// # Errors
/// [`Code::Product`] when it is no JSON object or not of this format, or has too many faults; [`Code::ProductLimit`] when
/// it is too long.
pub(super) fn product(text: &str, issues: &mut Issues) -> Result<Product, Issue> {
    if text.len() > LONGEST {
        return Err(Issue::new(Code::ProductLimit, "", format!("{} bytes", text.len())));
    }
    let mut tree: Value =
        serde_json::from_str(text).map_err(|error| Issue::new(Code::Product, "", error.to_string()))?;
    if !tree.is_object() {
        return Err(Issue::new(Code::Product, "", "not an object"));
    }
    match tree.get("anprobe").map(Value::as_u64) {
        Some(Some(1)) => {}
        Some(version) => return Err(Issue::new(Code::Product, "/anprobe", format!("version {version:?}"))),
        None => return Err(Issue::new(Code::Product, "/anprobe", "missing; it is 1")),
    }
    let tries = (PATIENCE / text.len().max(1)).clamp(3, Issues::MOST);
    for _ in 0..tries {
        match typed(&tree) {
            Ok((product, unknown)) => {
                for path in unknown {
                    issues.report(Code::ProductField, path, "");
                }
                return Ok(product);
            }
            Err((path, message)) => {
                let Some(cut) = cut_out(&mut tree, &path) else {
                    return Err(Issue::new(Code::Product, pointer(&path), message));
                };
                issues.report(Code::ProductValue, pointer(&path), format!("{message}; without {cut}"));
            }
        }
    }
    Err(Issue::new(Code::Product, "", "it has too many faults"))
}

/// The product and the paths that nobody knows, or the path of a fault and its words.
fn typed(tree: &Value) -> Result<(Product, Vec<String>), (Vec<Step>, String)> {
    let mut unknown = Vec::new();
    let mut track = serde_path_to_error::Track::new();
    let reader = serde_path_to_error::Deserializer::new(tree, &mut track);
    let mut note = |path: serde_ignored::Path<'_>| {
        // Neither notes nor what editors need are mistakes.
        let last = match &path {
            serde_ignored::Path::Map { key, .. } => key.as_str(),
            _ => "",
        };
        if !last.starts_with(['$', '_']) && last != "comment" {
            unknown.push(ignored(&path));
        }
    };
    match serde_ignored::deserialize(reader, &mut note) {
        Ok(product) => Ok((product, unknown)),
        Err(error) => Err((steps(&track.path()), error.to_string())),
    }
}

/// One step down the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    Entry(usize),
    Field(String),
}

fn steps(path: &Path) -> Vec<Step> {
    let known = path.iter().filter_map(|segment| match segment {
        Segment::Seq { index } => Some(Step::Entry(*index)),
        Segment::Map { key } | Segment::Enum { variant: key } => Some(Step::Field(key.clone())),
        Segment::Unknown => None,
    });
    known.collect()
}

fn pointer(path: &[Step]) -> String {
    path.iter().fold(String::new(), |mut text, step| {
        text.push('/');
        match step {
            Step::Entry(index) => text.push_str(&index.to_string()),
            Step::Field(name) => push_escaped(name, &mut text),
        }
        text
    })
}

/// RFC 6901 §3.
fn push_escaped(name: &str, text: &mut String) {
    for letter in name.chars() {
        match letter {
            '~' => text.push_str("~0"),
            '/' => text.push_str("~1"),
            _ => text.push(letter),
        }
    }
}

/// `groups.3.choices.?.nam` as a pointer; what stands for an option's inside is no step of the file.
fn ignored(path: &serde_ignored::Path<'_>) -> String {
    use serde_ignored::Path as P;
    match path {
        P::Root => String::new(),
        P::Seq { parent, index } => format!("{}/{index}", ignored(parent)),
        P::Map { parent, key } => {
            let mut text = ignored(parent);
            text.push('/');
            push_escaped(key, &mut text);
            text
        }
        P::Some { parent } | P::NewtypeStruct { parent } | P::NewtypeVariant { parent } => ignored(parent),
    }
}

/// Lists of objects, whose entries can be left out; in any other list an entry is part of a value.
const LISTS: &[&str] = &[
    "models",
    "groups",
    "choices",
    "rules",
    "excludes",
    "conditional",
    "facts",
    "upgrades",
    "steps",
    "guide",
    "answers",
    "prefers",
    "surfaces",
    "behaviours",
    "dimensions",
    "hotspots",
    "align",
    "consumables",
    "actions",
    "links",
    "effects",
    "fonts",
    "pieces",
    "materials",
    "beds",
];

/// Objects that are read as a whole: a condition with a hole would mean something else.
const WHOLE: &[&str] = &["when", "holds", "requires", "from", "map", "excludes"];

/// Replaces what is at fault by nothing: a field, or an entry of a list of objects, by what encloses it where it cannot
/// be missing. Gives its name; none when the whole file is at fault.
fn cut_out(tree: &mut Value, path: &[Step]) -> Option<String> {
    // From the outside: the first field below which a fault spoils all of it. What has lost its `when` goes, too.
    let whole = path.iter().position(|step| matches!(step, Step::Field(name) if WHOLE.contains(&name.as_str())));
    let conditional = whole.and_then(|at| path.get(at)) == Some(&Step::Field("when".to_owned()));
    let mut depth = whole.map_or(path.len(), |at| at + usize::from(!conditional));
    while depth > 0 {
        let target = tree.pointer_mut(&pointer(path.get(..depth)?));
        let step = path.get(depth - 1)?;
        let in_list = match depth.checked_sub(2).and_then(|above| path.get(above)) {
            Some(Step::Field(list)) => LISTS.contains(&list.as_str()),
            _ => false,
        };
        match (step, target) {
            (Step::Entry(_), Some(target)) if in_list && !target.is_null() => {
                *target = Value::Null;
                return Some(pointer(path.get(..depth)?));
            }
            (Step::Field(name), Some(_)) => {
                let above = tree.pointer_mut(&pointer(path.get(..depth - 1)?))?.as_object_mut()?;
                above.remove(name);
                return Some(pointer(path.get(..depth)?));
            }
            _ => depth -= 1,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Result<Product, Issue>, Vec<String>) {
        let mut issues = Issues::default();
        let product = product(text, &mut issues);
        (product, issues.iter().map(|issue| format!("{} {}", issue.code.as_str(), issue.path)).collect())
    }

    #[test]
    fn every_fault_is_named_where_it_is_and_the_rest_is_read() {
        let (product, issues) = read(
            r#"{ "anprobe": 1, "id": "x", "name": "X", "models": [{ "id": "m", "src": "m.glb" }],
                 "groups": [
                   { "id": "a", "number": 1, "name": "A", "choices": [
                     { "id": "one", "number": 1, "name": "One", "price": "much" },
                     { "id": "two", "number": -2, "name": "Two" },
                     { "id": "three", "name": "Three" },
                     { "id": "four", "number": 4, "name": "Four", "colour": "red" },
                     7 ] },
                   "nonsense",
                   { "id": "b", "number": 2, "name": "B", "kind": "choice-of" }],
                 "rules": [{ "when": { "any": ["a/one", 3] }, "requires": "a/two" }, { "holds": { "all": [], "any": [] } }] }"#,
        );
        let product = product.unwrap();
        assert_eq!(
            issues,
            [
                "PRODUCT_VALUE /groups/0/choices/0/price",
                "PRODUCT_VALUE /groups/0/choices/1/number",
                "PRODUCT_VALUE /groups/0/choices/1",
                "PRODUCT_VALUE /groups/0/choices/2",
                "PRODUCT_VALUE /groups/0/choices/4",
                "PRODUCT_VALUE /groups/1",
                "PRODUCT_VALUE /groups/2/kind",
                "PRODUCT_VALUE /rules/0/when/any/1",
                "PRODUCT_VALUE /rules/1/holds",
                "PRODUCT_FIELD /groups/0/choices/3/colour",
            ]
        );
        let group = product.groups.get(0).unwrap();
        assert_eq!(
            group.choices.iter().map(|(at, choice)| (at, choice.id.as_str())).collect::<Vec<_>>(),
            [(0, "one"), (3, "four")]
        );
        assert_eq!(product.groups.get(2).unwrap().id, "b");
    }

    #[test]
    fn what_is_no_product_is_refused() {
        for (text, path) in [
            ("{", ""),
            ("[]", ""),
            ("{}", "/anprobe"),
            (r#"{"anprobe":2}"#, "/anprobe"),
            (r#"{"anprobe":1,"id":"x"}"#, ""),
        ] {
            let (product, _) = read(text);
            let issue = product.unwrap_err();
            assert_eq!((issue.code, issue.path.as_str()), (Code::Product, path), "{text}");
        }
        let deep = format!(r#"{{"anprobe":1,"rules":{}{}}}"#, "[".repeat(100_000), "]".repeat(100_000));
        assert_eq!(read(&deep).0.unwrap_err().code, Code::Product);
    }

    #[test]
    fn a_file_of_faults_is_given_up_soon() {
        let faulty = vec![r#"{"id":1}"#; 200_000].join(",");
        let text = format!(r#"{{"anprobe":1,"id":"x","name":"X","models":[],"groups":[{faulty}]}}"#);
        assert_eq!(read(&text).0.unwrap_err().code, Code::Product);
    }
}
