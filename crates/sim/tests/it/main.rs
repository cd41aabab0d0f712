//! The simulated venues against requests built from the documentation alone.

#[cfg(test)]
mod client;
#[cfg(test)]
mod data;
#[cfg(test)]
mod documented;
#[cfg(test)]
mod draft;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod robust;
#[cfg(test)]
mod seal;
#[cfg(test)]
mod transport;
