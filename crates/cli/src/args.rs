//! The command line.

use std::path::PathBuf;

use clap::{Parser, Subcommand};
use clap_complete::Shell;
use venue_sim::Which;

use crate::secrets::{Flags, KeyFile};
use crate::venues;

/// Exchange APIs from the command line: what there is, what a signature is made of, what an answer means,
/// and a simulated venue to try it on.
#[derive(Debug, Parser)]
#[command(name = "venue", version, max_term_width = 100, arg_required_else_help = true)]
pub(crate) struct Args {
    /// Prints JSON for programs instead of text for people.
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// Logs to stderr what happens on the way; `RUST_LOG` says it in detail.
    #[arg(short, long, global = true)]
    pub(crate) verbose: bool,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Lists the requests of a venue, or of all.
    Endpoints(Endpoints),
    /// Shows exactly what would be sent and what is signed of it; sends nothing.
    Sign(Sign),
    /// Reads an answer as the client would, and says what its types don't map.
    Decode(Decode),
    /// Tells WebSocket frames apart as a live connection would, one JSON object a frame.
    Frames(Frames),
    /// Shows what a channel pushes, live: a book that redraws, trades that scroll.
    Watch(Watch),
    /// Sends one request and shows its answer.
    Call(Call),
    /// Runs simulated venues until it is stopped.
    Sim(Sim),
    /// Tells one story at all simulated venues, side by side; at one venue, in full.
    Demo(Demo),
    /// Prints the completions for a shell.
    Completions {
        /// The shell.
        shell: Shell,
    },
}

