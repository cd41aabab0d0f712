//! What is answered from state has the keys and the JSON types of the documented examples.

use serde_json::Value;

/// The same keys at every level. Values have the same JSON types; each row of a list those of some documented row.
pub(crate) fn same_shape(at: &str, documented: &Value, answered: &Value) {
    if let Err(difference) = compare(at, documented, answered) {
        panic!("{difference}");
    }
}

fn compare(at: &str, documented: &Value, answered: &Value) -> Result<(), String> {
    match (documented, answered) {
        (Value::Object(documented), Value::Object(answered)) => {
            let keys = |object: &serde_json::Map<String, Value>| object.keys().cloned().collect::<Vec<_>>();
            if keys(documented) != keys(answered) {
                return Err(format!("{at}: {:?} {:?}", keys(documented), keys(answered)));
            }
            documented
                .iter()
                .try_for_each(|(key, value)| compare(&format!("{at}.{key}"), value, &answered[key]))
        }
        (Value::Array(documented), Value::Array(answered)) => {
            if answered.is_empty() {
                return Err(format!("{at} is empty"));
            }
            answered.iter().try_for_each(|row| {
                let row = documented.iter().map(|like| compare(&format!("{at}[]"), like, row));
                row.reduce(Result::or).unwrap_or(Ok(()))
            })
        }
        _ => {
            let kind = |value: &Value| (value.is_string(), value.is_number(), value.is_boolean());
            if kind(documented) == kind(answered) {
                Ok(())
            } else {
                Err(format!("{at}: {documented} {answered}"))
            }
        }
    }
}
