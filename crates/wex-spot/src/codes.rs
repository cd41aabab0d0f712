//! WEX spot's error codes ("Message Code (mc)"), and what becomes of a request that gets one.
//!
//! Business errors come with HTTP 200, `rc` 1 and a code in `mc`. A code outside of this table leaves the
//! outcome unknown.

use venue_core::{Code, Codes, Kind, Outcome, Status};

pub(crate) static CODES: Codes = Codes::new(TABLE, STATUSES);

/// The codes of the WebSocket's answers: another count than REST's, where `1` leaves everything open.
pub(crate) static FEED_CODES: Codes = Codes::new(FEED_TABLE, &[]);

#[rustfmt::skip]
static FEED_TABLE: &[Code] = &[
    // Which failure it was, only the words may say; what they are is not documented.
    Code::new("1", Kind::Auth, "fail").when("listenkey"),
    Code::new("1", Kind::UnknownSymbol, "fail").when("symbol"),
    Code::new("1", Kind::Unavailable, "fail").when("busy"),
    Code::new("1", Kind::Unavailable, "fail").when("later"),
    Code::new("1", Kind::Rejected, "fail"),
    Code::new("2", Kind::Auth, "listenKey invalid"),
    Code::new("401", Kind::Auth, "token expire"),
];

#[rustfmt::skip]
static TABLE: &[Code] = &[
    // `rc` without a code that is known here: which failure it was is not said.
    Code::new("1", Kind::Unrecognized, "business failure").unknown(),
    Code::new("AUTH_001", Kind::Auth, "Missing request header validate-appkey"),
    Code::new("AUTH_002", Kind::Auth, "Missing request header validate-timestamp"),
    Code::new("AUTH_003", Kind::InvalidRequest, "Missing request header validate-recvwindow"),
    Code::new("AUTH_004", Kind::InvalidRequest, "Bad request header validate-recvwindow"),
    Code::new("AUTH_005", Kind::Auth, "Missing request header validate-algorithms"),
    Code::new("AUTH_006", Kind::Auth, "Bad request header validate-algorithms"),
    Code::new("AUTH_007", Kind::Auth, "Missing request header validate-signature"),
    Code::new("AUTH_101", Kind::Auth, "ApiKey does not exist"),
    Code::new("AUTH_102", Kind::Auth, "ApiKey is not activated"),
    Code::new("AUTH_103", Kind::Auth, "Signature error"),
    Code::new("AUTH_104", Kind::Permission, "Unbound IP request"),
    Code::new("AUTH_105", Kind::Timestamp, "Outdated message"),
    Code::new("AUTH_106", Kind::Permission, "Exceeded apikey permission"),
    Code::new("COMMON_001", Kind::InvalidRequest, "The user does not exist"),
    // Busy before or after it was executed: not said.
    Code::new("COMMON_002", Kind::Unavailable, "System busy, please try it later").unknown(),
    Code::new("COMMON_003", Kind::Unavailable, "Operation failed, please try it later").unknown(),
    Code::new("CURRENCY_001", Kind::InvalidRequest, "Currency information is abnormal"),
    Code::new("DEPOSIT_001", Kind::Rejected, "Deposit is not open"),
    Code::new("DEPOSIT_002", Kind::Permission, "Security level low, bind 2FA (phone/email/Google) before deposit"),
    Code::new("DEPOSIT_003", Kind::InvalidRequest, "Incorrect address format"),
    Code::new("DEPOSIT_004", Kind::Rejected, "Address already exists"),
    Code::new("DEPOSIT_005", Kind::Rejected, "Cannot find offline wallet address"),
    Code::new("DEPOSIT_006", Kind::Unavailable, "No deposit address, try later"),
    Code::new("DEPOSIT_007", Kind::Unavailable, "Address is being generated"),
    Code::new("DEPOSIT_008", Kind::Rejected, "Deposit not available"),
    Code::new("FAILURE", Kind::Rejected, "fail").unknown(),
    // This request was not executed; an earlier one with its id was, or was tried.
    Code::new("FUND_001", Kind::DuplicateClientId, "Duplicate request (bizId can only be requested once)"),
    Code::new("FUND_002", Kind::InsufficientFunds, "Insufficient account balance"),
    Code::new("FUND_003", Kind::Rejected, "Transfer not supported"),
    Code::new("FUND_004", Kind::Rejected, "Unfreeze failed"),
    Code::new("FUND_005", Kind::Permission, "Transfer prohibited"),
    Code::new("FUND_014", Kind::InvalidRequest, "Transfer-in and transfer-out account IDs cannot be the same"),
    Code::new("FUND_015", Kind::InvalidRequest, "From and to business types cannot be the same"),
    Code::new("FUND_016", Kind::InvalidRequest, "Leverage transfer requires symbol"),
    Code::new("FUND_017", Kind::InvalidRequest, "Parameter error"),
    Code::new("FUND_018", Kind::InvalidRequest, "Invalid freeze record"),
    Code::new("FUND_019", Kind::Rejected, "Freeze users not equal"),
    Code::new("FUND_020", Kind::Rejected, "Freeze currency not equal"),
    Code::new("FUND_021", Kind::InvalidRequest, "Operation not supported"),
    Code::new("FUND_022", Kind::Rejected, "Freeze record not exist"),
    Code::new("FUND_044", Kind::InvalidRequest, "Amount length max 113"),
    Code::new("GATEWAY_0001", Kind::Banned, "Trigger risk control"),
    Code::new("GATEWAY_0002", Kind::Banned, "Trigger risk control"),
    Code::new("GATEWAY_0003", Kind::Banned, "Trigger risk control"),
    Code::new("GATEWAY_0004", Kind::Banned, "Trigger risk control"),
    Code::new("ORDER_001", Kind::Rejected, "Platform rejection"),
    Code::new("ORDER_002", Kind::InsufficientFunds, "Insufficient funds"),
    Code::new("ORDER_003", Kind::UnknownSymbol, "Trading pair suspended"),
    // "Trading forbidden", by the Chinese text.
    Code::new("ORDER_004", Kind::Permission, "No transaction"),
    Code::new("ORDER_005", Kind::UnknownOrder, "Order not exist"),
    Code::new("ORDER_006", Kind::Rejected, "Too many open orders"),
    Code::new("ORDER_007", Kind::Permission, "The sub-account has no transaction authority"),
    Code::new("ORDER_008", Kind::InvalidRequest, "The order price or quantity precision is abnormal"),
    Code::new("ORDER_F0101", Kind::InvalidRequest, "Trigger Price Filter - Min"),
    Code::new("ORDER_F0102", Kind::InvalidRequest, "Trigger Price Filter - Max"),
    Code::new("ORDER_F0103", Kind::InvalidRequest, "Trigger Price Filter - Step Value"),
    Code::new("ORDER_F0201", Kind::InvalidRequest, "Trigger Quantity Filter - Min"),
    Code::new("ORDER_F0202", Kind::InvalidRequest, "Trigger Quantity Filter - Max"),
    Code::new("ORDER_F0203", Kind::InvalidRequest, "Trigger Quantity Filter - Step Value"),
    Code::new("ORDER_F0301", Kind::InvalidRequest, "Trigger QUOTE_QTY Filter - Min Value"),
    Code::new("ORDER_F0401", Kind::InvalidRequest, "Trigger PROTECTION_ONLINE Filter or PROTECTION_LIMIT Filter"),
    Code::new("ORDER_F0501", Kind::InvalidRequest, "Trigger PROTECTION_LIMIT Filter - Buy Max Deviation"),
    Code::new("ORDER_F0502", Kind::InvalidRequest, "Trigger PROTECTION_LIMIT Filter - Sell Max Deviation"),
    Code::new("ORDER_F0503", Kind::InvalidRequest, "Trigger PROTECTION_LIMIT Filter - Buy Limit Coefficient"),
    Code::new("ORDER_F0504", Kind::InvalidRequest, "Trigger PROTECTION_LIMIT Filter - Sell Limit Coefficient"),
    Code::new("ORDER_F0601", Kind::InvalidRequest, "Trigger PROTECTION_MARKET Filter"),
    Code::new("ORDER_F0704", Kind::Rejected, "Liquidation price limit for leveraged limit orders"),
    Code::new("SYMBOL_001", Kind::UnknownSymbol, "Symbol not exist"),
    Code::new("SYMBOL_002", Kind::UnknownSymbol, "Symbol offline"),
    Code::new("SYMBOL_003", Kind::UnknownSymbol, "Symbol suspend trading"),
    Code::new("SYMBOL_004", Kind::Permission, "Symbol country disallow trading"),
    Code::new("SYMBOL_005", Kind::Permission, "The symbol does not support trading via API"),
    Code::new("SYMBOL_007", Kind::Rejected, "The trading pair does not support order modification"),
    Code::new("SYMBOL_010", Kind::Permission, "This market does not support your trading"),
    Code::new("SYMBOL_011", Kind::Permission, "Due to high risk, this trading pair is temporarily restricted. Contact customer service for approval."),
    Code::new("TRANSFER_001", Kind::DuplicateClientId, "Duplicate request (bizId can only be requested once)"),
    Code::new("TRANSFER_002", Kind::InsufficientFunds, "Insufficient balance"),
    Code::new("TRANSFER_003", Kind::Permission, "User not registered"),
    Code::new("TRANSFER_004", Kind::Rejected, "Currency not transferable"),
    Code::new("TRANSFER_005", Kind::Permission, "User’s currency not transferable"),
    Code::new("TRANSFER_006", Kind::Permission, "Transfer prohibited"),
    // Send it again with the same `bizId`: it counts once.
    Code::new("TRANSFER_007", Kind::Timeout, "Request timed out").unknown(),
    // Something went wrong on the way: one leg may have been made.
    Code::new("TRANSFER_008", Kind::Rejected, "Abnormal transfer to leveraged account").unknown(),
    Code::new("TRANSFER_009", Kind::Rejected, "Abnormal transfer from leveraged account").unknown(),
    Code::new("TRANSFER_010", Kind::Rejected, "Leverage cleared, transfer prohibited"),
    Code::new("TRANSFER_011", Kind::Rejected, "Leverage with borrowing, transfer prohibited"),
    Code::new("TRANSFER_012", Kind::Rejected, "Currency transfer prohibited"),
    Code::new("WITHDRAW_001", Kind::Rejected, "Withdraw is not open"),
    Code::new("WITHDRAW_002", Kind::InvalidRequest, "Invalid withdrawal address"),
    Code::new("WITHDRAW_003", Kind::Permission, "Security level low, bind 2FA before withdraw"),
    Code::new("WITHDRAW_004", Kind::InvalidRequest, "Withdrawal address not added"),
    Code::new("WITHDRAW_005", Kind::InvalidRequest, "Withdrawal address cannot be empty"),
    Code::new("WITHDRAW_006", Kind::InvalidRequest, "Memo cannot be empty"),
    Code::new("WITHDRAW_008", Kind::Banned, "Risk control triggered, withdrawal not supported"),
    Code::new("WITHDRAW_009", Kind::Rejected, "Withdraw failed, restricted by T+1 rule"),
    Code::new("WITHDRAW_010", Kind::InvalidRequest, "Invalid withdrawal precision"),
    Code::new("WITHDRAW_011", Kind::InsufficientFunds, "Insufficient free balance"),
    Code::new("WITHDRAW_012", Kind::Rejected, "Exceeded daily withdrawal limit"),
    Code::new("WITHDRAW_013", Kind::Rejected, "Exceeded daily withdrawal limit, upgrade KYC for more"),
    Code::new("WITHDRAW_014", Kind::InvalidRequest, "Address cannot be used in internal transfer"),
    Code::new("WITHDRAW_015", Kind::InvalidRequest, "Amount not enough for fee"),
    Code::new("WITHDRAW_016", Kind::Rejected, "Withdrawal address already exists"),
    Code::new("WITHDRAW_017", Kind::Rejected, "Withdrawal processed, cannot cancel"),
    Code::new("WITHDRAW_018", Kind::InvalidRequest, "Memo must be a number"),
    Code::new("WITHDRAW_019", Kind::InvalidRequest, "Memo incorrect"),
    Code::new("WITHDRAW_020", Kind::Rejected, "Reached daily withdrawal cap"),
    Code::new("WITHDRAW_021", Kind::InvalidRequest, "Withdrawal limited, max {0} this time"),
    Code::new("WITHDRAW_022", Kind::InvalidRequest, "Must be greater than {0}"),
    Code::new("WITHDRAW_023", Kind::InvalidRequest, "Must be less than {0}"),
    Code::new("WITHDRAW_024", Kind::Rejected, "Withdraw not supported"),
    Code::new("WITHDRAW_025", Kind::Rejected, "Please create FIO address on deposit page"),
];

#[rustfmt::skip]
static STATUSES: &[Status] = &[
    Status::new(404, Kind::InvalidRequest, Outcome::Rejected, "Interface does not exist"),
    // How long the IP or the key is blocked is not documented.
    Status::new(429, Kind::RateLimited, Outcome::Rejected, "The request is too frequent, please control the request rate according to the speed limit requirement"),
    Status::new(500, Kind::Unavailable, Outcome::Unknown, "Service exception"),
    Status::new(502, Kind::Unavailable, Outcome::Unknown, "Gateway exception"),
    Status::new(503, Kind::Unavailable, Outcome::Unknown, "Service unavailable, please try again later"),
];
