//! `anprobe code`: codes to choices and back.

use anprobe::product::view::Tone;
use anprobe::product::{Catalog, Configuration, Session, Value};
use serde_json::{Map, Value as Json, json};

use super::opened::open;
use super::{Done, Format, Product};

/// Says what a code means, or makes the code of some choices
///
/// Choices are given as GROUP=ANSWER: the id of a choice, several with commas, a number, a colour, a text, or an object or list as `options` and `select` of the
/// element have them. What else has to
/// change for them is changed and said.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  anprobe code lamp.json                               # what a new customer sees
  anprobe code lamp.json CODE                          # what a code means
  anprobe code lamp.json shade=dome power=battery      # the code of these choices
  anprobe code lamp.json CODE engraving=\"For Mia\"      # a code with one answer more
  anprobe code lamp.json 'engraving={\"text\":\"Mia\",\"font\":\"Lora\"}'")]
pub(super) struct Arguments {
    #[command(flatten)]
    product: Product,
    /// A code, and answers on top of it
    #[arg(value_name = "CODE|GROUP=ANSWER")]
    words: Vec<String>,
    /// How the answer is written
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// What is said of a text that is no code.
pub(super) fn bad(code: &str) -> String {
    format!("`{code}` is no code, or has a wrong character")
}

/// A configuration of codes and answers, and whether it is exactly what was asked for.
pub(super) fn configured(catalog: &Catalog, words: &[String]) -> Result<(Configuration, bool), String> {
    let mut session = Session::new(catalog.clone());
    let mut exact = true;
    for word in words {
        let Some((group, answer)) = word.split_once('=') else {
            let decoded = session.open(word).map_err(|_| bad(word))?;
            exact &= decoded.gone.is_empty() && decoded.changes.is_empty();
            continue;
        };
        let at = catalog
            .group_named(group)
            .ok_or_else(|| format!("`{group}` is no group; there are {}", groups(catalog)))?;
        let value = value(&session, at, answer).ok_or_else(|| format!("`{answer}` is no answer to `{group}`"))?;
        let before = catalog.with(session.configuration(), at, value.clone());
        session.accept(at, &value);
        if session.configuration().value(at) != Some(&value) {
            return Err(format!("`{group}` cannot be `{answer}`: no combination has it. Try `anprobe explain`"));
        }
        exact &= catalog.code(&before) == catalog.code(session.configuration());
    }
    Ok((session.configuration().clone(), exact))
}

/// An answer as it is typed.
pub(super) fn value(session: &Session, group: usize, answer: &str) -> Option<Value> {
    let text = json!(answer);
    let list = json!(answer.split(',').map(str::trim).filter(|id| !id.is_empty()).collect::<Vec<_>>());
    let number: Json = serde_json::from_str(answer).unwrap_or(text.clone());
    let (catalog, now) = (session.catalog(), session.configuration());
    // What begins like words with a font, or like layers, is meant as such.
    let first = if number.is_object() || number.is_array() { number.clone() } else { text.clone() };
    [first, text, number, list].iter().find_map(|json| catalog.answer_from_json(now, group, json))
}

fn groups(catalog: &Catalog) -> String {
    catalog.product().groups.entries().map(|group| group.id.as_str()).collect::<Vec<_>>().join(", ")
}

pub(super) fn run(arguments: &Arguments) -> Result<Done, String> {
    let catalog = open(&arguments.product.file)?.catalog;
    let (configuration, exact) = configured(&catalog, &arguments.words)?;
    let code = catalog.code(&configuration);
    let answers = catalog
        .product()
        .groups
        .iter()
        .filter_map(|(at, group)| Some((group, catalog.answer_to_json(at, configuration.value(at)?))));
    match arguments.format {
        Format::Json => {
            let answers: Map<_, _> = answers.map(|(group, answer)| (group.id.clone(), answer)).collect();
            let total = catalog.quote(&configuration, 0.0).total;
            println!("{:#}", json!({ "code": code, "exact": exact, "answers": answers, "total": total }));
        }
        Format::Text => {
            println!("{code}");
            let session = Session::new(catalog.clone());
            let tone = Tone { language: arguments.product.language.clone(), currency: None };
            for (at, group) in catalog.product().groups.iter() {
                let Some(value) = configuration.value(at) else { continue };
                let name = group.name.in_language(&tone.language);
                println!("  {name}: {}", session.answer_name(at, value, &tone));
            }
            if !exact {
                println!("this is not exactly what was asked for: rules, or what is sold, stand against it");
            }
        }
    }
    Ok(if exact { Done::Well } else { Done::Faulty })
}
