//! Whether an answer looks like the documented one.

use serde_json::Value;

/// The same keys at every level, and values of the same JSON types. Rows of lists are compared one by one, as far
/// as both go.
pub(crate) fn same_shape(at: &str, documented: &Value, answered: &Value) {
    match (documented, answered) {
        (Value::Object(documented), Value::Object(answered)) => {
            let keys = |object: &serde_json::Map<String, Value>| object.keys().cloned().collect::<Vec<_>>();
            assert_eq!(keys(documented), keys(answered), "{at}");
            for (key, value) in documented {
                same_shape(&format!("{at}.{key}"), value, &answered[key]);
            }
        }
        (Value::Array(documented), Value::Array(answered)) => {
            assert!(documented.is_empty() || !answered.is_empty(), "{at} is empty");
            for (row, (documented, answered)) in documented.iter().zip(answered).enumerate() {
                same_shape(&format!("{at}[{row}]"), documented, answered);
            }
        }
        _ => {
            let kind = |value: &Value| (value.is_string(), value.is_number(), value.is_boolean());
            assert_eq!(kind(documented), kind(answered), "{at}: {documented} {answered}");
        }
    }
}
