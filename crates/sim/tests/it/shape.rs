//! Whether an answer has the keys and the JSON types of a documented example.

use serde_json::Value;

/// The same keys at every level; of lists, the first rows are compared. Values have the same JSON types. Where
/// the example has `null`, the documentation has something else too, and a text, a number or a list of rows
/// may stand there.
pub(crate) fn same(at: &str, documented: &Value, answered: &Value) {
    match (documented, answered) {
        (Value::Object(documented), Value::Object(answered)) => {
            let keys = |object: &serde_json::Map<String, Value>| object.keys().cloned().collect::<Vec<_>>();
            assert_eq!(keys(documented), keys(answered), "{at}");
            for (key, value) in documented {
                same(&format!("{at}.{key}"), value, &answered[key]);
            }
        }
        // A list that is empty in the example says nothing of its rows.
        (Value::Array(documented), Value::Array(answered)) if !documented.is_empty() => {
            assert!(!answered.is_empty(), "{at} is empty");
            same(&format!("{at}[]"), &documented[0], &answered[0]);
        }
        (Value::Null, Value::String(_) | Value::Number(_)) => {}
        _ => {
            let kind = std::mem::discriminant;
            assert_eq!(kind(documented), kind(answered), "{at}: {documented} {answered}");
        }
    }
}
