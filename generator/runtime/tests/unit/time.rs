//! Texts in, times of day out, and back.

use jiff::civil::time;
use jiff::tz::offset;

use crate::runtime::prelude::Time;

#[test]
fn a_time_is_written_as_it_was_read() {
    for text in [
        "10:00:00",
        "10:00:00Z",
        "10:00:00+02:00",
        "10:00:00-09:30",
        "23:59:59.123456789Z",
        "00:00:00.5+14:00",
    ] {
        let json = format!("\"{text}\"");
        let read: Time = serde_json::from_str(&json).unwrap();
        assert_eq!(serde_json::to_string(&read).unwrap(), json);
    }
    assert_eq!(Time::new(time(10, 0, 0, 0), offset(-3)).to_string(), "10:00:00-03:00");
    assert_eq!(Time::from(time(10, 0, 0, 0)).to_string(), "10:00:00");
}

#[test]
fn what_servers_write_is_read() {
    for (text, written) in [
        ("10:00", "10:00:00"),
        ("10:00:00z", "10:00:00Z"),
        ("10:00:00+00:00", "10:00:00Z"),
        ("10:00:00+0200", "10:00:00+02:00"),
        ("10:00:00-02", "10:00:00-02:00"),
        ("10:00Z", "10:00:00Z"),
    ] {
        assert_eq!(text.parse::<Time>().unwrap().to_string(), written);
    }
}

#[test]
fn what_is_no_time_is_none() {
    for text in [
        "",
        "Z",
        "+",
        "10",
        "25:00:00",
        "10:00:00+",
        "10:00:00+2",
        "10:00:00+2:00",
        "10:00:00+24:00",
        "10:00:00+02:60",
        "10:00:00+é0",
        "10:00:00ZZ",
        "10:00:00 Z",
        "2026-03-01T10:00:00Z",
        "2026-03-01",
        "ten",
    ] {
        assert!(text.parse::<Time>().is_err(), "{text}");
    }
}
