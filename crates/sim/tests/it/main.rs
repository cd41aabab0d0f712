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
mod engine_triggers;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod limits;
#[cfg(test)]
mod robust;
#[cfg(test)]
mod seal;
#[cfg(test)]
mod shape;
#[cfg(test)]
mod soak;
#[cfg(test)]
mod transport;
#[cfg(test)]
mod wex_futures;
