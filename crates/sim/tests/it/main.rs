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
mod engine_laws;
#[cfg(test)]
mod engine_terms;
#[cfg(test)]
mod engine_triggers;
#[cfg(test)]
mod faults;
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
mod shapes;
#[cfg(test)]
mod soak;
#[cfg(test)]
mod transport;
