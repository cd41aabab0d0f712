//! The decimals in a program where another crate turned on `serde_json/arbitrary_precision` and rust_decimal's
//! serde features. Both unify: the library gets them too, whether it wants them or not.
#![forbid(unsafe_code)]
#![cfg(test)]

use venue_core::{Amount, Millis, OrderId, Price, Rate, Rows, model, wire::audited};

model! {
    /// One of each.
    struct Row {
        /// A price.
        price: Price,
        /// A rate.
        rate?: Rate,
        /// An amount.
        amount?: Amount,
        /// An id.
        id?: OrderId,
        /// A time.
        time?: Millis,
    }
}

const DIGITS: [&str; 7] =
    ["0.1234567890123456789", "123456789.123456789", "0.10", "1.50000000", "-7", "79228162514264337593543950335", "0.30000000000000001"];

#[test]
fn numbers_and_strings_keep_every_digit() {
    for digits in DIGITS {
        for text in [format!(r#"{{"price":{digits}}}"#), format!(r#"{{"price":"{digits}"}}"#)] {
            let row: Row = serde_json::from_str(&text).unwrap();
            assert_eq!(row.price.to_string(), digits, "{text}");
            assert_eq!(serde_json::to_string(&row).unwrap(), format!(r#"{{"price":"{digits}"}}"#));
        }
    }
}

#[test]
fn a_parsed_value_keeps_every_digit_too() {
    for digits in DIGITS {
        let value: serde_json::Value = serde_json::from_str(&format!(r#"{{"price":{digits},"time":5,"id":12}}"#)).unwrap();
        let row: Row = serde_json::from_value(value).unwrap();
        assert_eq!(row.price.to_string(), digits);
        assert_eq!(row.time, Some(Millis::new(5)));
    }
}

#[test]
fn behind_flatten_it_is_exact_as_well() {
    #[derive(serde::Deserialize)]
    struct Outer {
        #[serde(flatten)]
        row: Row,
    }
    let outer: Outer = serde_json::from_str(r#"{"price":0.30000000000000001,"time":7}"#).unwrap();
    assert_eq!(outer.row.price.to_string(), "0.30000000000000001");
}

#[test]
fn too_many_digits_are_kept_or_refused_and_never_rounded() {
    let long = "1234567890123456789012345678901234567890.5";
    let row: Row = serde_json::from_str(&format!(r#"{{"price":1,"amount":{long},"rate":"{long}"}}"#)).unwrap();
    assert_eq!(row.amount.unwrap().oversize(), Some(long));
    assert_eq!(row.rate.unwrap().oversize(), Some(long));
    assert!(serde_json::from_str::<Row>(&format!(r#"{{"price":{long}}}"#)).is_err());
}

#[test]
fn other_scalars_and_rows_read_as_ever() {
    let text = r#"[{"price":"1","id":203530723141917063,"time":"1700000000000"},{"price":"2","id":"x","new":1}]"#;
    let (rows, audit) = audited(|| serde_json::from_str::<Rows<Row>>(text).unwrap());
    assert_eq!(rows[0].id.as_ref().unwrap().as_str(), "203530723141917063");
    assert_eq!(rows[0].time, Some(Millis::new(1_700_000_000_000)));
    assert!(audit.bad_rows.is_empty());
}
