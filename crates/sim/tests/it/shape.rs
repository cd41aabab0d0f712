//! Whether an answer looks like the documented one.

use serde_json::Value;

/// The same keys at every level, and values of the same JSON types; every row of a list is like some documented row.
///
/// Lists aren't empty, but in rows after the first. One that is empty in the example says nothing of its rows, and
/// `null` there says nothing of what stands in its place at other times.
pub(crate) fn same_shape(at: &str, documented: &Value, answered: &Value) {
    if let Err(difference) = compare(at, documented, answered, false) {
        panic!("{difference}");
    }
}

fn compare(at: &str, documented: &Value, answered: &Value, may_be_empty: bool) -> Result<(), String> {
    match (documented, answered) {
        (Value::Object(documented), Value::Object(answered)) => {
            let keys = |object: &serde_json::Map<String, Value>| object.keys().cloned().collect::<Vec<_>>();
            if keys(documented) != keys(answered) {
                return Err(format!("{at}: {:?} {:?}", keys(documented), keys(answered)));
            }
            documented.iter().try_for_each(|(key, value)| {
                compare(&format!("{at}.{key}"), value, &answered[key], may_be_empty)
            })
        }
        (Value::Array(documented), Value::Array(_)) if documented.is_empty() => Ok(()),
        (Value::Array(_), Value::Array(answered)) if answered.is_empty() => {
            if may_be_empty {
                Ok(())
            } else {
                Err(format!("{at} is empty"))
            }
        }
        // A row that is a list: each place has its meaning.
        (Value::Array(documented), Value::Array(answered)) if !documented.iter().any(is_row) => {
            let mut places = documented.iter().zip(answered).enumerate();
            places.try_for_each(|(place, (like, value))| {
                compare(&format!("{at}[{place}]"), like, value, may_be_empty)
            })
        }
        (Value::Array(documented), Value::Array(answered)) => {
            answered.iter().enumerate().try_for_each(|(place, row)| {
                let may_be_empty = may_be_empty || place > 0;
                let row =
                    documented.iter().map(|like| compare(&format!("{at}[{place}]"), like, row, may_be_empty));
                row.reduce(Result::or).unwrap_or(Ok(()))
            })
        }
        (Value::Null, _) => Ok(()),
        _ if std::mem::discriminant(documented) == std::mem::discriminant(answered) => Ok(()),
        _ => Err(format!("{at}: {documented} {answered}")),
    }
}

fn is_row(value: &Value) -> bool {
    value.is_object() || value.is_array()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::compare;

    #[test]
    fn what_differs_is_found_at_every_level() {
        let documented = json!({"code": 0, "rows": [{"id": "1", "last": null}, {"id": 2, "last": null}], "bars": [[1, "2"]]});
        let like = |rows, bars| {
            let answered = json!({"code": 1, "rows": rows, "bars": bars});
            compare("", &documented, &answered, false)
        };
        let rows = || json!([{"id": 3, "last": "4"}, {"id": "5", "last": [6]}]);
        assert_eq!(like(rows(), json!([[7, "8"], [9, "10"]])), Ok(()));
        for bars in [json!([]), json!([["7", "8"]]), json!([[7, "8"], [9, 10]]), json!({})] {
            assert!(like(rows(), bars.clone()).is_err(), "{bars}");
        }
        for row in [json!({"id": 3}), json!({"id": true, "last": 1}), json!(3)] {
            assert!(like(json!([row]), json!([[7, "8"]])).is_err(), "{row}");
        }
        assert!(compare("", &json!({"a": {}}), &json!({"a": null}), false).is_err());
    }
}
