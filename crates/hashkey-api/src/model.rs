//! Ids, keys and the words that several answers share.

mod account;
mod filter;
mod market;
mod stream;
mod trading;
mod wallet;

use venue_core::{id, secret_id};

pub use account::*;
pub use filter::*;
pub use market::*;
pub use stream::*;
pub use trading::*;
pub use wallet::*;

id! {
    /// Id of an account.
    pub struct AccountId
}

id! {
    /// Id of a person or institution; several accounts may have the same.
    pub struct UserId
}

id! {
    /// Id of a match: both sides of one trade have the same.
    pub struct TicketId
}

id! {
    /// Id of a transfer between own accounts.
    pub struct TransferId
}

id! {
    /// Id of a movement of money; letters and digits.
    pub struct FiatOrderId
}

id! {
    /// Id of a change of a balance.
    pub struct FlowId
}

id! {
    /// Id of a withdrawal; letters and digits.
    pub struct WithdrawId
}

id! {
    /// A network's name, in the venue's own spelling: `ETH` beside `Tron`.
    pub struct ChainType
}

secret_id! {
    /// A key to the private WebSocket, as it stands in the WebSocket's address. Who has it reads the account's
    /// events, so that it is printed as `***`.
    pub struct ListenKey
}
