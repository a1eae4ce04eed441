//! `anprobe`, the designer's command.

#![expect(clippy::disallowed_methods, reason = "a command on a desk has a clock")]

mod artwork;
mod bake;
#[cfg(feature = "render")]
mod brush;
mod check;
mod code;
mod compile;
mod explain;
mod fonts;
mod list;
mod locate;
mod making;
mod new;
mod opened;
#[cfg(feature = "render")]
mod picture;
mod printing;
mod progress;
mod quote;
mod remark;
#[cfg(feature = "render")]
mod render;
mod selection;
mod serve;
mod store;
mod studio;
mod whole;
mod words;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};

/// Checks, prices, draws and bakes products that can be configured.
#[derive(Parser)]
#[command(
    name = "anprobe",
    version,
    about,
    after_help = "See `anprobe COMMAND --help` for examples. Colours and bars are for terminals alone; NO_COLOR=1 takes the colours away."
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    New(new::Arguments),
    Check(check::Arguments),
    #[cfg(feature = "render")]
    Render(render::Arguments),
    Bake(bake::Arguments),
    Serve(serve::Arguments),
    Compile(compile::Arguments),
    Quote(quote::Arguments),
    Explain(explain::Arguments),
    Code(code::Arguments),
    List(list::Arguments),
    #[command(hide = true)]
    Door(serve::DoorArguments),
}

/// How results are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    #[default]
    Text,
    /// For machines.
    Json,
}

/// A product file and its language, as most commands take them.
#[derive(clap::Args)]
struct Product {
    /// The product file
    #[arg(value_name = "PRODUCT.json")]
    file: PathBuf,
    /// In which things are named, such as de or pt-BR
    #[arg(long, default_value = "en")]
    language: String,
}

/// How a command ended that did what it was asked for.
enum Done {
    /// Well.
    Well,
    /// With something to correct: exit code 1.
    Faulty,
}

fn main() -> ExitCode {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        // Whoever reads has seen enough: `anprobe check car.json | head`.
        if panic.payload_as_str().is_some_and(|why| why.starts_with("failed printing to stdout")) {
            std::process::exit(0);
        }
        usual(panic);
    }));
    let Arguments { command } = Arguments::parse();
    let done = match command {
        Command::New(arguments) => new::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        #[cfg(feature = "render")]
        Command::Render(arguments) => render::run(&arguments),
        Command::Bake(arguments) => bake::run(&arguments),
        Command::Serve(arguments) => serve::run(&arguments),
        Command::Compile(arguments) => compile::run(&arguments),
        Command::Quote(arguments) => quote::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::List(arguments) => list::run(&arguments),
        Command::Door(arguments) => serve::run_door(&arguments),
        Command::Code(arguments) => code::run(&arguments),
    };
    match done {
        Ok(Done::Well) => ExitCode::SUCCESS,
        Ok(Done::Faulty) => ExitCode::FAILURE,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

/// Adds members to an object.
fn merge(object: &mut serde_json::Value, more: serde_json::Value) {
    if let (Some(object), serde_json::Value::Object(more)) = (object.as_object_mut(), more) {
        object.extend(more);
    }
}
