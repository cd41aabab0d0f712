//! What a program that depends on a venue takes to build, and how large it is, beside one that gets a page with
//! reqwest.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use venue_benches::{Goal, Line, Unit};

use crate::run::{Failure, forget_package, read, root};

/// A program to build: its name, what it depends on, and its code.
struct Program {
    name: &'static str,
    dependencies: String,
    code: &'static str,
    /// Where it is built: one after the other in the same place has what the first has built.
    target: &'static str,
}

/// What building it took and gave.
struct Built {
    crates: u64,
    /// Thousandths of a second, user and system.
    cpu: u64,
    bytes: u64,
}

const ONE: &str = r#"use hashkey_api::rest::GetDepth;
use hashkey_api::{Client, HashKey};

fn main() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let client = Client::builder(HashKey::new()).build().unwrap();
    println!("{:?}", runtime.block_on(async { client.send(GetDepth::new("BTCUSD")).await }));
}
"#;

const ALL: &str = r#"use venue_core::Client;

fn main() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let client = Client::builder(hashkey_api::HashKey::new()).build().unwrap();
        println!("{:?}", client.send(hashkey_api::rest::GetDepth::new("BTCUSD")).await);
        let client = Client::builder(bitmart_futures::BitMart::new()).build().unwrap();
        println!("{:?}", client.send(bitmart_futures::rest::GetDepth::new("BTCUSDT")).await);
        let client = Client::builder(wex_spot::WexSpot::new()).build().unwrap();
        println!("{:?}", client.send(wex_spot::rest::GetDepth::new("btc_usdt")).await);
        let client = Client::builder(wex_futures::WexFutures::usdt_m()).build().unwrap();
        println!("{:?}", client.send(wex_futures::rest::GetDepth::new("btc_usdt", 50u32)).await);
        let client = Client::builder(hibt_api::Hibt::new()).build().unwrap();
        println!("{:?}", client.send(hibt_api::rest::GetDepth::new("btc_usdt")).await);
        let client = Client::builder(pumpkin_futures::Pumpkin::new()).build().unwrap();
        println!("{:?}", client.send(pumpkin_futures::rest::GetDepth::new("btc_usdt", 50u32)).await);
    });
}
"#;

const REQWEST: &str = r#"fn main() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let text = runtime.block_on(async {
        reqwest::get("https://api-pro.hashkey.com/quote/v1/depth?symbol=BTCUSD").await.unwrap().text().await
    });
    println!("{text:?}");
}
"#;

const TOKIO: &str =
    "tokio = { version = \"1.47\", default-features = false, features = [\"net\", \"rt\", \"time\"] }\n";

/// Builds the programs in a folder that is gone afterwards: with one venue and with reqwest from nothing, with all
/// venues on top of the first. CPU time is read from `/proc`; where that isn't, it is left out.
pub(super) fn lines() -> Result<Vec<Line>, Failure> {
    let folder = std::env::temp_dir().join(format!("venue-size-{}", std::process::id()));
    let built = programs().iter().map(|program| build(&folder, program)).collect::<Result<Vec<_>, _>>();
    let _ = fs::remove_dir_all(&folder);
    let [one, all, reqwest] = <[Built; 3]>::try_from(built?).map_err(|_| "three programs".to_owned())?;
    let less = Goal::AtMost { ratio: 1000, stretch: None };
    let line = |name: &str, unit, ours: u64, bare: u64| {
        Line::new(format!("size: {name}"), "a GET with reqwest", unit, ours, Some(bare)).goal(less)
    };
    let mut lines = vec![line("crates, one venue", Unit::Count, one.crates * 1000, reqwest.crates * 1000)];
    if reqwest.cpu > 0 {
        lines.push(line("CPU seconds of a build from nothing, one venue", Unit::Count, one.cpu, reqwest.cpu));
    }
    lines.push(line("stripped program, one venue", Unit::Bytes, one.bytes * 1000, reqwest.bytes * 1000));
    lines.push(line("stripped program, all six venues", Unit::Bytes, all.bytes * 1000, reqwest.bytes * 1000));
    Ok(lines)
}

