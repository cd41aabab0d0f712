//! Answers from state against documented examples.

use serde_json::Value;

/// The same keys at every level; of lists, the first rows are compared. Values have the same JSON types.
pub(crate) fn same_shape(at: &str, documented: &Value, answered: &Value) {
    match (documented, answered) {
        (Value::Object(documented), Value::Object(answered)) => {
            let keys = |object: &serde_json::Map<String, Value>| object.keys().cloned().collect::<Vec<_>>();
            assert_eq!(keys(documented), keys(answered), "{at}");
            for (key, value) in documented {
                same_shape(&format!("{at}.{key}"), value, &answered[key]);
            }
        }
        // An empty example says nothing of rows.
        (Value::Array(documented), Value::Array(_)) if documented.is_empty() => {}
        (Value::Array(documented), Value::Array(answered)) => {
            assert!(!answered.is_empty(), "{at} is empty");
            same_shape(&format!("{at}[]"), &documented[0], &answered[0]);
        }
        _ => {
            let kind = |value: &Value| (value.is_string(), value.is_number(), value.is_boolean());
            assert_eq!(kind(documented), kind(answered), "{at}: {documented} {answered}");
        }
    }
}
