//! Why a request is refused, and the row of a venue's table that says so.

/// What a venue can object to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Why {
    UnknownPath,
    WrongMethod,
    KeyMissing,
    KeyUnknown,
    SignatureMissing,
    SignatureWrong,
    TimestampMissing,
    TimestampMalformed,
    TimestampOutside,
    WindowMalformed,
    AlgorithmUnknown,
    ContentType,
    BodyMalformed,
    ParamMissing,
    ParamInvalid,
    RateLimited,
    Banned,
    UnknownSymbol,
    UnknownOrderId,
    UnknownOrder,
    OrderFinished,
    OwnIdTaken,
    Precision,
    OutOfRange,
    MarginShort,
    BalanceShort,
    LeverageHigh,
    LeverageLow,
    PositionMissing,
    PositionShort,
    TooManyPlans,
    TransferTaken,
    NotAllowed,
    TooManyOrders,
    BatchTooLong,
    AccountUnknown,
    SameAccount,
    WithdrawalShort,
    /// What no other venue objects to, by the code that it answers with.
    Own(&'static str),
}

/// Names what no other venue objects to, each with its HTTP status, its code and its words; `OWN` has them all.
macro_rules! own {
    ($($name:ident = $http:literal, $code:literal, $message:expr;)*) => {
        $(pub(crate) const $name: Why = Why::Own($code);)*

        const OWN: &[Row] = &[$(row($name, $http, $code, $message)),*];
    };
}
pub(crate) use own;

/// A refusal, with the parameter it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) why: Why,
    pub(crate) field: String,
}

impl Refusal {
    pub(crate) fn missing(field: &str) -> Self {
        Self::about(Why::ParamMissing, field)
    }

    pub(crate) fn invalid(field: &str) -> Self {
        Self::about(Why::ParamInvalid, field)
    }

    /// An objection to one parameter, or one that turns on it.
    pub(crate) fn about(why: Why, field: &str) -> Self {
        Self { why, field: field.to_owned() }
    }
}

impl From<Why> for Refusal {
    fn from(why: Why) -> Self {
        Self { why, field: String::new() }
    }
}

/// One row of a venue's table: what it answers to an objection.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row {
    pub(crate) why: Why,
    /// Only for this parameter; for any when empty.
    pub(crate) field: &'static str,
    pub(crate) http: u16,
    pub(crate) code: &'static str,
    /// `%s` stands for the parameter's name.
    pub(crate) message: &'static str,
}

/// A row for any parameter.
pub(crate) const fn row(why: Why, http: u16, code: &'static str, message: &'static str) -> Row {
    Row { why, field: "", http, code, message }
}

/// A row for one parameter; it must stand before the row for any.
pub(crate) const fn field(
    why: Why,
    field: &'static str,
    http: u16,
    code: &'static str,
    message: &'static str,
) -> Row {
    Row { why, field, http, code, message }
}

/// A row, ready to be written.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) http: u16,
    pub(crate) code: &'static str,
    pub(crate) message: String,
    /// The parameter it is about, or what else fills the message.
    pub(crate) about: String,
}

/// Looks a refusal up in a venue's table, and among what only that venue objects to.
pub(crate) fn look_up(table: &[Row], own: &[Row], refusal: &Refusal) -> Said {
    let row = |why: Why| {
        table
            .iter()
            .chain(own)
            .find(|row| row.why == why && (row.field.is_empty() || row.field == refusal.field))
    };
    // A venue without a word for a ban says what it says before it.
    let less = if refusal.why == Why::Banned { row(Why::RateLimited) } else { None };
    let found = row(refusal.why).or(less).or_else(|| table.last());
    match found {
        Some(row) => {
            let (message, about) = (row.message.replace("%s", &refusal.field), refusal.field.clone());
            Said { http: row.http, code: row.code, message, about }
        }
        None => Said { http: 400, code: "400", message: String::from("Bad Request"), about: String::new() },
    }
}
