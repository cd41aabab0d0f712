//! The simulated venues against requests built from the documentation alone.

#[cfg(test)]
mod bitmart;
#[cfg(test)]
mod bitmart_shapes;
#[cfg(test)]
mod client;
#[cfg(test)]
mod data;
#[cfg(test)]
mod desk;
#[cfg(test)]
mod documented;
#[cfg(test)]
mod draft;
#[cfg(test)]
mod engine;
#[cfg(test)]
mod engine_contracts;
#[cfg(test)]
mod engine_laws;
#[cfg(test)]
mod engine_records;
#[cfg(test)]
mod engine_spot;
#[cfg(test)]
mod engine_terms;
#[cfg(test)]
mod engine_triggers;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod hashkey;
#[cfg(test)]
mod hashkey_shapes;
#[cfg(test)]
mod hibt;
#[cfg(test)]
mod hibt_shapes;
#[cfg(test)]
mod limits;
#[cfg(test)]
mod pumpkin;
#[cfg(test)]
mod pumpkin_desk;
#[cfg(test)]
mod pumpkin_laws;
#[cfg(test)]
mod pumpkin_shapes;
#[cfg(test)]
mod robust;
#[cfg(test)]
mod seal;
#[cfg(test)]
mod shape;
#[cfg(test)]
mod soak;
#[cfg(test)]
mod tap;
#[cfg(test)]
mod transport;
#[cfg(test)]
mod wex_futures;
#[cfg(test)]
mod wex_spot;
#[cfg(test)]
mod wex_spot_desk;
#[cfg(test)]
mod wex_spot_money;
#[cfg(test)]
mod wex_spot_shapes;
#[cfg(test)]
mod ws_bitmart;
#[cfg(test)]
mod ws_bitmart_own;
#[cfg(test)]
mod ws_bitmart_shapes;
#[cfg(test)]
mod ws_books;
#[cfg(test)]
mod ws_faults;
#[cfg(test)]
mod ws_hashkey;
#[cfg(test)]
mod ws_hashkey_own;
#[cfg(test)]
mod ws_hibt;
#[cfg(test)]
mod ws_transport;
mod ws_wex_spot;
