//! The binary, run as its users run it. Nothing leaves this machine.

#[cfg(test)]
mod call;
#[cfg(test)]
mod choose;
#[cfg(test)]
mod decode;
#[cfg(test)]
mod demo;
#[cfg(test)]
mod endpoints;
#[cfg(test)]
mod frames;
#[cfg(test)]
mod secrets;
#[cfg(test)]
mod sign;
#[cfg(test)]
mod sim;
#[cfg(test)]
mod venue;
#[cfg(test)]
mod watch;
