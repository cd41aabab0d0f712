//! The transcribed documentation is whole.

use venue_sim::Which;
use venue_sim::data::{Catalog, Kind, Place};

#[test]
fn all_309_documented_endpoints_are_there() {
    let counts = Which::ALL.map(|which| Catalog::load(which).unwrap().endpoints.len());
    assert_eq!(counts, [41, 46, 34, 90, 32, 66]);
    assert_eq!(counts.iter().sum::<usize>(), 309);
}

#[test]
fn every_enum_has_values_and_every_placeholder_a_parameter() {
    for which in Which::ALL {
        for endpoint in Catalog::load(which).unwrap().served() {
            let at = format!("{which} {} {}", endpoint.method, endpoint.path);
            for param in &endpoint.params {
                assert_eq!(param.kind == Kind::Enum, !param.values.is_empty(), "{at}: {}", param.name);
            }
            for name in endpoint.path.split('/').filter_map(|part| part.strip_prefix('{')) {
                let name = name.trim_end_matches('}');
                assert!(
                    endpoint.params.iter().any(|p| p.place == Place::Path && p.name == name),
                    "{at}: {name}"
                );
            }
        }
    }
}

#[test]
fn ids_are_read_and_written() {
    for which in Which::ALL {
        assert_eq!(which.to_string().parse(), Ok(which));
    }
    assert!("binance".parse::<Which>().is_err());
}