fn programs() -> [Program; 3] {
    let ours = |names: &[&str]| {
        let line = |name: &&str| {
            let folder = name.strip_prefix("venue-").unwrap_or(name);
            format!("{name} = {{ path = {:?} }}\n", root().join("crates").join(folder))
        };
        names.iter().map(line).collect::<String>() + TOKIO
    };
    let six = [
        "hashkey-api",
        "bitmart-futures",
        "wex-spot",
        "wex-futures",
        "hibt-api",
        "pumpkin-futures",
        "venue-core",
    ];
    [
        Program { name: "one-venue", dependencies: ours(&["hashkey-api"]), code: ONE, target: "ours" },
        Program { name: "all-venues", dependencies: ours(&six), code: ALL, target: "ours" },
        Program {
            name: "with-reqwest",
            dependencies: format!("reqwest = \"0.13\"\n{TOKIO}"),
            code: REQWEST,
            target: "theirs",
        },
    ]
}

fn build(folder: &Path, program: &Program) -> Result<Built, Failure> {
    let home = folder.join(program.name);
    let target = folder.join(program.target);
    let failed = |error: std::io::Error| format!("{}: {error}", home.display());
    fs::create_dir_all(home.join("src")).map_err(failed)?;
    let manifest = format!(
        "[package]\nname = \"{}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n{}\n[workspace]\n\n[profile.release]\nstrip = true\n",
        program.name, program.dependencies
    );
    fs::write(home.join("Cargo.toml"), manifest).map_err(failed)?;
    fs::write(home.join("src/main.rs"), program.code).map_err(failed)?;
    // The same versions as ours where both have a crate.
    fs::copy(root().join("Cargo.lock"), home.join("Cargo.lock")).map_err(failed)?;
    eprintln!("building {}", program.name);
    let tree =
        cargo(&home, &target, &["tree", "--edges", "normal,build", "--prefix", "none", "--no-dedupe"])?;
    let mut crates: Vec<&str> = tree.lines().filter_map(|line| line.split(" (").next()).collect();
    crates.sort_unstable();
    crates.dedup();
    cargo(&home, &target, &["fetch", "--quiet"])?;
    let before = children_cpu();
    cargo(&home, &target, &["build", "--release", "--quiet", "--offline"])?;
    let cpu = children_cpu().zip(before).map_or(0, |(after, before)| after.saturating_sub(before));
    let binary = target.join("release").join(program.name);
    let bytes = fs::metadata(&binary).map_err(failed)?.len();
    // The program itself is no dependency.
    Ok(Built { crates: u64::try_from(crates.len()).unwrap_or(0).saturating_sub(1), cpu, bytes })
}

fn cargo(home: &Path, target: &Path, args: &[&str]) -> Result<String, Failure> {
    let program = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let mut command = Command::new(program);
    command.args(args).current_dir(home).stdin(Stdio::null());
    // Settings of the surrounding build would make it another one.
    command.env("CARGO_TARGET_DIR", target).env_remove("RUSTFLAGS");
    forget_package(&mut command);
    read(command, "cargo")
}

/// What this program's children have spent so far, in thousandths of a second.
fn children_cpu() -> Option<u64> {
    children_ticks(&fs::read_to_string("/proc/self/stat").ok()?).map(|ticks| ticks * 10)
}

/// Fields 16 and 17 of `/proc/self/stat`, in hundredths of a second; the name before them may hold anything.
fn children_ticks(stat: &str) -> Option<u64> {
    let (_, rest) = stat.rsplit_once(") ")?;
    let mut fields = rest.split(' ').skip(13);
    let user: u64 = fields.next()?.parse().ok()?;
    let system: u64 = fields.next()?.parse().ok()?;
    Some(user + system)
}

#[cfg(test)]
mod tests {
    use super::children_ticks;

    #[test]
    fn the_time_of_children_is_found_behind_any_name() {
        let stat = "1234 (a ) name) S 1 2 3 4 5 6 7 8 9 10 11 12 300 40 20 0";
        assert_eq!(children_ticks(stat), Some(340));
        assert_eq!(children_ticks("nothing"), None);
    }
}
