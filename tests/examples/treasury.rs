//! Moves money between two accounts while the answer is lost, finds out what happened, and moves it once.
//!
//! A transfer has no id of its own that makes it count once, so the balances and the list of transfers have to
//! tell.
//!
//! `cargo run -p venue-tests --example treasury`
#![allow(clippy::print_stdout, reason = "it shows what it does")]

use std::collections::BTreeSet;
use std::error::Error;
use std::time::Duration;

use bitmart_futures::rest::{GetAssets, ListTransfers, Transfer, TransferFunds};
use bitmart_futures::{Amount, BitMart, Client, Credentials, Outcome, Roots, TransferState, TransferType};
use venue_core::Decimal;
use venue_sim::{Fault, Sim, Which};

const TRANSFER: (&str, &str) = ("POST", "/account/v1/transfer-contract");

type Failed = Box<dyn Error + Send + Sync>;

#[tokio::main]
#[allow(dead_code, reason = "the test calls `run` instead")]
async fn main() -> Result<(), Failed> {
    run().await
}

/// Moves 250.5 USDT from spot to futures, once.
///
/// # Errors
/// When the money was not moved, or that can't be known.
pub(crate) async fn run() -> Result<(), Failed> {
    let sim = Sim::builder().venue(Which::BitMart).seed(1).start().await?;
    let venue = sim.venue(Which::BitMart);
    let client = Client::builder(BitMart::new())
        .base(venue.rest())
        .roots(Roots::only_pem(sim.ca_pem())?)
        .credentials(Credentials::new(venue.key(), venue.secret()).memo(venue.memo().unwrap_or_default()))
        .timeout(Duration::from_secs(5))
        .build()?;
    venue.fault(Fault::ExecuteThenDrop.on(TRANSFER.0, TRANSFER.1));

    let before = futures_balance(&client).await?;
    println!("futures account before: {before} USDT");
    let amount: Amount = "250.5".parse()?;
    move_once(&client, &amount).await?;
    let after = futures_balance(&client).await?;
    println!("futures account after:  {after} USDT");

    let executed = venue.executed(TRANSFER.0, TRANSFER.1);
    println!("transfers that the venue has executed: {executed}");
    if executed != 1 || after - before != amount.decimal().ok_or("an amount of too many digits")? {
        return Err("the money was not moved exactly once".into());
    }
    Ok(())
}

/// Sends a transfer, and after an unknown outcome looks for it instead of sending it again.
async fn move_once(client: &Client, amount: &Amount) -> Result<(), Failed> {
    // What is there already can't be ours: the list has no id of the caller's own.
    let known: BTreeSet<String> =
        transfers(client).await?.iter().map(|transfer| transfer.transfer_id.to_string()).collect();
    let request = TransferFunds::new("USDT", amount.clone(), TransferType::SpotToContract);
    let error = match client.send(request).await {
        Ok(_) => {
            println!("transfer: done");
            return Ok(());
        }
        Err(error) => error,
    };
    println!("transfer: {error}");
    if error.outcome() != Outcome::Unknown {
        // Certainly not moved.
        return Err(error.into());
    }
    let rows = transfers(client).await?;
    let ours = rows.iter().find(|row| {
        !known.contains(row.transfer_id.as_str())
            && row.transfer_type == Some(TransferType::SpotToContract)
            && row.amount.as_ref().and_then(Amount::decimal) == amount.decimal()
    });
    match ours {
        Some(row) if row.state == Some(TransferState::Finished) => {
            println!("looked up: it was executed, as {}", row.transfer_id);
            Ok(())
        }
        Some(row) => Err(format!("{} is in state {:?}; look again later", row.transfer_id, row.state).into()),
        // It may still be on its way. Somebody decides after its timestamp has expired; nothing is sent here.
        None => Err("the transfer is not in the list yet; look again in a minute before sending it".into()),
    }
}

/// The latest transfers.
async fn transfers(client: &Client) -> Result<Vec<Transfer>, Failed> {
    let page = client.send(ListTransfers::new(1u32, 100u32).currency("USDT")).await?;
    if !page.records.bad().is_empty() {
        return Err("a row of the list can't be read; what isn't found may be there".into());
    }
    Ok(page.records.iter().cloned().collect())
}

async fn futures_balance(client: &Client) -> Result<Decimal, Failed> {
    let assets = client.send(GetAssets::new()).await?;
    let usdt = assets.iter().find(|asset| asset.currency.as_str() == "USDT").ok_or("no USDT")?;
    let free = usdt.available_balance.as_ref().and_then(Amount::decimal);
    Ok(free.ok_or("no balance")?)
}
