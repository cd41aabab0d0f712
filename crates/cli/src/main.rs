//! `venue`: sign, decode and call exchange APIs from the command line, with a simulated venue inside.

mod args;
mod arranged;
mod call;
mod choose;
mod decode;
mod demo;
mod endpoints;
mod frames;
mod given;
mod log;
mod report;
mod secrets;
mod show;
mod sign;
mod sim;
mod stop;
mod story;
mod tree;
mod venues;
mod watch;

use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{CommandFactory as _, Parser as _};

use args::{Args, Command};
use stop::{Done, Stop};

fn main() -> ExitCode {
    std::panic::set_hook(Box::new(show::bug));
    let (json, result) = match Args::try_parse() {
        Ok(args) => (args.json, run(args)),
        // Help and version are asked for; everything else is a mistake.
        Err(error) if !error.use_stderr() => (false, show::help(&error)),
        Err(error) if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            return show::usage(&error);
        }
        Err(error) => (std::env::args_os().any(|arg| arg == "--json"), Err(Stop::from(error))),
    };
    match result {
        Ok(Done::Good) => ExitCode::SUCCESS,
        Ok(Done::Bad) => ExitCode::FAILURE,
        Err(stop) => show::stop(&stop, json),
    }
}

fn run(args: Args) -> Result<Done, Stop> {
    log::begin(&args);
    let json = args.json;
    match args.command {
        Command::Endpoints(args) => endpoints::run(&args, json),
        Command::Sign(args) => sign::run(&args, json),
        Command::Decode(args) => decode::run(&args, json),
        Command::Frames(args) => frames::run(&args),
        Command::Watch(args) => watch::run(&args, json),
        Command::Call(args) => call::run(&args, json),
        Command::Sim(args) => sim::run(&args),
        Command::Demo(args) => demo::run(&args, json),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Args::command(), "venue", &mut script);
            show::bytes(&script)?;
            Ok(Done::Good)
        }
    }
}
