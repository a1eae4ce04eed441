//! Builds, serves, tests and measures Anprobe: `cargo xtask <command>`.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a tool of the command line talks to its user")]
#![allow(
    clippy::disallowed_methods,
    reason = "the crate's bans on clocks and threads are for what runs in a browser; this runs beside it"
)]

mod bench;
mod build;
mod car;
mod case;
mod fidelity;
mod lamp;
mod run;
mod serve;
mod shape;
mod shirt;
mod size;
mod test;
mod tools;
mod tree;

use std::process::ExitCode;

const HELP: &str = "\
cargo xtask <command>

  assets                   assets/: makes the sample products anew
  build [--dev]            dist/: both Wasm modules, glue, element, demo (--dev: quick and large)
  serve [--port N] [--dev] [--phone]
                           builds, then serves dist/ on http://127.0.0.1:8080; with --phone also by HTTPS on port 8443, for
                           phones in the same network, whose cameras want it
  test [stage...]          every check, or only the stages named; `test --list` names them
  size [--accept]          bytes on the wire against the budget
  size --parts [BACKEND]   what each crate weighs
  bench [--than DIR] [--only NAME]
                           what a frame costs, as ratios
  fidelity [--models M...] [--light soft|sun|both] [--size PX] [--only NAME] [--native] [--strict]
                           how close our picture is to the Khronos viewer's and to model-viewer's
";

fn main() -> ExitCode {
    let mut args: Vec<String> = std::env::args().skip(1).collect();
    let command = if args.is_empty() { String::new() } else { args.remove(0) };
    let done = match command.as_str() {
        "assets" => lamp::write(&tree::root())
            .and_then(|()| case::write(&tree::root()))
            .and_then(|()| shirt::write(&tree::root()))
            .and_then(|()| car::write(&tree::root())),
        "build" => build::run(&args),
        "serve" => serve::run(&args),
        "test" => test::run(&args),
        "size" => size::run(&args),
        "bench" => bench::run(&args),
        "fidelity" => fidelity::run(&args),
        // Cargo calls this one, for each Wasm test binary.
        "wasm-test-runner" => test::wasm_test_runner(&args),
        "" | "help" | "--help" | "-h" => {
            print!("{HELP}");
            Ok(())
        }
        other => Err(anyhow::anyhow!("no command `{other}`\n\n{HELP}")),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
