//! What a batch reports of an input that failed, in words.

use std::fmt;

use crate::models::BatchError;

impl fmt::Display for BatchError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.category {
            Some(category) => write!(formatter, "{} ({category})", self.message),
            None => formatter.write_str(&self.message),
        }
    }
}