#[derive(Debug, clap::Args)]
pub(crate) struct Endpoints {
    /// One venue only.
    #[arg(value_name = "VENUE", value_parser = venues::parser())]
    pub(crate) venue: Option<Which>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Sign {
    /// The venue.
    #[arg(value_name = "VENUE", value_parser = venues::parser())]
    pub(crate) venue: Which,
    /// A request's name, 'METHOD /path' as documented, or `login` for the WebSocket login.
    #[arg(value_name = "REQUEST")]
    pub(crate) request: String,
    /// Its parameters by the venue's own names, in the order to send: an object, or a batch's array.
    #[arg(value_name = "PARAMS_JSON", default_value = "{}")]
    pub(crate) params: String,
    #[command(flatten)]
    pub(crate) flags: Flags,
    #[command(flatten)]
    pub(crate) file: KeyFile,
    /// The time to sign, in milliseconds; now when absent.
    #[arg(long, value_name = "MS")]
    pub(crate) timestamp: Option<i64>,
    /// Another base URL than the venue's, path prefix included.
    #[arg(long, value_name = "URL")]
    pub(crate) base: Option<String>,
    /// Signs nothing on a path that no request has.
    #[arg(long)]
    pub(crate) public: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Decode {
    /// The venue.
    #[arg(value_name = "VENUE", value_parser = venues::parser())]
    pub(crate) venue: Which,
    /// A request's name, or 'METHOD /path' as documented.
    #[arg(value_name = "REQUEST")]
    pub(crate) request: String,
    /// The file that holds the answer's body; standard input by default.
    #[arg(value_name = "FILE", default_value = "-")]
    pub(crate) file: PathBuf,
    /// The HTTP status it came with.
    #[arg(long, default_value_t = 200, value_parser = clap::value_parser!(u16).range(100..=599))]
    pub(crate) status: u16,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Frames {
    /// The venue.
    #[arg(value_name = "VENUE", value_parser = venues::parser())]
    pub(crate) venue: Which,
    /// The file with a frame a line; standard input by default.
    #[arg(value_name = "FILE", default_value = "-")]
    pub(crate) file: PathBuf,
    /// The frames came over the private connection.
    #[arg(long)]
    pub(crate) private: bool,
    /// The lines are base64: binary frames, compressed ones among them.
    #[arg(long)]
    pub(crate) base64: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Watch {
    /// The venue.
    #[arg(value_name = "VENUE", value_parser = venues::parser())]
    pub(crate) venue: Which,
    /// A channel by the venue's name or its type's, or `book` for the one that books are kept from.
    #[arg(value_name = "CHANNEL")]
    pub(crate) channel: String,
    /// The symbols as the venue spells them; none for a channel that takes none.
    #[arg(value_name = "SYMBOL")]
    pub(crate) symbols: Vec<String>,
    /// Watches the simulated venue, inside of this process; so it is by default.
    #[arg(long, conflicts_with = "live")]
    pub(crate) sim: bool,
    /// Watches the live venue.
    #[arg(long)]
    pub(crate) live: bool,
    /// Another host than the live venue's, such as wss://127.0.0.1:8443.
    #[arg(long, value_name = "URL", requires = "live")]
    pub(crate) base: Option<String>,
    #[command(flatten)]
    pub(crate) file: KeyFile,
    /// A further parameter of the channel, by its name; may be repeated.
    #[arg(long, value_name = "NAME=VALUE")]
    pub(crate) set: Vec<String>,
    /// Shows the pushes of a book's channel instead of the book.
    #[arg(long)]
    pub(crate) pushes: bool,
    /// Stops after so many pushes or changes; runs until it is stopped when absent.
    #[arg(long, value_name = "N")]
    pub(crate) count: Option<u64>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Call {
    /// The venue.
    #[arg(value_name = "VENUE", value_parser = venues::parser())]
    pub(crate) venue: Which,
    /// A request's name, or 'METHOD /path' as documented.
    #[arg(value_name = "REQUEST")]
    pub(crate) request: String,
    /// Its parameters by the venue's own names, in the order to send: an object, or a batch's array.
    #[arg(value_name = "PARAMS_JSON", default_value = "{}")]
    pub(crate) params: String,
    /// Calls the simulated venue, inside of this process; the live venue is called otherwise.
    #[arg(long, conflicts_with_all = ["base", "ca", "key_file"])]
    pub(crate) sim: bool,
    /// Calls another base URL than the venue's, path prefix included.
    #[arg(long, value_name = "URL")]
    pub(crate) base: Option<String>,
    /// Trusts the certificates in this PEM file, such as `venue sim --ca` writes, besides the web's.
    #[arg(long, value_name = "FILE")]
    pub(crate) ca: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) file: KeyFile,
    /// Signs nothing on a path that no request has.
    #[arg(long)]
    pub(crate) public: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Sim {
    /// The venues.
    #[arg(value_name = "VENUE", required = true, value_parser = venues::parser())]
    pub(crate) venues: Vec<Which>,
    /// The first venue's port, the next ones following; 0 and by default, free ports.
    #[arg(long, value_name = "N")]
    pub(crate) port: Option<u16>,
    /// Speaks plain HTTP instead of TLS.
    #[arg(long)]
    pub(crate) plain: bool,
    /// Writes the certificate that clients must trust to this file, as PEM.
    #[arg(long, value_name = "FILE")]
    pub(crate) ca: Option<PathBuf>,
    /// Credentials and ids follow from this number.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) seed: u64,
    /// A script of faults in TOML: a table `[[fault]]` each.
    #[arg(long, value_name = "FILE", long_help = FAULTS)]
    pub(crate) faults: Option<PathBuf>,
}

const FAULTS: &str = "A script of faults in TOML, a table each:

  [[fault]]
  venue = \"bitmart\"                # every venue when absent
  method = \"POST\"                  # with `path`; any request when absent
  path = \"/contract/private/submit-order\"
  kind = \"execute-then-drop\"
  times = 2                        # 1 when absent; or always = true
  after = 10                       # only once so many that match have gone by
  permille = 20                    # only by chance, by the seed

Kinds: status (status, body, headers), unavailable (body, headers), rate-limit, ban, timestamp,
body (body), html, garbage, empty, delay (delay_ms), execute-late (delay_ms), close-before-answer,
execute-then-drop, truncate, redirect (to), reset";

#[derive(Debug, clap::Args)]
pub(crate) struct Demo {
    /// These venues only; one alone is told in full.
    #[arg(value_name = "VENUE", value_parser = venues::parser())]
    pub(crate) venues: Vec<Which>,
    /// Makes the public call, and no other, at the real venue.
    #[arg(long)]
    pub(crate) live: bool,
}
